import type { Generated } from 'kysely'
import type { Instant, JsonOf, Label, MaybeInstant } from '../columns.ts'
import type { AnswerWanted, Choice, NoticeKind, NoticeSeverity } from './notices.ts'

declare module '../tables.ts' {
  /** Texts that notices begin from. */
  interface Tables {
    notice_template: {
      id: Generated<string>
      code: string
      version: number
      kind: Exclude<NoticeKind, 'correction' | 'withdrawal'>
      severity: NoticeSeverity
      label: Label
      name_ja: string
      name_en: string
      subject_ja: string
      subject_en: string
      text_ja: string
      text_en: string
      answer_wanted: AnswerWanted
      choices: JsonOf<Choice[]>
      answer_minutes: number | null
      made_by: string | null
      made_at: Instant
      removed_at: MaybeInstant
    }
    /** The newest version of each, in use or not any more. */
    notice_template_now: Tables['notice_template']
  }
}
