import { careForAttestation } from '#attestation/index.ts'
import { openChannels } from '#channels/index.ts'
import { contactOutcomes } from '#contacts/index.ts'
import type { Access } from '#db/database.ts'
import { startDeliveryWorkers } from '#deliveries/index.ts'
import { startDemoMail } from '#demo/index.ts'
import { pollFeeds } from '#hazards/index.ts'
import { openQueue } from '#jobs/queue.ts'
import { sendLetters } from '#letters/index.ts'
import type { Hub } from '#live/hub.ts'
import { openTransport } from '#mail/index.ts'
import { startMailIntake } from '#mail-intake/index.ts'
import { makePack } from '#pack/index.ts'
import { evaluateAgain, evaluateReports, takeIn } from '#proposals/index.ts'
import { careForRounds } from '#rounds/index.ts'
import { writeCheckpoint } from '#trail/index.ts'
import { schedule } from './schedule.ts'
import type { Tools } from './tools.ts'

const checkpoint_ms = 10_000

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
}: {
  tools: Tools
  hub: Hub
  access: Access
  report: (error: unknown) => void
}): Promise<Workers> {
  const { config } = tools
  // A demo without a mail server takes its own mails.
  const taker = config.mode === 'demo' && !config.smtp_url ? await startDemoMail(config.data) : null
  const transport = openTransport({ ...config, smtp_url: config.smtp_url ?? taker?.smtp_url })
  const queue = await openQueue(access, {
    handlers: {
      'hazards.poll': () => pollFeeds(tools, (source, bytes) => takeIn(tools, { program: 'hazards' }, source, bytes)),
      'proposals.evaluate': () => evaluateReports(tools),
      'proposals.evaluate-again': () => evaluateAgain(tools),
      'pack.make': (told) => makePack(tools, told),
      'letters.send': () => sendLetters(tools, transport, contactOutcomes(tools)),
      'attestation.care': () => careForAttestation(tools),
      'rounds.care': () => careForRounds(tools),
    },
    report,
    schedule: hasFeeds(tools) ? schedule : without(schedule, 'hazards.poll'),
  })
  const channels = openChannels(tools, transport)
  const deliveries = startDeliveryWorkers({ tools, hub, channels })
  const checkpoints = startCheckpoints(tools, report)
  const intake = config.bounce_port ? await startMailIntake(tools, config.bounce_port, report) : null

  return {
    // A mail server that is away is no reason to send readers elsewhere: the home page says that mails are held up.
    problems: () => [deliveries.problem()].filter((problem) => problem !== null),
    async close() {
      await checkpoints.close()
      await intake?.close()
      await deliveries.stop()
      await Promise.all(channels.map((channel) => channel.close()))
      transport.close()
      await taker?.close()
      await queue.stop({ graceful: true, timeout: 5000, close: true })
    },
  }
}

const hasFeeds = ({ config }: Tools) => !config.off.includes('feeds') && config.feeds.length > 0
const without = <Whole extends object>(whole: Whole, name: keyof Whole) =>
  Object.fromEntries(Object.entries(whole).filter(([each]) => each !== name)) as Whole

/** Writes the signed end of the trail to the data folder, every ten seconds and at the end. */
function startCheckpoints({ db, config, clock }: Tools, report: (error: unknown) => void) {
  let written: string | undefined
  let wasFine = true
  let running = Promise.resolve()
  const write = async () => {
    try {
      written = await writeCheckpoint(db, config.data, config.secret, clock(), written)
      wasFine = true
    } catch (error) {
      if (wasFine) report(error)
      wasFine = false
    }
  }
  const timer = setInterval(() => (running = running.then(write)), checkpoint_ms)
  return {
    async close() {
      clearInterval(timer)
      await running
      await write()
    },
  }
}
