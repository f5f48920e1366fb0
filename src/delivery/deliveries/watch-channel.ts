import type { Channel } from '#ground/channels/channel.ts'
import { doubts_max, isOneServer } from '#ground/mail/doubt.ts'
import type { Outcome } from '#ground/mail/transport.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { noteTrouble, noteWell, type Trouble } from './channel-state.ts'

/** A channel on which nothing went out for so long is asked whether it would take something, in peacetime, too. */
const check_ms = 60_000
const check_lost_ms = 10_000
/** That something was handed over is noted this often at most. */
const noted_ms = 1000

/** Keeps the state of a channel as this process finds it. */
export function watchChannel(tools: Tools, channel: Channel) {
  let noting: Promise<void> = Promise.resolve()
  let is_noting = false
  let is_well: boolean | null = null
  let asked_at = performance.now() - check_ms
  let sent_at = 0
  /** Messages in a row that went out whole without an answer. */
  let doubts = 0
  // What cannot be noted while the database is away is found again soon.
  const note = (work: () => Promise<void>) => {
    if (is_noting) return
    is_noting = true
    noting = work()
      .catch(() => {})
      .finally(() => {
        is_noting = false
      })
  }
  const fails = (trouble: Trouble, problem: string) => {
    is_well = false
    asked_at = performance.now()
    note(() => noteTrouble(tools, channel.name, trouble, problem))
  }
  return {
    onOutcome({ kind, answer, is_server_lost }: Outcome) {
      doubts = kind === 'perhaps' ? doubts + 1 : kind === 'held' ? doubts : 0
      if (is_server_lost) fails('lost', answer)
      else if (doubts >= doubts_max && isOneServer(channel.name)) fails('doubt', answer)
      if (kind !== 'sent') return
      asked_at = performance.now()
      if (is_well && performance.now() - sent_at < noted_ms) return
      is_well = true
      sent_at = performance.now()
      note(() => noteWell(tools, channel.name, { is_sent: true }))
    },
    onSilence: (seconds: number) => fails('slow', `no answer for ${seconds} s`),
    async check() {
      if (!channel.check || performance.now() - asked_at < (is_well ? check_ms : check_lost_ms)) return
      asked_at = performance.now()
      const problem = await channel.check()
      is_well = problem === null
      note(() =>
        problem === null
          ? noteWell(tools, channel.name, { is_sent: false })
          : noteTrouble(tools, channel.name, 'lost', problem),
      )
    },
    settled: () => noting,
  }
}
