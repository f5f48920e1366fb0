import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { openDatabase, openPool } from '#db/database.ts'
import { type TestDatabase, testDatabase } from '#db/test-database.ts'
import { type Hub, openHub } from '#live/hub.ts'
import { openTransport } from '#mail/index.ts'
import { testSmtp } from '#mail/testing.ts'
import { askRound } from './ask-round.ts'
import { usualWorker } from './deliver.ts'
import { startDeliveryWorker } from './delivery-worker.ts'
import { openTestSituation, testForm, testMarket, testTools } from './testing.ts'

let store: TestDatabase
let market: Awaited<ReturnType<typeof testMarket>>
let hub: Hub
before(async () => {
  store = await testDatabase()
  market = await testMarket(store.db, 149)
  hub = openHub(store.app)
  while (!hub.listening()) await setImmediate()
})
after(async () => {
  await hub.close()
  await store.close()
})

const transportTo = (smtp_url: string) => openTransport({ smtp_url, mail_from: 'noroshi@market.example' })

test('S0-21 two workers at once send 300 mails without a duplicate, as soon as the round is asked', {
  timeout: 30_000,
}, async () => {
  const { tools } = testTools(store.db)
  const all = Promise.withResolvers<void>()
  let taken = 0
  const server = await testSmtp({
    data: () => {
      if (++taken === 300) all.resolve()
      return undefined
    },
  })
  const transports = [transportTo(server.url), transportTo(server.url)]
  const workers = transports.map((transport) =>
    startDeliveryWorker({ tools, hub, transport, worker: { ...usualWorker, batch_max: 20 } }),
  )
  const { id } = await openTestSituation(store.db, market.desk, 'exercise')
  await askRound(tools, market.desk, testForm(id))
  await all.promise
  await Promise.all(workers.map((worker) => worker.stop()))

  const addresses = server.mails.flatMap(({ to }) => to)
  assert.equal(addresses.length, 300)
  assert.equal(new Set(addresses).size, 300)
  const rows = await store.db.selectFrom('delivery').select(['state', 'attempts']).execute()
  assert.ok(rows.every(({ state, attempts }) => state === 'sent' && attempts === 1))
  assert.deepEqual(
    workers.map((worker) => worker.problem()),
    [null, null],
  )
  for (const transport of transports) transport.close()
  await server.close()
})

test('S0-21 a worker lives through the absence of the mail server, says so, and stops when asked', {
  timeout: 30_000,
}, async () => {
  const { tools } = testTools(store.db)
  const down = await testSmtp()
  await down.close()
  const transport = transportTo(down.url)
  const worker = startDeliveryWorker({ tools, hub, transport })
  const { id } = await openTestSituation(store.db, market.desk, 'actual')
  await askRound(tools, market.desk, testForm(id))
  while (worker.problem() === null) await setImmediate()
  assert.match(worker.problem() ?? '', /^mail server: .*ECONNREFUSED/)
  await worker.stop()
  transport.close()
  const rows = await store.db.selectFrom('delivery').select('state').where('mode', '=', 'actual').execute()
  assert.ok(rows.every(({ state }) => state === 'waiting'))
})

test('S0-21 a worker lives through the absence of the database, says so, and stops when asked', {
  timeout: 30_000,
}, async () => {
  const gone = openDatabase(openPool({ url: 'postgres://nobody@127.0.0.1:1/none' }))
  const { tools } = testTools(gone)
  const transport = transportTo('smtp://127.0.0.1:1')
  const worker = startDeliveryWorker({ tools, hub, transport })
  while (worker.problem() === null) await setImmediate()
  assert.equal(worker.problem(), 'database')
  await worker.stop()
  transport.close()
  await gone.destroy()
})
