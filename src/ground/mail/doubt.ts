import type { DeliveryChannel, NoticeSeverity } from '#ground/db/tables.ts'

/**
 * What a repeat does on each channel, when a message went out whole and no answer came, so that it has perhaps arrived.
 * harmless: it replaces the first, or the other side knows it by its id. known: a machine can tell it by the Message-ID, a person
 * gets it twice. felt: a phone rings twice.
 */
const repeats: Record<DeliveryChannel, 'harmless' | 'known' | 'felt'> = {
  web_push: 'harmless',
  webhook: 'harmless',
  file_drop: 'harmless',
  mail: 'known',
  sms: 'felt',
  voice: 'felt',
}

/** Until what is in doubt is tried once more: longer than a relay takes to start again, shorter than the ladder's next step. */
export const doubt_wait_s = 45
/** So many messages of one channel in a row, and the channel itself is in doubt. */
export const doubts_max = 3

export type Doubted = {
  channel: DeliveryChannel
  severity: NoticeSeverity
  /** It was in doubt before. */
  was_doubted: boolean
}

/**
 * The one policy for doubt, on every channel. Where a repeat harms nobody, it is tried again as what was put off. Elsewhere what is
 * urgent is tried once more, under the same id: a request that comes twice costs a glance, one that never came costs the market.
 * All else, and what is in doubt a second time, ends as 'perhaps': a person may send it again. Nothing that is in doubt counts as
 * having reached anybody: the ladder's next step does not wait for it.
 */
export function afterDoubt({ channel, severity, was_doubted }: Doubted): 'as put off' | 'once more' | 'perhaps' {
  if (repeats[channel] === 'harmless') return 'as put off'
  return severity === 'urgent' && !was_doubted ? 'once more' : 'perhaps'
}

/** Whether all messages of a channel go through one server, so that several in doubt in a row are that server's trouble. */
export const isOneServer = (channel: DeliveryChannel) => repeats[channel] !== 'harmless'
