import { asSeen, closedOnes, openOnes } from './seen.ts'
import { senderOf } from './sender.ts'
import { type CapMessage, messages_max, type PublicSituation, type Snapshot } from './snapshot.ts'
import { withOffset } from './times.ts'

export type ToPublish = Omit<PublicSituation, 'earlier' | 'corrected_at'>
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
  const wrong = publication.is_correction ? correctedBy(before, told) : []
  const message = { ...messageOf(before, told, publication), corrects: wrong.map(({ identifier }) => identifier) }
  const corrected = { at: published_at.toISOString(), by: message.identifier }
  const situation = {
    ...told,
    corrected_at: correctedAt(before, told, publication),
    earlier: earlierOf(before, told).map((said) =>
      wrong.some((each) => each.number === said.number) ? { ...said, corrected_at: corrected.at } : said,
    ),
  }
  const others = before.situations.filter(({ id }) => id !== told.id)
  const next = {
    mode,
    number,
    published_at: published_at.toISOString(),
    situations: [situation, ...others].sort((a, b) => Date.parse(b.opened_at) - Date.parse(a.opened_at)),
    messages: [message, ...before.messages.map((each) => (wrong.includes(each) ? { ...each, corrected } : each))].slice(
      0,
      messages_max,
    ),
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

/** What the public reads of a situation: once it is closed, the words of its closing. */
const saidIn = (told: ToPublish) => ({
  text_ja: (told.closed_at && told.closing_ja) || told.text_ja,
  text_en: (told.closed_at && told.closing_en) || told.text_en,
})
const saysTheSame = (one: { text_ja: string; text_en: string }, other: { text_ja: string; text_en: string }) =>
  one.text_ja === other.text_ja && one.text_en === other.text_en

/** What a correction takes back: the newest message, and those just before it that said the same in the language that is put right. */
function correctedBy(before: Snapshot, told: ToPublish): CapMessage[] {
  const [newest, ...older] = messagesOn(before, told.id)
  if (!newest) return []
  const is = saidIn(told)
  const wrong = (['text_ja', 'text_en'] as const).filter((text) => newest[text] !== is[text])
  const other = older.findIndex((message) => !wrong.some((text) => message[text] === newest[text]))
  return [newest, ...older.slice(0, other === -1 ? older.length : other)]
}

/** A correction stays marked as one while its words stand. */
function correctedAt(before: Snapshot, told: ToPublish, { is_correction, published_at }: Publication) {
  if (is_correction) return published_at.toISOString()
  const last = before.situations.find(({ id }) => id === told.id)
  return last && saysTheSame(saidIn(last), saidIn(told)) ? last.corrected_at : null
}

/** The last words before these join the earlier ones; so do those that stood when it was closed, and those of a closing that was none. */
function earlierOf(before: Snapshot, told: ToPublish): PublicSituation['earlier'] {
  const last = before.situations.find(({ id }) => id === told.id)
  const [message] = messagesOn(before, told.id)
  if (!last || !message) return last?.earlier ?? []
  const said = saidIn(last)
  if (saysTheSame(said, saidIn(told))) return last.earlier
  const { number, sent } = message
  return [{ number, published_at: new Date(sent).toISOString(), ...said, corrected_at: null }, ...last.earlier]
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
    command_centre: told.command_centre,
    title_ja: told.title_ja,
    title_en: told.title_en,
    ...saidIn(told),
    event_at: told.event_at,
    functions: told.closed_at
      ? []
      : told.functions.map((row) => {
          const { condition, last_condition } = asSeen(row, published_at)
          return { ...row, condition, last_condition }
        }),
    activations: told.closed_at ? [] : told.activations,
    corrects: [],
    corrected: null,
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
