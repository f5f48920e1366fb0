import type { ColumnType, Generated } from 'kysely'
import type { Instant, JsonOf, Label, MaybeInstant, Mode, Once } from '../columns.ts'

export type NoticeKind =
  | 'command_centre'
  | 'information'
  | 'official'
  | 'report_request'
  | 'practice'
  | 'test'
  | 'correction'
  | 'withdrawal'
export type NoticeSeverity = 'urgent' | 'important' | 'routine'
export type AnswerWanted = 'none' | 'acknowledge' | 'choice' | 'report'
export type Choice = { ja: string; en: string }

declare module '../tables.ts' {
  /** What is said to institutions. */
  interface Tables {
    notice: {
      id: Generated<string>
      number: ColumnType<string, never, never>
      mode: Mode
      kind: NoticeKind
      severity: NoticeSeverity
      label: Label
      situation_id: string | null
      official_notice_id: string | null
      round_id: string | null
      asking: number | null
      replaces_id: string | null
      template_id: string | null
      subject_ja: string
      subject_en: string
      text_ja: string
      text_en: string
      /** As somebody said it (Audience of the audience slice). */
      audience: JsonOf<unknown>
      answer_wanted: AnswerWanted
      choices: JsonOf<Choice[]>
      answer_by: MaybeInstant
      repeat_minutes: number | null
      state: Generated<'draft' | 'submitted' | 'released' | 'dropped'>
      version: Generated<number>
      drafted_by: string
      drafted_at: Instant
      submitted_by: string | null
      submitted_at: MaybeInstant
      released_by: string | null
      released_at: MaybeInstant
      override_reason: string | null
      replaced_by_id: string | null
      returned_by: string | null
      returned_at: MaybeInstant
      return_reason: string | null
      idempotency_key: string
    }
    /** What it would have done when it was last written or put forward (Checked of the notices slice). */
    notice_check: {
      notice_id: string
      digest: string
      parts: JsonOf<unknown>
      kept_at: Instant
    }
    /** A file chosen for a notice, kept while its form is corrected. */
    notice_upload: {
      id: Generated<string>
      file_name: Once<string>
      media_type: Once<string>
      digest: Once<string>
      size: Once<number>
      content: Once<Buffer>
      uploaded_by: Once<string>
      uploaded_at: Instant
    }
    notice_attachment: {
      id: Generated<string>
      notice_id: Once<string>
      file_name: Once<string>
      media_type: Once<string>
      digest: Once<string>
      size: Once<number>
      /** null: that of `same_as`. */
      content: Once<Buffer | null>
      same_as: Once<string | null>
      added_by: Once<string>
      added_at: Instant
      /** The official notice as it was registered, written by the program. */
      is_original: Generated<boolean>
    }
  }
}
