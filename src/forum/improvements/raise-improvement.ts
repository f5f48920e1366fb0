import type { Tx } from '#ground/db/database.ts'
import { type Change, changesOf } from '#ground/db/next-version.ts'
import type { Label, Mode } from '#ground/db/tables.ts'
import { newItem } from '#ground/register/items.ts'
import { pathOf } from '#ground/register/kinds.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { record } from '#ground/trail/record.ts'
import type { ImprovementSource } from './improvement.ts'

/** What people say of an improvement; what has become of it is said by its state. */
export type Said = {
  title: string
  label: Label
  finding: string
  source: ImprovementSource
  /** A path of the portal, or words; may be empty. */
  about: string
  action: string
  owner_person_id: string | null
  owner_institution_id: string | null
  due_on: string | null
}

/**
 * Puts an improvement of the market on the register, within what its caller does: a situation that is closed, a measure of an
 * exercise that was missed. The id is the caller's, who calls once for each; what a real drill has shown is real (mode `actual`).
 */
export async function raiseImprovement(
  tx: Tx,
  by: Person,
  at: Date,
  { id, mode = 'actual', ...said }: Said & { id: string; mode?: Mode },
): Promise<{ number: number }> {
  must(by, 'improvement.edit')
  const { title, label } = said
  const number = await newItem(tx, by, at, { id, kind: 'improvement', institution_id: null, mode, title, label })
  await tx
    .insertInto('improvement')
    .values({ id, version: 1, ...said, ...nothingDone, state: 'open', reason: '', made_by: by.id, made_at: at })
    .execute()
  const about = pathOf({ kind: 'improvement', id })
  const details = { number, changes: forTrail(changesOf(undefined, said)) }
  await record(tx, by, at, { action: 'improvement.raised', about, mode, details })
  return { number }
}

/** What is known of the proof of something that is still to be done. */
export const nothingDone = { done_by: null, evidence: '', evidence_file_id: null, evidence_item_id: null }

/** Texts stay in the versions, under their label; the trail, which others read, says that they were changed. */
export const forTrail = (changes: readonly Change[]) =>
  changes.map(({ field, ...values }) => (texts.has(field) ? { field } : { field, ...values }))
const texts: ReadonlySet<string> = new Set(['title', 'finding', 'about', 'action', 'evidence'])

/** The reason of a version as the trail may have it: the trail is TLP:AMBER+STRICT, so what is TLP:RED stays in the version. */
export const reasonForTrail = (label: Label, reason: string) => (label === 'red' ? {} : { reason })
