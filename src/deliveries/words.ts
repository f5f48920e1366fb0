import type { DeliveryState, DeliveryTry } from '#db/tables.ts'
import { inBoth } from '#html/language.ts'

/** Those that need a look first. */
export const deliveryStates = [
  'failed',
  'perhaps',
  'waiting',
  'sending',
  'sent',
  'stopped',
] as const satisfies DeliveryState[]

/** How a delivery fares, and what came of an attempt. */
export const deliveryWords = inBoth<{
  states: Record<DeliveryState, string>
  kinds: Record<DeliveryTry['kind'], string>
}>({
  ja: {
    states: {
      failed: '送信失敗',
      perhaps: '到達不明',
      waiting: '送信待ち',
      sending: '送信中',
      sent: '送信済み',
      stopped: '送信中止',
    },
    kinds: {
      sent: '相手側が受け取りました',
      deferred: '送れなかったため、後で送り直します',
      refused: '拒否されました',
      perhaps: '到達不明',
    },
  },
  en: {
    states: {
      failed: 'Failed',
      perhaps: 'Perhaps sent',
      waiting: 'Waiting',
      sending: 'Sending',
      sent: 'Sent',
      stopped: 'Stopped',
    },
    kinds: { sent: 'Taken', deferred: 'Not taken, tried again later', refused: 'Refused', perhaps: 'Perhaps sent' },
  },
})
