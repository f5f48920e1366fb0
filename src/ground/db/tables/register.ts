import type { Instant, Label, MaybeInstant, Mode, Once } from '../columns.ts'

/** A kind of thing that a register keeps. */
export type ItemKind = 'improvement'
/** What one thing has to do with another. */
export type Relation = 'relates_to' | 'comes_from' | 'treats' | 'proves' | 'depends_on' | 'replaces'

declare module '../tables.ts' {
  /** What registers of every kind have in common: the head of each thing, and what hangs on it. */
  interface Tables {
    register_item: {
      id: Once<string>
      kind: Once<ItemKind>
      number: Once<number>
      /** null: the market's. */
      institution_id: Once<string | null>
      mode: Once<Mode>
      title: string
      label: Label
      made_by: Once<string>
      made_at: Instant
    }
    register_link: {
      id: Once<string>
      mode: Once<Mode>
      from_id: Once<string>
      relation: Once<Relation>
      to_id: Once<string>
      made_by: Once<string>
      made_at: Instant
      removed_by: string | null
      removed_at: MaybeInstant
    }
    register_comment: {
      id: Once<string>
      item_id: Once<string>
      text: Once<string>
      made_by: Once<string>
      made_at: Instant
    }
    register_file: {
      id: Once<string>
      item_id: Once<string>
      file_name: Once<string>
      media_type: Once<string>
      digest: Once<string>
      size: Once<number>
      content: Once<Buffer>
      made_by: Once<string>
      made_at: Instant
      removed_by: string | null
      removed_at: MaybeInstant
    }
    register_review: {
      item_id: Once<string>
      version: Once<number>
      note: Once<string | null>
      /** A civil day; null: nobody looks any more. */
      next_on: Once<string | null>
      looker_id: Once<string | null>
      made_by: Once<string>
      made_at: Instant
    }
    /** The newest of each. */
    register_review_now: Tables['register_review']
  }
}
