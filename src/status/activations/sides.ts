import { may, mayIn } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

/** Whose word an entry is: the deciding body's own people entered it, or the desk in its place. */
export type Side = { institution_id: string; is_on_behalf: boolean }

/** The side on which a person enters for a body: their own institution's, or the desk's in its place; null: on neither. */
export function sideOf(by: Person, body: { institution_id: string }): Side | null {
  if (!mayIn(by, 'activation.enter', body.institution_id)) return null
  return { institution_id: body.institution_id, is_on_behalf: by.institution_id !== body.institution_id }
}

/** Whether a person is of the side that put an entry forward, and so may confirm or withdraw it. */
export const isOfSide = (by: Person, { institution_id, is_on_behalf }: Side): boolean =>
  is_on_behalf
    ? may(by, 'activation.enter')
    : by.institution_id === institution_id && mayIn(by, 'activation.enter', institution_id)
