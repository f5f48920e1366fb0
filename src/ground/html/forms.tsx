import type { ReactNode } from 'react'
import { inBoth } from './language.ts'
import { useTexts } from './render.tsx'

/** What is wrong, by field name. */
export type Problems = Record<string, string>

/** What a field's own control must carry, so that label, hint and error are read out with it. */
export type Wiring = {
  id: string
  name: string
  required?: true
  'aria-invalid'?: true
  'aria-describedby'?: string
}

type Named = {
  name: string
  label: ReactNode
  hint?: ReactNode
  problem?: string | undefined
  required?: boolean
}

const texts = inBoth({
  ja: { required: '※必須', error: 'エラー' },
  en: { required: '*Required', error: 'Error' },
})

/** A form that posts. The server checks it and answers in the reader's language, so the browser does not. */
export const Form = ({ action, children, id }: { action: string; children: ReactNode; id?: string }) => (
  <form method="post" action={action} noValidate id={id} className="dads-form">
    {children}
  </form>
)

export function Field({ children, ...field }: Named & { children: (wiring: Wiring) => ReactNode }) {
  return (
    <div className="dads-form-control-label" data-invalid={field.problem ? '' : undefined}>
      <label className="dads-form-control-label__label" htmlFor={field.name}>
        {field.label}
        <Required when={field.required} />
      </label>
      <Support {...field} />
      {children(wire(field))}
    </div>
  )
}

type TextType = 'text' | 'email' | 'password' | 'search' | 'tel' | 'url' | 'date' | 'datetime-local'

export const TextInput = ({
  type = 'text',
  value,
  width,
  autoComplete,
  inputMode,
  maxLength,
  suggestions = [],
  ...field
}: Named & {
  type?: TextType
  value?: string | undefined
  width?: 'short' | 'half'
  autoComplete?: string
  inputMode?: 'numeric' | 'email' | 'tel' | 'text'
  maxLength?: number
  /** What is often typed; anything else may be, too. */
  suggestions?: readonly string[]
}) => (
  <Field {...field}>
    {(wiring) => (
      <>
        <input
          className="dads-input-text"
          type={type}
          defaultValue={value}
          data-width={width}
          autoComplete={autoComplete}
          inputMode={inputMode}
          maxLength={maxLength}
          list={suggestions.length > 0 ? `${wiring.id}-list` : undefined}
          {...wiring}
        />
        {suggestions.length > 0 && (
          <datalist id={`${wiring.id}-list`}>
            {suggestions.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        )}
      </>
    )}
  </Field>
)

export const TextArea = ({
  value,
  rows = 4,
  maxLength,
  ...field
}: Named & { value?: string | undefined; rows?: number; maxLength?: number }) => (
  <Field {...field}>
    {(wiring) => (
      <textarea className="dads-textarea" rows={rows} defaultValue={value} maxLength={maxLength} {...wiring} />
    )}
  </Field>
)

/** `empty` is the text of a first choice that means none; without it the first option is chosen. */
export const Select = ({
  options,
  value,
  empty,
  ...field
}: Named & { options: readonly { value: string; text: string }[]; value?: string | undefined; empty?: string }) => (
  <Field {...field}>
    {(wiring) => (
      <select className="dads-select" defaultValue={value} {...wiring}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    )}
  </Field>
)

/** Fields that travel with the form and that nobody sees. */
export const HiddenFields = ({ fields }: { fields: Record<string, string> }) =>
  Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)

/** Says in words that an answer is needed; the colour only helps. */
export function Required({ when }: { when: boolean | undefined }) {
  const { required } = useTexts(texts)
  return when ? <span className="dads-form-control-label__requirement">{required}</span> : null
}

/** Hint and error of a field, under the ids that `wire` points at. */
export function Support({ name, hint, problem }: Pick<Named, 'name' | 'hint' | 'problem'>) {
  const { error } = useTexts(texts)
  return (
    <>
      {hint && (
        <div id={`${name}-hint`} className="dads-form-control-label__support-text">
          {hint}
        </div>
      )}
      {problem && (
        <p id={`${name}-problem`} className="dads-form-control-label__error-text">
          <span className="dads-visually-hidden">{error}: </span>
          {problem}
        </p>
      )}
    </>
  )
}

export const describedBy = ({ name, hint, problem }: Pick<Named, 'name' | 'hint' | 'problem'>): string | undefined =>
  [problem && `${name}-problem`, hint && `${name}-hint`].filter(Boolean).join(' ') || undefined

function wire(field: Pick<Named, 'name' | 'hint' | 'problem' | 'required'>): Wiring {
  const described = describedBy(field)
  return {
    id: field.name,
    name: field.name,
    ...(field.required && { required: true as const }),
    ...(field.problem && { 'aria-invalid': true as const }),
    ...(described && { 'aria-describedby': described }),
  }
}
