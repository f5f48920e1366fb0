import type { ReactNode } from 'react'
import { inBoth } from './language.ts'
import { useTexts } from './render.tsx'
import { Age, Time } from './time.tsx'

export type Entry = {
  key: string
  at: Date
  title: ReactNode
  /** Who said or did it. */
  by?: ReactNode
  body?: ReactNode
  /** When a later entry corrected this one: it stays readable, struck through. */
  corrected_at?: Date | undefined
  /** When the entry that this one corrects was made. */
  corrects_at?: Date | undefined
}

const texts = inBoth({
  ja: { corrected: 'に訂正されました', corrects: (time: ReactNode) => <>{time} の内容を訂正</> },
  en: { corrected: ': corrected', corrects: (time: ReactNode) => <>Corrects what was said at {time}</> },
})

/** What happened, in the order given; a correction and what it corrects name each other's time. */
export function Timeline({ entries }: { entries: readonly Entry[] }) {
  const words = useTexts(texts)
  return (
    <ol className="dads-timeline">
      {entries.map(({ key, at, title, by, body, corrected_at, corrects_at }) => (
        <li key={key} className="dads-timeline__entry">
          <p className="dads-timeline__when">
            <Time at={at} />{' '}
            <span className="dads-timeline__age">
              <Age at={at} />
            </span>
          </p>
          <p className="dads-timeline__title">{corrected_at ? <del>{title}</del> : title}</p>
          {by && <p className="dads-timeline__by">{by}</p>}
          {corrected_at && (
            <p className="dads-timeline__note">
              <Time at={corrected_at} />
              {words.corrected}
            </p>
          )}
          {corrects_at && <p className="dads-timeline__note">{words.corrects(<Time at={corrects_at} />)}</p>}
          {body && <div className="dads-timeline__body">{corrected_at ? <del>{body}</del> : body}</div>}
        </li>
      ))}
    </ol>
  )
}
