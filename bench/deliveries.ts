import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createTransport } from 'nodemailer'
import { startDeliveryWorkers } from '#delivery/deliveries/index.ts'
import type { Channel, Message } from '#ground/channels/channel.ts'
import { mailChannel } from '#ground/channels/mail.ts'
import { openHub } from '#ground/live/hub.ts'
import { connections_max, openTransport } from '#ground/mail/transport.ts'
import { settled } from './asking.ts'
import { type Broadcast, openBroadcast } from './broadcast.ts'
import { type Figure, inTurn, ratio, speed } from './ratio.ts'
import { openSink, type Sink } from './sink.ts'

setFlagsFromString('--expose-gc')
/** What one loop leaves behind is not cleared away in the time of the next. */
const clearHeap = runInNewContext('gc') as () => void

/**
 * Hands over 1,500 and 10,000 mails with all bookkeeping, from the commit of their release and from the press that releases,
 * against a bare loop of nodemailer with the same mails, server and connections.
 */
export async function deliveries(): Promise<Figure[]> {
  const sink = await openSink()
  try {
    const small = await openBroadcast(sink.url, { institutions: 500, contacts_each: 3 })
    const few = await measure(sink, small, { mails: 1500, runs: 9 }).finally(() => small.close())
    const large = await openBroadcast(sink.url, { institutions: 1000, contacts_each: 10 })
    const many = await measure(sink, large, { mails: 10_000, runs: 3 }).finally(() => large.close())
    return [...few, ...many]
  } finally {
    sink.close()
  }
}

async function measure(
  sink: Sink,
  { tools, store, submit }: Broadcast,
  { mails, runs }: { mails: number; runs: number },
): Promise<Figure[]> {
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
  const pressed: number[] = []
  const ours = async (run: number) => {
    sink.reset()
    const release = await submit()
    clearHeap()
    const all = sink.reach(mails)
    const began = now()
    const released = await release().then(now)
    const ended = await all
    await settled(tools.db)
    if (run >= 0) pressed.push(ended - began)
    return ended - released
  }
  const bare = () => {
    clearHeap()
    return bareLoop(sink, messages, mails, tools.config.mail_from)
  }
  try {
    const samples = await inTurn({ runs, warm_ups: 1 }, ours, bare)
    const peer = `a bare pooled SMTP loop, ${connections_max} connections`
    const name = `${mails.toLocaleString('en')} mails`
    return [
      ratio({ name: `${name} from the commit of their release`, peer, limit: speed(0.7) }, samples),
      ratio({ name: `${name} from the press that releases`, peer, limit: 2 }, { ...samples, ours: pressed }),
    ]
  } finally {
    await workers.stop()
    transport.close()
    await hub.close()
  }
}

const now = () => performance.timeOrigin + performance.now()

/** The same mails, handed over as fast as they go, with nothing written down. */
async function bareLoop(sink: Sink, messages: readonly Message[], mails: number, mail_from: string): Promise<number> {
  const mailer = createTransport({ pool: true, url: sink.url, maxConnections: connections_max, maxMessages: 1000 })
  sink.reset()
  const all = sink.reach(mails)
  const began = now()
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
