import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'

/**
 * Gives the invented institutions contact points: sections, never people. Codes that end in 9 have none yet, so that a gap is to be
 * seen; those that end in 3 work from their alternate office, those in 8 from home.
 */
export async function fillInPoints(tx: Tx, at: Date): Promise<void> {
  await sql`
  insert into contact_point (institution_id, version, section_ja, section_en, phone, mail, office_name, office_address,
    office_phone, is_on_behalf, made_by, made_at)
  select id, 1, '業務継続担当', 'Business continuity desk', '+8130000' || (6000 + number), coalesce('renraku@' || domain, ''),
    case when has_office then '代替オフィス（' || town || '）' else '' end,
    case when has_office then town || '架空区予備町' || (number % 9 + 1) || '-' || (number % 20 + 1) else '' end,
    case when has_office then '+8130000' || (7500 + number) else '' end, false, null, ${at}
  from (select institution.id, institution.code, numbered.number, numbered.number % 4 <> 1 as has_office,
      (array['大阪府', '愛知県', '埼玉県'])[numbered.number % 3 + 1] as town,
      (select split_part(address, '@', 2) from contact_address
        where contact_address.institution_id = institution.id and means = 'mail' order by address limit 1) as domain
    from institution join (select id, (row_number() over (order by code))::int as number from institution) as numbered
      on numbered.id = institution.id) as given
  where code not like '%9'`.execute(tx)
  await sql`
  insert into work_place (institution_id, version, place, note, since, is_on_behalf, made_by, made_at)
  select point.institution_id, 1,
    case when code like '%3' and office_name <> '' then 'alternate_office' when code like '%8' then 'home' else 'main_office' end,
    '', ${at}::timestamptz - interval '3 hours', false, null, ${at}
  from contact_point_now as point join institution on institution.id = point.institution_id`.execute(tx)
}
