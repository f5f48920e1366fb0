import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'

/**
 * Gives the invented contacts what no roster says: titles, duties, hours, first responders, and who calls whom. Every
 * institution whose code ends in 7 has nobody on holidays, so that there is a gap to be seen.
 */
export const fillInContacts = (tx: Tx) =>
  sql`
  update contact set
    title = case contact.rank when 1 then '業務継続室長' else '危機管理担当' end,
    duties = case contact.rank when 1 then '{bcp,system_risk}' else '{bcp,settlement}' end::text[],
    hours = case when contact.rank = 2 and institution.code not like '%7' then '{business,night,holiday}' else '{business,night}' end::text[],
    first_responder = case when contact.rank = 1 then '{night}' when institution.code like '%7' then '{}' else '{holiday}' end::text[],
    called_by = case contact.rank when 2 then first.id end
  from institution, contact as first
  where institution.id = contact.institution_id
    and first.institution_id = institution.id and first.rank = 1 and first.removed_at is null
    and contact.removed_at is null`.execute(tx)
