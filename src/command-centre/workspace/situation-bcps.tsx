import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import {
  ActivationBand,
  type EntryView,
  HistoryTimeline,
  type MarketState,
  marketName,
} from '#status/activations/index.ts'

const texts = inBoth({
  ja: {
    entries: 'この事案に関係する発動・解除',
    enter: 'この事案に関係する発動・解除を入力する：',
  },
  en: {
    entries: 'Decided in connection with this situation',
    enter: 'Enter what was decided in connection with this situation:',
  },
})

/** On the page of a situation: how every market's BCP stands, and what was decided about them in connection with it. */
export function SituationBcps({
  id,
  states,
  entries,
  to_enter,
}: {
  id: string
  states: readonly MarketState[]
  entries: readonly EntryView[]
  to_enter: readonly string[]
}) {
  const t = useTexts(texts)
  const { language } = useReading()
  return (
    <>
      <ActivationBand states={states} />
      {entries.length > 0 && (
        <>
          <h3>{t.entries}</h3>
          <HistoryTimeline entries={entries} />
        </>
      )}
      {to_enter.length > 0 && (
        <>
          <p>{t.enter}</p>
          <ul>
            {to_enter.map((market) => (
              <li key={market}>
                <a href={`/activations/markets/${market}/entries/new?situation=${id}`}>
                  {marketName(language, market)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
