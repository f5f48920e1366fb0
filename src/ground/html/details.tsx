import type { ReactNode } from 'react'

/** More for those who ask. With an id it stays as the reader left it when the page updates itself. */
export const Details = ({
  summary,
  children,
  open,
  id,
}: {
  summary: ReactNode
  children: ReactNode
  open?: boolean
  id?: string
}) => (
  <details className="dads-disclosure" open={open} id={id}>
    <summary className="dads-disclosure__summary">{summary}</summary>
    <div className="dads-disclosure__body">{children}</div>
  </details>
)
