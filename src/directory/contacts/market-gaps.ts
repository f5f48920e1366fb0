import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Hours } from '#ground/db/tables.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { gapsIn, hasGaps, weekFrom } from './gaps.ts'

/** Institutions of the market whose roster has holes in the coming days, and those with addresses that were stopped. */
export async function marketGaps(db: Database, by: Person, at: Date) {
  must(by, 'directory.see')
  const rows = await db
    .selectFrom('institution')
    .where('active_from', '<=', sql<string>`(${at}::timestamptz at time zone 'Asia/Tokyo')::date`)
    .where((eb) =>
      eb.or([
        eb('active_to', 'is', null),
        eb('active_to', '>=', sql<string>`(${at}::timestamptz at time zone 'Asia/Tokyo')::date`),
      ]),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('contact')
          .whereRef('contact.institution_id', '=', 'institution.id')
          .where('contact.removed_at', 'is', null)
          // Who has no address that works is not there.
          .where(({ exists, selectFrom }) =>
            exists(
              selectFrom('contact_address')
                .whereRef('contact_address.contact_id', '=', 'contact.id')
                .where('contact_address.removed_at', 'is', null)
                .where('contact_address.quarantined_at', 'is', null)
                .select('contact_address.id'),
            ),
          )
          .select([
            sql<string | null>`string_agg(array_to_string(hours, ' '), ' ')`.as('hours'),
            sql<string | null>`string_agg(array_to_string(first_responder, ' '), ' ')`.as('first_responder'),
          ])
          .as('there'),
      (join) => join.onTrue(),
    )
    .select(['institution.id', 'institution.code', 'institution.kind', 'institution.name_ja', 'institution.name_en'])
    .select(['institution.confirmed_at', 'there.hours', 'there.first_responder'])
    .select(({ selectFrom, fn }) =>
      selectFrom('contact_address')
        .whereRef('contact_address.institution_id', '=', 'institution.id')
        .where('contact_address.removed_at', 'is', null)
        .where('contact_address.quarantined_at', 'is not', null)
        .select(fn.countAll<string>().as('count'))
        .as('quarantined'),
    )
    .orderBy('institution.is_infrastructure', 'desc')
    .orderBy('institution.code')
    .execute()
  const week = weekFrom(at)
  return rows
    .map(({ hours, first_responder, quarantined, ...institution }) => ({
      ...institution,
      quarantined: Number(quarantined ?? 0),
      gaps: gapsIn(week, [
        {
          hours: words<Hours>(hours),
          first_responder: words<'night' | 'holiday'>(first_responder),
          addresses: [{ quarantined_at: null }],
        },
      ]),
    }))
    .filter(({ gaps, quarantined }) => quarantined > 0 || hasGaps(gaps))
}

/** How much of the market's directory is to be mended, for one line on the home page. */
export async function directoryCare(db: Database, by: Person, at: Date) {
  const institutions = await marketGaps(db, by, at)
  return {
    with_gaps: institutions.filter(({ gaps }) => hasGaps(gaps)).length,
    quarantined: institutions.reduce((sum, { quarantined }) => sum + quarantined, 0),
  }
}

const words = <T extends string>(text: string | null) => (text ?? '').split(' ').filter(Boolean) as T[]

export type MarketGap = Awaited<ReturnType<typeof marketGaps>>[number]
export type DirectoryCare = Awaited<ReturnType<typeof directoryCare>>
