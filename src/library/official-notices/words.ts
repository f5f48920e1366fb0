import { inBoth, type Language, named } from '#ground/html/language.ts'
import { prefectureByCode } from '#ground/market/areas.ts'

/** Every kind of document, the strictest first. */
export const documentKinds = ['directive', 'request', 'financial_measures', 'liaison'] as const
export type DocumentKind = (typeof documentKinds)[number]

export const documentKindWords = inBoth<Record<DocumentKind, string>>({
  ja: { directive: '通達', request: '要請', financial_measures: '金融上の措置', liaison: '事務連絡' },
  en: {
    directive: 'Directive',
    request: 'Request',
    financial_measures: 'Financial measures',
    liaison: 'Administrative notice',
  },
})

/** Laws by which such documents are most often issued; any other is typed. */
export const laws: readonly string[] = [
  '災害救助法（昭和22年法律第118号）',
  '災害対策基本法（昭和36年法律第223号）',
  '武力攻撃事態等における国民の保護のための措置に関する法律（平成16年法律第112号）',
  '新型インフルエンザ等対策特別措置法（平成24年法律第31号）',
  '金融商品取引法（昭和23年法律第25号）',
]

/** What tells one document of a ministry or authority from all others. `issued_on` is a civil day, `reference` may be empty. */
export type Issued = { issuer: string; reference: string; issued_on: string }

export const issuedWords = inBoth<Record<keyof Issued, string>>({
  ja: { issuer: '発出元', reference: '文書番号', issued_on: '発出日' },
  en: { issuer: 'Issuer', reference: 'Reference', issued_on: 'Date of issue' },
})

/** A civil day as it is written on the document, without a zone. */
export function dayWords(language: Language, date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return language === 'ja' ? `${year}年${month}月${day}日` : date
}

const periodTexts = inBoth({
  ja: { none: '定めなし', from: (day: string) => `${day}から`, to: (day: string) => `${day}まで` },
  en: { none: 'Not limited', from: (day: string) => `from ${day}`, to: (day: string) => `until ${day}` },
})

/** From when until when, as far as the document says. */
export function periodWords(
  language: Language,
  { period_from, period_to }: { period_from: string | null; period_to: string | null },
): string {
  const t = periodTexts[language]
  const parts = [
    period_from && t.from(dayWords(language, period_from)),
    period_to && t.to(dayWords(language, period_to)),
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(language === 'ja' ? '' : ' ') : t.none
}

/** Prefectures by name, in the order of their codes; none is everywhere. */
export const prefectureWords = (language: Language, codes: readonly string[]): string =>
  [...codes]
    .sort()
    .map((code) => {
      const prefecture = prefectureByCode.get(code)
      return prefecture ? named(language, prefecture) : code
    })
    .join(language === 'ja' ? '、' : ', ')

/** How a document stands: that it holds, will hold, has ended by its own day, or that another one took its place. */
export type DocumentState = 'in_force' | 'ahead' | 'expired' | 'extended' | 'replaced'
export const documentStateWords = inBoth<Record<DocumentState, string>>({
  ja: { in_force: '有効', ahead: '開始前', expired: '期間満了', extended: '延長済み', replaced: '差替え済み' },
  en: { in_force: 'In force', ahead: 'Not begun', expired: 'Expired', extended: 'Extended', replaced: 'Replaced' },
})
/** Whether another document has taken its place by that civil day; one that begins later has not yet. Pure. */
export const isFollowed = (one: { after_id: string | null; after_from: string | null }, today: string): boolean =>
  one.after_id !== null && (one.after_from === null || one.after_from <= today)

/** On that civil day. Pure. */
export function documentStateOf(
  one: {
    period_from: string | null
    period_to: string | null
    after_id: string | null
    after_how: 'extends' | 'replaces' | null
    after_from: string | null
  },
  today: string,
): DocumentState {
  if (isFollowed(one, today)) return one.after_how === 'extends' ? 'extended' : 'replaced'
  if (one.period_to !== null && one.period_to < today) return 'expired'
  return one.period_from !== null && one.period_from > today ? 'ahead' : 'in_force'
}

/** Issuer, number and day of a document, each under its own label; one without a number has no line for it. */
export const issuedLines = (language: Language, { issuer, reference, issued_on }: Issued) => {
  const words = issuedWords[language]
  return [
    { term: words.issuer, value: issuer },
    ...(reference ? [{ term: words.reference, value: reference }] : []),
    { term: words.issued_on, value: dayWords(language, issued_on) },
  ]
}

/** The same of a row that may have no document. */
export const issuedOf = (row: { [name in keyof Issued]: string | null }): Issued | null =>
  row.issuer !== null && row.issued_on !== null
    ? { issuer: row.issuer, reference: row.reference ?? '', issued_on: row.issued_on }
    : null
