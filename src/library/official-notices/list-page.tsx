import { ButtonLink } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { dayAt } from '#ground/html/day.tsx'
import { Select, TextInput } from '#ground/html/forms.tsx'
import { LabelMark } from '#ground/html/label.tsx'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { type ListColumn, Listing } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import { prefectures } from '#ground/market/areas.ts'
import { type DocumentFilter, type ListedNotice, shownChoices } from './queries.ts'
import { officialNoticeTexts } from './texts.ts'
import {
  type DocumentState,
  dayWords,
  documentKinds,
  documentKindWords,
  documentStateOf,
  documentStateWords,
  isFollowed,
  issuedWords,
  periodWords,
  prefectureWords,
} from './words.ts'

const looks = {
  in_force: 'normal',
  ahead: 'waiting',
  expired: 'unknown',
  extended: 'unknown',
  replaced: 'unknown',
} as const

/** What the list and its file say of each document, on that civil day. */
export function officialNoticeColumns(language: Language, today: string): ListColumn<ListedNotice>[] {
  const t = officialNoticeTexts[language]
  const words = issuedWords[language]
  const kinds = documentKindWords[language]
  const states = documentStateWords[language]
  const titleOf = ({ mode, title }: ListedNotice) => markedTitle(language, mode, title)
  const areasOf = (one: ListedNotice) => prefectureWords(language, one.prefectures) || t.everywhere
  const periodOf = (one: ListedNotice) => periodWords(language, one)
  const stateOf = (one: ListedNotice) => documentStateOf(one, today)
  return [
    {
      head: t.title,
      cell: (notice) => (
        <a href={`/official-notices/${notice.id}`}>
          {isFollowed(notice, today) ? <s>{titleOf(notice)}</s> : titleOf(notice)}
        </a>
      ),
      text: titleOf,
    },
    { head: t.kind, cell: ({ kind }) => kinds[kind], text: ({ kind }) => kinds[kind] },
    { head: t.state, cell: (one) => <StateChip state={stateOf(one)} />, text: (one) => states[stateOf(one)] },
    { head: words.issuer, cell: ({ issuer }) => issuer, text: ({ issuer }) => issuer },
    { head: words.reference, cell: ({ reference }) => reference || '—', text: ({ reference }) => reference },
    { head: words.issued_on, cell: ({ issued_on }) => <Day date={issued_on} />, text: ({ issued_on }) => issued_on },
    { head: t.prefectures, cell: areasOf, text: areasOf },
    { head: t.period, cell: periodOf, text: periodOf },
    { head: t.label, cell: ({ label }) => <LabelMark label={label} /> },
  ]
}

export function StateChip({ state }: { state: DocumentState }) {
  const words = useTexts(documentStateWords)
  return <Chip look={looks[state]}>{words[state]}</Chip>
}

const captions = inBoth({
  ja: {
    in_force: '有効なもの、新しいものから',
    past: '期間満了・延長済み・差替え済み、新しいものから',
    every: '新しいものから',
  },
  en: { in_force: 'In force, the newest first', past: 'No more in force, the newest first', every: 'The newest first' },
})

type Props = { found: Paged<ListedNotice>; filter: DocumentFilter; may_register: boolean }

export function OfficialNoticesPage({ found, filter, may_register }: Props) {
  const t = useTexts(officialNoticeTexts)
  const caption = useTexts(captions)
  const { language, now } = useReading()
  const { shown, ...asked } = filter
  return (
    <Layout title={t.list} live="/official-notices" wide>
      <h1>{t.list}</h1>
      <p>{t.lead}</p>
      {may_register && (
        <ButtonLink href="/official-notices/new" kind="solid-fill">
          {t.register}
        </ButtonLink>
      )}
      <Listing
        path="/official-notices"
        caption={caption[shown]}
        columns={officialNoticeColumns(language, dayAt(now))}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.empty, next: t.empty_next }}
        asked={{ ...asked, shown: shown === 'in_force' ? '' : shown }}
        search={{
          act: t.act,
          nothing: { title: t.nothing, next: t.nothing_next, all: t.all },
          fields: <FilterFields filter={filter} />,
          is_folded: true,
        }}
        has_csv
      />
    </Layout>
  )
}

function FilterFields({ filter }: { filter: DocumentFilter }) {
  const t = useTexts(officialNoticeTexts)
  const kinds = useTexts(documentKindWords)
  const { language } = useReading()
  return (
    <>
      <TextInput type="search" name="q" label={t.q} value={filter.q} width="half" maxLength={100} />
      <Select
        name="kind"
        label={t.kind}
        value={filter.kind}
        empty={t.every}
        options={documentKinds.map((value) => ({ value, text: kinds[value] }))}
      />
      <Select
        name="prefecture"
        label={t.prefectures}
        value={filter.prefecture}
        empty={t.every}
        options={prefectures.map((one) => ({ value: one.code, text: named(language, one) }))}
      />
      <Select
        name="shown"
        label={t.shown}
        value={filter.shown}
        options={shownChoices.map((value) => ({ value, text: t.shown_choices[value] }))}
      />
    </>
  )
}

export function Day({ date }: { date: string }) {
  const { language } = useReading()
  return <time dateTime={date}>{dayWords(language, date)}</time>
}
