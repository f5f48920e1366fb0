import type { Instant, Mode, Once } from '../columns.ts'

export type FileRefusal =
  | 'not_a_file'
  | 'too_large'
  | 'cut_off'
  | 'not_readable'
  | 'other_institution'
  | 'no_key'
  | 'not_signed'
  | 'doubled'
  | 'not_valid'
  | 'not_asked'
  | 'wrong_mode'
  | 'closed'
  | 'too_old'
  | 'ahead'
  | 'conflict'

declare module '../tables.ts' {
  /** Reports that come in as files. */
  interface Tables {
    drop_key: {
      institution_id: Once<string>
      generation: Once<number>
      is_on: Once<boolean>
      set_by: Once<string>
      set_at: Once<Date>
    }
    /** Every file that was claimed, whatever became of it. */
    inbound_file: {
      id: Once<string>
      institution_id: Once<string>
      name: Once<string>
      digest: Once<string>
      outcome: Once<'taken' | 'refused'>
      reason: Once<FileRefusal | null>
      mode: Once<Mode | null>
      situation_id: Once<string | null>
      report_id: Once<string | null>
      stands_id: Once<string | null>
      said_ja: Once<string>
      said_en: Once<string>
      taken_at: Instant
    }
  }
}
