import { isDeepStrictEqual } from 'node:util'

/** A row of a table in which every change adds the next version and none is overwritten. */
export type Version = {
  version: number
  /** Null: it came with the program. */
  made_by: string | null
  /** Taken out of use: the last version, which says once more what the one before it said. */
  removed_at?: Date | null
}

/** `same`: it is said already, by this version. `next`: it is to be written as this version. Of the others nothing is written. */
export type Judged = { is: 'same' | 'next'; version: number } | { is: 'outdated' | 'removed' }

/**
 * What becomes of what somebody says of a thing, over the version that they saw (0: none). Whoever saw an older one than the newest
 * is told; the same press twice is heard once; what changes nothing makes no version. Call it under the lock of the thing. Pure.
 */
export function judgeVersion<Said extends object>(
  newest: (Version & Record<keyof Said, unknown>) | undefined,
  said: Said,
  { seen, by }: { seen: number; by: { id: string } },
): Judged {
  if (!newest) return { is: 'next', version: 1 }
  if (newest.removed_at) return { is: 'removed' }
  const { version, made_by } = newest
  const has_made_it = version === seen + 1 && made_by === by.id
  if ((version === seen || has_made_it) && changesOf(newest, said).length === 0) return { is: 'same', version }
  return version === seen ? { is: 'next', version: seen + 1 } : { is: 'outdated' }
}

/** One field that is said otherwise than before. */
export type Change = { field: string; before: unknown; after: unknown }

/** What is said otherwise, field by field, as the trail keeps it; of a new thing (before: undefined) all. Nothing personal is for it. Pure. */
export const changesOf = <Said extends object>(before: Record<keyof Said, unknown> | undefined, said: Said): Change[] =>
  (Object.entries(said) as [keyof Said & string, unknown][])
    .map(([field, after]) => ({ field, before: before?.[field] ?? null, after }))
    .filter(({ before: was, after }) => !before || !isDeepStrictEqual(was, after))
