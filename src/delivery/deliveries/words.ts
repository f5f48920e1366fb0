import type { DeliveryState, DeliveryTry } from '#ground/db/tables.ts'
import type { Look } from '#ground/html/chip.tsx'
import { inBoth, type Language } from '#ground/html/language.ts'
import type { WhyEnded } from './end-hopeless.ts'
import type { WhyStopped } from './stop-chasing.ts'

/** Those that need a look first. */
export const deliveryStates = [
  'failed',
  'perhaps',
  'waiting',
  'sending',
  'sent',
  'stopped',
] as const satisfies DeliveryState[]

/** What was stopped because nobody needs it any longer is no failure. */
export const deliveryLooks: Record<DeliveryState, Look> = {
  failed: 'failed',
  perhaps: 'perhaps',
  waiting: 'waiting',
  sending: 'sending',
  sent: 'sent',
  stopped: 'expired',
}

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
      begun: '送り始めました',
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
    kinds: {
      begun: 'Begun',
      sent: 'Taken',
      deferred: 'Not taken, tried again later',
      refused: 'Refused',
      perhaps: 'Perhaps sent',
    },
  },
})

const whys = inBoth<Record<WhyStopped | WhyEnded, string>>({
  ja: {
    answered: '機関が回答したため、送りませんでした',
    'asked again': '次の照会を送ったため、送りませんでした',
    'taken back': '回答が取り消されたため、送りませんでした',
    'replaced by another notice': '通知が訂正または取消されたため、送りませんでした',
    'round closed': '状況照会が終了したため、送りませんでした',
    'situation closed': '事案が終結したため、送りませんでした',
    'the program stopped while sending': '送信中にプログラムが止まりました',
    'not sent: it had waited too long': '待ち時間が長すぎたため、送りませんでした',
    'something came back that could not be read':
      '届かなかったという知らせのようなメールが戻りましたが、読み取れませんでした',
  },
  en: {
    answered: 'Not sent: the institution had answered',
    'asked again': 'Not sent: they were asked again',
    'taken back': 'Not sent: the answer was taken back',
    'replaced by another notice': 'Not sent: the notice was corrected or withdrawn',
    'round closed': 'Not sent: the round was closed',
    'situation closed': 'Not sent: the situation was closed',
    'the program stopped while sending': 'The program stopped while sending',
    'not sent: it had waited too long': 'Not sent: it had waited too long',
    'something came back that could not be read': 'Something came back that could not be read',
  },
})

/** What the other side answered, as it is; why the program ended it, in the words of the reader. */
export function answerWords(language: Language, answer: string): string {
  const why = Object.entries(whys[language]).find(([key]) => answer === key || answer.startsWith(`${key} (`))
  return why ? why[1] + answer.slice(why[0].length) : answer
}
