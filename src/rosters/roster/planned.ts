import type { Problem } from './problem.ts'
import type { Writes } from './writes.ts'

/** One field that changes, as a person reads it. `field` is the name of its column in a file. */
export type Change = { field: string; before: string; after: string }
/** One institution or contact that comes, changes or leaves. `of`: the code of its institution. */
export type Entry = {
  what: 'institution' | 'contact'
  how: 'added' | 'changed' | 'removed'
  line: number | null
  of: string
  name: string
  rank: number | null
  changes: Change[]
}
export type Count = { added: number; changed: number; removed: number; unchanged: number; before: number }

/** What an upload would do to the directory as it is now. With a problem nothing may be written. */
export type Plan = {
  entries: Entry[]
  institutions: Count
  contacts: Count
  /** May be right, but somebody must have looked. */
  warnings: Problem[]
  problems: Problem[]
  writes: Writes
}
export type Options = {
  is_complete: boolean
  today: string
  /** The district associations of the list, which a file names by code or by name. */
  districts?: readonly { code: string; name_ja: string; name_en: string }[]
}
