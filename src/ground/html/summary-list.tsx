import type { ReactNode } from 'react'

export type SummaryItem = {
  term: string
  value: ReactNode
  /** Where the answer is changed; `text` is the verb, the term is read out behind it. */
  action?: { href: string; text: string } | undefined
}

/** Names and values: what is known about something, or the answers to check before they are sent. */
export const SummaryList = ({ items }: { items: readonly SummaryItem[] }) => (
  <dl className="dads-summary-list">
    {items.map(({ term, value, action }) => (
      <div key={term} className="dads-summary-list__row">
        <dt className="dads-summary-list__term">{term}</dt>
        <dd className="dads-summary-list__value">{value}</dd>
        {action && (
          <dd className="dads-summary-list__action">
            <a href={action.href}>
              {action.text}
              <span className="dads-visually-hidden"> {term}</span>
            </a>
          </dd>
        )}
      </div>
    ))}
  </dl>
)
