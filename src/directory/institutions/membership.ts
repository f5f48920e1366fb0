import type { InstitutionKind, Membership } from '#ground/db/tables.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { kindWords, membershipWords } from '#ground/market/institution-words.ts'

export { memberships, membershipWords } from '#ground/market/institution-words.ts'

const of_firms: readonly Membership[] = ['member', 'specific_business_member', 'non_member']

/** The classes that an institution of this kind can have: those that do what firms do may be members, a special member is one. */
export const membershipsOf = (kind: InstitutionKind): readonly Membership[] =>
  kind === 'special_member'
    ? ['special_member']
    : kind === 'securities_firm' || kind === 'pts'
      ? of_firms
      : ['non_member']

/** What an institution of this kind is where nobody has said it; the database says the same. */
export const usualMembership = (kind: InstitutionKind): Membership =>
  kind === 'securities_firm' ? 'member' : kind === 'special_member' ? 'special_member' : 'non_member'

/** The regulator and the central bank are informed; asked only if somebody says so. The database says the same. */
export const isUsuallyAsked = (kind: InstitutionKind): boolean => kind !== 'regulator' && kind !== 'central_bank'

const texts = inBoth({
  ja: (membership: string, kind: string, possible: string[]) =>
    `会員区分「${membership}」は、種別「${kind}」と食い違います（この種別で選べる区分：${possible.join('、')}）`,
  en: (membership: string, kind: string, possible: string[]) =>
    `The class “${membership}” contradicts the kind “${kind}” (possible for it: ${possible.join(', ')})`,
})

/** What is wrong between the two, naming both; null: they go together. Pure. */
export function membershipProblem(language: Language, kind: InstitutionKind, membership: Membership): string | null {
  const possible = membershipsOf(kind)
  if (possible.includes(membership)) return null
  const words = membershipWords[language]
  return texts[language](
    words[membership],
    kindWords[language][kind],
    possible.map((one) => words[one]),
  )
}
