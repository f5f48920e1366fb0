import { takeInFiles } from '#asking/file-intake/index.ts'
import { startMailIntake } from '#asking/mail-intake/index.ts'
import { careForRounds } from '#asking/rounds/index.ts'
import { makePack } from '#command-centre/pack/index.ts'
import { startDeliveryWorkers } from '#delivery/deliveries/index.ts'
import { startDemoMail } from '#demo/index.ts'
import { careForAttestation } from '#directory/attestation/index.ts'
import { contactOutcomes } from '#directory/contacts/index.ts'
import { openChannels } from '#ground/channels/open-channels.ts'
import type { Access } from '#ground/db/database.ts'
import { openQueue } from '#ground/jobs/queue.ts'
import { sendLetters } from '#ground/letters/send-letters.ts'
import type { Hub } from '#ground/live/hub.ts'
import { openTransport } from '#ground/mail/transport.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { evaluateAgain, evaluateReports, takeIn } from '#hazards/proposals/index.ts'
import { pollFeeds } from '#hazards/telegrams/index.ts'
import { keepSending } from './keep-sending.ts'
import { keepSigning } from './keep-signing.ts'
import { type Patience, patiently } from './patiently.ts'
import { schedule } from './schedule.ts'

export type Workers = {
  /** What cannot be done now, in a few words each; empty when all is well. */
  problems(): string[]
  close(): Promise<void>
}

/** All background work of this process. Any number of processes may do it at once. */
export async function startWorkers({
  tools,
  hub,
  access,
  report,
  patience,
}: {
  tools: Tools
  hub: Hub
  access: Access
  report: (error: unknown) => void
  /** How to wait for what keeps a demo from taking its mails. */
  patience?: Patience
}): Promise<Workers> {
  const { config } = tools
  // A demo without a mail server takes its own mails.
  const taker =
    config.mode === 'demo' && !config.smtp_url ? await patiently(() => startDemoMail(config.data), patience) : null
  const transport = openTransport({ ...config, smtp_url: config.smtp_url ?? taker?.smtp_url })
  const channels = openChannels(tools, transport)
  const sending = keepSending({ tools, hub, report, start: () => startDeliveryWorkers({ tools, hub, channels }) })
  await sending.begun
  const unlessHeld = (work: () => Promise<void>) => async () => (sending.isHeld() ? undefined : work())
  const queue = await openQueue(access, {
    handlers: {
      'hazards.poll': () => pollFeeds(tools, (source, bytes) => takeIn(tools, { program: 'hazards' }, source, bytes)),
      'proposals.evaluate': () => evaluateReports(tools),
      'proposals.evaluate-again': () => evaluateAgain(tools),
      'pack.make': (told) => makePack(tools, told),
      'letters.send': unlessHeld(() => sendLetters(tools, transport, contactOutcomes(tools))),
      'attestation.care': unlessHeld(() => careForAttestation(tools)),
      'rounds.care': unlessHeld(() => careForRounds(tools)),
      'drop.take': unlessHeld(() => takeInFiles(tools, report)),
    },
    report,
    schedule: without(
      schedule,
      ...(hasFeeds(tools) ? [] : ['hazards.poll' as const]),
      ...(config.file_drop ? [] : ['drop.take' as const]),
    ),
  })
  const signing = keepSigning(tools, report)
  const { bounce_port } = config
  const intake = typeof bounce_port === 'number' ? await startMailIntake(tools, bounce_port, report) : null

  return {
    // A mail server that is away is no reason to send readers elsewhere: the home page says that mails are held up.
    problems: () => [sending.problem(), signing.problem()].filter((problem) => problem !== null),
    async close() {
      await signing.close()
      await intake?.close()
      await sending.close()
      await Promise.all(channels.map((channel) => channel.close()))
      transport.close()
      await taker?.close()
      await queue.stop({ graceful: true, timeout: 5000, close: true })
    },
  }
}

const hasFeeds = ({ config }: Tools) => !config.off.includes('feeds') && config.feeds.length > 0
const without = <Whole extends object>(whole: Whole, ...names: (keyof Whole)[]) =>
  Object.fromEntries(Object.entries(whole).filter(([each]) => !names.includes(each as keyof Whole))) as Whole
