import type { InstitutionKind } from '#ground/db/tables.ts'
import { inBoth } from '#ground/html/language.ts'

/** Every kind of institution, in the order of the directory: first those without which the market cannot work. */
export const kinds = [
  'association',
  'exchange',
  'pts',
  'clearing_equities',
  'clearing_bonds',
  'depository',
  'central_bank',
  'regulator',
  'securities_firm',
  'special_member',
] as const satisfies readonly InstitutionKind[]

export const kindWords = inBoth<Record<InstitutionKind, string>>({
  ja: {
    association: '協会',
    exchange: '取引所',
    pts: 'PTS',
    clearing_equities: '清算機関（株式）',
    clearing_bonds: '清算機関（国債）',
    depository: '振替機関',
    central_bank: '中央銀行',
    regulator: '監督当局',
    securities_firm: '証券会社',
    special_member: '特別会員',
  },
  en: {
    association: 'Association',
    exchange: 'Exchange',
    pts: 'PTS',
    clearing_equities: 'Clearing house (equities)',
    clearing_bonds: 'Clearing house (government bonds)',
    depository: 'Depository',
    central_bank: 'Central bank',
    regulator: 'Regulator',
    securities_firm: 'Securities firm',
    special_member: 'Special member',
  },
})

export const siteWords = inBoth({
  ja: {
    head_office: '本店',
    data_centre: 'データセンター',
    backup_data_centre: '予備データセンター',
    alternate_office: '代替オフィス',
    branch: '支店',
  },
  en: {
    head_office: 'Head office',
    data_centre: 'Data centre',
    backup_data_centre: 'Backup data centre',
    alternate_office: 'Alternate office',
    branch: 'Branch',
  },
})
