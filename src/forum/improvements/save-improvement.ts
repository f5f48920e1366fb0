import { randomUUID } from 'node:crypto'
import type { Tx } from '#ground/db/database.ts'
import { changesOf, judgeVersion } from '#ground/db/next-version.ts'
import { setFace } from '#ground/register/items.ts'
import { pathOf } from '#ground/register/kinds.ts'
import { lockItem } from '#ground/register/lock-item.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { hasOwnerAndDay, isClosed } from './improvement.ts'
import type { ImprovementForm } from './improvement-form.ts'
import { findNewest } from './queries.ts'
import { forTrail, raiseImprovement, reasonForTrail, type Said } from './raise-improvement.ts'

type Failed = 'outdated' | 'closed' | 'owner_person_id' | 'owner_institution' | 'needs_owner' | 'needs_day'
type Saved = { id: string; failed?: undefined } | { failed: Failed }

/**
 * Records an improvement (`edited` null), or the next version of what is said of one, if nobody else has made one over the version
 * that was seen. The same press twice is heard once, and what changes nothing makes no version.
 */
export async function saveImprovement(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  edited: string | null,
  { version: seen, key, mode, reason, owner_institution, ...form }: ImprovementForm,
): Promise<Saved> {
  must(by, 'improvement.edit')
  const at = clock()
  const id = edited ?? key ?? randomUUID()
  return db.transaction().execute(async (tx) => {
    await lockItem(tx, id)
    const newest = await findNewest(tx, id)
    if (edited && !newest) throw new NotFound(`improvement ${id}`)
    const owner = await findOwner(tx, form.owner_person_id, owner_institution)
    if ('failed' in owner) return owner
    const said: Said = { ...form, ...owner }
    const judged = judgeVersion(newest, said, { seen, by })
    if (judged.is === 'same') return { id }
    if (judged.is !== 'next' || judged.version !== seen + 1) return { failed: 'outdated' }
    if (!newest) {
      await raiseImprovement(tx, by, at, { id, mode, ...said })
      return { id }
    }
    if (isClosed(newest.state)) return { failed: 'closed' }
    if (newest.state !== 'open' && !hasOwnerAndDay(said))
      return { failed: said.due_on === null ? 'needs_day' : 'needs_owner' }
    const { state, done_by, evidence, evidence_file_id, evidence_item_id } = newest
    await tx
      .insertInto('improvement')
      .values({
        ...{ id, version: judged.version, ...said, state, done_by, evidence, evidence_file_id, evidence_item_id },
        ...{ reason, made_by: by.id, made_at: at },
      })
      .execute()
    await setFace(tx, { id, ...said })
    await record(tx, by, at, {
      action: 'improvement.edited',
      about: pathOf({ kind: 'improvement', id }),
      mode: newest.mode,
      details: {
        version: judged.version,
        ...reasonForTrail(said.label, reason),
        changes: forTrail(changesOf(newest, said)),
      },
    })
    return { id }
  })
}

type Owner =
  | Pick<Said, 'owner_person_id' | 'owner_institution_id'>
  | { failed: 'owner_person_id' | 'owner_institution' }

/** Who answers for it, as the form names them: a person by their id, an institution by its code, or nobody yet. */
async function findOwner(tx: Tx, owner_person_id: string | null, code: string): Promise<Owner> {
  const person =
    owner_person_id &&
    (await tx
      .selectFrom('person')
      .where('id', '=', owner_person_id)
      .where('left_at', 'is', null)
      .select('id')
      .executeTakeFirst())
  if (owner_person_id && !person) return { failed: 'owner_person_id' }
  const institution =
    code && (await tx.selectFrom('institution').where('code', '=', code).select('id').executeTakeFirst())
  if (code && !institution) return { failed: 'owner_institution' }
  return { owner_person_id, owner_institution_id: institution ? institution.id : null }
}
