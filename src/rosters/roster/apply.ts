import { sql } from 'kysely'
import { batches } from '#ground/db/batches.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Writes } from './writes.ts'

/** Writes a plan, in few statements however many rows there are. What leaves goes first, so that what comes finds its place free. */
export async function apply(tx: Tx, writes: Writes, at: Date): Promise<void> {
  await removeContacts(tx, writes, at)
  await writeInstitutions(tx, writes)
  await writeSites(tx, writes)
  await writeContacts(tx, writes, at)
  for (const rows of batches(writes.ways_added)) await tx.insertInto('contact_address').values(rows).execute()
}

async function removeContacts(tx: Tx, { contacts_removed, contacts_changed, ways_removed }: Writes, at: Date) {
  const any = (ids: string[]) => sql<string>`any(${ids}::uuid[])`
  if (contacts_removed.length > 0) {
    await tx.updateTable('contact').set({ removed_at: at }).where('id', '=', any(contacts_removed)).execute()
    await tx
      .updateTable('contact_address')
      .set({ removed_at: at })
      .where('contact_id', '=', any(contacts_removed))
      .where('removed_at', 'is', null)
      .execute()
  }
  if (ways_removed.length > 0)
    await tx.updateTable('contact_address').set({ removed_at: at }).where('id', '=', any(ways_removed)).execute()
  // Two people may change places: for a moment neither stands in theirs.
  const moving = contacts_changed.filter(({ has_moved }) => has_moved).map(({ id }) => id)
  if (moving.length > 0) await tx.updateTable('contact').set({ removed_at: at }).where('id', '=', any(moving)).execute()
}

async function writeInstitutions(tx: Tx, writes: Writes) {
  const leaving = writes.institutions_changed.filter(({ set }) => set.lei !== undefined).map(({ id }) => id)
  if (leaving.length > 0)
    await tx
      .updateTable('institution')
      .set({ lei: null })
      .where('id', '=', sql<string>`any(${leaving}::uuid[])`)
      .execute()
  // A parent or an authority may stand behind its child in the file: first all rows, then who belongs to whom.
  for (const rows of batches(writes.institutions_added))
    await tx
      .insertInto('institution')
      .values(rows.map((row) => ({ ...row, parent_id: null, supervised_by: null })))
      .execute()
  const changed = [
    ...writes.institutions_changed,
    ...writes.institutions_added.flatMap(({ id, parent_id, supervised_by }) =>
      parent_id || supervised_by
        ? { id, set: { ...(parent_id && { parent_id }), ...(supervised_by && { supervised_by }) } }
        : [],
    ),
  ]
  for (const rows of batches(changed))
    await sql`
      update institution set
        kind = coalesce(next.set ->> 'kind', institution.kind),
        name_ja = coalesce(next.set ->> 'name_ja', institution.name_ja),
        name_en = coalesce(next.set ->> 'name_en', institution.name_en),
        reading = coalesce(next.set ->> 'reading', institution.reading),
        lei = case when next.set ? 'lei' then next.set ->> 'lei' else institution.lei end,
        mic = case when next.set ? 'mic' then next.set ->> 'mic' else institution.mic end,
        parent_id = case when next.set ? 'parent_id' then (next.set ->> 'parent_id')::uuid else institution.parent_id end,
        membership = coalesce(next.set ->> 'membership', institution.membership),
        district_code = case when next.set ? 'district_code' then next.set ->> 'district_code' else institution.district_code end,
        registration_kind = coalesce(next.set ->> 'registration_kind', institution.registration_kind),
        registration_number = coalesce(next.set ->> 'registration_number', institution.registration_number),
        supervised_by = case when next.set ? 'supervised_by' then (next.set ->> 'supervised_by')::uuid else institution.supervised_by end,
        is_asked = coalesce((next.set ->> 'is_asked')::boolean, institution.is_asked),
        active_from = coalesce((next.set ->> 'active_from')::date, institution.active_from),
        active_to = case when next.set ? 'active_to' then (next.set ->> 'active_to')::date else institution.active_to end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as next (id uuid, set jsonb)
      where institution.id = next.id`.execute(tx)
  await removeLists(tx, writes)
  for (const rows of batches(writes.markets_added)) await tx.insertInto('institution_market').values(rows).execute()
  for (const rows of batches(writes.functions_added)) await tx.insertInto('institution_function').values(rows).execute()
}

async function removeLists(tx: Tx, { markets_removed, functions_removed }: Writes) {
  if (markets_removed.length > 0)
    await sql`
      delete from institution_market as had using jsonb_to_recordset(${JSON.stringify(markets_removed)}::jsonb)
        as gone (institution_id uuid, market text)
      where had.institution_id = gone.institution_id and had.market = gone.market`.execute(tx)
  if (functions_removed.length > 0)
    await sql`
      delete from institution_function as had using jsonb_to_recordset(${JSON.stringify(functions_removed)}::jsonb)
        as gone (institution_id uuid, function_code text)
      where had.institution_id = gone.institution_id and had.function_code = gone.function_code`.execute(tx)
}

async function writeSites(tx: Tx, { sites_removed, sites_changed, sites_added }: Writes) {
  if (sites_removed.length > 0)
    await tx.deleteFrom('site').where('id', '=', sql<string>`any(${sites_removed}::uuid[])`).execute()
  if (sites_changed.length > 0)
    await sql`
      update site set address = next.address, area_code = next.area_code
      from jsonb_to_recordset(${JSON.stringify(sites_changed)}::jsonb) as next (id uuid, address text, area_code text)
      where site.id = next.id`.execute(tx)
  for (const rows of batches(sites_added)) await tx.insertInto('site').values(rows).execute()
}

async function writeContacts(tx: Tx, { contacts_added, contacts_changed }: Writes, at: Date) {
  // Who calls them may come after them.
  for (const rows of batches(contacts_added))
    await tx
      .insertInto('contact')
      .values(rows.map((row) => ({ ...row, called_by: null, changed_at: at })))
      .execute()
  const callees = contacts_added.flatMap(({ id, called_by }) => (called_by ? { id, called_by } : []))
  for (const rows of batches(contacts_changed))
    await sql`
      update contact set rank = next.rank, name_ja = next.name_ja, name_en = next.name_en, reading = next.reading,
        title = next.title, duties = next.duties, hours = next.hours, first_responder = next.first_responder,
        called_by = next.called_by, changed_at = ${at}, removed_at = null, version = contact.version + 1
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as next (id uuid, rank int, name_ja text, name_en text,
        reading text, title text, duties text[], hours text[], first_responder text[], called_by uuid)
      where contact.id = next.id`.execute(tx)
  for (const rows of batches(callees))
    await sql`
      update contact set called_by = next.called_by
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as next (id uuid, called_by uuid)
      where contact.id = next.id`.execute(tx)
}
