import { saidWords } from '#delivery/answers/index.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import type { Answerable } from './answerable.ts'
import type { Understood } from './understand.ts'

const texts = inBoth({
  ja: {
    normal: 'すべて正常（業務は通常、被害なし、BCP未発動、対策本部なし）',
    not_normal: '正常でない（業務ごとの状況は「不明」。詳しくは後で）',
  },
  en: {
    normal: 'All normal (functions as usual, no damage, BCP not activated, no command centre)',
    not_normal: 'Not normal (each function stands as “unknown”; details to follow)',
  },
})

/** What a few words were understood as, said back in full. */
export function understoodWords(language: Language, said: Understood, choices: Answerable['choices']): string {
  if (said.given !== 'report') return saidWords(language, said, choices)
  return said.is_normal ? texts[language].normal : texts[language].not_normal
}
