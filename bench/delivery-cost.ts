import { once } from 'node:events'
import { sql } from 'kysely'
import { createTransport } from 'nodemailer'
import pg from 'pg'
import { claimingLeft, claimingWaiting } from '#delivery/deliveries/claim.ts'
import { startDeliveryWorkers } from '#delivery/deliveries/index.ts'
import { mailChannel } from '#ground/channels/mail.ts'
import { connection, type Database } from '#ground/db/database.ts'
import { openHub } from '#ground/live/hub.ts'
import { openTransport } from '#ground/mail/transport.ts'
import { settled } from './asking.ts'
import { type Broadcast, openBroadcast } from './broadcast.ts'
import { count, type Figure, inTurn, ratio } from './ratio.ts'
import { openSink, type Sink } from './sink.ts'

const rows = 100_000

/** What one delivery costs among 100,000 others against among some thousand, and how soon the first mail of a release is out. */
export async function deliveryCost(): Promise<Figure[]> {
  const sink = await openSink()
  try {
    const first = await working(sink, { institutions: 10, contacts_each: 1 }, (small) => firstMail(sink, small))
    const size = { institutions: 500, contacts_each: 2 }
    const cost = await working(sink, size, (many) => working(sink, size, (few) => growth(sink, many, few)))
    return [...cost, first]
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

async function growth(sink: Sink, many: Broadcast, few: Broadcast): Promise<Figure[]> {
  await thousand(sink, many)
  await fill(many.tools.db)
  const samples = await inTurn(
    { runs: 5, warm_ups: 1 },
    () => thousand(sink, many),
    () => thousand(sink, few),
  )
  const scanned = await scans(many.tools.db, many.tools.clock())
  if (scanned.length > 0) console.error(`  read from end to end: ${scanned.join(', ')}`)
  const name = `1,000 deliveries among ${rows.toLocaleString('en')} others`
  return [
    ratio({ name, peer: 'the same among some thousand', limit: 1.3 }, samples),
    count('plans of claiming and stepping that read a whole table', scanned.length, 0),
  ]
}

const now = () => performance.timeOrigin + performance.now()

/** How long a thousand mails take, in ms. */
async function thousand(sink: Sink, { submit, tools }: Broadcast): Promise<number> {
  sink.reset()
  const release = await submit()
  const all = sink.reach(1000)
  const began = now()
  await release()
  const took = (await all) - began
  await settled(tools.db)
  return took
}

/** Deliveries of long ago: most are sent, and every tenth waits for a time far off. In parts that keep within a statement's time. */
async function fill(db: Database) {
  for (let copied = 0; copied < rows / 1000; copied += 10)
    await sql`
    insert into delivery (id, notice_id, mode, receipt_id, recipient_id, institution_id, step, channel, address, message_id, urgency,
      state, attempts, claims, queued_at, next_try_at, sent_at)
    select gen_random_uuid(), notice_id, mode, receipt_id, recipient_id, institution_id, 2000 + copy, channel, address,
      gen_random_uuid()::text, 0, case when copy % 10 = 0 then 'waiting' else 'sent' end, 1, 1, now(), now() + interval '20 hours', now()
    from (select * from delivery where step < 2000 limit 1000) one
      cross join generate_series(${copied + 1}::int, ${copied + 10}::int) copy`.execute(db)
}

/** Which of the queries that run all the time read a table from end to end. */
async function scans(db: Database, now: Date): Promise<string[]> {
  const limits = { limit: 200, lease_ms: 10_000 }
  const plans = {
    'claim what waits': await claimingWaiting(db, 'mail', now, limits).explain('json'),
    'claim what is left': await claimingLeft(db, 'mail', now, { ...limits, seen_at: now }).explain('json'),
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

/** From the press that releases ten mails to the first that the server has taken, against a bare insert that is told and one mail. */
async function firstMail(sink: Sink, { submit, store, tools }: Broadcast): Promise<Figure> {
  const client = new pg.Client(connection(store.owner))
  const mailer = createTransport({ pool: true, url: sink.url })
  await client.connect()
  try {
    await client.query('create table bare (id serial primary key, said text not null); listen bare')
    const insert = `with one as (insert into bare (said) values ($1) returning id) select pg_notify('bare', id::text) from one`
    const mail = {
      from: tools.config.mail_from,
      to: 'c1@ben-00001.example',
      subject: 'bare',
      text: 'bare\n'.repeat(40),
    }
    const samples = await inTurn(
      { runs: 50, warm_ups: 5 },
      async () => {
        sink.reset()
        const [first, all] = [sink.first(), sink.reach(10)]
        const release = await submit()
        const pressed = now()
        await release()
        const took = (await first) - pressed
        await all
        await settled(tools.db)
        return took
      },
      async () => {
        sink.reset()
        const first = sink.first()
        const began = now()
        const heard = once(client, 'notification')
        await client.query(insert, [mail.text])
        await heard
        await mailer.sendMail(mail)
        return (await first) - began
      },
    )
    const name = 'release to the first mail taken'
    return ratio({ name, peer: 'a bare insert, told, and one pooled mail', limit: 20 }, samples)
  } finally {
    mailer.close()
    await client.end()
  }
}
