import { contactWords, showPhone } from '#directory/contacts/index.ts'
import { kindWords } from '#directory/institutions/index.ts'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { labelNames, labelOf } from '#ground/rights/labels.ts'
import { isPhone } from './contact-card.tsx'
import type { Found } from './search.ts'

const heads = inBoth({
  ja: [
    '機関コード',
    '機関',
    '種別',
    '順番',
    '氏名',
    'よみがな',
    '役職',
    '担当',
    '電話',
    'FAX',
    'メール',
    '最終確認',
    '取扱い',
    '書き出し日時',
  ],
  en: [
    'Code',
    'Institution',
    'Kind',
    'Order',
    'Name',
    'Reading',
    'Title',
    'Duties',
    'Phone',
    'Fax',
    'Mail',
    'Last confirmed',
    'Label',
    'Exported at',
  ],
})

/** Contacts as a table for a spreadsheet: UTF-8 with its mark, one contact a row, each row with its label and date. */
export function csv(contacts: readonly Found[], at: Date, language: Language): string {
  const kinds = kindWords[language]
  const { duties } = contactWords[language]
  const rows = contacts.map((contact) => [
    contact.code,
    named(language, { name_ja: contact.institution_ja, name_en: contact.institution_en }),
    kinds[contact.kind],
    String(contact.rank),
    named(language, contact),
    contact.reading,
    contact.title,
    contact.duties.map((duty) => duties[duty]).join(' / '),
    contact.addresses
      .filter(({ means }) => isPhone(means))
      .map(showPhone)
      .join(' / '),
    contact.addresses
      .filter(({ means }) => means === 'fax')
      .map(showPhone)
      .join(' / '),
    contact.addresses
      .filter(({ means }) => means === 'mail')
      .map(({ address }) => address)
      .join(' / '),
    contact.confirmed_at?.toISOString() ?? '',
    labelNames[labelOf.contact],
    at.toISOString(),
  ])
  return `\ufeff${[heads[language], ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

/** A spreadsheet takes what begins with these for a formula; an apostrophe before it makes it text. */
const cell = (value: string) => {
  const safe = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}
