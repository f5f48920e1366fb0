import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readPerson } from '#access/sign-in/index.ts'
import { takeSteps } from '#delivery/deliveries/index.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import type { Person } from '#ground/rights/person.ts'
import { allNormal, fileReport } from '#status/reports/index.ts'
import { closeAt } from '#tests/kit/closing.ts'
import { hiddenIn, noticeForm, release, writeNotice, written } from '#tests/kit/notice.ts'
import { askAsPeople, openTestSituation } from '#tests/kit/rounds.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { careForRounds } from './care.ts'

let site: TestSite
let desk: Person
let institutions: string[]
let now = new Date('2027-01-15T00:00:00Z')
before(async () => {
  site = await testSite({ clock: () => now })
  desk = (await readPerson(site.db, (await site.accountOf('secretariat')).id)) as Person
  const asked_ones = site.db.selectFrom('institution').where('is_asked', '=', true).select('id').orderBy('code')
  institutions = (await asked_ones.execute()).map(({ id }) => id)
})
after(() => site.close())

const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
async function asked(repeat_minutes: number | null = 30) {
  const { id: situation_id } = await openTestSituation(site.db, desk, 'exercise')
  return { situation_id, ...(await askAsPeople(site.tools, desk, { situation_id, repeat_minutes })) }
}
const reportFor = (institution_id: string, situation_id: string) => {
  const form = { ...allNormal(60), idempotency_key: crypto.randomUUID() }
  return fileReport(site.tools, desk, { situation_id, mode: 'exercise', ...form }, institution_id)
}
const roundOf = (id: string) => site.db.selectFrom('round').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
const receiptsOf = (round_id: string) =>
  site.db
    .selectFrom('receipt')
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .where('round_id', '=', round_id)
    .select(['receipt.institution_id', 'receipt.closed_how', 'receipt.next_step_at', 'receipt.call_since', 'asking'])
    .execute()
const closings = async (round_id: string) =>
  (await site.trail()).filter(
    ({ action, details }) => action === 'round.closed' && (details as { round_id?: string }).round_id === round_id,
  )

test('two coordinators press close at the same moment: it closes once, with one line in the log', async () => {
  const { round_id } = await asked()
  const readers = await Promise.all([site.as('secretariat'), site.as('secretariat'), site.as('secretariat')])
  const answers = await Promise.all(readers.map((reader) => reader.post(`/rounds/${round_id}/close`)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 303, 303],
  )
  assert.equal((await closings(round_id)).length, 1)
})

test('reports that come while the round closes are answered or missing, and the summary counts them so', async () => {
  const { situation_id, round_id } = await asked(null)
  const reader = await site.as('secretariat')
  const some = institutions.slice(0, 8)
  const [closed] = await Promise.all([
    reader.post(`/rounds/${round_id}/close`),
    ...some.map((id) => reportFor(id, situation_id)),
  ])
  assert.equal(closed.status, 303)
  const reports = await site.db.selectFrom('report').where('situation_id', '=', situation_id).select('id').execute()
  assert.equal(reports.length, some.length, 'a report is taken whether its round is over or not')
  const receipts = (await receiptsOf(round_id)).filter(({ closed_how }) => closed_how !== 'informed')
  const answered = receipts.filter(({ closed_how }) => closed_how === 'answered').length
  assert.ok(receipts.every(({ closed_how }) => closed_how !== null))
  const summary = (await roundOf(round_id)).summary as { answered: number; missing: unknown[] }
  assert.deepEqual([summary.answered, summary.missing.length], [answered, receipts.length - answered])
})

test('chasing, listing for calls, steps of the ladder, reports, a repeat and the close all at once: none fails, nothing is left open', async () => {
  const reader = await site.as('secretariat')
  for (let times = 0; times < 5; times++) {
    const { situation_id, round_id } = await asked()
    pass(30)
    const mine = institutions.slice(times * 6, times * 6 + 6)
    const [chased, one, all, closed] = await Promise.all([
      reader.post(`/rounds/${round_id}/chase`),
      reader.post(`/rounds/${round_id}/calls`, { institution_id: mine[0] ?? '' }),
      reader.post(`/rounds/${round_id}/calls`),
      times % 2 === 0 ? reader.post(`/rounds/${round_id}/close`) : reader.post(`/rounds/${round_id}/chase`),
      careForRounds(site.tools),
      takeSteps(site.tools, ['mail', 'sms']),
      ...mine.map((id) => reportFor(id, situation_id)),
    ])
    for (const { status } of [chased, one, all, closed]) assert.equal(status, 303)
    assert.equal((await reader.post(`/rounds/${round_id}/close`)).status, 303)
    const receipts = await receiptsOf(round_id)
    assert.ok(receipts.every(({ closed_how, next_step_at }) => closed_how !== null && next_step_at === null))
    assert.equal((await closings(round_id)).length, 1)
  }
  assert.deepEqual(site.reported, [])
})

test('a situation closes while its round asks again: nothing is asked after its end', async () => {
  const { situation_id, round_id } = await asked()
  pass(30)
  const reader = await site.as('secretariat')
  const closing = { closing_reason: '訓練終了', closing_ja: '終わりました' }
  await Promise.all([
    careForRounds(site.tools),
    closeAt(reader, `/situations/${situation_id}`, closing),
    careForRounds(site.tools),
  ])
  pass(30)
  await careForRounds(site.tools)
  assert.ok((await receiptsOf(round_id)).every(({ closed_how }) => closed_how !== null))
  assert.equal((await closings(round_id)).length, 1)
  assert.equal((await roundOf(round_id)).next_repeat_at, null)
})

test('N-8 S2-13 a deadline moved by a correction is the one that counts: no alarm before it, one after it', async () => {
  const { round_id, notice_id } = await asked(null)
  const reader = await site.as('secretariat')
  const fields = hiddenIn(await (await reader.get(`/notices/new?replaces=${notice_id}`)).text(), '/notices')
  const later = { answer_by: toCivilInput(new Date(now.getTime() + 90 * 60_000)) }
  const form = noticeForm({ ...fields, ...later, kind: 'correction', answer_wanted: 'report' })
  const correction = await written(await writeNotice(reader, { ...form, idempotency_key: crypto.randomUUID() }))
  await release(correction, { author: reader, releaser: reader })
  const alarm = async () => /回答期限を過ぎた機関が/.test(await (await reader.get(`/rounds/${round_id}`)).text())
  pass(31)
  assert.equal(await alarm(), false, 'the old deadline has passed, which holds no more')
  pass(60)
  assert.equal(await alarm(), true)
  assert.match(await (await reader.get(`/rounds/${round_id}?asking=1`)).text(), /これより新しい回があります/)
})

test('N-8 a correction that asks again after its round was closed begins a round, so that nobody is asked unseen', async () => {
  const { situation_id, round_id, notice_id } = await asked(null)
  const reader = await site.as('secretariat')
  await reader.post(`/rounds/${round_id}/close`)
  const fields = hiddenIn(await (await reader.get(`/notices/new?replaces=${notice_id}`)).text(), '/notices')
  const times = { answer_by: toCivilInput(new Date(now.getTime() + 30 * 60_000)) }
  const form = noticeForm({ ...fields, ...times, kind: 'correction', answer_wanted: 'report' })
  const path = await written(await writeNotice(reader, { ...form, idempotency_key: crypto.randomUUID() }))
  await release(path, { author: reader, releaser: reader })
  const { round_id: begun, asking } = await site.db
    .selectFrom('notice')
    .where('id', '=', path.split('/')[2] ?? '')
    .select(['round_id', 'asking'])
    .executeTakeFirstOrThrow()
  assert.ok(begun && begun !== round_id)
  assert.equal(asking, 1)
  assert.ok((await roundOf(round_id)).closed_at, 'what was closed stays closed')
  await reportFor(institutions[0] ?? '', situation_id)
  const page = (await (await reader.get(`/rounds/${begun}`)).text()).replace(/<[^>]*>/g, ' ')
  assert.match(page, new RegExp(`${institutions.length}機関のうち1機関が回答しました`))
})

test('an institution that leaves the market in the middle of a round is waited for no more, and stays accounted for by name', async () => {
  const { round_id } = await asked(30)
  const gone = institutions.at(-1) ?? ''
  await site.db.updateTable('institution').set({ active_to: '2027-01-14' }).where('id', '=', gone).execute()
  const { name_ja } = await site.db
    .selectFrom('institution')
    .where('id', '=', gone)
    .select('name_ja')
    .executeTakeFirstOrThrow()
  const reader = await site.as('secretariat')
  assert.ok(
    (await (await reader.get(`/rounds/${round_id}`)).text()).includes(`市場を離れた機関（数に含めません）: ${name_ja}`),
    'it was asked',
  )
  pass(30)
  await careForRounds(site.tools)
  const asked_again = (await receiptsOf(round_id)).filter(({ asking }) => asking === 2)
  assert.ok(!asked_again.some(({ institution_id }) => institution_id === gone), 'and is not asked again')
  await reader.post(`/rounds/${round_id}/close`)
  const { missing, left } = (await roundOf(round_id)).summary as Record<'missing' | 'left', { name_ja: string }[]>
  assert.deepEqual([missing.some((one) => one.name_ja === name_ja), left.map((one) => one.name_ja)], [false, [name_ja]])
  await site.db.updateTable('institution').set({ active_to: null }).where('id', '=', gone).execute()
})

test('what no page would send is refused without harm', async () => {
  const { round_id } = await asked(null)
  const reader = await site.as('secretariat')
  for (const [path, form, code] of [
    [`/rounds/${round_id}/calls`, { institution_id: 'x' }, 404],
    [`/rounds/${round_id}/calls`, { institution_id: crypto.randomUUID() }, 303],
    [`/rounds/x/calls`, {}, 404],
    [`/rounds/${crypto.randomUUID()}/calls`, {}, 404],
    [`/rounds/${crypto.randomUUID()}/chase`, {}, 404],
    [`/rounds/${crypto.randomUUID()}/close`, {}, 404],
  ] as const)
    assert.equal((await reader.post(path, form)).status, code, path)
  for (const page of ['0', '-1', '99999999999999999999', '1e9', 'x'])
    assert.equal((await reader.get(`/rounds/${round_id}?page=${page}`)).status, 200, page)
  assert.ok((await receiptsOf(round_id)).every(({ call_since }) => call_since === null))
  await reader.post(`/rounds/${round_id}/close`)
  for (const act of ['chase', 'calls']) {
    const lines = (await site.trail()).length
    assert.equal((await reader.post(`/rounds/${round_id}/${act}`)).status, 303)
    assert.equal((await site.trail()).length, lines, 'of what is closed nobody is chased')
  }
  assert.deepEqual(site.reported, [])
})
