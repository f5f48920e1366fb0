import { inBoth } from './language.ts'
import { modeWords } from './modes.ts'
import { useReading, useTexts } from './render.tsx'
import { Time } from './time.tsx'

const texts = inBoth({
  ja: { label: 'いま対応中の事案', open: '緊急　発生中', event: '発生' },
  en: { label: 'Open situations', open: 'EMERGENCY · ONGOING', event: 'since' },
})

/** What is going on, on every page; a drill or test says so at both ends of its line. */
export function OpenSituations() {
  const { open, language } = useReading()
  const words = useTexts(texts)
  return (
    <section id="open-situations" aria-label={words.label} hidden={open.length === 0}>
      {open.map(({ id, mode, title_ja, title_en, event_at }) => {
        const drill =
          mode === 'actual' ? null : <b className="dads-emergency-banner__drill">{modeWords[language][mode]}</b>
        return (
          <p key={id} className="dads-emergency-banner" data-mode={mode}>
            {drill ?? <b className="dads-emergency-banner__word">{words.open}</b>}
            <a href={`/situations/${id}`}>{language === 'ja' ? title_ja : title_en}</a>
            <span className="dads-emergency-banner__time">
              {language === 'ja' ? (
                <>
                  <Time at={event_at} /> {words.event}
                </>
              ) : (
                <>
                  {words.event} <Time at={event_at} />
                </>
              )}
            </span>
            {drill}
          </p>
        )
      })}
    </section>
  )
}
