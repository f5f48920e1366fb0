import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { toCivilInput } from '#ground/html/civil.ts'
import { roleWords } from '#ground/html/navigation.ts'
import { kindWords, labelOf, readersOf } from '#ground/rights/labels.ts'
import { acts, actWords, rolesOf } from '#ground/rights/may.ts'
import { roles } from '#ground/rights/person.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { actsOf, changesThings, groupOf, groups } from './act-groups.ts'
import { kindsUnder } from './label-readers.ts'

let site: TestSite
let desk: TestSite['nobody']
let auditor: TestSite['nobody']
// Sessions end by the clock of the machine.
const began = new Date()
let now = began
const days = (count: number) => new Date(began.getTime() + count * 24 * 3_600_000)

before(async () => {
  site = await testSite({ clock: () => now })
  desk = await site.as('secretariat')
  auditor = await site.as('auditor')
})
after(() => site.close())

const textOf = async (answer: Response) =>
  (await answer.text())
    .replace(/^[\s\S]*<main/, '<main')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
const reviewLines = async () => (await site.trail()).filter(({ action }) => action === 'role.confirmed')

test('S0-30 auditors read every act in words under every role that holds it, as the table has it', async () => {
  const answer = await auditor.get('/rights')
  const html = await answer.text()
  for (const role of roles) {
    const section = html.split(`<h3 id="${role}">`)[1]?.split('</section>')[0] ?? ''
    assert.ok(section.includes(roleWords.ja[role]))
    for (const act of acts) {
      const is_held = rolesOf(act).includes(role)
      const words = [...section.matchAll(/<dd[^>]*>(.*?)<\/dd>/g)].flatMap(([, text = '']) => text.split('、'))
      assert.equal(words.includes(actWords.ja[act]), is_held, `${role} ${act}`)
    }
  }
  assert.match(html, /対策本部員（事案に対応している間だけ）/)
  assert.doesNotMatch(html, /事務局（事案に対応/)
  for (const label of ['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR']) assert.ok(html.includes(`TLP:${label}`))
  for (const kind of Object.keys(labelOf) as (keyof typeof labelOf)[]) assert.ok(html.includes(kindWords.ja[kind]))
  assert.ok(gzipSync(html).length < 7 * 1024, `${gzipSync(html).length} bytes`)
  const english = await (await site.client(`${auditor.cookie}; language=en`).get('/rights')).text()
  for (const act of acts) assert.ok(english.includes(actWords.en[act]))
})

test('every act belongs to one group, and who only looks changes nothing', () => {
  for (const act of acts) assert.ok(groups.includes(groupOf(act)))
  for (const role of roles)
    assert.equal(
      groups.flatMap((group) => actsOf(role, group)).length,
      acts.filter((act) => rolesOf(act).includes(role)).length,
    )
  assert.deepEqual(
    roles.filter((role) => !changesThings(role)),
    // A command-centre member may enter what the own institution’s body decided, a council member propose what members see.
    ['authority', 'local_authority', 'observer', 'auditor'],
  )
})

test('a label is explained by the rule that reads it', () => {
  assert.deepEqual(readersOf('red'), ['secretariat', 'secretariat_approver'])
  assert.deepEqual(readersOf('green'), [...roles])
  assert.ok(!readersOf('amber').includes('bcp_contact'))
  assert.equal(
    (['red', 'amber_strict', 'amber', 'green', 'clear'] as const).flatMap(kindsUnder).length,
    Object.keys(labelOf).length,
  )
})

test('S0-30 an auditor sees who could see what at a past moment, and finds what they did and read', async () => {
  const { id, name_ja } = await site.accountOf('observer')
  now = days(0.1)
  desk = await site.as('secretariat')
  const granted = await desk.post(`/people/${id}/roles`, { role: 'council_member', reason: '臨時の委員' })
  assert.equal(granted.status, 303)
  const grant = await site.db
    .selectFrom('role_grant')
    .where('person_id', '=', id)
    .where('role', '=', 'council_member')
    .select('id')
    .executeTakeFirstOrThrow()
  now = days(0.2)
  desk = await site.as('secretariat')
  auditor = await site.as('auditor')
  assert.equal((await desk.post(`/grants/${grant.id}/end`, { reason: '任期終了' })).status, 303)

  const at = (date: string, role = 'council_member') => auditor.get(`/rights/at?${new URLSearchParams({ date, role })}`)
  const then = await (await at(toCivilInput(days(0.15)))).text()
  assert.match(then, new RegExp(`${name_ja}[\\s\\S]*臨時の委員`))
  assert.match(then, new RegExp(`href="/trail\\?person=${id}"`))
  assert.match(then, new RegExp(`href="/trail/readings\\?person=${id}"`))
  assert.match(then, /対策本部は設置されていませんでした/)
  for (const moment of [days(0.01), days(0.25)])
    assert.doesNotMatch(await (await at(toCivilInput(moment))).text(), /臨時の委員/)
  // Of a whole day, whoever held it at some time of it.
  assert.match(await (await at(toCivilInput(days(0.15)).slice(0, 10))).text(), /臨時の委員/)
  assert.match(await textOf(await at('1999-12-31')), /役割を持つ人はいませんでした/)
  for (const bad of ['', 'x', '2027-02-30', '2027-01-01T25:00']) {
    const answer = await at(bad)
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), /<a href="#date">日時を入力してください/)
  }
  const everyone = await textOf(await auditor.get('/rights/at'))
  for (const role of roles) assert.ok(everyone.includes(roleWords.ja[role]))

  const own = await textOf(await auditor.get(`/trail?person=${id}`))
  assert.ok(own.includes(`${name_ja}が行ったことだけを出しています`))
  assert.match(await textOf(await auditor.get('/trail?person=x')), /監査証跡/)
})

test('who was let in by the command centre’s role can be told by whether one was set up', async () => {
  const { id: opened_by } = await site.accountOf('secretariat')
  const { id: situation_id } = await site.db
    .insertInto('situation')
    .values({
      ...{
        mode: 'actual',
        hazard: 'earthquake',
        title_ja: '架空の地震',
        title_en: 'Fictional',
        text_ja: '',
        text_en: '',
      },
      ...{ reason: '試験', event_at: days(0.3), opened_at: days(0.3), opened_by },
      ...{ closed_at: days(0.45), closed_by: opened_by, closing_reason: '試験' },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const act = { situation_id, mode: 'actual', reason: '試験', done_by: opened_by } as const
  await site.db
    .insertInto('command_centre_act')
    .values([
      { ...act, act: 'set_up', done_at: days(0.3) },
      // It was dissolved before the situation was closed: from then on nobody was let in by it.
      { ...act, act: 'dissolved', done_at: days(0.4) },
    ])
    .execute()
  const at = async (moment: Date) => textOf(await auditor.get(`/rights/at?date=${toCivilInput(moment)}`))
  assert.match(await at(days(0.35)), /この日時には対策本部が設置されていました/)
  assert.match(await at(days(0.42)), /対策本部は設置されていませんでした/)
})

test('S0-30 S3-4(6) once a quarter every role is confirmed; until then the home page of the secretariat says so', async () => {
  const home = (who = desk) => site.read(who, '/home')
  assert.doesNotMatch(await home(), /見直し/)
  now = days(93)
  desk = await site.as('secretariat')
  auditor = await site.as('auditor')
  const { n } = await site.db
    .selectFrom('role_grant')
    .where('removed_at', 'is', null)
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  assert.match(await home(), new RegExp(`役割の見直しの期限が過ぎています（${n}件）`))
  assert.doesNotMatch(await home(auditor), /見直し/)

  const page = await (await desk.get('/rights/review')).text()
  const [form = ''] = /<form[^>]*action="\/rights\/confirmations"[\s\S]*?<\/form>/.exec(page) ?? []
  const ticked = [...form.matchAll(/name="(grant-[^"]*)" (?:checked="" )?value="([^"]*)"/g)]
  assert.ok(ticked.length > 1, form)
  const fields = (kept: typeof ticked) =>
    new URLSearchParams([['page', '1'], ...kept.map(([, name, value]) => [name, value])] as string[][]).toString()
  const send = (kept: typeof ticked) =>
    desk.send('POST', '/rights/confirmations', fields(kept), {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    })
  const one = await send(ticked.slice(0, 1))
  assert.equal(one.headers.get('location'), '/rights/review?page=1&confirmed=1')
  const rest = await send(ticked)
  assert.equal(rest.headers.get('location'), `/rights/review?page=1&confirmed=${ticked.length - 1}`)
  // Pressed again it is the same review.
  assert.equal((await send(ticked)).headers.get('location'), '/rights/review?page=1&confirmed=0')
  assert.match(await textOf(await desk.get('/rights/review?page=1&confirmed=0')), /新しく確認した役割はありません/)

  const { id: by } = await site.accountOf('secretariat')
  const lines = await reviewLines()
  assert.equal(lines.length, 2)
  for (const { about, person_id } of lines) assert.deepEqual([about, person_id], ['/rights/review', by])
  const grant = await site.db
    .selectFrom('role_grant')
    .where('id', '=', ticked[0]?.[2] ?? '')
    .selectAll()
    .executeTakeFirstOrThrow()
  assert.deepEqual([grant.confirmed_at, grant.confirmed_by], [now, by])
  assert.match(await home(), new RegExp(`（${Number(n) - ticked.length}件）`))
})

test('a review of what is not there, was ended, or is no id, confirms nothing', async () => {
  const ended = await site.db
    .selectFrom('role_grant')
    .where('removed_at', 'is not', null)
    .select('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  const lines = (await reviewLines()).length
  for (const value of [ended.id, crypto.randomUUID(), 'x', "' or 1=1 --", ''])
    assert.match(
      (await desk.post('/rights/confirmations', { 'grant-x': value })).headers.get('location') ?? '',
      /confirmed=0$/,
    )
  assert.equal((await reviewLines()).length, lines)
})

test('after the review of all nothing is overdue, page by page', async () => {
  for (let page = 1; ; page++) {
    const html = await (await desk.get(`/rights/review?page=${page}`)).text()
    const fields = [...html.matchAll(/name="(grant-[^"]*)"[^>]*value="([^"]*)"/g)]
    if (fields.length === 0) break
    // Those confirmed go to the end of the list, so that the first page is always the one to look at.
    const answer = await desk.post(
      '/rights/confirmations',
      Object.fromEntries(fields.map(([, , value = ''], index) => [`grant-${index}`, value])),
    )
    assert.equal(answer.status, 303)
    if (/confirmed=0$/.test(answer.headers.get('location') ?? '')) break
    page = 0
  }
  assert.match(await textOf(await desk.get('/rights/review')), /期限切れの役割はありません/)
  assert.doesNotMatch(await site.read(desk, '/home'), /見直し/)
})
