import { toCivilText, zone_mark } from '#ground/html/civil.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { roleWords } from '#ground/html/navigation.ts'
import { statusWords } from '#ground/market/words.ts'
import { labelNames } from '#ground/rights/labels.ts'
import { settingNames, settings, storedName } from '#ground/settings/settings.ts'
import type { Words } from '../actions/words.ts'
import { detailCodes } from './codes.ts'
import { innerNames } from './inner-names.ts'
import { detailNames } from './names.ts'

const texts = inBoth({
  ja: { yes: 'はい', no: 'いいえ', between: '、', nothing: 'なし', is: '：', of: 'の' },
  en: { yes: 'yes', no: 'no', between: ', ', nothing: 'nothing', is: ': ', of: ': ' },
})

const said = (words: Words, place: 0 | 1) =>
  Object.fromEntries(Object.entries(words).map(([name, w]) => [name, w[place]]))
const codesIn = (language: Language, place: 0 | 1): Record<string, string> => ({
  ...labelNames,
  ...statusWords[language].bcp,
  ...statusWords[language].conditions,
  ...statusWords[language].functions,
  ...roleWords[language],
  ...said(detailCodes, place),
})
const namesIn = (language: Language, place: 0 | 1): Record<string, string> => ({
  ...codesIn(language, place),
  ...Object.fromEntries(settingNames.map((name) => [storedName(name), settings[name][language]])),
  ...said(innerNames, place),
  ...said(detailNames, place),
})
const codes = inBoth({ ja: codesIn('ja', 0), en: codesIn('en', 1) })
const names = inBoth({ ja: namesIn('ja', 0), en: namesIn('en', 1) })

/** Whether there is a word for a name that stands in a line's details, at whatever depth, in both languages. */
export const hasWord = (name: string) => wordOf('ja', name) !== null && wordOf('en', name) !== null

/** A field of a roster is named with what it is of: `contact.reading`. */
function wordOf(language: Language, name: string): string | null {
  const known = names[language]
  if (Object.hasOwn(known, name)) return known[name] ?? null
  const [of = '', field = '', ...more] = name.split('.')
  const [what, which] = [known[`${of}s`], known[field]]
  return what && which && more.length === 0 ? `${what}${texts[language].of}${which}` : null
}

/** What people wrote themselves is shown as they wrote it, also where it looks like a code. */
const own_words =
  /^(name|title|text|subject|said|change$|q$|file$|problem|device_name|closing_reason|spoke_to|issuer|reference)/

/** What a line says beside its action, in words: each name, each code and each moment; what says nothing is left out. */
export function sayDetails(language: Language, details: Record<string, unknown>): string {
  return parts(language, details).join(' / ')
}

const parts = (language: Language, details: object): string[] =>
  Object.entries(details).flatMap(([name, value]) =>
    isNothing(value) ? [] : [`${wordOf(language, name) ?? name}${texts[language].is}${say(language, name, value)}`],
  )

const isNothing = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && !(value instanceof Date) && Object.keys(value).length === 0)

function say(language: Language, name: string, value: unknown): string {
  const t = texts[language]
  if (isNothing(value)) return t.nothing
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (typeof value === 'string') return sayText(language, name, value)
  if (Array.isArray(value)) return value.map((each) => say(language, name, each)).join(t.between)
  if (typeof value === 'object' && value !== null) return sayInner(language, name, value)
  return String(value)
}

/** One field before and after, or several figures under one name. */
function sayInner(language: Language, name: string, value: object): string {
  const { field, before, after, ...others } = value as Record<string, unknown>
  const is_change = ('before' in value || 'field' in value) && Object.keys(others).length === 0
  if (!is_change) return parts(language, value).join(texts[language].between)
  const of = typeof field === 'string' ? (wordOf(language, field) ?? field) : ''
  if (!('before' in value)) return of
  const inner = typeof field === 'string' ? field : name
  const turned = `${say(language, inner, before)} → ${say(language, inner, after)}`
  return of ? `${of} ${turned}` : turned
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

function sayText(language: Language, name: string, text: string): string {
  if (moment.test(text)) return `${toCivilText(new Date(text)).slice(0, 19).replace('T', ' ')} ${zone_mark}`
  if (own_words.test(name)) return text
  if (name === 'fields') return wordOf(language, text) ?? text
  return codes[language][`${name}.${text}`] ?? codes[language][text] ?? text
}
