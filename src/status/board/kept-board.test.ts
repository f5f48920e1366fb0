import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openProgram } from '#ground/db/database.ts'
import type { Person } from '#ground/rights/person.ts'
import { record } from '#ground/trail/record.ts'
import { fileReport } from '#status/reports/file-report.ts'
import { returnBoard } from '#status/situations/return-board.ts'
import { askedOfDatabase } from '#tests/kit/asked-of-database.ts'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { testMarket, testReport, testSituation } from '#tests/kit/market.ts'
import { testApp } from '#tests/kit/reports-app.tsx'
import { testTools } from '#tests/kit/tools.ts'

let store: TestDatabase
let market: Awaited<ReturnType<typeof testMarket>>
before(async () => {
  store = await testDatabase()
  market = await testMarket(store.db)
})
after(() => store.close())

/** A situation in which FIRM-1 has reported something wrong, and what its board takes to be opened. */
async function story() {
  const made = testTools(store.db)
  const scope = await testSituation(store.db, market.desk, 'exercise')
  const file = async (code: string, tools = made.tools) => {
    const filed = await fileReport(tools, market.of(code), { ...scope, ...testReport({ order_trading: 'partial' }) })
    if ('failed' in filed) assert.fail(filed.failed)
  }
  const see = async (person: Person) => {
    const { code, text } = await testApp(made.tools, person).get(
      `/situations/${scope.situation_id}/board?view=participants`,
    )
    assert.equal(code, 200)
    return text
  }
  await file('FIRM-1')
  return { ...made, ...scope, file, see }
}
/** How often the board was worked out meanwhile. */
const worked = async (work: () => Promise<unknown>) =>
  (await askedOfDatabase(work)).filter((text) => text.includes('"awaited"."awaited_by"')).length

test('the board is worked out once for all who look at it, and shows each what is theirs', async () => {
  const { see, tools, situation_id } = await story()
  const member = market.of('FIRM-2')
  const pages: string[] = []
  const count = await worked(async () => {
    for (const one of [market.desk, member, market.observer, member, market.desk]) pages.push(await see(one))
  })
  assert.equal(count, 1)
  const [desks, members, observers, again] = pages
  assert.ok(desks?.includes('架空第一証券') && observers?.includes('架空第一証券'))
  assert.ok(members?.includes('架空第二証券') && !members.includes('架空第一証券'), 'before the return: their own line')
  assert.equal(again, members)
  await returnBoard(tools, market.desk, situation_id)
  const returned = await see(member)
  assert.ok(
    returned.includes('一部支障 1') && !returned.includes('架空第一証券'),
    'after it: counts, and nobody by name',
  )
})

test('many who look at the same moment share one working out, also when something has just changed', async () => {
  const { see, file } = await story()
  const all = () => Promise.all(Array.from({ length: 20 }, () => see(market.desk)))
  assert.equal(await worked(all), 1)
  await file('FIRM-2')
  const pages: string[][] = []
  assert.equal(await worked(async () => void pages.push(await all())), 1)
  for (const page of pages.flat()) assert.ok(page.includes('一部支障 2'))
})

test('what another process has recorded is seen at once; what changes no board is passed over', async () => {
  const { see, file, tools } = await story()
  await see(market.desk)
  const other = openProgram(store.app, 1)
  try {
    await file('FIRM-2', { ...tools, db: other, whole: other })
    assert.ok((await see(market.desk)).includes('一部支障 2'))
    await other
      .transaction()
      .execute((tx) =>
        record(tx, { program: 'access' }, tools.clock(), { action: 'sign-in.refused', about: '/sign-in' }),
      )
    assert.equal(await worked(() => see(market.desk)), 0)
  } finally {
    await other.destroy()
  }
})

test('time alone changes it: when a report no longer holds, on another day, and when the clock was set back', async () => {
  const { see, pass } = await story()
  assert.ok((await see(market.desk)).includes('一部支障 1'))
  pass(59 * 60)
  assert.equal(await worked(() => see(market.desk)), 0)
  pass(60)
  assert.ok(!(await see(market.desk)).includes('一部支障 1'), 'it held for an hour')
  for (const seconds of [24 * 3600, -24 * 3600]) {
    pass(seconds)
    assert.equal(await worked(() => see(market.desk)), 1)
  }
})
