import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { NotAllowed, NotFound } from '#ground/rights/may.ts'
import { trailLines } from '#ground/trail/queries.ts'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { testMarket, testPerson, testReport, testSituation } from '#tests/kit/market.ts'
import { start, testTools } from '#tests/kit/tools.ts'
import { fileReport } from './file-report.ts'
import { readChain } from './queries.ts'

let store: TestDatabase
let market: Awaited<ReturnType<typeof testMarket>>
before(async () => {
  store = await testDatabase()
  market = await testMarket(store.db)
})
after(() => store.close())

const idOf = (answer: { id: string } | { failed: string }) => {
  if ('failed' in answer) assert.fail(answer.failed)
  return answer.id
}
const reportsOf = (situation_id: string) =>
  store.db.selectFrom('report').selectAll().where('situation_id', '=', situation_id).execute()

test('S0-15 a report is kept with only the functions the institution has, its line and its job', async () => {
  const { tools, jobs } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk, 'exercise')
  const by = market.of('FIRM-1')
  const form = testReport({
    order_trading: 'stopped',
    clearing: 'stopped',
    damage_systems: 'severe',
    bcp: 'activated',
    text: '本店停電',
  })

  const id = idOf(await fileReport(tools, by, { ...scope, ...form }))

  const [row, ...others] = await reportsOf(scope.situation_id)
  assert.deepEqual(others, [])
  const { supersedes, clearing, order_trading, custody, reported_at, next_update_at, institution_id, mode, text } =
    row ?? assert.fail()
  assert.deepEqual(
    { supersedes, clearing, order_trading, custody, reported_at, next_update_at, institution_id, mode, text },
    {
      supersedes: null,
      clearing: null,
      order_trading: 'stopped',
      custody: 'normal',
      reported_at: start,
      next_update_at: new Date(start.getTime() + 3600_000),
      institution_id: by.institution_id,
      mode: 'exercise',
      text: '本店停電',
    },
  )
  const [line] = await trailLines(store.db, { about: `/situations/${scope.situation_id}`, limit: 1 })
  assert.equal(line?.action, 'report.filed')
  assert.equal(line?.mode, 'exercise')
  assert.equal(line?.person_id, by.id)
  assert.deepEqual(line?.details, { report_id: id, overall: 'stopped', bcp: 'activated' })
  assert.deepEqual(jobs, ['proposals.evaluate'])
})

test('S0-15 twenty presses of the same form at the same moment file it once', async () => {
  const { tools, jobs } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk)
  const form = testReport()
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => fileReport(tools, market.of('FIRM-1'), { ...scope, ...form })),
  )
  assert.equal(new Set(answers.map(idOf)).size, 1)
  assert.equal((await reportsOf(scope.situation_id)).length, 1)
  assert.equal((await trailLines(store.db, { about: `/situations/${scope.situation_id}`, limit: 30 })).length, 1)
  assert.equal(jobs.length, 1)
})

test('S0-15 twenty reports of one institution at the same moment, from two people, stand in one chain', async () => {
  const { tools } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk)
  const first = market.of('FIRM-1')
  const second = await testPerson(store.db, '副担当', first.institution_id, ['bcp_contact'])
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      fileReport(tools, index % 2 ? first : second, { ...scope, ...testReport() }),
    ),
  )
  const ids = answers.map(idOf)
  const chain = await readChain(store.db, { ...scope, institution_id: first.institution_id }, 100)
  assert.deepEqual(new Set(chain.map(({ id }) => id)), new Set(ids))
  assert.equal(chain.length, 20)
  assert.deepEqual(
    chain.map(({ supersedes }) => supersedes),
    [...chain.slice(1).map(({ id }) => id), null],
  )
  assert.equal(chain[0]?.superseded_by, null)
})

test('S0-15 reports of many institutions at the same moment are all kept', async () => {
  const { tools } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk)
  await Promise.all(
    ['EXCH', 'CLEAR', 'FIRM-1', 'FIRM-2'].map((code) =>
      fileReport(tools, market.of(code), { ...scope, ...testReport() }),
    ),
  )
  assert.equal((await reportsOf(scope.situation_id)).length, 4)
})

test('S0-15 a key is its sender’s: another person, another situation and other words under it are refused', async () => {
  const { tools } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk)
  const form = { ...scope, ...testReport() }
  const by = market.of('FIRM-1')
  const colleague = await testPerson(store.db, '副担当', by.institution_id, ['bcp_contact'])
  const id = idOf(await fileReport(tools, by, form))

  await assert.rejects(fileReport(tools, market.of('FIRM-2'), form), NotAllowed)
  await assert.rejects(fileReport(tools, colleague, form), NotAllowed)
  const elsewhere = await testSituation(store.db, market.desk)
  assert.deepEqual(await fileReport(tools, by, { ...form, ...elsewhere }), { failed: 'changed' })
  assert.deepEqual(await fileReport(tools, by, { ...form, order_trading: 'stopped' }), { failed: 'changed' })
  assert.equal(idOf(await fileReport(tools, by, form)), id)
  assert.equal((await reportsOf(scope.situation_id)).length, 1)
  assert.equal((await reportsOf(elsewhere.situation_id)).length, 0)
})

test('S0-15 the same key from two institutions at the same moment files one and refuses the other', async () => {
  const { tools } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk)
  const form = { ...scope, ...testReport() }
  const answers = await Promise.allSettled([
    fileReport(tools, market.of('FIRM-1'), form),
    fileReport(tools, market.of('FIRM-2'), form),
  ])
  assert.deepEqual(answers.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  assert.ok(answers.some((answer) => answer.status === 'rejected' && answer.reason instanceof NotAllowed))
  assert.equal((await reportsOf(scope.situation_id)).length, 1)
})

test('a closed situation takes no report, but a retry of one that was taken before still gets its answer', async () => {
  const { tools } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk)
  const form = { ...scope, ...testReport() }
  const id = idOf(await fileReport(tools, market.of('FIRM-1'), form))
  await store.db
    .updateTable('situation')
    .set({ closed_at: start, closing_reason: 'over' })
    .where('id', '=', scope.situation_id)
    .execute()
  assert.equal(idOf(await fileReport(tools, market.of('FIRM-1'), form)), id)
  assert.deepEqual(await fileReport(tools, market.of('FIRM-1'), { ...scope, ...testReport() }), { failed: 'closed' })
  assert.equal((await reportsOf(scope.situation_id)).length, 1)
})

test('S0-30 only a BCP contact reports, and only for the own institution; modes never mix', async () => {
  const { tools } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk, 'exercise')
  await assert.rejects(fileReport(tools, market.desk, { ...scope, ...testReport() }), NotAllowed)
  await assert.rejects(fileReport(tools, market.of('FIRM-1'), { ...scope, mode: 'actual', ...testReport() }), NotFound)
  const forged = { ...testReport(), institution_id: market.of('FIRM-2').institution_id }
  const id = idOf(await fileReport(tools, market.of('FIRM-1'), { ...scope, ...forged }))
  const [row, ...others] = await reportsOf(scope.situation_id)
  assert.equal(row?.id, id)
  assert.equal(row?.institution_id, market.of('FIRM-1').institution_id)
  assert.deepEqual(others, [])
})

test('in peacetime a report stands outside any situation, in a chain of its own', async () => {
  const { tools, pass } = testTools(store.db)
  const by = market.of('CLEAR')
  const scope = { situation_id: null, mode: 'actual' as const }
  const first = idOf(await fileReport(tools, by, { ...scope, ...testReport() }))
  pass(30 * 60)
  const second = idOf(await fileReport(tools, by, { ...scope, ...testReport() }))
  const chain = await readChain(store.db, { ...scope, institution_id: by.institution_id }, 10)
  assert.deepEqual(
    chain.map(({ id }) => id),
    [second, first],
  )
  const [line] = await trailLines(store.db, { about: '/board', limit: 1 })
  assert.equal(line?.details.report_id, second)
})

test('what was reported cannot be changed by the program', async () => {
  const { tools } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk)
  const id = idOf(await fileReport(tools, market.of('FIRM-1'), { ...scope, ...testReport() }))
  const denied = { code: '42501' }
  await assert.rejects(store.db.updateTable('report').set({ text: 'other' }).where('id', '=', id).execute(), denied)
  await assert.rejects(store.db.deleteFrom('report').where('id', '=', id).execute(), denied)
})
