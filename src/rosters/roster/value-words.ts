import { contactWords } from '#directory/contacts/index.ts'
import { kindWords, membershipWords } from '#directory/institutions/index.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { statusWords } from '#ground/market/words.ts'

const askedSaid = inBoth<Record<string, string>>({
  ja: { yes: '照会する', no: '照会しない' },
  en: { yes: 'Asked', no: 'Informed only' },
})

/** A value of a column as people read it: codes by their words, in their order. */
export function valueWords(language: Language, field: string, value: string): string {
  const { duties, hours } = contactWords[language]
  const { markets, functions } = statusWords[language]
  const words: Record<string, Record<string, string>> = {
    kind: kindWords[language],
    membership: membershipWords[language],
    asked: askedSaid[language],
    markets,
    functions,
    duties,
    hours,
    first_responder: hours,
  }
  const known = words[field]
  if (!known || value === '') return value
  return value
    .split(';')
    .map((code) => known[code] ?? code)
    .join(language === 'ja' ? '、' : ', ')
}
