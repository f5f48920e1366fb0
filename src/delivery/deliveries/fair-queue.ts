import { type Destinations, severities } from '#ground/channels/channel.ts'
import type { Claimed } from './messages.ts'

/** A destination that takes this long over a mail gets one at a time. */
const slow_ms = 2000
/** So many that wait for one busy destination are enough here; others are fetched instead of more. */
const enough = 20

/**
 * What waits to be handed over, so that one destination that is slow, or says that it is enough for now, never keeps the others
 * waiting. Without `limits` all go in their order. `now_ms` runs on whatever clocks do.
 */
export function fairQueue(limits: Destinations | undefined, now_ms = () => performance.now()) {
  const waiting: Claimed[] = []
  const hands = new Map<string, { since: Map<string, number>; refusals: number; rests_until: number }>()
  const told = new Set<() => void>()
  /** Until then some destination may rest. */
  let rests_until = 0
  const tell = () => {
    for (const hear of told) hear()
    told.clear()
  }
  const handOf = (destination: string) => {
    const hand = hands.get(destination) ?? { since: new Map<string, number>(), refusals: 0, rests_until: 0 }
    hands.set(destination, hand)
    return hand
  }
  const isFull = (destination: string) => {
    const hand = hands.get(destination)
    if (!limits || !hand) return false
    const [oldest] = hand.since.values()
    const is_slow = oldest !== undefined && now_ms() - oldest > slow_ms
    return hand.since.size >= (is_slow ? 1 : limits.at_once_max) || hand.rests_until > now_ms()
  }
  return {
    push(messages: readonly Claimed[]) {
      waiting.push(...messages)
      waiting.sort((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity))
      tell()
    },
    /** The next that may go out now; undefined when there is none, or all that wait are to destinations that are busy. */
    take(): Claimed | undefined {
      const index = waiting.findIndex(({ address }) => !isFull(destinationOf(address)))
      if (index < 0) return undefined
      const [message] = waiting.splice(index, 1) as [Claimed]
      handOf(destinationOf(message.address)).since.set(message.delivery_id, now_ms())
      return message
    },
    /** Says that the mail is no longer in hand; many refusals for the time being in a row make its destination rest. */
    done({ delivery_id, address }: Claimed, kind: 'sent' | 'deferred' | 'refused' | 'perhaps' | 'held') {
      const hand = handOf(destinationOf(address))
      hand.since.delete(delivery_id)
      hand.refusals = kind === 'deferred' ? hand.refusals + 1 : 0
      if (limits && hand.refusals >= limits.refusals_max) {
        hand.rests_until = now_ms() + limits.rest_ms
        rests_until = hand.rests_until
        hand.refusals = 0
      }
      tell()
    },
    /** Takes out what waits for a destination that rests, to be put back. */
    resting(): Claimed[] {
      // Asked after every mail: what waits is only gone through when it can matter.
      if (now_ms() >= rests_until) return []
      const out = waiting.filter(({ address }) => (hands.get(destinationOf(address))?.rests_until ?? 0) > now_ms())
      if (out.length > 0) waiting.splice(0, waiting.length, ...waiting.filter((message) => !out.includes(message)))
      if (out.length > 0) tell()
      return out
    },
    /** Destinations of which no more need to be fetched for now. */
    busy(): string[] {
      const full = limits ? [...hands.keys()].filter(isFull) : []
      return full.filter(
        (destination) => waiting.filter(({ address }) => destinationOf(address) === destination).length >= enough,
      )
    },
    get length() {
      return waiting.length
    },
    /** Lets everyone who waits look again. */
    nudge: tell,
    /** Resolves when something came in, or left a hand free. */
    changed: () => new Promise<void>((resolve) => void told.add(resolve)),
  }
}

/** Where an address leads: what stands behind its @. What has none is all one. */
export const destinationOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase()
