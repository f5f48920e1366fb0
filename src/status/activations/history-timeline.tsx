import { LongText } from '#ground/html/frame.tsx'
import { named } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { Timeline } from '#ground/html/timeline.tsx'
import type { EntryView } from './queries.ts'
import { Body } from './state-parts.tsx'
import { activationTexts } from './texts.tsx'
import { activationWords, marketName } from './words.ts'

/** What was decided, by when it was decided; an error and its correction name each other's time. */
export function HistoryTimeline({ entries }: { entries: readonly EntryView[] }) {
  const t = useTexts(activationTexts)
  const words = useTexts(activationWords)
  const { language } = useReading()
  return (
    <Timeline
      entries={entries.map((entry) => ({
        key: entry.id,
        at: entry.decided_at,
        title: (
          <a href={`/activations/${entry.id}`}>
            {markedTitle(language, entry.mode, `${marketName(language, entry.market)} ${words.steps[entry.step]}`)}
          </a>
        ),
        by: <Body of={entry} />,
        body: (
          <>
            {entry.step !== 'corrected' && (
              <p>
                {t.from} <Time at={entry.effective_at} />
                {entry.criterion_version && <> {t.criteria_of(entry.criterion_version)}</>}
              </p>
            )}
            <LongText>{entry.reason}</LongText>
            {entry.situation_id && entry.title_ja && (
              <a href={`/situations/${entry.situation_id}`}>
                {named(language, { name_ja: entry.title_ja, name_en: entry.title_en })}
              </a>
            )}
          </>
        ),
        corrected_at: entry.corrected_at ?? undefined,
        corrects_at: entry.wrong_decided_at ?? undefined,
      }))}
    />
  )
}
