import type { InstitutionKind, Membership } from '#ground/db/tables.ts'
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

/** Every class of membership (会員区分), in the order in which the association lists them. */
export const memberships = [
  'member',
  'specific_business_member',
  'special_member',
  'non_member',
] as const satisfies readonly Membership[]

export const membershipWords = inBoth<Record<Membership, string>>({
  ja: {
    member: '会員',
    specific_business_member: '特定業務会員',
    special_member: '特別会員',
    non_member: '非会員',
  },
  en: {
    member: 'Member',
    specific_business_member: 'Specific business member',
    special_member: 'Special member',
    non_member: 'Not a member',
  },
})
