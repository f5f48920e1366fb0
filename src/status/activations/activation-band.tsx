import { inBoth } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { MarketState } from './queries.ts'
import { StateChip } from './state-parts.tsx'
import { marketName } from './words.ts'

const texts = inBoth({
  ja: { title: '市場のBCP発動状況', calm: 'どの市場のBCPも発動していません', see: 'くわしく見る' },
  en: { title: 'BCPs of the markets', calm: 'No market’s BCP is activated', see: 'See more' },
})

/** How every market's BCP stands, in one band: for boards and the home page. While nothing was ever decided it is one line. */
export function ActivationBand({ states }: { states: readonly MarketState[] }) {
  const t = useTexts(texts)
  const { language } = useReading()
  const mode = states[0]?.mode ?? 'actual'
  const is_calm = states.every(({ last, coming }) => last === null && coming.length === 0)
  return (
    <section aria-labelledby="bcps">
      <h2 id="bcps">{markedTitle(language, mode, t.title)}</h2>
      {is_calm ? (
        <p>
          {t.calm} <a href="/activations">{t.see}</a>
        </p>
      ) : (
        <ul>
          {states.map((state) => (
            <li key={state.market}>
              <a href={`/activations/markets/${state.market}`}>{marketName(language, state.market)}</a>{' '}
              <StateChip of={state} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
