import type { ImprovementSource, ImprovementState } from '#ground/db/tables.ts'
import type { Role } from '#ground/rights/person.ts'

export type { ImprovementSource, ImprovementState } from '#ground/db/tables.ts'

/** Where somebody noticed that something could be better. */
export const sources = [
  'peacetime_use',
  'overseas',
  'domestic',
  'situation',
  'exercise',
  'inspection',
  'other',
] as const satisfies readonly ImprovementSource[]

export const states = ['open', 'doing', 'done', 'verified', 'dropped'] as const satisfies readonly ImprovementState[]

/** Those of which nobody waits for anything. */
export const closed_states = ['verified', 'dropped'] as const satisfies readonly ImprovementState[]
export const isClosed = (state: ImprovementState): boolean => (closed_states as readonly string[]).includes(state)

/** What may become of one; the first is what is meant to. Whatever was closed can be opened again. */
export const stepsFrom: Record<ImprovementState, readonly [ImprovementState, ...ImprovementState[]]> = {
  open: ['doing', 'dropped'],
  doing: ['done', 'dropped'],
  done: ['verified', 'doing'],
  verified: ['open'],
  dropped: ['open'],
}

/** A day that has passed is overdue as long as something is still to be done, a proof of it included. Civil days. */
export const isOverdue = ({ state, due_on }: { state: ImprovementState; due_on: string | null }, today: string) =>
  !isClosed(state) && due_on !== null && due_on < today

type Owned = { owner_person_id: string | null; owner_institution_id: string | null; due_on: string | null }

/** What is worked on has somebody who answers for it, and a day. */
export const hasOwnerAndDay = ({ owner_person_id, owner_institution_id, due_on }: Owned): boolean =>
  due_on !== null && (owner_person_id !== null || owner_institution_id !== null)

/** Whoever did it, or answers for it, does not say that it is proved. */
export const mayVerify = (by: { id: string }, { owner_person_id, done_by }: Owned & { done_by: string | null }) =>
  by.id !== owner_person_id && by.id !== done_by

export type Proof = { evidence: string; evidence_file_id: string | null; evidence_item_id: string | null }
export const proves = ({ evidence, evidence_file_id, evidence_item_id }: Proof): boolean =>
  evidence !== '' || evidence_file_id !== null || evidence_item_id !== null

/** Of whom an improvement may be: those who run the market's desk and who prepare its command centre. */
export const owner_roles: readonly Role[] = [
  'secretariat',
  'secretariat_approver',
  'council_member',
  'command_centre_member',
]
