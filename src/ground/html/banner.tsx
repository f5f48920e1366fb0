import { type ReactNode, useId } from 'react'

const shapes = {
  success: 'M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21m-1.6 15.3-4.6-4.6 1.7-1.7 2.9 2.9 6.1-6.1 1.7 1.7z',
  warning: 'M12 2 23 21.5H1zM11 9v6h2V9zm0 7.5v2h2v-2z',
  error: 'M7.6 1.5h8.8l6.1 6.1v8.8l-6.1 6.1H7.6l-6.1-6.1V7.6zM11 6.5v7h2v-7zm0 8.5v2.5h2V15z',
  info: 'M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21M11 10.5v7h2v-7zm0-4V9h2V6.5z',
} as const

export type BannerKind = keyof typeof shapes

/** The result of an act, or a warning, above the page's content. It stays: without a script nothing could close it. */
export function Banner({ kind, title, children }: { kind: BannerKind; title: ReactNode; children?: ReactNode }) {
  const id = useId()
  return (
    <section
      className="dads-notification-banner"
      data-type={kind}
      role={kind === 'success' || kind === 'error' ? 'alert' : 'region'}
      aria-labelledby={id}
    >
      <svg className="dads-notification-banner__icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={shapes[kind]} fillRule="evenodd" />
      </svg>
      <h2 className="dads-notification-banner__title" id={id}>
        {title}
      </h2>
      {children && <div className="dads-notification-banner__body">{children}</div>}
    </section>
  )
}
