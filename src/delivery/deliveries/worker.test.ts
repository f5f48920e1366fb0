import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Channel } from '#ground/channels/channel.ts'
import { openProgram } from '#ground/db/database.ts'
import { type Hub, openHub } from '#ground/live/hub.ts'
import { trailLines } from '#ground/trail/queries.ts'
import { deliveryBed, keptChannel, releaseTest } from '#tests/kit/deliveries.ts'
import { testSmtp } from '#tests/kit/mail.ts'
import { testTools } from '#tests/kit/tools.ts'
import { usualWorker } from './deliver.ts'
import { type DeliveryWorkers, startDeliveryWorkers } from './worker.ts'

let bed: Awaited<ReturnType<typeof deliveryBed>>
let hub: Hub
const workers: DeliveryWorkers[] = []
before(async () => {
  bed = await deliveryBed(149)
  hub = openHub(bed.store.app)
  while (!hub.listening()) await setImmediate()
})
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop()
  await bed.clean()
})
after(async () => {
  await hub.close()
  await bed.close()
})
const patience = { timeout: 180_000 }
/** On a machine that is held up longer than the usual lease another takes over, rightly, and sends again; that is proved elsewhere. */
const patient = { ...usualWorker, batch_max: 20, lease_ms: 120_000 }
const work = (...channels: Channel[]) => {
  const worker = startDeliveryWorkers({ tools: bed.tools, hub, channels, worker: patient })
  workers.push(worker)
  return worker
}
const until = async (holds: () => Promise<boolean> | boolean) => {
  while (!(await holds())) await setImmediate()
}
const statesOf = async (notice_id: string) => [...new Set((await bed.rowsOf(notice_id)).map(({ state }) => state))]

test(
  'S0-21 two workers at once send 300 mails without a duplicate, as soon as the notice is released',
  patience,
  async () => {
    const server = await bed.smtp()
    const both = [work(bed.mailTo(server.url)), work(bed.mailTo(server.url))]
    const id = await releaseTest(bed.tools, bed.market.desk, { mode: 'exercise' })
    await until(() => server.mails.length >= 300)
    await Promise.all(both.map((worker) => worker.stop()))
    const addresses = server.mails.flatMap(({ to }) => to)
    assert.deepEqual([addresses.length, new Set(addresses).size], [300, 300])
    const rows = await bed.rowsOf(id)
    assert.ok(rows.every(({ state, attempts }) => state === 'sent' && attempts === 1))
    assert.deepEqual(
      both.map((worker) => worker.problem()),
      [null, null],
    )
  },
)

test(
  'fault 10: the mail server dies, and within seconds the next step is taken; two workers note it once, also that it is back',
  patience,
  async () => {
    const down = await testSmtp()
    await down.close()
    const other = keptChannel('file_drop')
    const ladder = [
      { after_minutes: 0, to: 'primary', channels: ['mail'] },
      { after_minutes: 30, to: 'all', channels: ['file_drop'] },
      { after_minutes: 60, to: 'all', channels: ['call'] },
    ]
    await sql`insert into ladder (severity, scope, version, steps) values ('important', 'all', 2, ${JSON.stringify(ladder)})`.execute(
      bed.db,
    )
    for (const mail of [bed.mailTo(down.url), bed.mailTo(down.url)]) work(mail, other.channel)
    const id = await releaseTest(bed.tools, bed.market.desk, {
      mode: 'actual',
      severity: 'important',
      answer_wanted: 'acknowledge',
    })
    const lost = () => bed.db.selectFrom('channel_state').selectAll().where('channel', '=', 'mail').executeTakeFirst()
    await until(async () => (await lost())?.problem != null)
    assert.match((await lost())?.problem ?? '', /ECONNREFUSED/)
    assert.equal(other.messages.length, 0)
    // Seconds of the market's clock, which this test sets; 30 are allowed.
    bed.pass(6)
    await until(() => other.messages.length >= 150)
    const receipts = await bed.db
      .selectFrom('receipt')
      .where('notice_id', '=', id)
      .select(['step', 'next_step_at', 'opened_at'])
      .execute()
    for (const { step, next_step_at, opened_at } of receipts)
      assert.deepEqual(
        [step, next_step_at?.getTime()],
        [2, opened_at.getTime() + 3_600_000],
        'the rest waits for its time',
      )

    const back = await bed.smtp({ port: Number(new URL(down.url).port) })
    bed.pass(20)
    await until(() => back.mails.length >= 150)
    await until(async () => (await lost())?.problem === null)
    assert.deepEqual([other.messages.length, back.mails.length], [150, 150])
    const lines = await trailLines(bed.db, { about: '/home', limit: 10 })
    assert.deepEqual(
      lines.map(({ action, details }) => [action, details.channel]),
      [
        ['channel.back', 'mail'],
        ['channel.lost', 'mail'],
      ],
    )
  },
)

test(
  'a channel is asked whether it works although nothing is to be sent, and says so when it does not',
  patience,
  async () => {
    const down = await testSmtp()
    await down.close()
    work(bed.mailTo(down.url))
    await until(
      async () =>
        (await bed.db.selectFrom('channel_state').where('problem', 'is not', null).select('channel').execute()).length >
        0,
    )
  },
)

test(
  'a message that the other side takes its time over keeps no notice waiting that comes after it',
  patience,
  async () => {
    const held = Promise.withResolvers<void>()
    const { channel, messages } = keptChannel('mail')
    let is_first = true
    work({
      ...channel,
      async send(message) {
        const outcome = channel.send(message)
        if (!is_first) return outcome
        is_first = false
        await held.promise
        return outcome
      },
    })
    await releaseTest(bed.tools, bed.market.desk, { mode: 'actual', answer_wanted: 'acknowledge' })
    await until(() => messages.length >= 150)
    await releaseTest(bed.tools, bed.market.desk, { mode: 'exercise', answer_wanted: 'acknowledge' })
    await until(() => messages.length >= 300)
    held.resolve()
  },
)

test('a worker lives through the absence of the mail server, and loses nothing', patience, async () => {
  const down = await testSmtp()
  await down.close()
  const worker = work(bed.mailTo(down.url))
  const id = await releaseTest(bed.tools, bed.market.desk, { mode: 'actual' })
  await until(async () => (await bed.rowsOf(id)).some(({ answer }) => answer !== null))
  await worker.stop()
  assert.deepEqual(await statesOf(id), ['waiting'])
  assert.equal(worker.problem(), null, 'the home page says it, and readers are not sent elsewhere')
})

test('a worker lives through the absence of the database, says so, and stops when asked', patience, async () => {
  const gone = openProgram({ url: 'postgres://nobody@127.0.0.1:1/none' })
  const { tools } = testTools(gone)
  const worker = startDeliveryWorkers({ tools, hub, channels: [keptChannel('mail').channel] })
  while (worker.problem() === null) await setImmediate()
  assert.equal(worker.problem(), 'database')
  await worker.stop()
  await gone.destroy()
})
