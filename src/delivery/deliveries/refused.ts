import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'

/** Since when, why and how much the mail server refuses as if it were wrong; null when it is believed. For readers who may 'delivery.see'. */
export async function readSuspicion(db: Database) {
  const known = await db
    .selectFrom('channel_state')
    .where('channel', '=', 'mail')
    .where('suspect_since', 'is not', null)
    .select(['suspect_since', 'suspect_why'])
    .executeTakeFirst()
  if (!known?.suspect_since) return null
  const since = known.suspect_since
  const { rows } = await sql<{ institutions: number; addresses: number; last_at: Date | null }>`
    select count(distinct institution_id)::int as institutions, count(*)::int as addresses, max(refused_at) as last_at
    from contact_address where refused_at >= ${since} and removed_at is null`.execute(db)
  const { institutions = 0, addresses = 0, last_at = null } = rows[0] ?? {}
  return { since, why: known.suspect_why ?? '', institutions, addresses, last_at }
}
export type Suspicion = NonNullable<Awaited<ReturnType<typeof readSuspicion>>>

/** Addresses that a server refused as unknown, stopped or not, the latest first: a query of which a page takes its part. For readers who may 'delivery.see'. */
export const refusedAddresses = (db: Database) =>
  db
    .selectFrom('contact_address as at')
    .innerJoin('contact', 'contact.id', 'at.contact_id')
    .innerJoin('institution', 'institution.id', 'at.institution_id')
    .where('at.removed_at', 'is', null)
    .where('at.refused_at', 'is not', null)
    .select(['at.id', 'at.address', 'at.refused_at', 'at.refusal', 'at.quarantined_at', 'at.institution_id'])
    .select(['contact.name_ja as contact_ja', 'contact.name_en as contact_en'])
    .select(['institution.name_ja', 'institution.name_en'])
    .orderBy('at.refused_at', 'desc')
    .orderBy('at.id')
export type RefusedLine = Awaited<ReturnType<ReturnType<typeof refusedAddresses>['execute']>>[number]
