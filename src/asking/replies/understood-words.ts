import { saidWords } from '#delivery/answers/index.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import type { Answerable } from './answerable.ts'
import type { Understood } from './understand.ts'

const texts = inBoth({
  ja: {
    normal: 'すべて正常（業務は通常、被害なし、BCP未発動、対策本部なし）',
    alternative: '代替運用中（業務はすべて代替手段で継続。被害などは「不明」。詳しくは後で）',
    not_normal: '正常でない（業務ごとの状況は「不明」。詳しくは後で）',
  },
  en: {
    normal: 'All normal (functions as usual, no damage, BCP not activated, no command centre)',
    alternative:
      'Running on the alternative (all functions go on by other means; damage and the like stand as “unknown”; details to follow)',
    not_normal: 'Not normal (each function stands as “unknown”; details to follow)',
  },
})

/** What a few words were understood as, said back in full. */
export function understoodWords(language: Language, said: Understood, choices: Answerable['choices']): string {
  if (said.given !== 'report') return saidWords(language, said, choices)
  return texts[language][said.how]
}
