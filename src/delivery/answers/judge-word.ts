import type { Damage, FunctionCode, Via } from '#ground/db/tables.ts'
import { damageFields, functionCodes } from '#ground/market/words.ts'

/** What stands of an institution: its report of a situation, or its answer to one notice. */
export type Standing = {
  id: string
  /** When it was said, which is not when somebody wrote it down. */
  said_at: Date
  via: Via
  is_on_behalf: boolean
  /** The contact whose link or reply it was; null: somebody signed in. */
  contact_id: string | null
  /** All is normal without a remark, or "I have read it": it loses nothing when something newer takes its place. */
  is_least: boolean
  /** It says its one word and nothing beside: it loses nothing when the same word takes its place. */
  is_bare: boolean
}

/** A few words without a sign-in: by link, mail or SMS, also when a person settles them later. */
export type ShortWord = {
  said_at: Date
  contact_id: string
  /** It says what stands, whatever is remarked beside that. */
  is_same: boolean
  /** What it answers is still open: it would be written down, in the place of what stands. */
  is_open: boolean
}

/**
 * What becomes of a few words beside what stands, whichever way they came. `new`: they stand now. `same`: they say what stands.
 * `conflict`: something newer stands, or something that says more and is a colleague's or was said signed in: a person decides. Pure.
 */
export function judgeWord(stands: Standing | null, said: ShortWord): 'new' | 'same' | 'conflict' {
  if (!stands) return 'new'
  if (said.is_same && (stands.is_bare || !said.is_open)) return 'same'
  if (stands.said_at > said.said_at) return 'conflict'
  if (stands.is_least) return 'new'
  return stands.contact_id === said.contact_id && !stands.is_on_behalf ? 'new' : 'conflict'
}

type Written = {
  /** When it was written, if it had to wait for a connection. */
  written_at?: Date | undefined
  /** What stood when the page was opened; null: nothing did. Undefined: the page did not say. */
  written_upon?: string | null | undefined
}

/**
 * Whether something stands that somebody who signed in, and says all that they mean to say, may not know of: a colleague's word, or
 * a later one of their own, sent from elsewhere. Seen by them, it is passed over by their next press. Pure.
 */
export function isUnseen(
  stands: { id: string; said_at: Date; said_by: string | null },
  by: { id: string },
  { written_at, written_upon }: Written,
  at: Date,
): boolean {
  if (written_upon === stands.id) return false
  if (written_upon === undefined) return written_at !== undefined && stands.said_at > written_at
  return stands.said_by !== by.id || stands.said_at > (written_at ?? at)
}

export type SaidOfReport = Record<FunctionCode, string | null> &
  Record<(typeof damageFields)[number], Damage> & { bcp: string; command_centre: string }

/** Whether a report says that all is normal, whatever is remarked beside (`isLeast`). Pure. */
export const isAllNormal = (report: SaidOfReport): boolean =>
  functionCodes.every((code) => report[code] === null || report[code] === 'normal') &&
  damageFields.every((field) => report[field] === 'none') &&
  report.bcp === 'not_activated' &&
  report.command_centre === 'not_set_up'

/** Whether a report says that all is normal and nothing beside: a remark may hold what matters. Pure. */
export const isLeast = (report: SaidOfReport & Remarked): boolean => isAllNormal(report) && !isRemarked(report)

type Remarked = {
  text: string
  resumption_at: Date | null
  alternative_from: string | null
  normal_at: Date | null
}
/** Whether a report says more than its states do. Pure. */
export const isRemarked = ({ text, resumption_at, alternative_from, normal_at }: Remarked): boolean =>
  text.trim() !== '' || [resumption_at, alternative_from, normal_at].some((each) => each !== null)

/** Whether a report says of all that its institution does that it runs on the alternative, whatever is said beside. Pure. */
export function isOnAlternative(report: Record<FunctionCode, string | null>): boolean {
  const states = functionCodes.flatMap((code) => report[code] ?? [])
  return states.length > 0 && states.every((state) => state === 'alternative')
}

/** Whether a report says one word and nothing beside: that all is normal, or that all runs on the alternative. Pure. */
export const isBare = (report: SaidOfReport & Remarked): boolean =>
  isLeast(report) || (isOnAlternative(report) && isWithoutDetails(report) && !isRemarked(report))

/** Whether a report says no more than that not all is normal, or is on the alternative: its details are still to come. Pure. */
export const isWithoutDetails = (report: SaidOfReport): boolean =>
  report.bcp === 'unknown' && report.command_centre === 'unknown' && damageFields.every((f) => report[f] === 'unknown')
