import type { ColumnType } from 'kysely'
import type { Instant, Label, Mode } from '../columns.ts'

export type ImprovementSource =
  | 'peacetime_use'
  | 'overseas'
  | 'domestic'
  | 'situation'
  | 'exercise'
  | 'inspection'
  | 'other'
export type ImprovementState = 'open' | 'doing' | 'done' | 'verified' | 'dropped'

type Improvement = {
  id: string
  version: number
  title: string
  label: Label
  finding: string
  source: ImprovementSource
  /** A path of the portal, or words; may be empty. */
  about: string
  action: string
  owner_person_id: string | null
  owner_institution_id: string | null
  /** A civil day. */
  due_on: string | null
  state: ImprovementState
  done_by: string | null
  evidence: string
  evidence_file_id: string | null
  evidence_item_id: string | null
  reason: string
  made_by: string
  made_at: Instant
}

declare module '../tables.ts' {
  /** What was found wanting, and what becomes of it. */
  interface Tables {
    improvement: Improvement & { kind: ColumnType<'improvement', never, never> }
    /** The newest version of each, with what its head says. */
    improvement_now: Improvement & {
      kind: 'improvement'
      number: number
      mode: Mode
      institution_id: string | null
    }
  }
}
