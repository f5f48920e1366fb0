import type { Outcome } from '#ground/mail/transport.ts'
import type { GatewayAnswer, GatewayLost, GatewayRequest } from './ask-gateway.ts'
import type { GatewayMessage } from './message.ts'

/** What an answer says, once read: the id under which the gateway took the message, or what is wrong. */
export type Reading = { id: string } | { error: string; words: string }

/**
 * Who is at fault, by the gateway's own code. message: this number or text, and it would be tried in vain again.
 * gateway: our account, our sender or its queue, so that every other message would fare the same. undefined: not known.
 */
type Fault = 'message' | 'gateway' | undefined

/** One kind of gateway, described: what it is asked for a message, and how its answers are read. Pure. */
export type Adapter = {
  request(message: GatewayMessage): GatewayRequest
  /** undefined: neither an id nor an error is in it. */
  read(answer: unknown): Reading | undefined
  faultOf(error: string): Fault
  /** Never shown to anyone, even where the gateway repeats them. */
  secrets: string[]
}

const answer_length_max = 500

/**
 * What became of a message. Only what the gateway is known to refuse for good is 'refused', for such a number may be
 * set aside: a gateway that is set up wrongly refuses everyone, and must not silence the market. Taken (2xx) without an
 * id or an error that can be read is 'perhaps': trying again would send it anew each time, if only our reading is wrong.
 */
export function judgeAnswer(adapter: Adapter, asked: GatewayAnswer | GatewayLost): Outcome {
  const outcome = (kind: Outcome['kind'], words: string, is_server_lost = false): Outcome => ({
    kind,
    answer: fitToShow(words, adapter.secrets),
    is_server_lost,
  })
  if ('reached' in asked) {
    const { reached, code } = asked
    // One that hangs would leave every message unknown in turn; one that hung up may have done so over this one alone.
    if (reached === 'all') return outcome('perhaps', `${code}: sent, and no answer came`, code === 'TIMEOUT')
    return outcome(reached === 'nothing' ? 'held' : 'deferred', `${code}: it could not be handed over`, true)
  }
  const { status } = asked
  const reading = asked.is_whole ? adapter.read(readJson(asked.text)) : undefined
  const error = reading && 'error' in reading ? reading : undefined
  const words = error ? `${status} ${error.error}: ${error.words}` : `${status}`
  const fault = error && adapter.faultOf(error.error)
  if (fault === 'message' && status < 500) return outcome('refused', words)
  if (fault === 'gateway') return outcome('held', words, true)
  if (status >= 200 && status < 300) {
    if (error) return outcome('deferred', words)
    return reading && 'id' in reading
      ? outcome('sent', `${status} ${reading.id}`)
      : outcome('perhaps', `${status}, and what came with it could not be read`)
  }
  if (status >= 300 && status < 400) return outcome('held', `${status}: it sent us elsewhere`, true)
  // Not signed in, no such address there, too much at once, closed: nothing of this message was looked at.
  if ([401, 404, 405, 407, 429, 503].includes(status)) return outcome('held', words, true)
  return outcome('deferred', words, status >= 500)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One line without our secrets, and without what could reorder or hide the words around it. */
function fitToShow(words: string, secrets: readonly string[]): string {
  let shown = words
  for (const secret of secrets) shown = shown.replaceAll(secret, '…')
  return shown
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, answer_length_max)
    .toWellFormed()
}
