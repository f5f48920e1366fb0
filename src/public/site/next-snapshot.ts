import { asSeen, closedOnes, openOnes } from './seen.ts'
import { senderOf } from './sender.ts'
import { type CapMessage, messages_max, type PublicSituation, type Snapshot } from './snapshot.ts'
import { withOffset } from './times.ts'

export type ToPublish = Omit<PublicSituation, 'earlier'>
export type Publication = {
  number: number
  published_at: Date
  origin: string
  /** True when the text said before was wrong; it stays readable, struck through. */
  is_correction: boolean
}

/** The public picture after one more publication about one situation. */
export function nextSnapshot(before: Snapshot, told: ToPublish, publication: Publication): Snapshot {
  const { mode } = before
  if (told.mode !== mode) throw new Error(`A situation of mode ${told.mode} is never published among those of ${mode}`)
  const { number, published_at } = publication
  const situation = { ...told, earlier: earlierOf(before, told, publication) }
  const others = before.situations.filter(({ id }) => id !== told.id)
  const next = {
    mode,
    number,
    published_at: published_at.toISOString(),
    situations: [situation, ...others].sort((a, b) => Date.parse(b.opened_at) - Date.parse(a.opened_at)),
    messages: [messageOf(before, told, publication), ...before.messages].slice(0, messages_max),
  }
  const kept = new Set([...openOnes(next), ...closedOnes(next, published_at)])
  return { ...next, situations: next.situations.filter((each) => kept.has(each)) }
}

/** Which kind of CAP message the next publication about a situation is. Closing what the public never heard of cancels nothing. */
export function capKindOf(before: Snapshot, told: Pick<ToPublish, 'id' | 'closed_at'>): CapMessage['cap_kind'] {
  if (messagesOn(before, told.id).length === 0) return 'Alert'
  return told.closed_at === null ? 'Update' : 'Cancel'
}

const messagesOn = (snapshot: Snapshot, id: string) =>
  snapshot.messages.filter(({ situation_id }) => situation_id === id)

function earlierOf(
  before: Snapshot,
  told: ToPublish,
  { is_correction, published_at }: Publication,
): PublicSituation['earlier'] {
  const last = before.situations.find(({ id }) => id === told.id)
  const [message] = messagesOn(before, told.id)
  if (!last || !message) return last?.earlier ?? []
  if (last.text_ja === told.text_ja && last.text_en === told.text_en) return last.earlier
  const said = {
    number: message.number,
    published_at: new Date(message.sent).toISOString(),
    text_ja: last.text_ja,
    text_en: last.text_en,
    corrected_at: is_correction ? published_at.toISOString() : null,
  }
  return [said, ...last.earlier]
}

function messageOf(before: Snapshot, told: ToPublish, { number, published_at, origin }: Publication): CapMessage {
  const cap_kind = capKindOf(before, told)
  const sent = withOffset(published_at)
  return {
    number,
    situation_id: told.id,
    cap_kind,
    identifier: `noroshi-${told.mode}-${sent.slice(0, 10).replaceAll('-', '')}-${number}`,
    sender: senderOf(origin, told.mode),
    sent,
    expires: withOffset(expiryOf(told, cap_kind, published_at)),
    references: messagesOn(before, told.id)
      .toReversed()
      .map((earlier) => `${earlier.sender},${earlier.identifier},${earlier.sent}`)
      .join(' '),
    hazard: told.hazard,
    title_ja: told.title_ja,
    title_en: told.title_en,
    text_ja: (told.closed_at && told.closing_ja) || told.text_ja,
    text_en: (told.closed_at && told.closing_en) || told.text_en,
    event_at: told.event_at,
    functions: told.closed_at
      ? []
      : told.functions.map((row) => ({ ...row, condition: asSeen(row, published_at).condition })),
  }
}

/** A message holds until the next update is due, else until the first of its conditions expires, else for a day. */
function expiryOf(told: ToPublish, cap_kind: CapMessage['cap_kind'], published_at: Date): Date {
  const day = published_at.getTime() + 86_400_000
  if (cap_kind === 'Cancel' || told.closed_at) return new Date(day)
  const candidates = told.next_update_at ? [told.next_update_at] : told.functions.map(({ expires_at }) => expires_at)
  const ahead = candidates.map((at) => Date.parse(at)).filter((at) => at > published_at.getTime())
  return new Date(ahead.length > 0 ? Math.min(...ahead) : day)
}
