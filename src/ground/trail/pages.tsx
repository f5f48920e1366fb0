import { ButtonLink } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { modeWords } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { listAddress } from '#ground/lists/address.ts'
import { CsvLink, type ListColumn } from '#ground/lists/listing.tsx'
import { ShowAll } from '#ground/lists/pagination.tsx'
import type { Wanted } from '#ground/lists/wanted.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { actionWords, graveActions } from './actions.ts'
import type { Named, TrailLine } from './queries.ts'

export const trailTexts = inBoth({
  ja: {
    title: '監査証跡',
    lead: 'だれが、いつ、何をしたかの記録です。書き換えも削除もできません。',
    caption: '新しい順',
    part: (from: string, to: string) => `番号 ${from}〜${to}`,
    older_missing: (count: number | null) =>
      `これより古い${count === null ? '記録' : `${count.toLocaleString('en')}件`}はここにありません`,
    in_pages: 'ページに分けて表示',
    number: '番号',
    at: '日時',
    who: '人',
    action: 'したこと',
    about: '対象',
    details: '詳細',
    older: '古い記録を見る',
    of: (name: string) => `${name}が行ったことだけを出しています。`,
    all: 'すべての記録を見る',
    readings: '閲覧記録を見る',
    empty: '記録はまだありません',
    empty_next: 'サインインや報告など、何かが行われると、ここに残ります。',
    program: 'システム',
  },
  en: {
    title: 'Audit trail',
    lead: 'Who did what, and when. Nothing here can be changed or removed.',
    caption: 'Newest first',
    part: (from: string, to: string) => `lines ${from} to ${to}`,
    older_missing: (count: number | null) =>
      `${count === null ? 'Older lines' : `${count.toLocaleString('en')} older lines`} are not shown here`,
    in_pages: 'Show page by page',
    number: 'Line',
    at: 'When',
    who: 'Who',
    action: 'What',
    about: 'About',
    details: 'Details',
    older: 'See older lines',
    of: (name: string) => `Only what ${name} did is shown.`,
    all: 'See all lines',
    readings: 'See who read what',
    empty: 'There are no lines yet',
    empty_next: 'Signing in, reporting and everything else that is done leaves its line here.',
    program: 'Program',
  },
})

type Props = {
  lines: TrailLine[]
  /** The line below which these begin, if not with the newest. */
  before?: string | undefined
  /** The last of these, if there are older ones, and how many those are, if they were counted. */
  older: { before: string; count: number | null } | null
  size: Wanted['size']
  /** The one person whose lines these are, if only theirs were asked for. */
  person?: Named | null
}

export function TrailPage({ lines, before, older, size, person = null }: Props) {
  const t = useTexts(trailTexts)
  const { language } = useReading()
  return (
    <Layout title={t.title} label={labelOf.trail} wide>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      {person && (
        <p>
          {t.of(named(language, person))} <a href="/trail">{t.all}</a>
        </p>
      )}
      <p>
        <a href={person ? `/trail/readings?person=${person.id}` : '/trail/readings'}>{t.readings}</a>
      </p>
      <DataTable
        caption={
          <>
            {t.caption} <small>{t.part(lines[0]?.id ?? '', lines.at(-1)?.id ?? '')}</small>{' '}
            {older && (
              <small className={size === 'all' ? undefined : 'dads-print-only'}>{t.older_missing(older.count)}</small>
            )}
          </>
        }
        rows={lines}
        rowKey={(line) => line.id}
        empty={<Empty title={t.empty}>{t.empty_next}</Empty>}
        columns={trailColumns(language)}
      />
      {older && (
        <ButtonLink href={listAddress('/trail', { person: person?.id, before: older.before }, { size })}>
          {t.older}
        </ButtonLink>
      )}
      {size === 'all' ? (
        <p className="dads-pagination">
          <a href={listAddress('/trail', { person: person?.id, before })}>{t.in_pages}</a>
        </p>
      ) : (
        older && <ShowAll href={listAddress('/trail', { person: person?.id, before }, { size: 'all' })} />
      )}
      {lines.length > 0 && <CsvLink path="/trail" asked={{ person: person?.id, before }} />}
    </Layout>
  )
}

/** What the page and its file say of each line. */
export function trailColumns(language: Language): ListColumn<TrailLine>[] {
  const t = trailTexts[language]
  const whoOf = (line: TrailLine) =>
    line.person_id ? line.who + institutionOf(language, line) : `${t.program}: ${line.who}`
  const actionOf = ({ action, mode }: TrailLine) => {
    const words = actionWords[language][action]
    return mode && mode !== 'actual' ? `【${modeWords[language][mode]}】${words}` : words
  }
  return [
    { head: t.number, cell: ({ id }) => id, text: ({ id }) => id, numeric: true },
    { head: t.at, cell: ({ at }) => <Time at={at} with_date with_seconds />, text: ({ at }) => at },
    { head: t.who, cell: whoOf, text: whoOf },
    {
      head: t.action,
      cell: (line) => {
        const is_real = !line.mode || line.mode === 'actual'
        return is_real && graveActions.has(line.action) ? <Chip look="severe">{actionOf(line)}</Chip> : actionOf(line)
      },
      text: actionOf,
    },
    {
      head: t.about,
      cell: ({ about }) => <AboutLink about={about} />,
      text: ({ about }) => about,
    },
    { head: t.details, cell: factsOf, text: factsOf },
  ]
}

/** Short on a screen; paper, which nobody can press, has the whole of it. */
export const AboutLink = ({ about }: { about: string }) => (
  <a href={about}>
    <span className="dads-screen-only">{about.replace(/([0-9a-f]{8})-[0-9a-f-]{27}/, '$1…')}</span>
    <span className="dads-print-only">{about}</span>
  </a>
)

function institutionOf(language: Language, { institution_ja, institution_en }: TrailLine) {
  if (!institution_ja) return ''
  const name = named(language, { name_ja: institution_ja, name_en: institution_en })
  return language === 'ja' ? `（${name}）` : ` (${name})`
}

const factsOf = ({ details }: TrailLine) =>
  Object.entries(details)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' / ')
