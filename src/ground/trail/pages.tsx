import { Button, ButtonLink } from '#ground/html/button.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { Empty } from '#ground/html/empty.tsx'
import { ErrorSummary } from '#ground/html/error-summary.tsx'
import { Form, HiddenFields, type Problems } from '#ground/html/forms.tsx'
import { type Language, named } from '#ground/html/language.ts'
import { Layout } from '#ground/html/layout.tsx'
import { besideOthers } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { listAddress } from '#ground/lists/address.ts'
import { csv_rows_max } from '#ground/lists/csv.ts'
import type { ListColumn } from '#ground/lists/listing.tsx'
import { ShowAll } from '#ground/lists/pagination.tsx'
import type { Wanted } from '#ground/lists/wanted.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { actionWords, graveActions } from './actions.ts'
import { sayDetails } from './details/say-details.ts'
import { FilterPart } from './filter-part.tsx'
import type { Named, ToAsk, TrailLine } from './queries.ts'
import type { Sought } from './sought.ts'
import { trailTexts } from './texts.ts'

type Props = {
  lines: TrailLine[]
  sought: Sought
  /** The line below which these begin, if not with the newest. */
  before: string | undefined
  /** The last of these, if there are older ones, and how many those are, if they were counted. */
  older: { before: string; count: number | null } | null
  size: Wanted['size']
  /** The one person whose lines these are, if they were asked for by id. */
  person: Named | null
  situations: ToAsk[]
  problems: Problems
}

export function TrailPage({ lines, sought, before, older, size, person, situations, problems }: Props) {
  const t = useTexts(trailTexts)
  const { language } = useReading()
  const is_narrowed = Object.values(sought).some(Boolean)
  return (
    <Layout title={t.title} label={labelOf.trail} wide>
      <h1>{t.title}</h1>
      <ErrorSummary problems={problems} />
      <p>{t.lead}</p>
      {person && (
        <p>
          {t.of(named(language, person))} <a href="/trail">{t.all}</a>
        </p>
      )}
      <p>
        <a href={listAddress('/trail/readings', { person: person?.id })}>{t.readings}</a>
      </p>
      <FilterPart {...{ sought, person, situations, problems }} />
      <DataTable
        caption={
          <>
            {t.caption} {lines.length > 0 && <small>{t.part(lines[0]?.id ?? '', lines.at(-1)?.id ?? '')}</small>}{' '}
            {older && (
              <small className={size === 'all' ? undefined : 'dads-print-only'}>{t.older_missing(older.count)}</small>
            )}
          </>
        }
        rows={lines}
        rowKey={(line) => line.id}
        empty={
          is_narrowed ? (
            <Empty title={t.none}>
              {t.none_next} <a href="/trail">{t.all}</a>
            </Empty>
          ) : (
            <Empty title={t.empty}>{t.empty_next}</Empty>
          )
        }
        columns={trailColumns(language)}
      />
      {older && (
        <ButtonLink href={listAddress('/trail', { ...sought, before: older.before }, { size })}>{t.older}</ButtonLink>
      )}
      {size === 'all' ? (
        <p className="dads-pagination">
          <a href={listAddress('/trail', { ...sought, before })}>{t.in_pages}</a>
        </p>
      ) : (
        older && <ShowAll href={listAddress('/trail', { ...sought, before }, { size: 'all' })} />
      )}
      {lines.length > 0 && (
        <Form action="/trail/export">
          <p>{is_narrowed ? t.export_narrowed(csv_rows_max) : t.export_all(csv_rows_max)}</p>
          <HiddenFields fields={Object.fromEntries(Object.entries(sought).filter(([, value]) => value !== ''))} />
          <Button kind="outline">{t.export}</Button>
        </Form>
      )}
    </Layout>
  )
}

/** What the page and its file say of each line. */
export function trailColumns(language: Language): ListColumn<TrailLine>[] {
  const t = trailTexts[language]
  const whoOf = (line: TrailLine) =>
    line.person_id ? line.who + institutionOf(language, line) : `${t.program}: ${line.who}`
  // Real and drill stand beside each other here: each says what it is.
  const actionOf = ({ action, mode }: TrailLine) => {
    const words = actionWords[language][action]
    return mode ? besideOthers(language, mode, words) : words
  }
  const factsOf = ({ details }: TrailLine) => sayDetails(language, details)
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
