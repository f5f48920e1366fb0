import type { Mode } from '#ground/db/tables.ts'
import { inBoth } from './language.ts'
import { modeWords } from './modes.ts'
import { type Reading, useReading, useTexts } from './render.tsx'
import { Time } from './time.tsx'

const texts = inBoth({
  ja: {
    label: 'いま対応中の事案',
    ongoing: '対応中の事案',
    open: '緊急　発生中',
    gathering: '情報収集中',
    event: '発生',
  },
  en: {
    label: 'Open situations',
    ongoing: 'Ongoing',
    open: 'EMERGENCY · ONGOING',
    gathering: 'GATHERING INFORMATION',
    event: 'since',
  },
})

const modes = ['actual', 'exercise', 'test'] as const

/**
 * What is going on, on every page. More than one, or one that is not of the page's own mode, folds into a line that counts
 * them: the word of a drill never stands above the title of something real as if it were its own.
 */
export function OpenSituations({ own_mode }: { own_mode: Mode | undefined }) {
  const { open, language } = useReading()
  const words = useTexts(texts)
  const t = useTexts(modeWords)
  const [first] = open
  const is_one = open.length === 1 && (own_mode === undefined || own_mode === first?.mode)
  return (
    <section id="open-situations" aria-label={words.label} hidden={open.length === 0}>
      {is_one && first && <Line situation={first} />}
      {!is_one && open.length > 0 && (
        <details>
          <summary className="dads-situations__line">
            {words.ongoing}
            {language === 'ja' ? '：' : ': '}
            {modes
              .map((mode) => [t[mode], open.filter((one) => one.mode === mode).length] as const)
              .filter(([, count]) => count > 0)
              .map(([word, count]) => `${word} ${count}`)
              .join(language === 'ja' ? '・' : ', ')}
          </summary>
          {open.map((situation) => (
            <Line key={situation.id} situation={situation} />
          ))}
        </details>
      )}
    </section>
  )
}

/** One of them; a drill or test says so at both ends of its line. */
function Line({
  situation: { id, mode, title_ja, title_en, event_at, is_gathering = false },
}: {
  situation: Reading['open'][number]
}) {
  const { language } = useReading()
  const words = useTexts(texts)
  const drill = mode === 'actual' ? null : <b className="dads-emergency-banner__drill">{modeWords[language][mode]}</b>
  return (
    <p className="dads-emergency-banner" data-mode={mode} data-stage={is_gathering ? 'gathering' : undefined}>
      {drill ?? <b className="dads-emergency-banner__word">{is_gathering ? words.gathering : words.open}</b>}
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
}
