import { Brackets } from '#ground/html/brackets.tsx'
import { Chip, type Look } from '#ground/html/chip.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { DataTable } from '#ground/html/table.tsx'
import { Time } from '#ground/html/time.tsx'
import type { BodyNow, MarketState } from './queries.ts'
import { activationTexts } from './texts.tsx'
import { activationWords, marketName } from './words.ts'

const looks: Record<MarketState['state'], Look> = { not_activated: 'none', activated: 'partial', lifted: 'resumed' }

/** How one market's BCP stands: the state now, and what is decided and does not hold yet, each with its time. */
export function StateChip({ of: { state, last, coming } }: { of: MarketState }) {
  const words = useTexts(activationWords)
  const t = useTexts(activationTexts)
  return (
    <>
      <Chip look={looks[state]}>
        {words.states[state]}
        {last && <> {t.since_time(<Time at={last.effective_at} />)}</>}
      </Chip>
      {coming.map(
        ({ id, step, effective_at }) =>
          step !== 'corrected' && (
            <Chip key={id} look="waiting">
              {words.coming[step]} {t.since_time(<Time at={effective_at} />)}
            </Chip>
          ),
      )}
    </>
  )
}

/** Every market with its state, since when, and whose decision it is. */
export function StatesTable({
  states,
  bodies,
  caption,
}: {
  states: readonly MarketState[]
  bodies: readonly BodyNow[]
  caption: string
}) {
  const t = useTexts(activationTexts)
  const { language } = useReading()
  return (
    <DataTable
      caption={caption}
      rows={states}
      rowKey={({ market, mode }) => `${mode} ${market}`}
      columns={[
        {
          head: t.market,
          cell: ({ market }) => <a href={`/activations/markets/${market}`}>{marketName(language, market)}</a>,
        },
        { head: t.state, cell: (state) => <StateChip of={state} /> },
        {
          head: t.decided_at,
          cell: ({ last, coming }) => {
            const word = coming.at(-1) ?? last
            return word ? (
              <a href={`/activations/${word.id}`}>
                <Time at={word.decided_at} with_date />
              </a>
            ) : (
              t.none
            )
          },
        },
        {
          head: t.body,
          cell: ({ market, last, coming }) => {
            const word = coming.at(-1) ?? last
            const body = bodies.find((each) => each.market === market)
            if (word) return <Body of={word} />
            return body ? nameOf(language, body) : t.no_body
          },
        },
      ]}
    />
  )
}

type OfBody = { body_ja: string; body_en: string }
export const nameOf = (language: 'ja' | 'en', { body_ja, body_en }: OfBody) =>
  named(language, { name_ja: body_ja, name_en: body_en })

/** Whose decision it was, as it was called then; what the desk recorded in its place says so. */
export function Body({ of }: { of: OfBody & { is_on_behalf: boolean } }) {
  const t = useTexts(activationTexts)
  const { language } = useReading()
  return (
    <>
      {nameOf(language, of)}
      {of.is_on_behalf && <Brackets>{t.by_desk}</Brackets>}
    </>
  )
}
