import type { ReactNode } from 'react'

type Looks = {
  /** One solid-fill button a page: its main act. */
  kind?: 'solid-fill' | 'outline' | 'text'
  size?: 'lg' | 'md'
  /** For what reaches the public or cannot be taken back. */
  danger?: boolean
  children: ReactNode
}

/** Sends the form it stands in. Named with its verb and object: 「状況を報告する」. */
export const Button = ({
  kind = 'solid-fill',
  size = 'lg',
  danger,
  children,
  name,
  value,
  form,
}: Looks & { name?: string; value?: string; form?: string }) => (
  <button
    type="submit"
    className="dads-button"
    data-type={kind}
    data-size={size}
    data-danger={danger ? '' : undefined}
    name={name}
    value={value}
    form={form}
  >
    {children}
  </button>
)

/** Goes to another page and looks like a button. */
export const ButtonLink = ({ kind = 'outline', size = 'lg', danger, children, href }: Looks & { href: string }) => (
  <a className="dads-button" data-type={kind} data-size={size} data-danger={danger ? '' : undefined} href={href}>
    {children}
  </a>
)

/** Buttons side by side, below each other on a phone; dense ones, of a word or two, stand there in pairs. */
export const Buttons = ({ children, dense }: { children: ReactNode; dense?: boolean }) => (
  <div className="dads-buttons" data-dense={dense ? '' : undefined}>
    {children}
  </div>
)
