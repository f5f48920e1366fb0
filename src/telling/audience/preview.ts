import { sql } from 'kysely'
import { isActive } from '#directory/institutions/index.ts'
import type { Database } from '#ground/db/database.ts'
import type { Means } from '#ground/db/tables.ts'
import type { Audience } from './audience.ts'
import { allGroups, groupsWithin } from './groups.ts'
import { membersOf } from './members.ts'

/** Who an audience is at that moment, and how they can be reached, before anything is sent. */
export async function previewAudience(db: Database, audience: Audience, at: Date) {
  const [institutions, means, groups, named] = await Promise.all([
    db
      .selectFrom('institution')
      .where('institution.id', 'in', membersOf(db, audience, at))
      .leftJoin(
        usable(db)
          .select(({ fn }) => [
            'contact.institution_id',
            sql<number>`${fn.count('contact.id').distinct()}::int`.as('people'),
          ])
          .groupBy('contact.institution_id')
          .as('reached'),
        'reached.institution_id',
        'institution.id',
      )
      .select(['id', 'code', 'kind', 'name_ja', 'name_en', 'is_infrastructure'])
      .select(sql<number>`coalesce(reached.people, 0)`.as('people'))
      .orderBy('code')
      .execute(),
    usable(db)
      .where('contact.institution_id', 'in', membersOf(db, audience, at))
      .select(({ fn }) => ['means', sql<number>`${fn.count('contact.id').distinct()}::int`.as('people')])
      .groupBy('means')
      .execute(),
    audience.groups.length > 0 ? allGroups(db) : [],
    db
      .selectFrom('institution')
      .where(isActive(at))
      .where('code', 'in', ['', ...audience.institutions])
      .select('code')
      .execute(),
  ])
  const active = new Set(named.map(({ code }) => code))
  return {
    /** By code; `people`: contacts with an address that takes something. */
    institutions,
    infrastructure: institutions.filter(({ is_infrastructure }) => is_infrastructure).length,
    people: institutions.reduce((sum, { people }) => sum + people, 0),
    /** How many of these people have an address of a means. */
    means: Object.fromEntries(means.map(({ means, people }) => [means, people])) as Partial<Record<Means, number>>,
    /** Institutions that nothing can be sent to and nobody can call. */
    unreachable: institutions.filter(({ people }) => people === 0),
    /** Codes of single institutions that it names and that do not belong to the market at that moment. */
    gone: audience.institutions.filter((code) => !active.has(code) && !audience.without.includes(code)),
    /** Groups that it names, itself or in another group, and that stand for nobody any more. */
    removed_groups: groupsWithin(groups, audience).filter(({ removed_at }) => removed_at !== null),
  }
}

export type AudiencePreviewed = Awaited<ReturnType<typeof previewAudience>>

/** Current contacts, once for each of their addresses that is not stopped. */
const usable = (db: Database) =>
  db
    .selectFrom('contact_address')
    .innerJoin('contact', 'contact.id', 'contact_address.contact_id')
    .where('contact.removed_at', 'is', null)
    .where('contact_address.removed_at', 'is', null)
    .where('contact_address.quarantined_at', 'is', null)
