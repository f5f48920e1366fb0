import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Duty, FunctionCode, Hours, InstitutionKind, Market, Means, Membership } from '#ground/db/tables.ts'
import type { SiteKind } from './lines.ts'

export type KnownSite = { id: string; kind: SiteKind | 'branch'; address: string; area_code: string }
export type KnownInstitution = {
  id: string
  code: string
  kind: InstitutionKind
  name_ja: string
  name_en: string
  reading: string
  lei: string | null
  mic: string | null
  parent_id: string | null
  membership: Membership
  district_code: string | null
  registration_kind: string
  registration_number: string
  supervised_by: string | null
  is_asked: boolean
  active_from: string
  active_to: string | null
  markets: Market[]
  functions: FunctionCode[]
  sites: KnownSite[]
  contacts: KnownContact[]
}
export type KnownWay = {
  id: string
  contact_id: string
  means: Means
  address: string
  extension: string
  look: string
  rank: number
}
export type KnownContact = {
  id: string
  institution_id: string
  rank: number
  name_ja: string
  name_en: string | null
  reading: string
  title: string
  duties: Duty[]
  hours: Hours[]
  first_responder: ('night' | 'holiday')[]
  called_by: string | null
  ways: KnownWay[]
}
/** Everything that a roster can say, by the code of the institution, in the order of the codes. */
export type Directory = Map<string, KnownInstitution>

/** The directory as its reader sees it: all of it, or one institution. */
export async function readDirectory(db: Database, only?: string): Promise<Directory> {
  const one = <Query extends { where(column: 'institution_id', is: '=', id: string): Query }>(query: Query): Query =>
    only === undefined ? query : query.where('institution_id', '=', only)
  const institutions = await db
    .selectFrom('institution')
    .$if(only !== undefined, (q) => q.where('id', '=', only!))
    .select(['id', 'code', 'kind', 'name_ja', 'name_en', 'reading', 'lei', 'mic', 'parent_id', 'active_from'])
    .select(['active_to', 'membership', 'district_code', 'registration_kind', 'registration_number'])
    .select(['supervised_by', 'is_asked'])
    .orderBy('code')
    .execute()
  const markets = await one(db.selectFrom('institution_market')).selectAll().orderBy('market').execute()
  const functions = await one(db.selectFrom('institution_function')).selectAll().orderBy('function_code').execute()
  const sites = await one(db.selectFrom('site')).selectAll().orderBy('id').execute()
  const contacts = await one(db.selectFrom('contact'))
    .where('removed_at', 'is', null)
    .select(['id', 'institution_id', 'rank', 'name_ja', 'name_en', 'reading', 'title', 'duties', 'hours'])
    .select(['first_responder', 'called_by'])
    .orderBy('rank')
    .execute()
  const ways = await one(db.selectFrom('contact_address'))
    .where('removed_at', 'is', null)
    .where('contact_id', '=', sql<string>`any(${contacts.map(({ id }) => id)}::uuid[])`)
    .select(['id', 'contact_id', 'means', 'address', 'extension', 'look', 'rank'])
    .orderBy('rank')
    .execute()

  const waysOf = Map.groupBy(ways, ({ contact_id }) => contact_id)
  const contactsOf = Map.groupBy(contacts, ({ institution_id }) => institution_id)
  const sitesOf = Map.groupBy(sites, ({ institution_id }) => institution_id)
  const marketsOf = Map.groupBy(markets, ({ institution_id }) => institution_id)
  const functionsOf = Map.groupBy(functions, ({ institution_id }) => institution_id)
  return new Map(
    institutions.map((institution) => [
      institution.code,
      {
        ...institution,
        markets: (marketsOf.get(institution.id) ?? []).map(({ market }) => market),
        functions: (functionsOf.get(institution.id) ?? []).map(({ function_code }) => function_code),
        sites: sitesOf.get(institution.id) ?? [],
        contacts: (contactsOf.get(institution.id) ?? []).map((contact) => ({
          ...contact,
          ways: waysOf.get(contact.id) ?? [],
        })),
      },
    ]),
  )
}
