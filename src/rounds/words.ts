import { inBoth } from '#html/language.ts'

export const deliveryStates = ['sent', 'sending', 'waiting', 'perhaps', 'failed', 'stopped'] as const

/** How a mail fares, in words. */
export const deliveryWords = inBoth({
  ja: {
    sent: '送信済み',
    sending: '送信中',
    waiting: '送信待ち',
    perhaps: '到達不明',
    failed: '送信失敗',
    stopped: '送信中止',
  },
  en: {
    sent: 'Sent',
    sending: 'Sending',
    waiting: 'Waiting',
    perhaps: 'Perhaps sent',
    failed: 'Failed',
    stopped: 'Stopped',
  },
})
