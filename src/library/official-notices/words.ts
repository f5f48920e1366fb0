import { inBoth, type Language } from '#ground/html/language.ts'

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
