import { sql } from 'kysely'
import type { Tx } from '#db/database.ts'
import type { FunctionCode, InstitutionKind, Market } from '#db/tables.ts'
import type { RosterLine } from './roster-line.ts'

/** What the directory says now of an institution that a roster names. Alternate offices, and contacts after the deputy, are not in a roster. */
export type Known = {
  kind: InstitutionKind
  name_ja: string
  name_en: string
  active_to: string | null
  markets: Market[]
  functions: FunctionCode[]
  sites: { id: string; kind: RosterLine['sites'][number]['kind']; address: string; area_code: string }[]
  contacts: (Omit<RosterLine['contacts'][number], 'mail'> & { id: string; mail: string | null })[]
}

/** The directory's entries for the lines of a roster, by code. */
export async function readKnown(tx: Tx, lines: RosterLine[]): Promise<Map<string, Known>> {
  const codes = lines.map(({ code }) => code)
  const institutions = await tx
    .selectFrom('institution')
    .where('code', '=', sql<string>`any(${codes})`)
    .select(['id', 'code', 'kind', 'name_ja', 'name_en', 'active_to'])
    .execute()
  const mine = sql<string>`any(${institutions.map(({ id }) => id)}::uuid[])`
  const markets = await tx.selectFrom('institution_market').where('institution_id', '=', mine).selectAll().execute()
  const functions = await tx.selectFrom('institution_function').where('institution_id', '=', mine).selectAll().execute()
  const sites = await tx
    .selectFrom('site')
    .where('institution_id', '=', mine)
    .where('kind', 'in', ['head_office', 'data_centre'])
    .selectAll()
    .$narrowType<{ kind: RosterLine['sites'][number]['kind'] }>()
    .execute()
  const contacts = await tx
    .selectFrom('contact_card')
    .where('institution_id', '=', mine)
    .where('rank', '<=', 2)
    .select(['id', 'institution_id', 'rank', 'name_ja', 'name_en', 'mail', 'phone'])
    .execute()

  const marketsOf = Map.groupBy(markets, ({ institution_id }) => institution_id)
  const functionsOf = Map.groupBy(functions, ({ institution_id }) => institution_id)
  const sitesOf = Map.groupBy(sites, ({ institution_id }) => institution_id)
  const contactsOf = Map.groupBy(contacts, ({ institution_id }) => institution_id)
  return new Map(
    institutions.map(({ id, code, ...institution }) => [
      code,
      {
        ...institution,
        markets: (marketsOf.get(id) ?? []).map(({ market }) => market),
        functions: (functionsOf.get(id) ?? []).map(({ function_code }) => function_code),
        sites: sitesOf.get(id) ?? [],
        contacts: contactsOf.get(id) ?? [],
      },
    ]),
  )
}
