import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { readPerson } from '#access/sign-in/index.ts'
import { demoTemplates } from '#demo/templates.ts'
import { draftNotice } from '#telling/notices/index.ts'
import { testDraft } from '#tests/kit/notices.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { blanksOf, fillTemplate, hasBrokenBlank } from './blanks.ts'
import { removeTemplate } from './remove-template.ts'
import { saveTemplate } from './save-template.ts'
import { TemplateForm, writeChoices } from './template-form.ts'

let site: TestSite
let desk: TestSite['nobody']
let deputy: TestSite['nobody']
before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
  deputy = await site.signIn('desk-deputy@assoc.example')
})
after(() => site.close())
beforeEach(() => assert.deepEqual(site.reported, []))

const written = (said: Record<string, string> = {}): Record<string, string> => ({
  name_ja: '設置のお知らせ',
  name_en: 'Setting up',
  kind: 'command_centre',
  severity: 'urgent',
  label: 'green',
  subject_ja: '{{場所}}に対策本部を設置',
  subject_en: 'Command centre at {{place}}',
  text_ja: '{{時刻}}に設置しました。',
  text_en: 'Set up at {{時刻}}.',
  answer_wanted: 'acknowledge',
  choices: '',
  answer_minutes: '30',
  version: '0',
  code: randomUUID(),
  ...said,
})
const make = async (said: Record<string, string> = {}) => {
  const made = await desk.post('/notice-templates', written(said))
  assert.equal(made.status, 303)
  const code = made.headers.get('location')?.split('/').at(-1) ?? ''
  return code
}
const versionsOf = (code: string) =>
  site.db.selectFrom('notice_template').where('code', '=', code).selectAll().orderBy('version').execute()
const linesAbout = async (code: string) =>
  (await site.trail()).filter(({ about }) => about === `/notice-templates/${code}`).map(({ action }) => action)

test('a template is made once, however often the button is pressed, and is there to write notices from', async () => {
  const form = written({ name_ja: '二度押し <b>' })
  const [first, second] = await Promise.all([
    desk.post('/notice-templates', form),
    desk.post('/notice-templates', form),
  ])
  for (const answer of [first, second])
    assert.deepEqual([answer?.status, answer?.headers.get('location')], [303, `/notice-templates/${form.code}`])
  assert.equal((await versionsOf(form.code ?? '')).length, 1)
  assert.deepEqual(await linesAbout(form.code ?? ''), ['template.edited'])

  const list = await (await desk.get('/notice-templates')).text()
  assert.match(list, new RegExp(`<a href="/notice-templates/${form.code}">二度押し &lt;b&gt;</a>`))
  assert.match(list, new RegExp(`href="/notices/new\\?template=${form.code}"`))
  const page = await (await desk.get(`/notice-templates/${form.code}`)).text()
  assert.match(page, /〔場所〕に対策本部を設置/)
  assert.match(page, /場所、place、時刻/)
})

test('a change makes a new version; a notice that was written from the old one still names that one', async () => {
  const code = await make()
  const [first] = await versionsOf(code)
  const { id: person_id } = await site.accountOf('secretariat')
  const by = await readPerson(site.db, person_id)
  assert.ok(by && first)
  const { id } = await draftNotice(site.tools, by, testDraft({ mode: 'exercise', template_id: first.id }))

  const form = written({ code, text_ja: '{{時刻}}に東京で設置しました。', version: '1' })
  assert.equal((await desk.post(`/notice-templates/${code}`, form)).status, 303)
  assert.equal((await desk.post(`/notice-templates/${code}`, form)).status, 303, 'pressed twice')
  const unchanged = await desk.post(`/notice-templates/${code}`, { ...form, version: '2' })
  assert.equal(unchanged.status, 303)
  assert.deepEqual(
    (await versionsOf(code)).map(({ version, text_ja }) => [version, text_ja]),
    [
      [1, '{{時刻}}に設置しました。'],
      [2, '{{時刻}}に東京で設置しました。'],
    ],
  )
  assert.deepEqual(await linesAbout(code), ['template.edited', 'template.edited'])
  const notice = await site.db.selectFrom('notice').where('id', '=', id).select('template_id').executeTakeFirstOrThrow()
  assert.equal(notice.template_id, first.id)
  const old = await (await desk.get(`/notice-templates/${code}?version=1`)).text()
  assert.match(old, /これは以前の版です/)
  assert.match(old, /〔時刻〕に設置しました/)
  assert.doesNotMatch(old, /ひな形を廃止する/)
  for (const version of ['3', '0', 'x', '1e1', '99999999999'])
    assert.equal((await desk.get(`/notice-templates/${code}?version=${version}`)).status, 404, version)
})

test('of two who change a template at once the second sees what the first saved, and keeps their own words', async () => {
  const code = await make()
  assert.equal(
    (await desk.post(`/notice-templates/${code}`, written({ version: '1', text_ja: '先に保存した本文' }))).status,
    303,
  )
  const late = written({ version: '1', text_ja: '後から <来た> 本文', answer_minutes: '45' })
  const refused = await deputy.post(`/notice-templates/${code}`, late)
  assert.equal(refused.status, 409)
  const page = await refused.text()
  assert.match(page, /ほかの人がこのひな形を先に変更しました/)
  assert.match(page, /先に保存した本文/)
  assert.match(page, /後から &lt;来た&gt; 本文<\/textarea>/)
  assert.match(page, /name="answer_minutes"[^>]*value="45"|value="45"[^>]*name="answer_minutes"/)
  assert.match(page, /name="version" value="2"/)
  assert.equal((await versionsOf(code)).length, 2)

  assert.equal((await deputy.post(`/notice-templates/${code}`, { ...late, version: '2' })).status, 303)
  assert.deepEqual(
    (await versionsOf(code)).map(({ version }) => version),
    [1, 2, 3],
  )
})

test('at the very same moment only one of two changes wins, whichever it is', async () => {
  const code = await make()
  const both = await Promise.all([
    desk.post(`/notice-templates/${code}`, written({ version: '1', name_ja: '甲' })),
    deputy.post(`/notice-templates/${code}`, written({ version: '1', name_ja: '乙' })),
  ])
  assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
  assert.equal((await versionsOf(code)).length, 2)
})

test('what was removed leaves the list and stays readable by version; who was changing it then keeps their words', async () => {
  const code = await make({ name_ja: '廃止されるひな形' })
  for (const _ of [1, 2]) assert.equal((await desk.post(`/notice-templates/${code}/removal`)).status, 303)
  assert.deepEqual(await linesAbout(code), ['template.edited', 'template.removed'])
  assert.doesNotMatch(await site.main(desk, '/notice-templates'), /廃止されるひな形/)
  assert.equal((await desk.get(`/notice-templates/${code}/edit`)).status, 404)
  assert.equal(
    (await versionsOf(code)).at(-1)?.name_ja,
    '廃止されるひな形',
    'its last version says what the one before said',
  )
  await assert.rejects(site.db.updateTable('notice_template').set({ name_ja: '別' }).execute(), /permission denied/)
  // Where the audit trail and notices lead.
  for (const kept of [`/notice-templates/${code}`, `/notice-templates/${code}?version=1`]) {
    const page = await (await desk.get(kept)).text()
    assert.match(page, /このひな形は廃止されました/)
    assert.match(page, /第2版.*廃止/s)
    assert.doesNotMatch(page, /このひな形で通知を作る/)
  }

  const late = await deputy.post(`/notice-templates/${code}`, written({ version: '1', name_ja: '書きかけの名前' }))
  assert.equal(late.status, 409)
  const page = await late.text()
  assert.match(page, /ほかの人がこのひな形を先に廃止しました/)
  assert.match(page, /value="書きかけの名前"/)
  assert.match(page, /action="\/notice-templates"/)
  assert.doesNotMatch(page, new RegExp(`name="code" value="${code}"`))
})

test('a removal and a change at the same moment leave no version that came back from the dead', async () => {
  const { id } = await site.accountOf('secretariat')
  const by = await readPerson(site.db, id)
  assert.ok(by)
  for (let round = 0; round < 8; round++) {
    const code = await make()
    const form = TemplateForm('ja').parse(written({ version: '1', name_ja: `甲${round}` }))
    await Promise.all([removeTemplate(site.tools, by, code), saveTemplate(site.tools, by, code, form)])
    const versions = await versionsOf(code)
    assert.deepEqual(
      versions.map(({ removed_at }) => removed_at !== null),
      versions.map((_, index) => index === versions.length - 1),
    )
  }
})

const bad: [why: string, said: Record<string, string>, field: string][] = [
  ['a subject of two lines', { subject_ja: '一行目\r\nBcc: all@market.example' }, 'subject_ja'],
  ['a subject with a line separator', { subject_en: 'one\u2028two' }, 'subject_en'],
  ['no name', { name_ja: '   ' }, 'name_ja'],
  ['a long name', { name_en: 'x'.repeat(101) }, 'name_en'],
  ['a long text', { text_ja: 'あ'.repeat(4001) }, 'text_ja'],
  ['an open blank', { text_ja: '{{時刻に設置' }, 'text_ja'],
  ['an empty blank', { subject_ja: '{{ }}に設置' }, 'subject_ja'],
  ['a blank over two lines', { text_en: '{{the\ntime}}' }, 'text_en'],
  ['no such kind', { kind: 'correction' }, 'kind'],
  ['no such severity', { severity: 'now' }, 'severity'],
  ['no such label', { label: 'mauve' }, 'label'],
  ['a report wanted by a notice', { answer_wanted: 'report' }, 'answer_wanted'],
  ['a request to report that wants something else', { kind: 'report_request' }, 'answer_wanted'],
  ['one choice', { answer_wanted: 'choice', choices: '参加する | Yes' }, 'choices'],
  ['a choice without English', { answer_wanted: 'choice', choices: '参加する\n参加しない | No' }, 'choices'],
  ['a choice in three parts', { answer_wanted: 'choice', choices: 'a | b | c\nd | e' }, 'choices'],
  ['ten choices', { answer_wanted: 'choice', choices: Array(10).fill('参加 | Yes').join('\n') }, 'choices'],
  ['no minutes', { answer_minutes: '0' }, 'answer_minutes'],
  ['minutes in another notation', { answer_minutes: '1e3' }, 'answer_minutes'],
  ['half a minute', { answer_minutes: '0.5' }, 'answer_minutes'],
  ['minutes beyond a month', { answer_minutes: '43201' }, 'answer_minutes'],
]
for (const [why, said, field] of bad)
  test(`bad input: ${why} is a page that keeps what was typed and leads to the field`, async () => {
    const form = written({ name_en: 'Kept <as typed>', ...said })
    const refused = await desk.post('/notice-templates', form)
    assert.equal(refused.status, 422)
    const page = await refused.text()
    assert.match(page, new RegExp(`<a href="#${field}">`))
    if (!said.name_en) assert.match(page, /value="Kept &lt;as typed&gt;"/)
    assert.match(page, new RegExp(`name="code" value="${form.code}"`), 'so that the next press is still the same one')
    assert.equal((await versionsOf(form.code ?? '')).length, 0)
  })

test('what people type is taken as they mean it: full-width figures and bars, old line ends, no minutes without an answer', () => {
  const read = (said: Record<string, string>) => TemplateForm('ja').parse(written(said))
  assert.equal(read({ answer_minutes: ' ３０ ' }).answer_minutes, 30)
  assert.equal(read({ answer_wanted: 'none' }).answer_minutes, null)
  assert.equal(read({ text_ja: 'a\r\nb\rc\u0007\td' }).text_ja, 'a\nb\nc\td')
  assert.deepEqual(read({ answer_wanted: 'choice', choices: '行く｜Yes\r\n\r\n 行かない | No ' }).choices, [
    { ja: '行く', en: 'Yes' },
    { ja: '行かない', en: 'No' },
  ])
  assert.deepEqual(read({ choices: 'left over' }).choices, [])
})

test('blanks are found once each and filled once, whatever stands in their values', () => {
  const { text_ja, ...others } = {
    subject_ja: '{{ a }}',
    subject_en: '{{b}} {{a}}',
    text_ja: '{{__proto__}}',
    text_en: '',
  }
  assert.deepEqual(blanksOf(others.subject_ja, others.subject_en, text_ja), ['a', 'b', '__proto__'])
  assert.deepEqual(fillTemplate({ ...others, text_ja, version: 2 }, { a: '{{b}} $&', b: '' }), {
    ...{ subject_ja: '{{b}} $&', subject_en: '{{b}} {{b}} $&', text_ja: '{{__proto__}}', text_en: '', version: 2 },
  })
  assert.deepEqual(['{{a}} { b } {c}', '{{', 'a}}', '{{a}', `{{${'x'.repeat(51)}}}`].map(hasBrokenBlank), [
    false,
    true,
    true,
    true,
    true,
  ])
})

test('S0-30 approvers and auditors read templates and change none; institutions do not see them', async () => {
  const code = await make({ name_ja: '閲覧のみ' })
  for (const role of ['secretariat_approver', 'auditor'] as const) {
    const reader = await site.as(role)
    const page = await (await reader.get(`/notice-templates/${code}`)).text()
    assert.match(page, /閲覧のみ/)
    assert.doesNotMatch(page, /ひな形を変更する|ひな形を廃止する|このひな形で通知を作る/)
    assert.equal((await reader.get(`/notice-templates/${code}/edit`)).status, 403)
    assert.equal((await reader.post(`/notice-templates/${code}`, written({ version: '1' }))).status, 403)
  }
  assert.equal((await (await site.as('bcp_contact')).get(`/notice-templates/${code}`)).status, 403)
  assert.equal((await versionsOf(code)).length, 1)
  for (const strange of [randomUUID(), 'x', '%00'])
    assert.equal((await desk.post(`/notice-templates/${strange}`, written({ version: '1' }))).status, 404)
})

test('the demo has templates that would pass the form themselves, visibly invented', async () => {
  for (const { choices, answer_minutes, ...said } of demoTemplates) {
    const form = { ...said, choices: writeChoices(choices), answer_minutes: String(answer_minutes ?? '') }
    assert.deepEqual(TemplateForm('ja').parse(form), { ...said, choices, answer_minutes, version: 0 })
    assert.match(said.name_ja, /架空/)
  }
  const list = await (await desk.get('/notice-templates')).text()
  for (const { name_ja } of demoTemplates) assert.ok(list.includes(name_ja))
})
