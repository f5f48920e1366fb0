import { sql } from 'kysely'
import { claimingLeft, claimingWaiting } from '#delivery/deliveries/claim.ts'
import { startDeliveryWorkers } from '#delivery/deliveries/index.ts'
import { mailChannel } from '#ground/channels/mail.ts'
import type { Database } from '#ground/db/database.ts'
import { openHub } from '#ground/live/hub.ts'
import { openTransport } from '#ground/mail/transport.ts'
import { type Broadcast, openBroadcast } from './broadcast.ts'
import type { Figure } from './figure.ts'
import { median } from './median.ts'
import { openSink, type Sink } from './sink.ts'

const rows = 100_000
const growth_max = 1.3
const releases = 100
const first_ms_max = 1000

/** What one delivery costs among 1,000 others and among 100,000, and how soon the first mail of a release is out. */
export async function deliveryCost(): Promise<Figure[]> {
  const sink = await openSink()
  try {
    const small = { institutions: 10, contacts_each: 1 }
    const firsts = await working(sink, small, (broadcast) => firstMails(sink, broadcast))
    const cost = await working(sink, { institutions: 500, contacts_each: 2 }, (broadcast) => growth(sink, broadcast))
    return [
      ...cost,
      {
        name: `release to the first mail taken, p50 / p99 of ${releases}`,
        value: `${at(firsts, 0.5).toFixed(0)} / ${at(firsts, 0.99).toFixed(0)} ms`,
        limit: `p99 ${first_ms_max} ms`,
        isKept: at(firsts, 0.99) <= first_ms_max,
      },
    ]
  } finally {
    sink.close()
  }
}

/** Lets workers work while something is measured. */
async function working<T>(
  sink: Sink,
  size: { institutions: number; contacts_each: number },
  measure: (broadcast: Broadcast) => Promise<T>,
): Promise<T> {
  const broadcast = await openBroadcast(sink.url, size)
  const hub = openHub(broadcast.store.app)
  const { tools } = broadcast
  const transport = openTransport({ smtp_url: sink.url, mail_from: tools.config.mail_from })
  const workers = startDeliveryWorkers({ tools, hub, channels: [mailChannel(transport)] })
  try {
    return await measure(broadcast)
  } finally {
    await workers.stop()
    transport.close()
    await hub.close()
    await broadcast.close()
  }
}

async function growth(sink: Sink, broadcast: Broadcast): Promise<Figure[]> {
  const { tools } = broadcast
  await thousand(sink, broadcast)
  const few = median([
    await thousand(sink, broadcast),
    await thousand(sink, broadcast),
    await thousand(sink, broadcast),
  ])
  await fill(tools.db)
  await thousand(sink, broadcast)
  const many = median([
    await thousand(sink, broadcast),
    await thousand(sink, broadcast),
    await thousand(sink, broadcast),
  ])
  const scanned = await scans(tools.db, tools.clock())
  return [
    {
      name: `a delivery among ${rows.toLocaleString('en')} rows, as a multiple of one among some thousand`,
      value: `${(many / few).toFixed(2)} (${(many / 1000).toFixed(2)} ms against ${(few / 1000).toFixed(2)} ms)`,
      limit: String(growth_max),
      isKept: many / few <= growth_max,
    },
    {
      name: 'plans of claiming and stepping that read a whole table',
      value: scanned.join(', ') || 'none',
      limit: 'none',
      isKept: scanned.length === 0,
    },
  ]
}

/** How long a thousand mails take, in ms. */
async function thousand(sink: Sink, { submit, tools }: Broadcast) {
  sink.reset()
  const release = await submit()
  const all = sink.reach(1000)
  const began = performance.timeOrigin + performance.now()
  await release()
  const took = (await all) - began
  while (await tools.db.selectFrom('delivery').where('state', '=', 'sending').select('id').limit(1).executeTakeFirst())
    await new Promise((resolve) => setTimeout(resolve, 20))
  return took
}

/** Deliveries of long ago: most are sent, and every tenth waits for a time far off. */
const fill = (db: Database) =>
  sql`
    insert into delivery (id, notice_id, mode, receipt_id, recipient_id, institution_id, step, channel, address, message_id, urgency,
      state, attempts, claims, queued_at, next_try_at, sent_at)
    select gen_random_uuid(), notice_id, mode, receipt_id, recipient_id, institution_id, 2000 + copy, channel, address,
      gen_random_uuid()::text, 0, case when copy % 10 = 0 then 'waiting' else 'sent' end, 1, 1, now(), now() + interval '20 hours', now()
    from (select * from delivery limit 1000) one cross join generate_series(1, ${rows / 1000}) copy`.execute(db)

/** Which of the queries that run all the time read a table from end to end. */
async function scans(db: Database, now: Date): Promise<string[]> {
  const limits = { limit: 200, lease_ms: 10_000 }
  const plans = {
    'claim what waits': await claimingWaiting(db, 'mail', now, limits).explain('json'),
    'claim what is left': await claimingLeft(db, 'mail', now, limits).explain('json'),
    'take steps': await db
      .selectFrom('receipt')
      .where('next_step_at', '<=', now)
      .orderBy('next_step_at')
      .limit(200)
      .select('id')
      .explain('json'),
    'follow failures': await db
      .selectFrom('delivery')
      .where('state', '=', 'failed')
      .where('followed_at', 'is', null)
      .select('id')
      .limit(1)
      .explain('json'),
  }
  return Object.entries(plans).flatMap(([name, plan]) => (/"Seq Scan"/.test(JSON.stringify(plan)) ? [name] : []))
}

/** From the press that releases to the first mail that the server has taken, in ms, sorted. */
async function firstMails(sink: Sink, { submit }: Broadcast): Promise<number[]> {
  const took: number[] = []
  for (let n = 0; n < releases; n++) {
    sink.reset()
    const [first, all] = [sink.first(), sink.reach(10)]
    const release = await submit()
    const pressed = performance.timeOrigin + performance.now()
    await release()
    took.push((await first) - pressed)
    await all
  }
  return took.sort((a, b) => a - b)
}

const at = (sorted: readonly number[], part: number) => sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN
