import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createTransport } from 'nodemailer'
import { startDeliveryWorkers } from '#delivery/deliveries/index.ts'
import type { Channel, Message } from '#ground/channels/channel.ts'
import { mailChannel } from '#ground/channels/mail.ts'
import { openHub } from '#ground/live/hub.ts'
import { connections_max, openTransport } from '#ground/mail/transport.ts'
import { type Broadcast, openBroadcast } from './broadcast.ts'
import type { Figure } from './figure.ts'
import { median } from './median.ts'
import { openSink, type Sink } from './sink.ts'

setFlagsFromString('--expose-gc')
/** What one loop leaves behind is not cleared away in the time of the next. */
const clearHeap = runInNewContext('gc') as () => void
const runs = 9
const ratio_min = 0.7
const first_s_max = 10

/**
 * Hands over 1,500 and 30,000 mails with all bookkeeping, from the commit of their release, against a bare loop of nodemailer with
 * the same mails, server and connections; a first run warms up both and is not counted. In seconds, from the press that releases.
 */
export async function deliveries(): Promise<Figure[]> {
  const sink = await openSink()
  const small = await openBroadcast(sink.url, { institutions: 500, contacts_each: 3 })
  const figures = await measure(sink, small, { notices: 1, mails: 1500, runs }).finally(() => small.close())
  const large = await openBroadcast(sink.url, { institutions: 1000, contacts_each: 10 })
  const many = await measure(sink, large, { notices: 3, mails: 30_000, runs: 1 }).finally(() => large.close())
  sink.close()
  return [
    ...figures,
    {
      name: 'time from the press that releases until 1,500 mails are handed over',
      value: `${figures[0]?.seconds.toFixed(2)} s`,
      limit: `${first_s_max} s`,
      isKept: (figures[0]?.seconds ?? Number.NaN) <= first_s_max,
    },
    ...many,
  ]
}

async function measure(
  sink: Sink,
  { tools, store, submit }: Broadcast,
  { notices, mails, runs }: { notices: number; mails: number; runs: number },
): Promise<(Figure & { seconds: number })[]> {
  const hub = openHub(store.app)
  const transport = openTransport({ smtp_url: sink.url, mail_from: tools.config.mail_from })
  const mail = mailChannel(transport)
  const messages: Message[] = []
  const kept: Channel = {
    ...mail,
    send(message) {
      if (messages.length < 3000) messages.push(message)
      return mail.send(message)
    },
  }
  const workers = startDeliveryWorkers({ tools, hub, channels: [kept] })
  const whole: number[] = []
  const ours: number[] = []
  const bare: number[] = []
  try {
    for (let run = 0; run <= runs; run++) {
      sink.reset()
      const submitted = []
      for (let notice = 0; notice < notices; notice++) submitted.push(await submit())
      clearHeap()
      const all = sink.reach(mails)
      const now = () => performance.timeOrigin + performance.now()
      const pressed = now()
      const released: number[] = []
      for (const release of submitted) released.push(await release().then(now))
      const ended = await all
      await settled(tools.db)
      clearHeap()
      const bare_ms = await bareLoop(sink, messages, mails, tools.config.mail_from)
      if (run === 0) continue
      whole.push(ended - pressed)
      ours.push(ended - (released[0] ?? Number.NaN))
      bare.push(bare_ms)
    }
  } finally {
    await workers.stop()
    transport.close()
    await hub.close()
  }
  const ratio = median(bare.map((ms, run) => ms / (ours[run] ?? Number.NaN)))
  const seconds = median(whole) / 1000
  return [
    {
      name: `${mails.toLocaleString('en')} mails, as a part of a bare loop's speed`,
      value: `${ratio.toFixed(2)} (${(median(ours) / 1000).toFixed(2)} s against ${(median(bare) / 1000).toFixed(2)} s, ${connections_max} connections)`,
      limit: String(ratio_min),
      isKept: ratio >= ratio_min,
      seconds,
    },
  ]
}

/** Nothing is left to write down. */
async function settled(db: Broadcast['tools']['db']) {
  while (
    await db
      .selectFrom('delivery')
      .where('state', 'in', ['waiting', 'sending'])
      .select('id')
      .limit(1)
      .executeTakeFirst()
  )
    await new Promise((resolve) => setTimeout(resolve, 20))
}

/** The same mails, handed over as fast as they go, with nothing written down. */
async function bareLoop(sink: Sink, messages: readonly Message[], mails: number, mail_from: string): Promise<number> {
  const mailer = createTransport({ pool: true, url: sink.url, maxConnections: connections_max, maxMessages: 1000 })
  sink.reset()
  const all = sink.reach(mails)
  const began = performance.timeOrigin + performance.now()
  let next = 0
  const lane = async () => {
    while (next < mails) {
      const index = next++
      const message = messages[index % messages.length] as Message
      await mailer.sendMail({
        messageId: `<${index}@market.example>`,
        date: message.date,
        from: { name: 'Noroshi', address: mail_from },
        to: { name: message.to_name, address: message.address },
        subject: message.subject,
        text: message.text,
        ...(message.html && { html: message.html }),
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Noroshi-Mode': message.mode },
      })
    }
  }
  await Promise.all(Array.from({ length: connections_max }, lane))
  const took = (await all) - began
  mailer.close()
  return took
}
