import { Empty } from '#ground/html/empty.tsx'
import { Layout } from '#ground/html/layout.tsx'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Age } from '#ground/html/time.tsx'
import { listAddress } from '#ground/lists/address.ts'
import { CsvLink } from '#ground/lists/listing.tsx'
import type { Paged } from '#ground/lists/paged.ts'
import { ListPart, Pagination } from '#ground/lists/pagination.tsx'
import { labelOf } from '#ground/rights/labels.ts'
import { HistoryTimeline } from './history-timeline.tsx'
import type { BodyNow, EntryView, MarketState } from './queries.ts'
import { StatesTable } from './state-parts.tsx'
import { activationTexts } from './texts.tsx'
import { activationWords, marketName } from './words.ts'

/** How the BCP of each market stands, what waits for a second person, and everything that was decided. */
export function ActivationsPage({
  states,
  drills,
  bodies,
  waiting,
  found,
}: {
  states: readonly MarketState[]
  /** Of exercises and tests, those that say something. */
  drills: readonly MarketState[]
  bodies: readonly BodyNow[]
  waiting: readonly EntryView[]
  found: Paged<EntryView>
}) {
  const t = useTexts(activationTexts)
  return (
    <Layout title={t.title} live="/activations" refresh_at={nextOf([...states, ...drills])} label={labelOf.activation}>
      <h1>{t.title}</h1>
      <p>{t.lead}</p>
      <WaitingEntries entries={waiting} />
      <StatesTable states={states} bodies={bodies} caption={t.states} />
      {drills.length > 0 && <Drills states={drills} bodies={bodies} />}
      <section aria-labelledby="history">
        <h2 id="history">
          {t.history} <ListPart found={found} />
        </h2>
        {found.rows.length === 0 && found.page === 1 ? (
          <Empty title={t.no_history}>{t.no_history_next}</Empty>
        ) : (
          <>
            <p>{t.history_lead}</p>
            <HistoryTimeline entries={found.rows} />
            <Pagination found={found} href={(wanted) => listAddress('/activations', {}, wanted)} />
            <CsvLink path="/activations" />
          </>
        )}
      </section>
    </Layout>
  )
}

function Drills({ states, bodies }: { states: readonly MarketState[]; bodies: readonly BodyNow[] }) {
  const t = useTexts(activationTexts)
  const { language } = useReading()
  const modes = [...new Set(states.map(({ mode }) => mode))]
  return modes.map((mode) => (
    <StatesTable
      key={mode}
      states={states.filter((each) => each.mode === mode)}
      bodies={bodies}
      caption={markedTitle(language, mode, t.states_drill)}
    />
  ))
}

/** What was put forward and does not count yet, with the way to confirm it. */
export function WaitingEntries({ entries }: { entries: readonly EntryView[] }) {
  const t = useTexts(activationTexts)
  const words = useTexts(activationWords)
  const { language } = useReading()
  if (entries.length === 0) return null
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{t.waiting}</h2>
      <p>{t.waiting_lead}</p>
      <ul>
        {entries.map(({ id, mode, market, step, put_forward_at }) => (
          <li key={id}>
            <a href={`/activations/${id}`}>
              {markedTitle(language, mode, `${marketName(language, market)} ${words.steps[step]}`)}
            </a>{' '}
            <Age at={put_forward_at} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** When the next of what is decided begins to hold. */
export function nextOf(states: readonly MarketState[]): Date | null {
  const [first] = states
    .flatMap(({ coming }) => coming)
    .sort((a, b) => a.effective_at.getTime() - b.effective_at.getTime())
  return first?.effective_at ?? null
}
