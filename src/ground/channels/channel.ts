import type { DeliveryChannel, Label, Mode, NoticeSeverity } from '#ground/db/tables.ts'
import type { Outcome } from '#ground/mail/transport.ts'

/** A way on which the program itself sends something to one address. (A call list is worked through by people.) */
export type ChannelName = DeliveryChannel
export const channelNames = [
  'mail',
  'web_push',
  'sms',
  'voice',
  'webhook',
  'file_drop',
] as const satisfies ChannelName[]

/** How much a notice may interrupt: urgent at any hour, important by day, routine when convenient. */
export type Severity = NoticeSeverity
/** In the order of urgency: what `delivery.urgency` counts. */
export const severities = ['urgent', 'important', 'routine'] as const satisfies Severity[]

/** One delivery, ready to be handed over: everything that any channel needs, each takes what it uses. */
export type Message = {
  delivery_id: string
  notice_id: string
  /** With its angle brackets; the same over every attempt, so that whatever arrives twice can be told. */
  message_id: string
  mode: Mode
  severity: Severity
  label: Label
  /** When it was queued; the date that it bears. */
  date: Date
  /** The person or office it goes to, as the directory called them when the notice was released. */
  to_name: string
  institution_code: string
  /** A mail address, a number in E.164, a URL, or for the file drop an institution's code. */
  address: string
  subject: string
  /** What this channel says, whole: for SMS and voice that is all there is. */
  text: string
  html?: string
  /** Where the recipient answers without signing in; null when no answer is wanted. */
  link: string | null
  /** Where a reply by mail goes; undefined: to the sender. */
  reply_to?: string
  /** Where a mail that cannot be delivered comes back. */
  return_path?: string
}

/** What stands behind the @ of an address is one destination. */
export type Destinations = {
  /** Messages in hand at the same time for one of them. */
  at_once_max: number
  /** After so many in a row that it put off, it rests for a while; the others go on. */
  refusals_max: number
  rest_ms: number
}

/**
 * One channel, as the deliveries use it. `send` never throws for a message: what happened is its outcome.
 * An address that the other side says is gone for good is 'refused', and the channel notes it wherever the address is kept.
 */
export type Channel = {
  name: ChannelName
  /** Messages in hand at the same time. */
  lanes: number
  /** For a channel that leads to many others' servers: how each of them is treated. */
  destinations?: Destinations
  send(message: Message): Promise<Outcome>
  /** Asks the other side whether it would take something now, without sending anything; what stands in the way, or null. */
  check?(): Promise<string | null>
  close(): void | Promise<void>
}
