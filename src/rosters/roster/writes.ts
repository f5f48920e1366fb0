import type { Insertable, Updateable } from 'kysely'
import type { Tables } from '#ground/db/tables.ts'

type Row<Table extends keyof Tables> = Insertable<Tables[Table]>

/** Every row that a plan writes; what it does not name stays untouched. */
export type Writes = {
  institutions_added: (Row<'institution'> & { id: string })[]
  institutions_changed: { id: string; set: Updateable<Tables['institution']> }[]
  markets_added: Row<'institution_market'>[]
  markets_removed: Row<'institution_market'>[]
  functions_added: Row<'institution_function'>[]
  functions_removed: Row<'institution_function'>[]
  sites_added: Row<'site'>[]
  sites_changed: { id: string; address: string; area_code: string }[]
  sites_removed: string[]
  contacts_added: (Row<'contact'> & { id: string })[]
  contacts_changed: ContactRow[]
  contacts_removed: string[]
  ways_added: Row<'contact_address'>[]
  ways_removed: string[]
}
/** A contact as a whole, as it is after the change; `has_moved`: to another place in the order. */
export type ContactRow = Pick<
  Row<'contact'>,
  'institution_id' | 'rank' | 'name_ja' | 'name_en' | 'reading' | 'title' | 'duties' | 'hours' | 'first_responder'
> & { id: string; called_by: string | null; has_moved: boolean }

export const emptyWrites = (): Writes => ({
  institutions_added: [],
  institutions_changed: [],
  markets_added: [],
  markets_removed: [],
  functions_added: [],
  functions_removed: [],
  sites_added: [],
  sites_changed: [],
  sites_removed: [],
  contacts_added: [],
  contacts_changed: [],
  contacts_removed: [],
  ways_added: [],
  ways_removed: [],
})
