import { noticeKindWords } from '#delivery/deliveries/index.ts'
import { ButtonLink } from '#ground/html/button.tsx'
import { Chip, type Look } from '#ground/html/chip.tsx'
import { Select } from '#ground/html/forms.tsx'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle, modeWords } from '#ground/html/modes.ts'
import { PreparationLinks } from '#ground/html/preparation-links.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { type Column, DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { Listing } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { type Filter, type ListedNotice, listed } from './queries.ts'
import { noticeWords } from './words.ts'

const texts = inBoth({
  ja: {
    lead: '機関に知らせたこと、これから知らせること。',
    caption: '承認待ちと下書き、続いて新しいもの',
    write: '通知を作る',
    mode: '区分',
    state: '状態',
    situation: '事案',
    every: 'すべて',
    act: '絞り込む',
    empty: '通知はまだありません',
    empty_desk: '「通知を作る」を押すと、種類を選び、宛先と文面を確かめてから送れます。',
    empty_reader: '配信された通知が、ここに並びます。',
    none: '条件に合う通知はありません',
    none_next: '条件を変えるか、すべての通知を見てください。',
    subject: '件名',
    answered: '回答',
    of: (answered: string, asked: string) => `${answered} / ${asked}機関`,
    at: '日時',
    by: '作成',
    alone: '1人で送信',
    returned: '差し戻し',
  },
  en: {
    lead: 'What institutions were told, and what they are to be told.',
    caption: 'What is not released yet, then the newest',
    write: 'Write a notice',
    mode: 'Mode',
    state: 'State',
    situation: 'Situation',
    every: 'All',
    act: 'Show these',
    empty: 'There are no notices yet',
    empty_desk: 'Press “Write a notice”: you choose its kind, and check recipients and text before anything is sent.',
    empty_reader: 'Notices stand here once they are released.',
    none: 'No notice is like that',
    none_next: 'Choose otherwise, or see all of them.',
    subject: 'Subject',
    answered: 'Answered',
    of: (answered: string, asked: string) => `${answered} of ${asked}`,
    at: 'When',
    by: 'Written by',
    alone: 'Released by one',
    returned: 'Sent back',
  },
})

type Props = {
  found: Paged<ListedNotice>
  filter: Filter
  may_write: boolean
  situations: { id: string; mode: ListedNotice['mode']; title_ja: string; title_en: string }[]
}

/** Every notice, drafts and what waits for release first. */
export function NoticesPage({ found, filter, may_write, situations }: Props) {
  const t = useTexts(texts)
  const words = useTexts(noticeWords)
  const modes = useTexts(modeWords)
  const { language } = useReading()
  return (
    <Layout title={words.notices} live="/notices" label={labelOf.delivery} wide>
      <h1>{words.notices}</h1>
      <p>{t.lead}</p>
      {may_write && (
        <ButtonLink href="/notices/new" kind="solid-fill">
          {t.write}
        </ButtonLink>
      )}
      <Listing
        path="/notices"
        caption={t.caption}
        columns={noticeColumns(language)}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.empty, next: may_write ? t.empty_desk : t.empty_reader }}
        asked={{ mode: filter.mode, shown: filter.shown, situation: filter.situation_id }}
        search={{
          act: t.act,
          is_folded: true,
          nothing: { title: t.none, next: t.none_next, all: t.every },
          fields: (
            <>
              <Select
                name="mode"
                label={t.mode}
                value={filter.mode}
                empty={t.every}
                options={(['actual', 'exercise', 'test'] as const).map((mode) => ({
                  value: mode,
                  text: modes[mode],
                }))}
              />
              <Select
                name="shown"
                label={t.state}
                value={filter.shown}
                empty={t.every}
                options={listed.map((state) => ({ value: state, text: words.states[state] }))}
              />
              {situations.length > 0 && (
                <Select
                  name="situation"
                  label={t.situation}
                  value={filter.situation_id}
                  empty={t.every}
                  options={situations.map(({ id, mode, title_ja, title_en }) => ({
                    value: id,
                    text: markedTitle(language, mode, language === 'en' ? title_en : title_ja),
                  }))}
                />
              )}
            </>
          ),
        }}
      />
      <PreparationLinks />
    </Layout>
  )
}

/** Notices in a table; what no longer holds is struck through, with when and a link to what holds. */
export function NoticeTable({ notices, empty }: { notices: readonly ListedNotice[]; empty?: React.ReactNode }) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <DataTable
      caption={t.caption}
      rows={notices}
      rowKey={({ id }) => id}
      empty={empty}
      columns={noticeColumns(language)}
    />
  )
}

function noticeColumns(language: Language): Column<ListedNotice>[] {
  const t = texts[language]
  const words = noticeWords[language]
  return [
    { head: t.subject, cell: (notice) => <Subject notice={notice} /> },
    { head: t.state, cell: (notice) => <NoticeState notice={notice} /> },
    {
      head: t.answered,
      cell: ({ state, answer_wanted, answered, asked }) =>
        state !== 'released'
          ? '—'
          : answer_wanted === 'none'
            ? words.institutions(Number(asked))
            : t.of(answered ?? '0', asked ?? '0'),
    },
    {
      head: t.at,
      cell: ({ released_at, submitted_at, drafted_at }) => (
        <Time at={released_at ?? submitted_at ?? drafted_at} with_date />
      ),
    },
    {
      head: t.by,
      cell: ({ drafter_ja, drafter_en }) => named(language, { name_ja: drafter_ja, name_en: drafter_en }),
    },
  ]
}

function Subject({ notice }: { notice: ListedNotice }) {
  const words = useTexts(noticeWords)
  const kinds = useTexts(noticeKindWords)
  const { language } = useReading()
  const { id, mode, kind, replaced_by_id } = notice
  const subject = words.titled(kind, language === 'en' ? notice.subject_en : notice.subject_ja)
  const title = markedTitle(language, mode, subject)
  return (
    <>
      <a href={`/notices/${id}`}>{replaced_by_id ? <s>{title}</s> : title}</a>
      <div className="dads-note">{kinds[kind]}</div>
    </>
  )
}

const looks: Record<ListedNotice['state'], Look> = {
  draft: 'not_reported',
  submitted: 'waiting',
  released: 'sent',
  dropped: 'unknown',
}

function NoticeState({ notice }: { notice: ListedNotice }) {
  const t = useTexts(texts)
  const words = useTexts(noticeWords)
  const { state, replaced_by_id, replaced_at, newer_kind, override_reason, return_reason } = notice
  if (replaced_by_id)
    return (
      <>
        <Chip look="expired">{newer_kind === 'withdrawal' ? words.withdrawn : words.corrected}</Chip>{' '}
        <a href={`/notices/${replaced_by_id}`}>{replaced_at && <Time at={replaced_at} with_date />}</a>
      </>
    )
  return (
    <>
      <Chip look={looks[state]}>{words.states[state]}</Chip> {override_reason && <Chip look="severe">{t.alone}</Chip>}
      {state === 'draft' && return_reason && <Chip look="partial">{t.returned}</Chip>}
    </>
  )
}
