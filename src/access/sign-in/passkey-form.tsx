import type { ReactNode } from 'react'
import { asset } from '#ground/html/assets.ts'
import { Form, HiddenFields } from '#ground/html/forms.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useTexts } from '#ground/html/render.tsx'

const texts = inBoth({
  ja: {
    cancelled: 'パスキーの操作が取り消されたか、時間切れになりました。もう一度お試しください。',
    known: 'この端末のパスキーはすでに登録されています。',
    failed: 'パスキーを使えませんでした。通信を確かめて、もう一度お試しください。',
  },
  en: {
    cancelled: 'The passkey prompt was closed or timed out. Please try again.',
    known: 'The passkey of this device is registered already.',
    failed: 'The passkey could not be used. Check the connection and try again.',
  },
})

type Props = {
  /** `get`: sign in with one. `create`: make one. */
  act: 'get' | 'create'
  /** Takes the answer of the device. */
  action: string
  /** Gives the challenge. */
  options: string
  fields?: Record<string, string>
  button: ReactNode
  /** What to do where there is no script, or the browser has no passkeys. */
  instead: ReactNode
  children?: ReactNode
}

/**
 * The same button within a form that may also be sent otherwise: its answer goes into the field `name`. Shown by a script
 * alone; the form says what else there is.
 */
export function PasskeyButton({
  name,
  options,
  kind,
  children,
}: {
  name: string
  options: string
  kind: 'solid-fill' | 'outline'
  children: ReactNode
}) {
  const t = useTexts(texts)
  return (
    <>
      <script type="module" src={asset('passkey.js')} />
      <div
        hidden
        data-passkey="get"
        data-field={name}
        data-options={options}
        data-cancelled={t.cancelled}
        data-failed={t.failed}
      >
        <HiddenFields fields={{ [name]: '' }} />
        <button type="button" className="dads-button" data-type={kind} data-size="lg">
          {children}
        </button>
        <p role="alert" className="dads-form-control-label__error-text" />
      </div>
    </>
  )
}

/** A button for a passkey, and only where it works: a script shows it, and hides the sentence that stands in for it. */
export function PasskeyForm({ act, action, options, fields = {}, button, instead, children }: Props) {
  const t = useTexts(texts)
  return (
    <>
      <script type="module" src={asset('passkey.js')} />
      <div
        hidden
        data-passkey={act}
        data-options={options}
        data-cancelled={t.cancelled}
        data-known={t.known}
        data-failed={t.failed}
      >
        <Form action={action}>
          <HiddenFields fields={{ ...fields, response: '' }} />
          {children}
          <button type="button" className="dads-button" data-type="solid-fill" data-size="lg">
            {button}
          </button>
          <p role="alert" className="dads-form-control-label__error-text" />
        </Form>
      </div>
      <p data-without-passkey="">{instead}</p>
    </>
  )
}
