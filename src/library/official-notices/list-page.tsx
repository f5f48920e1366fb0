import { ButtonLink } from '#ground/html/button.tsx'
import { LabelMark } from '#ground/html/label.tsx'
import type { Language } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { type ListColumn, Listing } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import type { ListedNotice } from './queries.ts'
import { officialNoticeTexts } from './texts.ts'
import { dayWords, issuedWords } from './words.ts'

/** What the list and its file say of each notice. */
export function officialNoticeColumns(language: Language): ListColumn<ListedNotice>[] {
  const t = officialNoticeTexts[language]
  const words = issuedWords[language]
  const titleOf = ({ mode, title }: ListedNotice) => markedTitle(language, mode, title)
  return [
    {
      head: t.title,
      cell: (notice) => <a href={`/official-notices/${notice.id}`}>{titleOf(notice)}</a>,
      text: titleOf,
    },
    { head: words.issuer, cell: ({ issuer }) => issuer, text: ({ issuer }) => issuer },
    { head: words.reference, cell: ({ reference }) => reference || '—', text: ({ reference }) => reference },
    { head: words.issued_on, cell: ({ issued_on }) => <Day date={issued_on} />, text: ({ issued_on }) => issued_on },
    { head: t.label, cell: ({ label }) => <LabelMark label={label} /> },
  ]
}

export function OfficialNoticesPage({ found, may_register }: { found: Paged<ListedNotice>; may_register: boolean }) {
  const t = useTexts(officialNoticeTexts)
  const { language } = useReading()
  return (
    <Layout title={t.list} live="/official-notices">
      <h1>{t.list}</h1>
      <p>{t.lead}</p>
      {may_register && (
        <ButtonLink href="/official-notices/new" kind="solid-fill">
          {t.register}
        </ButtonLink>
      )}
      <Listing
        path="/official-notices"
        caption={t.newest}
        columns={officialNoticeColumns(language)}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.empty, next: t.empty_next }}
        has_csv
      />
    </Layout>
  )
}

export function Day({ date }: { date: string }) {
  const { language } = useReading()
  return <time dateTime={date}>{dayWords(language, date)}</time>
}
