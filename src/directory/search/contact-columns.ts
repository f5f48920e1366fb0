import { contactWords, showPhone } from '#directory/contacts/index.ts'
import { kindWords } from '#directory/institutions/index.ts'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import type { CsvColumn } from '#ground/lists/csv.ts'
import { isPhone } from './contact-card.tsx'
import type { Found } from './search.ts'

const heads = inBoth({
  ja: {
    code: '機関コード',
    institution: '機関',
    kind: '種別',
    rank: '順番',
    name: '氏名',
    reading: 'よみがな',
    title: '役職',
    duties: '担当',
    phone: '電話',
    fax: 'FAX',
    mail: 'メール',
    confirmed: '最終確認',
  },
  en: {
    code: 'Code',
    institution: 'Institution',
    kind: 'Kind',
    rank: 'Order',
    name: 'Name',
    reading: 'Reading',
    title: 'Title',
    duties: 'Duties',
    phone: 'Phone',
    fax: 'Fax',
    mail: 'Mail',
    confirmed: 'Last confirmed',
  },
})

/** Contacts as a table for a spreadsheet: one contact a row. */
export function contactColumns(language: Language): CsvColumn<Found>[] {
  const t = heads[language]
  const { duties } = contactWords[language]
  return [
    { head: t.code, text: ({ code }) => code },
    {
      head: t.institution,
      text: ({ institution_ja, institution_en }) =>
        named(language, { name_ja: institution_ja, name_en: institution_en }),
    },
    { head: t.kind, text: ({ kind }) => kindWords[language][kind] },
    { head: t.rank, text: ({ rank }) => rank },
    { head: t.name, text: (contact) => named(language, contact) },
    { head: t.reading, text: ({ reading }) => reading },
    { head: t.title, text: ({ title }) => title },
    { head: t.duties, text: (contact) => contact.duties.map((duty) => duties[duty]).join(' / ') },
    { head: t.phone, text: waysOf(({ means }) => isPhone(means), showPhone) },
    { head: t.fax, text: waysOf(({ means }) => means === 'fax', showPhone) },
    {
      head: t.mail,
      text: waysOf(
        ({ means }) => means === 'mail',
        ({ address }) => address,
      ),
    },
    { head: t.confirmed, text: ({ confirmed_at }) => confirmed_at },
  ]
}

type Way = Found['addresses'][number]
const waysOf = (is: (way: Way) => boolean, show: (way: Way) => string) => (contact: Found) =>
  contact.addresses.filter(is).map(show).join(' / ')
