import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'
import { areaByCode } from '#ground/market/areas.ts'
import type { RosterLine } from '#rosters/roster/index.ts'
import { personName } from './market.ts'

/** An invented local finance bureau. It is no part of a market of so many, and comes with every one. */
export const bureau: RosterLine = {
  line: 0,
  code: 'LFB-W',
  kind: 'regulator',
  name_ja: '架空西部財務局',
  name_en: 'Fictional Western Finance Bureau',
  markets: [],
  functions: [],
  sites: [
    { kind: 'head_office', address: '大阪府大阪市中央区架空町9-9-9', area_code: '520' },
    { kind: 'data_centre', address: '京都府京都市下京区架空台9-9-9', area_code: '511' },
  ],
  contacts: [1, 2].map((rank) => ({
    rank,
    ...personName(1170 + rank),
    mail: `${rank === 1 ? 'bcp' : 'deputy'}@lfbw.example`,
    phone: `+8130000900${rank}`,
  })),
}

/** District associations, invented, each with the first prefecture (JIS X 0401) that is no more of it. */
const districts = [
  { code: 'D-NORTH', name_ja: '架空北部地区協会', name_en: 'Fictional Northern District Association', until: 8 },
  { code: 'D-EAST', name_ja: '架空東部地区協会', name_en: 'Fictional Eastern District Association', until: 15 },
  { code: 'D-MID', name_ja: '架空中部地区協会', name_en: 'Fictional Central District Association', until: 25 },
  { code: 'D-WEST', name_ja: '架空西部地区協会', name_en: 'Fictional Western District Association', until: 48 },
]
/** Prefectures whose firms the bureau supervises: from Shiga to Okinawa. */
const west_from = 25

/**
 * Gives the invented institutions what a compact roster does not say of them: their class, district and registration, and who supervises
 * them. The numbers of registration have four digits that begin with 9 or 8, as no real one does.
 */
export async function fillInRegistry(tx: Tx, at: Date) {
  await tx
    .insertInto('district')
    .values(districts.map(({ until: _, ...district }) => ({ ...district, version: 1, made_by: null, made_at: at })))
    .execute()
  const heads = await tx
    .selectFrom('institution')
    .leftJoin('site', (join) =>
      join.onRef('site.institution_id', '=', 'institution.id').on('site.kind', '=', 'head_office'),
    )
    .select(['institution.id', 'institution.code', 'institution.kind', 'site.area_code'])
    .select(({ selectFrom }) =>
      selectFrom('institution_market')
        .whereRef('institution_id', '=', 'institution.id')
        .select(sql<string[]>`array_agg(market::text)`.as('all'))
        .as('markets'),
    )
    .execute()
  const entries = heads.map(({ id, code, kind, area_code, markets }) => {
    const prefecture = Number(areaByCode.get(area_code ?? '')?.prefecture_code ?? 13)
    const is_firm = kind === 'securities_firm'
    const is_member = is_firm || kind === 'special_member'
    const is_western = is_member && prefecture >= west_from
    return {
      id,
      // Firms that only deal in bonds.
      membership: is_firm && markets?.join() === 'bonds' ? 'specific_business_member' : null,
      district_code: is_member ? (districts.find(({ until }) => prefecture < until)?.code ?? null) : null,
      ...registrationOf(code, kind, is_western),
      supervisor:
        code === 'REG' || kind === 'central_bank' || code === bureau.code ? null : is_western ? bureau.code : 'REG',
      parent: code === bureau.code ? 'REG' : null,
    }
  })
  await sql`
    update institution set membership = coalesce(entry.membership, institution.membership), district_code = entry.district_code,
      registration_kind = entry.registration_kind, registration_number = entry.registration_number,
      supervised_by = (select id from institution where code = entry.supervisor),
      parent_id = coalesce((select id from institution where code = entry.parent), institution.parent_id)
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as entry (id uuid, membership text, district_code text,
      registration_kind text, registration_number text, supervisor text, parent text)
    where institution.id = entry.id`.execute(tx)
}

function registrationOf(code: string, kind: RosterLine['kind'], is_western: boolean) {
  const number = Number(code.replace(/\D/g, '')) || 1
  const bureau_name = is_western ? '架空西部財務局長' : '架空東部財務局長'
  const of = (registration_kind: string, registration_number: string) => ({ registration_kind, registration_number })
  if (kind === 'securities_firm') return of('第一種金融商品取引業', `${bureau_name}（金商）第${9000 + number}号`)
  if (kind === 'special_member') return of('登録金融機関', `${bureau_name}（登金）第${8000 + number}号`)
  if (kind === 'pts')
    return of('第一種金融商品取引業（私設取引システム運営）', `架空東部財務局長（金商）第${9900 + number}号`)
  if (kind === 'exchange') return of('金融商品市場開設の免許', `架空監督庁免許第${9000 + number}号`)
  if (kind === 'clearing_equities' || kind === 'clearing_bonds')
    return of('金融商品債務引受業の免許', `架空監督庁免許第${9100 + code.length}号`)
  if (kind === 'depository') return of('振替業の指定', '架空監督庁指定第9200号')
  return of('', '')
}
