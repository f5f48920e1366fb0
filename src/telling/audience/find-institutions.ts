import { kinds } from '#directory/institutions/index.ts'
import { wordsOf } from '#directory/search/index.ts'
import type { Lists } from './audience-form.ts'
import type { AudienceChoices } from './choices.ts'

/** More than a phone shows well, and fewer than anyone would read through. */
export const found_shown_max = 20
export const sought_length_max = 100

/** The lists of an audience to which institutions are added one by one. */
const singles = ['institutions', 'without'] as const
export type Single = (typeof singles)[number]

/** The words that somebody typed to find institutions for a list. */
export const soughtFor = (lists: Lists, name: Single): string =>
  (lists[`find_${name}`]?.at(-1) ?? '').trim().slice(0, sought_length_max)

/**
 * The list for which a posted form looks for institutions; null where it goes onwards. Words that were typed and not yet
 * looked for are looked for whatever was pressed: somebody who types a name means it, and nobody is left out unseen.
 */
export const searchIn = (lists: Lists): Single | null =>
  singles.find((name) => lists.find?.includes(name)) ??
  singles.find((name) => {
    const words = soughtFor(lists, name)
    return words !== '' && words !== lists[`found_${name}`]?.at(-1)
  }) ??
  null

type Institution = AudienceChoices['institutions'][number]

/** The institutions whose code, names and reading hold every word, whatever its width, case and kana, in the order of the market. */
export function findInstitutions<One extends Pick<Institution, 'kind' | 'sought'>>(
  institutions: readonly One[],
  q: string,
): One[] {
  const words = wordsOf(q)
  if (words.length === 0) return []
  return institutions
    .filter(({ sought }) => words.every(({ letters }) => sought.includes(letters)))
    .sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind))
}
