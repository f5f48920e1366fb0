import { Brackets } from '#ground/html/brackets.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { HiddenFields, TextInput } from '#ground/html/forms.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { Listing } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import { labelNames, labelOf } from '#ground/rights/labels.ts'
import { AboutLink } from './pages.tsx'
import type { Named } from './queries.ts'
import type { Read } from './readings.ts'

const texts = inBoth({
  ja: {
    title: '閲覧記録',
    lead: 'ほかの機関についてのページと、取り扱いに注意が要るページを、だれがいつ見たかの記録です。同じ日の同じページは1行にまとめています。',
    of: (name: string) => `${name}の閲覧だけを出しています。`,
    all: 'すべての閲覧記録を見る',
    person: '人',
    person_hint: '氏名またはメールアドレスの一部',
    about: 'ページ',
    about_hint: 'アドレスの一部。例：/reports/',
    day: '日',
    day_wrong: '日を選び直してください',
    search: '閲覧記録を探す',
    caption: '新しい順',
    who: '人',
    what: 'ページ',
    label: '区分',
    first: '最初',
    last: '最後',
    times: '回数',
    empty: '当てはまる閲覧記録はありません',
    empty_next: '条件を変えて探してください。だれかがページを開くと、ここに残ります。',
    trail: '監査証跡へ戻る',
  },
  en: {
    title: 'Who read what',
    lead: 'Who opened pages about other institutions and pages with confidential content. One line a person, page and day.',
    of: (name: string) => `Only what ${name} read is shown.`,
    all: 'See all readings',
    person: 'Person',
    person_hint: 'Part of the name or mail address',
    about: 'Page',
    about_hint: 'Part of the address, such as /reports/',
    day: 'Day',
    day_wrong: 'Choose the day again',
    search: 'Find readings',
    caption: 'Newest first',
    who: 'Who',
    what: 'Page',
    label: 'Label',
    first: 'First',
    last: 'Last',
    times: 'Times',
    empty: 'No reading matches',
    empty_next: 'Change what is sought. A line appears here when somebody opens such a page.',
    trail: 'Back to the audit trail',
  },
})

type Props = {
  found: Paged<Read>
  asked: { person: string; about: string; day: string }
  /** The one person whose readings these are, if they were asked for by id. */
  person: Named | null
  /** True when the day could not be read. */
  problem: boolean
}

export function ReadingsPage({ found, asked, person, problem }: Props) {
  const t = useTexts(texts)
  const { language } = useReading()
  const problems = problem ? { day: t.day_wrong } : {}
  return (
    <Layout title={t.title} label={labelOf.trail} wide>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      {person && (
        <p>
          {t.of(named(language, person))} <a href="/trail/readings">{t.all}</a>
        </p>
      )}
      <Listing
        path="/trail/readings"
        caption={t.caption}
        found={found}
        rowKey={({ person_id, day, about }) => `${person_id} ${day} ${about}`}
        empty={{ title: t.empty, next: t.empty_next }}
        asked={{ ...asked, ...(person && { person: person.id }) }}
        search={{
          act: t.search,
          nothing: { title: t.empty, next: t.empty_next, all: t.all },
          fields: (
            <>
              {person ? (
                <HiddenFields fields={{ person: person.id }} />
              ) : (
                <TextInput name="person" label={t.person} hint={t.person_hint} value={asked.person} width="half" />
              )}
              <TextInput name="about" label={t.about} hint={t.about_hint} value={asked.about} width="half" />
              <TextInput type="date" name="day" label={t.day} value={asked.day} width="short" problem={problems.day} />
            </>
          ),
        }}
        columns={[
          {
            head: t.who,
            cell: (read) => (
              <>
                {named(language, read)}
                <Brackets>{named(language, { name_ja: read.institution_ja, name_en: read.institution_en })}</Brackets>
              </>
            ),
          },
          {
            head: t.what,
            cell: ({ about }) => <AboutLink about={about} />,
          },
          { head: t.label, cell: ({ label }) => labelNames[label] },
          { head: t.first, cell: ({ first_at }) => <Time at={first_at} with_date /> },
          { head: t.last, cell: ({ last_at }) => <Time at={last_at} with_date /> },
          { head: t.times, cell: ({ times }) => times, numeric: true },
        ]}
      />
      <p>
        <a href="/trail">{t.trail}</a>
      </p>
    </Layout>
  )
}
