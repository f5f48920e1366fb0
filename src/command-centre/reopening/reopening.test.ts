import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { latestSnapshot } from '#public/publication/index.ts'
import { closeAt } from '#tests/kit/closing.ts'
import { hiddenIn } from '#tests/kit/notice.ts'
import { situationForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let desk: Awaited<ReturnType<TestSite['as']>>
let approver: typeof desk
let at: Date

before(async () => {
  at = new Date('2027-01-15T03:00:00Z')
  site = await testSite({ clock: () => at })
  desk = await site.as('secretariat')
  approver = await site.as('secretariat_approver')
})
after(() => site.close())

const closing = { closing_reason: '全機能が復旧した', closing_ja: '対応を終えました。', closing_en: 'It has ended.' }
const words = { text_ja: '終結は誤りでした。', text_en: 'It has not ended.' }
const textOf = async (answer: Response) => (await answer.text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

/** A situation, published or not, that has been closed; gives its path. */
async function closed({ publish = true, mode = 'actual' } = {}): Promise<string> {
  const form = situationForm('00000000-0000-4000-8000-000000000001', at, { mode, drill: 'yes' })
  const situation = (await site.done(desk, '/situations', form)) ?? ''
  if (publish) {
    const chosen = {
      text_ja: '取引は止まっています',
      text_en: 'Trading is stopped',
      idempotency_key: crypto.randomUUID(),
    }
    const check = await (await desk.post(`${situation}/publication/check`, chosen)).text()
    const { seen = '' } = hiddenIn(check, `${situation}/publications`)
    await site.done(desk, `${situation}/publications`, { ...chosen, seen })
  }
  assert.equal((await closeAt(desk, situation, closing)).status, 303)
  return situation
}

const rowOf = (situation: string) =>
  site.db
    .selectFrom('situation')
    .where('id', '=', situation.split('/')[2] ?? '')
    .selectAll()
    .executeTakeFirstOrThrow()
const publicOf = async (situation: string) =>
  (await latestSnapshot(site.db, 'actual')).situations.find(({ id }) => id === situation.split('/')[2])
const ask = async (situation: string, change: Record<string, string> = {}) => {
  const id = crypto.randomUUID()
  await site.done(desk, `${situation}/reopening`, { id, reason: '別の事案を終結するはずだった', ...words, ...change })
  return id
}
const actionsOf = async (situation: string) => (await site.trailOf(situation)).map(({ action }) => action)

test('what was closed by mistake is opened again by two of the desk, and the public is told that the closing was wrong', async () => {
  const situation = await closed()
  assert.match(await textOf(await desk.get(situation)), /終結が誤りだったとき：再開する/)
  const id = await ask(situation)
  // Asking changes nothing yet, for nobody.
  assert.notEqual((await rowOf(situation)).closed_at, null)
  assert.equal((await publicOf(situation))?.closing_ja, '対応を終えました。')
  const letters = await site.db.selectFrom('letter').where('about', '=', `${situation}/reopening`).selectAll().execute()
  assert.ok(letters.length >= 2)
  assert.match(
    letters[0]?.body ?? '',
    /再開を求めています[\s\S]*別の事案を終結するはずだった[\s\S]*asks to open a situation again/,
  )

  // Who asked is not the second person.
  const own = await (await desk.get(`${situation}/reopening`)).text()
  assert.match(own, /求めた本人は同意できません/)
  assert.doesNotMatch(own, /reopening\/agreement/)
  assert.equal((await desk.post(`${situation}/reopening/agreement`, { id })).status, 409)
  assert.notEqual((await rowOf(situation)).closed_at, null)

  assert.match(await textOf(await approver.get(situation)), /ほかの1人の同意を待っています/)
  const page = await textOf(await approver.get(`${situation}/reopening`))
  assert.match(page, /別の事案を終結するはずだった.*終結は誤りでした。.*It has not ended\..*公表ページの変わるところ/)
  await site.done(approver, `${situation}/reopening/agreement`, { id })
  const { closed_at, closed_by, closing_reason } = await rowOf(situation)
  assert.deepEqual([closed_at, closed_by, closing_reason], [null, null, null])
  // A second press is no error and tells nothing twice.
  await site.done(approver, `${situation}/reopening/agreement`, { id })

  const told = await publicOf(situation)
  assert.deepEqual([told?.closed_at, told?.text_ja, told?.corrected_at], [null, '終結は誤りでした。', at.toISOString()])
  assert.deepEqual(
    told?.earlier.map(({ text_ja, corrected_at }) => [text_ja, corrected_at !== null]),
    [
      ['対応を終えました。', true],
      ['取引は止まっています', false],
    ],
  )
  const { messages } = await latestSnapshot(site.db, 'actual')
  assert.deepEqual(
    messages.map(({ cap_kind, corrected, corrects }) => [cap_kind, corrected !== null, corrects.length]),
    [
      ['Update', false, 1],
      ['Cancel', true, 0],
      ['Alert', false, 0],
    ],
  )

  assert.deepEqual((await actionsOf(situation)).slice(-5), [
    'situation.centre-dissolved',
    'situation.closed',
    'situation.reopening-asked',
    'situation.reopened',
    'situation.centre-restored',
  ])
  const line = (await site.trailOf(situation)).at(-1)
  assert.equal(line?.person_id, (await site.accountOf('secretariat_approver')).id)
  assert.match(JSON.stringify(line?.details), /別の事案を終結するはずだった/)
  // The closing itself is not forgotten.
  const kept = await site.db.selectFrom('reopening').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
  assert.deepEqual([kept.closing_reason, kept.decision], ['全機能が復旧した', 'agreed'])
})

test('what ended with the closing stays ended, and the page says what to do next until it is done', async () => {
  const situation = await closed({ publish: false })
  await site.done(approver, `${situation}/reopening/agreement`, { id: await ask(situation) })
  assert.equal(await publicOf(situation), undefined)
  const page = await (await desk.get(situation)).text()
  assert.match(page, /終結が誤りだったため、この事案は再開されました/)
  assert.match(page, /もう一度、状況報告を依頼する/)
  const [, path = ''] = /href="(\/notices\/new\?[^"]*about=reopening)"/.exec(page) ?? []
  assert.match(
    await (await desk.get(path.replaceAll('&amp;', '&'))).text(),
    /value="事案の終結は誤りでした。対応を続けます"/,
  )
  // A firm can report again, and reads nothing of who closed what, and why.
  const firm = await (await (await site.as('bcp_contact')).get(situation)).text()
  assert.match(firm, /自機関の状況を報告する/)
  assert.doesNotMatch(firm, /about=reopening|別の事案/)
})

test('a request that was dropped opens nothing; another can then be made', async () => {
  const situation = await closed()
  const id = await ask(situation)
  const twice = await approver.post(`${situation}/reopening`, { id: crypto.randomUUID(), reason: '私も', ...words })
  assert.equal(twice.status, 409)
  assert.match(await twice.text(), /ほかの人が先に再開を求めています/)
  await site.done(approver, `${situation}/reopening/removal`, { id })
  const late = await approver.post(`${situation}/reopening/agreement`, { id })
  assert.equal(late.status, 409)
  assert.match(await late.text(), /もう取り下げられたか/)
  assert.notEqual((await rowOf(situation)).closed_at, null)
  assert.equal((await actionsOf(situation)).at(-1), 'situation.reopening-dropped')
  const again = await ask(situation)
  await site.done(approver, `${situation}/reopening/agreement`, { id: again })
  assert.equal((await rowOf(situation)).closed_at, null)
})

test('two agree at once: it is opened once and told once', async () => {
  const situation = await closed()
  const id = await ask(situation)
  const deputy = await site.signIn('desk-deputy@assoc.example')
  const answers = await Promise.all(
    [approver, deputy].map((each) => each.post(`${situation}/reopening/agreement`, { id })),
  )
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 303],
  )
  assert.equal((await actionsOf(situation)).filter((action) => action === 'situation.reopened').length, 1)
  const { messages } = await latestSnapshot(site.db, 'actual')
  assert.equal(messages.filter(({ situation_id }) => situation.endsWith(situation_id)).length, 3)
})

test('both languages are asked for, the form keeps its words, and only the desk asks and agrees', async () => {
  const situation = await closed()
  const form = {
    id: crypto.randomUUID(),
    reason: '書きかけ',
    text_ja: '別の文章',
    text_en: 'The notice that this event had ended was a mistake. The response to it goes on.',
  }
  const empty = await desk.post(`${situation}/reopening`, { ...form, reason: ' ' })
  assert.equal(empty.status, 422)
  assert.match(await empty.text(), /<a href="#reason">[\s\S]*別の文章/)
  const parted = await desk.post(`${situation}/reopening`, form)
  assert.equal(parted.status, 422)
  assert.match(await parted.text(), /英語はこのままで正しい[\s\S]*書きかけ|書きかけ[\s\S]*英語はこのままで正しい/)
  for (const role of ['bcp_contact', 'authority', 'auditor', 'command_centre_member'] as const) {
    const reader = await site.as(role)
    for (const path of ['', '/agreement', '/removal'])
      assert.equal((await reader.post(`${situation}/reopening${path}`, form)).status, 403, role + path)
  }
  await site.done(desk, `${situation}/reopening`, { ...form, languages: 'yes' })
})

test('after thirty days, when the public page has let go of it, a situation stays closed', async () => {
  const situation = await closed()
  await site.pass({ hours: 30 * 24 })
  const late = await desk.post(`${situation}/reopening`, { id: crypto.randomUUID(), reason: '遅い', ...words })
  assert.equal(late.status, 409)
  assert.match(await late.text(), /30日を過ぎた/)
  assert.notEqual((await rowOf(situation)).closed_at, null)
})

test('whoever asks to open what is open again already, or drops that request, is told so and keeps their words', async () => {
  const situation = await closed({ publish: false })
  const id = await ask(situation)
  const own = { id: crypto.randomUUID(), reason: '私の 理由', ...words }
  await site.done(approver, `${situation}/reopening/agreement`, { id })
  const before = await actionsOf(situation)
  for (const [path, fields, act, kept] of [
    ['/reopening', own, '再開を求める', /私の 理由<\/textarea>/],
    ['/reopening', { ...own, text_ja: '' }, '再開を求める', /私の 理由<\/textarea>/],
    ['/reopening/removal', { id }, '再開の求めを取り下げる', /./],
  ] as const) {
    const told = await desk.post(`${situation}${path}`, fields)
    assert.equal(told.status, 409, path)
    const html = await told.clone().text()
    assert.match(html, kept)
    const said = new RegExp(
      `すでに再開されています.*「${act}」は行われていません.*同意して再開しました.*別の事案を終結`,
    )
    assert.match(await textOf(told), said)
  }
  assert.deepEqual(await actionsOf(situation), before)
  // Who had asked for it presses again: it is done.
  const again = await desk.post(`${situation}/reopening`, { ...own, id })
  assert.equal(again.headers.get('location'), situation)
})
