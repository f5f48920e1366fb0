import type { ItemKind, Label } from '#ground/db/tables.ts'
import { labels, mayRead } from '#ground/rights/labels.ts'
import { type Act, acts, may, NotAllowed } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Item } from './kinds.ts'

/** What is done with things of a register; the acts are called `<kind>.<verb>`, those of one’s own institution `…-own`. */
export type Verb = 'see' | 'edit' | 'comment'

/**
 * Whether the person may do this with this thing, as the database's own rules have it: what is the market's by the act of its
 * kind, what is an institution's by the act of the same name for their own, and in no other.
 */
export function mayOf(person: Person, verb: Verb, { kind, institution_id }: Pick<Item, 'kind' | 'institution_id'>) {
  if (institution_id === null) return may(person, `${kind}.${verb}`)
  const own: Act | undefined = acts.find((act: string) => act === `${kind}.${verb}-own`)
  return own !== undefined && person.institution_id === institution_id && may(person, own)
}

export function mustOf(person: Person, verb: Verb, item: Pick<Item, 'kind' | 'institution_id'>) {
  if (!mayOf(person, verb, item)) throw new NotAllowed(`${person.id} may not ${verb} this ${item.kind}`)
}

/** The labels under which the person may read what is the market's of this kind; who edits it reads all. */
export const labelsSeen = (person: Person, kind: ItemKind): Label[] =>
  labels.filter((label) => may(person, `${kind}.edit`) || mayRead(person, label, null))

/** Whether the person may read this thing: what is an institution's own has no label that closes it to its own people. */
export const maySee = (person: Person, item: Pick<Item, 'kind' | 'institution_id' | 'label'>): boolean =>
  mayOf(person, 'see', item) && (item.institution_id !== null || labelsSeen(person, item.kind).includes(item.label))
