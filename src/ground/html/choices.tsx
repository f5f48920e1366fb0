import type { ReactNode } from 'react'
import { type Look, LookIcon } from './chip.tsx'
import { describedBy, Required, Support } from './forms.tsx'

export type Choice = { value: string; text: ReactNode; hint?: ReactNode; look?: Look }

type Group = {
  name: string
  /** Where several groups share a name, each has an id of its own. */
  id?: string
  legend: ReactNode
  hint?: ReactNode
  problem?: string | undefined
  required?: boolean
  /** `segmented` sets up to six short choices side by side, in one or two rows on a phone; `grid` as many as fit in each row. */
  layout?: 'stack' | 'segmented' | 'grid'
}

/** One of several. The whole box of a choice is the target. */
export const Radios = ({
  choices,
  value,
  ...group
}: Group & { choices: readonly Choice[]; value?: string | undefined }) => (
  <Fieldset {...group} is_many={choices.length > 5}>
    {choices.map((choice, index) => (
      <Option
        key={choice.value}
        choice={choice}
        input={{ type: 'radio', name: group.name, checked: choice.value === value, required: group.required === true }}
        id={index === 0 ? (group.id ?? group.name) : `${group.id ?? group.name}-${choice.value}`}
      />
    ))}
  </Fieldset>
)

/** Any number of several; read with `formLists`. */
export const Checkboxes = ({
  choices,
  values = [],
  ...group
}: Group & { choices: readonly Choice[]; values?: readonly string[] | undefined }) => (
  <Fieldset {...group}>
    {choices.map((choice, index) => (
      <Option
        key={choice.value}
        choice={choice}
        input={{ type: 'checkbox', name: group.name, checked: values.includes(choice.value) }}
        id={index === 0 ? (group.id ?? group.name) : `${group.id ?? group.name}-${choice.value}`}
      />
    ))}
  </Fieldset>
)

/** A single yes; absent from the form when not ticked. */
export const Checkbox = ({
  name,
  text,
  value = 'yes',
  checked = false,
  hint,
  problem,
  required = false,
}: {
  name: string
  text: ReactNode
  value?: string
  checked?: boolean
  hint?: ReactNode
  problem?: string | undefined
  required?: boolean
}) => (
  <div className="dads-form-control-label" data-invalid={problem ? '' : undefined}>
    <Support name={name} problem={problem} />
    <Option
      id={name}
      choice={{ value, text: required ? [text, <Required key="required" when />] : text, hint }}
      input={{
        type: 'checkbox',
        name,
        checked,
        required,
        invalid: Boolean(problem),
        describedBy: describedBy({ name, problem }),
      }}
    />
  </div>
)

function Fieldset({
  name: field,
  id: name = field,
  legend,
  hint,
  problem,
  required,
  layout = 'stack',
  is_many = false,
  children,
}: Group & { is_many?: boolean; children: ReactNode }) {
  return (
    <fieldset
      className="dads-form-control-label dads-choices"
      data-layout={layout}
      data-many={is_many ? '' : undefined}
      data-invalid={problem ? '' : undefined}
      aria-describedby={describedBy({ name, hint, problem })}
    >
      <legend className="dads-form-control-label__label">
        {legend}
        <Required when={required} />
      </legend>
      <Support name={name} hint={hint} problem={problem} />
      <div className="dads-choices__list">{children}</div>
    </fieldset>
  )
}

type Input = {
  type: 'radio' | 'checkbox'
  name: string
  checked: boolean
  required?: boolean
  invalid?: boolean
  describedBy?: string | undefined
}

function Option({ id, choice, input }: { id: string; choice: Choice; input: Input }) {
  return (
    <label className="dads-choice" data-look={choice.look}>
      <input
        id={id}
        type={input.type}
        name={input.name}
        value={choice.value}
        defaultChecked={input.checked}
        required={input.required}
        aria-invalid={input.invalid || undefined}
        aria-describedby={input.describedBy}
      />
      {choice.look && <LookIcon look={choice.look} />}
      <span className="dads-choice__text">
        {choice.text}
        {choice.hint && <span className="dads-choice__hint">{choice.hint}</span>}
      </span>
    </label>
  )
}
