import type { Database } from '#ground/db/database.ts'
import { may } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { FoundSite } from './rule.ts'
import type { StoredMatch } from './stored-match.ts'

export type Place = { name_ja: string; name_en: string; site_kind: string; address: string; area_code: string }

/** What names a site, or a report, of a stored picture. */
export const keyOf = ({ site_id, report_id }: FoundSite): string => site_id ?? report_id ?? ''

/**
 * Whose sites and reports the matches of a proposal name, by key; null for who may not see sites: for them they are only counted.
 * What has left the directory since has no place any more.
 */
export async function placesOf(
  db: Database,
  by: Person,
  matches: readonly StoredMatch[],
): Promise<Map<string, Place> | null> {
  if (!may(by, 'directory.see') || !may(by, 'report.see-all')) return null
  const found = matches.flatMap(({ sites }) => sites)
  const sites = found.flatMap(({ site_id }) => site_id ?? [])
  const reports = found.flatMap(({ report_id }) => report_id ?? [])
  const [ofSites, ofReports] = await Promise.all([
    sites.length === 0
      ? []
      : db
          .selectFrom('site')
          .innerJoin('institution', 'institution.id', 'site.institution_id')
          .where('site.id', 'in', sites)
          .select(['site.id', 'institution.name_ja', 'institution.name_en'])
          .select(['site.kind as site_kind', 'site.address', 'site.area_code'])
          .execute(),
    reports.length === 0
      ? []
      : db
          .selectFrom('report')
          .innerJoin('institution', 'institution.id', 'report.institution_id')
          .leftJoin('site', (join) =>
            join.onRef('site.institution_id', '=', 'institution.id').on('site.kind', '=', 'head_office'),
          )
          .where('report.id', 'in', reports)
          .select(['report.id', 'institution.name_ja', 'institution.name_en'])
          .select(({ fn, val }) => [
            fn.coalesce('site.kind', val('head_office')).as('site_kind'),
            fn.coalesce('site.address', val('')).as('address'),
            fn.coalesce('site.area_code', val('')).as('area_code'),
          ])
          .execute(),
  ])
  return new Map([...ofSites, ...ofReports].map(({ id, ...place }) => [id, place]))
}
