import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { readTally } from '#delivery/answers/index.ts'
import { takeSteps } from '#delivery/deliveries/index.ts'
import type { Person } from '#ground/rights/person.ts'
import { allNormal, fileReport } from '#status/reports/index.ts'
import { draftNotice, type NoticeDraft, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { seenNow, testDraft } from '#tests/kit/notices.ts'
import { askAsPeople, openTestSituation, testMarket } from '#tests/kit/rounds.ts'
import { testTools } from '#tests/kit/tools.ts'
import { careForRounds } from './care.ts'

let store: TestDatabase
let market: Awaited<ReturnType<typeof testMarket>>
before(async () => {
  store = await testDatabase()
  market = await testMarket(store.db, 3)
})
after(() => store.close())
// Each story has its own clock; rounds of another are none of its business.
beforeEach(async () => {
  await store.db
    .updateTable('round')
    .set({ next_repeat_at: null, closed_at: new Date(0) })
    .execute()
  await store.db
    .updateTable('receipt')
    .set({ next_step_at: null, closed_at: new Date(0), closed_how: 'ended' })
    .where('closed_at', 'is', null)
    .execute()
})

const minutes = 60
async function story({ repeat_minutes = 30 as number | null, mode = 'exercise' as 'actual' | 'exercise' } = {}) {
  const { tools, pass } = testTools(store.db)
  const { id: situation_id } = await openTestSituation(store.db, market.desk, mode)
  const asked = await askAsPeople(tools, market.desk, { situation_id, mode, repeat_minutes })
  const scope = { situation_id, mode }
  return { tools, pass, scope, ...asked }
}
const contactOf = async (place: number): Promise<Person> => {
  const institution_id = market.members[place]?.id ?? assert.fail('no such firm')
  const person = { name_ja: '担当 二郎', name_en: null, institution_id }
  const { id } = await store.db
    .insertInto('person')
    .values({ ...person, email: `${crypto.randomUUID()}@market.example` })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { ...person, id, roles: ['bcp_contact'] }
}
type Story = Awaited<ReturnType<typeof story>>
const report = async ({ tools, scope }: Story, place: number, next_update_minutes = 60) => {
  const form = { ...allNormal(next_update_minutes), idempotency_key: crypto.randomUUID() }
  const filed = await fileReport(tools, await contactOf(place), { ...scope, ...form })
  if ('failed' in filed) assert.fail(filed.failed)
}
const askingsOf = ({ round_id }: Story) =>
  store.db.selectFrom('notice').where('round_id', '=', round_id).selectAll().orderBy('asking').execute()
const receiptsOf = async (notice_id: string) => {
  const rows = await store.db
    .selectFrom('receipt')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .where('notice_id', '=', notice_id)
    .select(['institution.code', 'closed_how'])
    .orderBy('code')
    .execute()
  return Object.fromEntries(rows.map(({ code, closed_how }) => [code, closed_how]))
}
const roundOf = ({ round_id }: Story) =>
  store.db.selectFrom('round').where('id', '=', round_id).selectAll().executeTakeFirstOrThrow()
const lines = async (action: string, id: string) => {
  const rows = await store.db.selectFrom('trail').where('action', '=', action).selectAll().orderBy('id').execute()
  return rows.filter(({ details }) => (details as Record<string, unknown>).round_id === id)
}

test('S2-13 a round asks again at its interval, those who have not answered; nobody is chased for two askings', async () => {
  const told = await story()
  const { tools, pass } = told
  await report(told, 0)
  pass(29 * minutes)
  await careForRounds(tools)
  assert.equal((await askingsOf(told)).length, 1, 'not before its time')

  pass(1 * minutes)
  await careForRounds(tools)
  const [first, second, ...more] = await askingsOf(told)
  assert.deepEqual(more, [])
  const { asking, kind, text_ja, drafted_by, released_by, mode, state } = second ?? assert.fail()
  assert.deepEqual(
    { asking, kind, text_ja, drafted_by, released_by, mode, state },
    {
      ...{ asking: 2, kind: 'report_request', text_ja: '状況を報告してください', mode: 'exercise', state: 'released' },
      ...{ drafted_by: market.desk.id, released_by: market.desk.id },
    },
  )
  assert.deepEqual(second?.answer_by, new Date(tools.clock().getTime() + 30 * minutes * 1000))
  // The exchange has reported and promised its next update for later: it is left alone until then.
  assert.deepEqual(await receiptsOf(second?.id ?? ''), { ASSOC: null, 'FIRM-1': null, 'FIRM-2': null })
  assert.deepEqual(await receiptsOf(first?.id ?? ''), {
    ...{ ASSOC: 'ended', 'FIRM-0': 'answered', 'FIRM-1': 'ended', 'FIRM-2': 'ended' },
  })
  assert.equal(await takeSteps(tools, ['mail']), 3, 'the ladder of the new asking alone')
  const [asked, ...asked_more] = await lines('round.asked', told.round_id)
  assert.deepEqual(
    [asked?.about, asked?.details.asking, asked_more.length],
    [`/situations/${told.scope.situation_id}`, 1, 0],
  )
  const [line] = await lines('round.repeated', told.round_id)
  assert.deepEqual(
    [line?.mode, line?.about, line?.details.asking, line?.details.institutions, line?.details.passed_over],
    ['exercise', `/situations/${told.scope.situation_id}`, 2, 3, 1],
  )
})

test('S2-13 whoever has promised an update is asked again once its time has passed, and not before', async () => {
  const told = await story()
  await report(told, 1, 60)
  for (let repeat = 0; repeat < 3; repeat++) {
    told.pass(30 * minutes)
    await careForRounds(told.tools)
  }
  const askings = await askingsOf(told)
  const asked = await Promise.all(askings.map(async ({ id }) => 'FIRM-1' in (await receiptsOf(id))))
  // Reported at 0 for 60: passed over at 30, due at 60.
  assert.deepEqual(asked, [true, false, true, true])
})

test('S2-13 when everyone has promised an update nothing is sent, and the round goes on', async () => {
  const told = await story()
  const all = await store.db.selectFrom('receipt').where('notice_id', '=', told.notice_id).select('id').execute()
  assert.equal(all.length, 4)
  for (const place of [0, 1, 2]) await report(told, place)
  const desk: Person = { ...market.desk, roles: ['bcp_contact'] }
  const form = { ...allNormal(60), idempotency_key: crypto.randomUUID() }
  assert.ok('id' in (await fileReport(told.tools, desk, { ...told.scope, ...form })))
  told.pass(30 * minutes)
  await careForRounds(told.tools)
  assert.equal((await askingsOf(told)).length, 1)
  const { next_repeat_at, closed_at } = await roundOf(told)
  assert.deepEqual([next_repeat_at, closed_at], [new Date(told.tools.clock().getTime() + 30 * minutes * 1000), null])
  told.pass(30 * minutes)
  await careForRounds(told.tools)
  assert.equal(Object.keys(await receiptsOf((await askingsOf(told))[1]?.id ?? '')).length, 4)
})

test('a program that was down over five intervals asks once, and goes on by the grid: no storm, none lost', async () => {
  const told = await story()
  told.pass(185 * minutes)
  await careForRounds(told.tools)
  await careForRounds(told.tools)
  assert.equal((await askingsOf(told)).length, 2)
  // 00:00 + 30 × 7.
  assert.deepEqual((await roundOf(told)).next_repeat_at, new Date('2027-01-15T03:30:00Z'))
  assert.equal(await takeSteps(told.tools, ['mail']), 4)
})

test('eight workers that come to a due round at the same moment ask once', async () => {
  const told = await story()
  told.pass(30 * minutes)
  await Promise.all(Array.from({ length: 8 }, () => careForRounds(told.tools)))
  assert.equal((await askingsOf(told)).length, 2)
  assert.equal((await lines('round.repeated', told.round_id)).length, 1)
})

test('a clock that ran ahead and was put back neither asks twice nor waits for hours', async () => {
  const told = await story()
  told.pass(300 * minutes)
  await careForRounds(told.tools)
  assert.equal((await askingsOf(told)).length, 2)
  told.pass(-290 * minutes)
  await careForRounds(told.tools)
  assert.equal((await askingsOf(told)).length, 2, 'nothing is asked for the clock’s sake')
  assert.deepEqual(
    (await roundOf(told)).next_repeat_at,
    new Date(told.tools.clock().getTime() + 30 * minutes * 1000),
    'half an hour by the clock as it is now',
  )
  const retimed = await store.db.selectFrom('trail').where('action', '=', 'round.retimed').selectAll().execute()
  assert.deepEqual(
    retimed.map(({ about }) => about),
    [`/rounds/${told.round_id}`],
  )
  told.pass(30 * minutes)
  await careForRounds(told.tools)
  assert.equal((await askingsOf(told)).length, 3)
})

test('a report that comes in while the round asks again is either seen before or counts as the answer', async () => {
  const told = await story()
  told.pass(30 * minutes)
  await Promise.all([report(told, 0), report(told, 1), careForRounds(told.tools), report(told, 2)])
  const [, second] = await askingsOf(told)
  const receipts = await receiptsOf(second?.id ?? '')
  for (const code of ['FIRM-0', 'FIRM-1', 'FIRM-2'])
    assert.ok(!(code in receipts) || receipts[code] === 'answered', `${code} has reported and is chased all the same`)
})

test('an institution that has left the market is not asked again, one that joined is not asked in the middle', async () => {
  const told = await story()
  const gone = market.members[2]?.id ?? ''
  await store.db.updateTable('institution').set({ active_to: '2027-01-14' }).where('id', '=', gone).execute()
  const { id: newcomer } = await store.db
    .insertInto('institution')
    .values({ code: 'NEW', kind: 'securities_firm', name_ja: '架空新証券', name_en: 'New', active_from: '2020-01-01' })
    .returning('id')
    .executeTakeFirstOrThrow()
  told.pass(30 * minutes)
  await careForRounds(told.tools)
  const [, second] = await askingsOf(told)
  assert.deepEqual(Object.keys(await receiptsOf(second?.id ?? '')), ['ASSOC', 'FIRM-0', 'FIRM-1'])
  await store.db.updateTable('institution').set({ active_to: null }).where('id', '=', gone).execute()
  await store.db.updateTable('institution').set({ active_to: '2021-01-01' }).where('id', '=', newcomer).execute()
})

async function replace({ tools, scope, notice_id }: Story, said: Partial<NoticeDraft>) {
  const { id } = await draftNotice(tools, market.desk, testDraft({ mode: scope.mode, replaces_id: notice_id, ...said }))
  await submitNotice(tools, market.desk, { id, version: 1, seen: await seenNow(tools, id) })
  const release = { id, version: 1, seen: await seenNow(tools, id), mode: scope.mode, override_reason: null }
  assert.deepEqual(await releaseNotice(tools, market.desk, release), { id })
  return id
}

test('N-8 a corrected asking is the next asking of its round: its words and deadline hold from then on', async () => {
  const told = await story()
  told.pass(10 * minutes)
  const correction = await replace(told, {
    ...{ kind: 'correction', situation_id: told.scope.situation_id, answer_wanted: 'report' },
    ...{ text_ja: '15時時点の状況を報告してください', answer_by: new Date('2027-01-15T01:00:00Z') },
  })
  const [first, second] = await askingsOf(told)
  assert.deepEqual([first?.replaced_by_id, second?.id, second?.asking], [correction, correction, 2])
  assert.ok(Object.values(await receiptsOf(told.notice_id)).every((how) => how === 'ended'))
  assert.deepEqual((await roundOf(told)).next_repeat_at, new Date('2027-01-15T00:40:00Z'))

  told.pass(30 * minutes)
  await careForRounds(told.tools)
  const third = (await askingsOf(told))[2]
  assert.deepEqual([third?.asking, third?.kind, third?.replaces_id], [3, 'report_request', null])
  assert.equal(third?.text_ja, '15時時点の状況を報告してください')
  assert.deepEqual(third?.answer_by, new Date('2027-01-15T01:30:00Z'), '50 minutes, as the correction gave')
})

test('N-8 a withdrawn asking ends its round', async () => {
  const told = await story()
  await replace(told, { kind: 'withdrawal', situation_id: told.scope.situation_id, answer_wanted: 'none' })
  told.pass(60 * minutes)
  await careForRounds(told.tools)
  const { closed_at, summary, next_repeat_at } = await roundOf(told)
  assert.ok(closed_at)
  assert.equal(next_repeat_at, null)
  assert.equal((summary as { why: string }).why, 'withdrawn')
  assert.equal((await askingsOf(told)).length, 1)
})

test('who withdraws the newest asking withdraws all of its round: nobody counts as asked any more', async () => {
  const told = await story()
  told.pass(30 * minutes)
  await careForRounds(told.tools)
  const [, second] = await askingsOf(told)
  const tally = () => readTally(store.db, told.scope, told.tools.clock())
  assert.ok((await tally()).asked > 0)
  await replace(
    { ...told, notice_id: second?.id ?? '' },
    { kind: 'withdrawal', situation_id: told.scope.situation_id, answer_wanted: 'none' },
  )
  const { asked, not_reported } = await tally()
  assert.deepEqual([asked, not_reported], [0, 0])
})

test('S0-28 what is repeated stays in its mode, with the reason of the one who released it alone', async () => {
  const told = await story({ mode: 'actual' })
  told.pass(30 * minutes)
  await careForRounds(told.tools)
  const [first, second] = await askingsOf(told)
  assert.deepEqual([second?.mode, second?.override_reason], ['actual', first?.override_reason])
  const modes = await store.db
    .selectFrom('receipt')
    .where('notice_id', '=', second?.id ?? '')
    .select('mode')
    .execute()
  assert.deepEqual(new Set(modes.map(({ mode }) => mode)), new Set(['actual']))
})
