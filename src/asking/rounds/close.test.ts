import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readPerson } from '#access/sign-in/index.ts'
import { takeSteps } from '#delivery/deliveries/index.ts'
import { NotAllowed, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { allNormal, fileReport } from '#status/reports/index.ts'
import { closeAt } from '#tests/kit/closing.ts'
import { askAsPeople, askTest, openTestSituation } from '#tests/kit/rounds.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { careForRounds } from './care.ts'
import { closeRound } from './close-round.ts'

let site: TestSite
let desk: Person
let institutions: { id: string; code: string; name_ja: string }[]
let now = new Date('2027-01-15T00:00:00Z')
before(async () => {
  site = await testSite({ clock: () => now })
  const { id } = await site.accountOf('secretariat')
  desk = (await readPerson(site.db, id)) as Person
  institutions = await site.db
    .selectFrom('institution')
    .where('is_asked', '=', true)
    .select(['id', 'code', 'name_ja'])
    .orderBy('code')
    .execute()
})
after(() => site.close())

const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
const roundOf = (id: string) => site.db.selectFrom('round').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
const reportFor = async (institution_id: string, situation_id: string) => {
  const form = { ...allNormal(60), idempotency_key: crypto.randomUUID() }
  const filed = await fileReport(site.tools, desk, { situation_id, mode: 'exercise', ...form }, institution_id)
  if ('failed' in filed) assert.fail(filed.failed)
  return filed.id
}
const few = () => institutions.slice(0, 3).map(({ id }) => id)
const openExercise = async () => (await openTestSituation(site.db, desk, 'exercise')).id

test('S0-16 a round closes by itself when all have answered, with a summary in the log of its situation', async () => {
  const situation_id = await openExercise()
  const { round_id } = await askTest(site.db, desk, { situation_id, mode: 'exercise', institution_ids: few(), at: now })
  pass(4)
  await reportFor(few()[0] ?? '', situation_id)
  pass(8)
  await reportFor(few()[1] ?? '', situation_id)
  await careForRounds(site.tools)
  assert.equal((await roundOf(round_id)).closed_at, null, 'one is missing')
  pass(8)
  await reportFor(few()[2] ?? '', situation_id)
  await careForRounds(site.tools)
  await careForRounds(site.tools)
  const round = await roundOf(round_id)
  assert.deepEqual([round.closed_at, round.closed_by], [now, null])
  assert.deepEqual(round.summary, {
    ...{
      why: 'all_answered',
      askings: 1,
      asked: 3,
      answered: 3,
      again: 0,
      on_behalf: 3,
      by_way: { call: 3 },
      missing: [],
      left: [],
    },
    ...{ minutes_to_50: 12, minutes_to_80: 20, minutes_to_100: 20, failed_deliveries: 0 },
  })
  const closings = (await site.trail()).filter(
    ({ action, about }) => action === 'round.closed' && about.endsWith(situation_id),
  )
  assert.equal(closings.length, 1)
  assert.deepEqual([closings[0]?.who, closings[0]?.mode], ['rounds', 'exercise'])
  const log = await (await (await site.as('secretariat')).get(`/situations/${situation_id}`)).text()
  assert.match(log, /全機関が回答したため、自動で終了。 照会1回、3機関のうち3機関が回答、50%まで12分、80%まで20分/)
  assert.match(log, new RegExp(`href="/rounds/${round_id}"`))
  assert.deepEqual(site.reported, [])
})

test('S2-13 a round that repeats does not close because all have answered once', async () => {
  const situation_id = await openExercise()
  const { round_id } = await askAsPeople(site.tools, desk, { situation_id, repeat_minutes: 30 })
  for (const { id } of institutions) await reportFor(id, situation_id)
  await careForRounds(site.tools)
  assert.equal((await roundOf(round_id)).closed_at, null)
  await closeRound(site.tools, desk, round_id)
})

test('S0-16 closed by hand: the page says what stops, then nobody is asked, chased or repeated, and who is missing has a name', async () => {
  const situation_id = await openExercise()
  const { round_id, notice_id } = await askAsPeople(site.tools, desk, { situation_id, repeat_minutes: 30 })
  await takeSteps(site.tools, ['mail'])
  const [first, ...others] = institutions
  await reportFor(first?.id ?? '', situation_id)
  const reader = await site.as('secretariat')
  const check = await (await reader.get(`/rounds/${round_id}/close`)).text()
  assert.match(check, new RegExp(`未回答の${others.length}機関への連絡`))
  assert.match(check, /次の照会：/)
  assert.match(check, /訓練の状況照会を終了する/)
  assert.equal((await roundOf(round_id)).closed_at, null, 'looking closes nothing')

  assert.equal((await reader.post(`/rounds/${round_id}/close`)).status, 303)
  assert.equal((await reader.post(`/rounds/${round_id}/close`)).status, 303)
  const round = await roundOf(round_id)
  assert.deepEqual([round.closed_by, round.next_repeat_at], [desk.id, null])
  const { missing, answered } = round.summary as { missing: { name_ja: string }[]; answered: number }
  assert.equal(answered, 1)
  assert.deepEqual(missing.map(({ name_ja }) => name_ja).sort(), others.map(({ name_ja }) => name_ja).sort())
  const open = await site.db
    .selectFrom('receipt')
    .where('notice_id', '=', notice_id)
    .where((eb) => eb.or([eb('closed_at', 'is', null), eb('next_step_at', 'is not', null)]))
    .select('id')
    .execute()
  assert.deepEqual(open, [])
  const waiting = site.db.selectFrom('delivery').where('notice_id', '=', notice_id).where('state', '=', 'waiting')
  assert.deepEqual(await waiting.select('id').execute(), [])
  pass(600)
  await careForRounds(site.tools)
  const askings = await site.db.selectFrom('notice').where('round_id', '=', round_id).select('id').execute()
  assert.equal(askings.length, 1)
  const page = await (await reader.get(`/rounds/${round_id}`)).text()
  assert.match(page, /この状況照会は終了しました/)
  assert.ok(page.includes(others[0]?.name_ja ?? 'nobody'))
  assert.doesNotMatch(page, /action="[^"]*\/(calls|chase)"/)
  assert.equal((await reader.get(`/rounds/${round_id}/close`)).status, 303)
})

test('closing a situation ends its rounds and everything that is still asked in it, at the same moment', async () => {
  const situation_id = await openExercise()
  const other = await openExercise()
  const first = await askAsPeople(site.tools, desk, { situation_id, repeat_minutes: 30 })
  const second = await askAsPeople(site.tools, desk, { situation_id })
  const elsewhere = await askAsPeople(site.tools, desk, { situation_id: other, repeat_minutes: 30 })
  await takeSteps(site.tools, ['mail'])
  const reader = await site.as('secretariat')
  const answer = await closeAt(reader, `/situations/${situation_id}`, {
    closing_reason: '訓練終了',
    closing_ja: '終わりました',
  })
  assert.equal(answer.status, 303)
  for (const { round_id } of [first, second]) {
    const { closed_at, summary } = await roundOf(round_id)
    assert.deepEqual([closed_at, (summary as { why: string }).why], [now, 'situation_closed'])
    // Whoever still has its page open is told that their press did nothing, and why.
    for (const act of ['calls', 'chase', 'close']) {
      const told = await reader.post(`/rounds/${round_id}/${act}`)
      assert.equal(told.status, 409, act)
      assert.match(await told.text(), /すでに終結しています[\s\S]*行われていません[\s\S]*訓練終了/, act)
    }
  }
  assert.equal((await roundOf(elsewhere.round_id)).closed_at, null)
  const open = await site.db
    .selectFrom('receipt')
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .where('situation_id', '=', situation_id)
    .where('receipt.closed_at', 'is', null)
    .select('receipt.id')
    .execute()
  assert.deepEqual(open, [])
  pass(31)
  await careForRounds(site.tools)
  const askings = await site.db.selectFrom('notice').where('situation_id', '=', situation_id).select('id').execute()
  assert.equal(askings.length, 2)
  await closeRound(site.tools, desk, elsewhere.round_id)
})

test('a round is closed while it asks again: what came of it is one or the other, never a chase without a round', async () => {
  const situation_id = await openExercise()
  const { round_id } = await askAsPeople(site.tools, desk, { situation_id, repeat_minutes: 30 })
  pass(30)
  await Promise.all([careForRounds(site.tools), closeRound(site.tools, desk, round_id), careForRounds(site.tools)])
  const { closed_at, next_repeat_at } = await roundOf(round_id)
  assert.ok(closed_at)
  assert.equal(next_repeat_at, null)
  const open = await site.db
    .selectFrom('receipt')
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .where('round_id', '=', round_id)
    .where('receipt.closed_at', 'is', null)
    .select('receipt.id')
    .execute()
  assert.deepEqual(open, [])
})

test('S0-30 only the secretariat closes a round, and only one that there is', async () => {
  const situation_id = await openExercise()
  const { round_id } = await askAsPeople(site.tools, desk, { situation_id })
  const approver: Person = { ...desk, roles: ['secretariat_approver'] }
  await assert.rejects(closeRound(site.tools, approver, round_id), NotAllowed)
  await assert.rejects(closeRound(site.tools, desk, crypto.randomUUID()), NotFound)
  assert.equal((await roundOf(round_id)).closed_at, null)
})
