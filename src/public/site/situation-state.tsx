import { Brackets } from '#ground/html/brackets.tsx'
import { Chip, Chips } from '#ground/html/chip.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import { statusWords } from '#ground/market/words.ts'
import { pageTexts } from './page-texts.tsx'
import { Condition, Freshness, UnknownSince } from './parts.tsx'
import { asSeen } from './seen.ts'
import type { ActivationState, FunctionState, InstitutionState, PublicSituation } from './snapshot.ts'
import { partWords, stepWords } from './words.ts'

export function Functions({ functions }: { functions: FunctionState[] }) {
  const { language } = useReading()
  const texts = useTexts(pageTexts)
  const words = useTexts(statusWords)
  return (
    <DataTable
      caption={texts.functions}
      rows={functions}
      rowKey={(row) => `${row.market} ${row.function_code}`}
      columns={[
        {
          head: texts.market_function,
          cell: (row) => `${words.markets[row.market]}${texts.of_market}${words.functions[row.function_code]}`,
        },
        { head: texts.condition, cell: (row) => <FunctionCondition of={row} /> },
        { head: texts.as_of, cell: (row) => <Freshness of={row} /> },
        {
          head: texts.source,
          cell: (row) => (language === 'ja' ? row.source_ja : row.source_en) || texts.source_unnamed,
        },
      ]}
    />
  )
}

/** The BCPs of the markets: what was decided last when this was published, and by whom. */
export function Activations({ activations, as_of }: { activations: ActivationState[]; as_of: string }) {
  const { language } = useReading()
  const texts = useTexts(pageTexts)
  const words = useTexts(stepWords)
  return (
    <DataTable
      caption={
        <>
          {texts.activations}
          <Brackets>
            {texts.as_of}
            {texts.of_market}
            <Time at={new Date(as_of)} />
          </Brackets>
        </>
      }
      rows={activations}
      rowKey={({ market }) => market}
      columns={[
        { head: texts.market, cell: (row) => (language === 'ja' ? row.market_ja : row.market_en) },
        { head: texts.activation, cell: ({ step }) => words[step] },
        {
          head: texts.effective_at,
          cell: ({ effective_at }) => (effective_at ? <Time at={new Date(effective_at)} /> : '—'),
        },
        { head: texts.body, cell: (row) => (language === 'ja' ? row.body_ja : row.body_en) || '—' },
      ]}
    />
  )
}

/** What is true of one of three institutions is never said as if of all. */
function FunctionCondition({ of }: { of: FunctionState }) {
  const { language, now } = useReading()
  const part = asSeen(of, now).unknown_since === null && partWords(of, language)
  return (
    <>
      <Condition of={of} />
      {part && <Brackets>{part}</Brackets>}
    </>
  )
}

export function Institutions({ institutions }: { institutions: InstitutionState[] }) {
  const { language } = useReading()
  const texts = useTexts(pageTexts)
  return (
    <DataTable
      caption={texts.institutions}
      rows={institutions}
      rowKey={(row) => `${row.name_ja} ${row.as_of}`}
      columns={[
        { head: texts.institution, cell: (row) => (language === 'ja' ? row.name_ja : row.name_en) },
        { head: texts.institution_kind, cell: (row) => (language === 'ja' ? row.kind_ja : row.kind_en) },
        { head: texts.condition, cell: (row) => <Condition of={row} /> },
        { head: texts.bcp, cell: (row) => <Bcp of={row} /> },
        { head: texts.resumption_at, cell: (row) => <Resumption of={row} /> },
        { head: texts.as_of, cell: (row) => <Freshness of={row} /> },
      ]}
    />
  )
}

/** What an institution said of its plan expires together with its condition (N-4). */
function Bcp({ of }: { of: InstitutionState }) {
  const { now } = useReading()
  const words = useTexts(statusWords)
  const { unknown_since } = asSeen(of, now)
  return unknown_since ? <UnknownSince at={unknown_since} /> : words.bcp[of.bcp]
}

function Resumption({ of }: { of: InstitutionState }) {
  const { now } = useReading()
  const { no_resumption } = useTexts(pageTexts)
  const { normal_at } = useTexts(statusWords)
  const { unknown_since } = asSeen(of, now)
  if (unknown_since) return <UnknownSince at={unknown_since} />
  if (of.resumption_at) return <Time at={new Date(of.resumption_at)} />
  if (of.condition === 'alternative' && of.normal_at)
    return (
      <>
        {normal_at} <Time at={new Date(of.normal_at)} />
      </>
    )
  return of.condition === 'partial' || of.condition === 'stopped' ? no_resumption : '—'
}

/** Not reported is counted apart and never as normal. */
export function Participants({
  participants,
  as_of,
}: {
  participants: NonNullable<PublicSituation['participants']>
  as_of: string
}) {
  const texts = useTexts(pageTexts)
  const words = useTexts(statusWords)
  const { asked, reported } = participants
  return (
    <section>
      <h3>{texts.participants}</h3>
      <p>
        {texts.participants_asked(asked, reported)}
        <Brackets>
          {texts.as_of}
          {texts.of_market}
          <Time at={new Date(as_of)} />
        </Brackets>
      </p>
      <Chips>
        {(['normal', 'alternative', 'partial', 'stopped', 'unknown'] as const).map((condition) => (
          <Chip key={condition} look={condition} count={participants[condition]}>
            {words.conditions[condition]}
          </Chip>
        ))}
        {participants.no_functions > 0 && (
          <Chip look="no_functions" count={participants.no_functions}>
            {words.no_functions}
          </Chip>
        )}
        <Chip look="not_reported" count={Math.max(0, asked - reported)}>
          {words.not_reported}
        </Chip>
      </Chips>
    </section>
  )
}
