import type { Language } from '#ground/html/language.ts'
import { intensityWords, tsunamiWords } from '#hazards/telegrams/index.ts'
import type { FoundSite } from './rule.ts'

/** What a telegram says of an area or a site, in words. */
export function valueWords(
  language: Language,
  { intensity, grade, words, is_possible }: Pick<FoundSite, 'intensity' | 'grade' | 'words' | 'is_possible'>,
  possible: string,
): string {
  const said = [
    intensity &&
      (language === 'ja' ? `震度${intensityWords.ja[intensity]}` : `intensity ${intensityWords.en[intensity]}`),
    grade && tsunamiWords[language][grade],
    words,
    is_possible && possible,
  ]
  return said.filter(Boolean).join(' ')
}
