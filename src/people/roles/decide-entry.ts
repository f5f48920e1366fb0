import type { Tx } from '#ground/db/database.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { postEntry } from '#people/invitations/index.ts'
import { entries, stateOf } from './entry-queries.ts'
import { lockRights } from './lock-rights.ts'

type Decided = { id: string } | { failed: 'same_person' | 'refused' | 'over' }

/**
 * Agrees, as another of the desk, that somebody gets a role of it, or does not. An account has the role from now on; who was
 * invited may come in. Neither who asked nor the person decides; deciding the same twice is once.
 */
export async function decideEntry(
  { db, clock, ...tools }: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  id: string,
  decision: 'agreed' | 'refused',
): Promise<Decided> {
  must(by, 'desk-entry.agree')
  const at = clock()
  return db.transaction().execute(async (tx): Promise<Decided> => {
    await lockRights(tx)
    const entry = await entries(tx).where('desk_entry.id', '=', id).executeTakeFirst()
    if (!entry) throw new NotFound(`desk entry ${id}`)
    const state = stateOf(entry, at)
    if (state === decision) return { id }
    if (state !== 'waiting') return { failed: state === 'refused' ? 'refused' : 'over' }
    const { asked_by, person_id, roles, reason } = entry
    if (asked_by === by.id || person_id === by.id) return { failed: 'same_person' }
    await tx
      .updateTable('desk_entry')
      .set(decision === 'agreed' ? { agreed_by: by.id, agreed_at: at } : { refused_by: by.id, refused_at: at })
      .where('id', '=', id)
      .execute()
    if (decision === 'agreed' && person_id) await giveRoles(tx, { person_id, roles, reason, asked_by }, at)
    await record(tx, by, at, {
      action: decision === 'agreed' ? 'desk-entry.agreed' : 'desk-entry.refused',
      about: '/desk-entries',
      details: { desk_entry_id: id, person_id, name_ja: entry.name_ja, roles, asked_by },
    })
    await postEntry(tx, tools, at, { what: decision, by, name: entry, roles, reason })
    return { id }
  })
}

async function giveRoles(
  tx: Tx,
  {
    person_id,
    roles,
    reason,
    asked_by,
  }: Pick<
    Awaited<ReturnType<ReturnType<typeof entries>['executeTakeFirstOrThrow']>>,
    'roles' | 'reason' | 'asked_by'
  > & { person_id: string },
  at: Date,
) {
  const held = await tx
    .selectFrom('role_grant')
    .where('person_id', '=', person_id)
    .where('removed_at', 'is', null)
    .select('role')
    .execute()
  const missing = roles.filter((role) => !held.some((one) => one.role === role))
  if (missing.length > 0)
    await tx
      .insertInto('role_grant')
      .values(missing.map((role) => ({ person_id, role, reason, granted_by: asked_by, granted_at: at })))
      .execute()
}
