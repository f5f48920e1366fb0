import { Banner } from '#ground/html/banner.tsx'
import { Brackets } from '#ground/html/brackets.tsx'
import { ButtonLink } from '#ground/html/button.tsx'
import { dayEnd, dueWords } from '#ground/html/day.tsx'
import { Select, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { drillOnly, modeWords } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { ShareBar } from '#ground/html/share-bar.tsx'
import { listAddress } from '#ground/lists/address.ts'
import { Listing } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import { ItemLink } from '#ground/register/item-link.tsx'
import type { ReviewDue } from '#ground/register/review-item.ts'
import { Who } from '#ground/register/who.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { improvementColumns } from './columns.tsx'
import { sources } from './improvement.ts'
import { improvementWords, stateLooks } from './improvement-words.ts'
import { type Counts, type Filter, type ListedImprovement, shownChoices } from './list-queries.ts'

const texts = inBoth({
  ja: {
    lead: '市場のしくみとこのポータルについて、平時の利用、訓練、事案、海外や国内のほかの機関から見つかった改善点を、終わるまで追います。',
    add: '改善事項を登録する',
    picture: (all: number, overdue: number) => `全${all}件、期日超過${overdue}件。状態ごとの件数は次のとおり`,
    overdue: (count: number) => `期日を過ぎた改善事項が${count}件あります`,
    overdue_link: '期日を過ぎたものだけを見る',
    comma: '、',
    reviews: (count: number) => `点検の日が来た記録が${count}件あります`,
    caption: '期日を過ぎたもの、期日の近いものから',
    source: 'きっかけ',
    act: '探す・絞り込む',
    q: '番号・ことば',
    q_hint: '番号（改善-012）、件名、内容のことば',
    shown: '状態',
    every: 'すべて',
    unclosed: 'まだ閉じていないもの',
    over: '期日を過ぎたもの',
    owner_of: '担当する機関',
    mode: '区分',
    empty: 'まだ改善事項はありません',
    empty_desk:
      'ふだんの利用や訓練で気付いたことを「改善事項を登録する」から書いてください。事案のページからも登録できます。',
    empty_reader: '事務局が登録すると、ここに並びます。気付いたことは事務局に知らせてください。',
    none: '当てはまる改善事項はありません',
    none_next: '条件を減らしてください。',
    all: 'すべて見る',
  },
  en: {
    lead: 'What could be better in how the market works and in this portal, found in daily use, exercises, situations, and at other institutions here and abroad; followed until it is done.',
    add: 'Record an improvement',
    picture: (all: number, overdue: number) => `${all} in all, ${overdue} overdue; how many are in each state follows`,
    overdue: (count: number) => (count === 1 ? '1 improvement is overdue' : `${count} improvements are overdue`),
    overdue_link: 'Show only what is overdue',
    comma: ', ',
    reviews: (count: number) =>
      count === 1 ? '1 record is due to be inspected' : `${count} records are due to be inspected`,
    caption: 'What is overdue and what is due next comes first',
    source: 'Noticed in',
    act: 'Search and filter',
    q: 'Number or words',
    q_hint: 'A number (I-012), or words of the title or text',
    shown: 'State',
    every: 'All',
    unclosed: 'Not closed yet',
    over: 'Overdue',
    owner_of: 'Institution that answers for it',
    mode: 'Mode',
    empty: 'There are no improvements yet',
    empty_desk:
      'Write down what you notice in daily use or in an exercise under “Record an improvement”. The page of a situation leads there, too.',
    empty_reader: 'They stand here once the secretariat has recorded some. Tell it what you notice.',
    none: 'No improvement is like that',
    none_next: 'Ask for less.',
    all: 'See all',
  },
})

type Props = {
  found: Paged<ListedImprovement>
  filter: Filter
  counts: Counts
  modes: readonly Filter['mode'][]
  owners: readonly { id: string; name_ja: string; name_en: string | null }[]
  reviews: readonly ReviewDue[]
  may_edit: boolean
}

/** Every improvement, trouble first, with how far the market has come with them. */
export function ImprovementsPage({ found, filter, counts, modes, owners, reviews, may_edit }: Props) {
  const t = useTexts(texts)
  const words = useTexts(improvementWords)
  const mode_words = useTexts(modeWords)
  const { language, now } = useReading()
  const { mode } = filter
  const asked = askedOf(filter)
  const all = counts.counts.reduce((sum, { count }) => sum + count, 0)
  const like = (shown: string) => listAddress('/improvements', { ...(mode !== 'actual' && { mode }), shown })
  return (
    <Layout
      title={words.name}
      mode={drillOnly(mode)}
      live="/improvements"
      label={labelOf.improvement}
      refresh_at={dayEnd(now)}
      wide
    >
      <h1>{words.name}</h1>
      <p>{t.lead}</p>
      {may_edit && (
        <p>
          <ButtonLink href="/improvements/new" kind="solid-fill">
            {t.add}
          </ButtonLink>
        </p>
      )}
      {counts.overdue > 0 && (
        <Banner kind="warning" title={t.overdue(counts.overdue)}>
          <a href={like('overdue')}>{t.overdue_link}</a>
        </Banner>
      )}
      {reviews.length > 0 && (
        <Banner kind="info" title={t.reviews(reviews.length)}>
          <ul>
            {reviews.map((review) => (
              <li key={review.id}>
                <ItemLink item={review} />
                <Brackets>
                  {review.next_on && dueWords(language, review.next_on, now)}
                  {t.comma}
                  <Who {...review} />
                </Brackets>
              </li>
            ))}
          </ul>
        </Banner>
      )}
      <ShareBar
        label={t.picture(all, counts.overdue)}
        shares={counts.counts.map(({ state, count }) => ({
          key: state,
          look: stateLooks[state],
          text: words.states[state],
          count,
          href: like(state),
        }))}
      />
      <Listing
        path="/improvements"
        caption={t.caption}
        columns={improvementColumns(language)}
        found={found}
        rowKey={({ id }) => id}
        empty={{ title: t.empty, next: may_edit ? t.empty_desk : t.empty_reader }}
        asked={asked}
        has_csv
        search={{
          act: t.act,
          is_folded: true,
          nothing: { title: t.none, next: t.none_next, all: t.all },
          fields: (
            <>
              <TextInput name="q" type="search" label={t.q} hint={t.q_hint} value={filter.q} />
              <Select
                name="shown"
                label={t.shown}
                value={filter.shown ?? ''}
                empty={t.every}
                options={shownChoices.map((value) => ({
                  value,
                  text: value === 'unclosed' ? t.unclosed : value === 'overdue' ? t.over : words.states[value],
                }))}
              />
              <Select
                name="source"
                label={t.source}
                value={filter.source ?? ''}
                empty={t.every}
                options={sources.map((value) => ({ value, text: words.sources[value] }))}
              />
              {owners.length > 0 && (
                <Select
                  name="owner"
                  label={t.owner_of}
                  value={filter.owner ?? ''}
                  empty={t.every}
                  options={owners.map((one) => ({ value: one.id, text: named(language, one) }))}
                />
              )}
              {modes.some((one) => one !== 'actual') && (
                <Select
                  name="mode"
                  label={t.mode}
                  value={mode}
                  options={(['actual', 'exercise', 'test'] as const).map((value) => ({
                    value,
                    text: mode_words[value],
                  }))}
                />
              )}
            </>
          ),
        }}
      />
    </Layout>
  )
}

/** What the pager and the file keep of what was asked for. */
export const askedOf = ({ q, source, shown, owner, mode }: Filter) => ({
  ...{ q, source, shown, owner },
  mode: mode === 'actual' ? null : mode,
})
