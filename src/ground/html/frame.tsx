import type { ReactNode } from 'react'
import type { Mode } from '#ground/db/tables.ts'
import { ModeMark } from './mode-mark.tsx'

/** The heading of a page: what it is, what kind of thing, and in a line what it says. */
export const PageHead = ({ title, kind, children }: { title: ReactNode; kind?: ReactNode; children?: ReactNode }) => (
  <div className="dads-page-head">
    {kind && <p className="dads-page-head__kind">{kind}</p>}
    <h1>{title}</h1>
    {children && <div className="dads-page-head__lead">{children}</div>}
  </div>
)

/** One matter among several on a page, such as a proposal to decide or a situation in a list; a drill beside the real thing looks like one, and what is real says so. */
export const Card = ({
  title,
  level: Heading = 'h3',
  mode,
  children,
}: {
  title?: ReactNode
  level?: 'h2' | 'h3'
  mode?: Mode
  children: ReactNode
}) => (
  <article className="dads-card" data-mode={mode === 'actual' ? undefined : mode}>
    {title && (
      <Heading className="dads-card__title">
        {mode === 'actual' && <ModeMark mode={mode} />}
        {title}
      </Heading>
    )}
    {children}
  </article>
)

/** Side by side at a desk, below each other on a phone. */
export const Columns = ({ children }: { children: ReactNode }) => <div className="dads-columns">{children}</div>

/** A few figures that must be seen first: 「450 / 500機関」. `note` says how old they are and who said so. */
export const Figures = ({
  items,
}: {
  items: readonly { term: string; figure: ReactNode; unit?: string; note?: ReactNode }[]
}) => (
  <dl className="dads-figures">
    {items.map(({ term, figure, unit, note }) => (
      <div key={term} className="dads-figures__item">
        <dt>{term}</dt>
        <dd>
          <b className="dads-figures__figure">{figure}</b>
          {unit && ` ${unit}`}
        </dd>
        {note && <dd className="dads-note">{note}</dd>}
      </div>
    ))}
  </dl>
)

/** A text that somebody typed, with its line ends. */
export const LongText = ({ children }: { children: string }) => <div className="dads-long-text">{children}</div>
