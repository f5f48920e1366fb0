import type { ReactNode } from 'react'

/** Nothing here yet: says so, and what to do next. */
export const Empty = ({ title, children }: { title: ReactNode; children: ReactNode }) => (
  <div className="dads-empty">
    <p className="dads-empty__title">{title}</p>
    <div className="dads-empty__next">{children}</div>
  </div>
)
