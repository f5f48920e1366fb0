import type { ColumnType, Generated } from 'kysely'
import type { Instant, MaybeInstant, Mode } from './columns.ts'
import type { Label } from './tables-access.ts'
import type { Means } from './tables-directory.ts'

type Once<T> = ColumnType<T, T, never>
/** JSON that is read as T and written as text. */
type JsonOf<T> = ColumnType<T, string, string>

export type NoticeKind =
  | 'command_centre'
  | 'official'
  | 'report_request'
  | 'practice'
  | 'test'
  | 'correction'
  | 'withdrawal'
export type NoticeSeverity = 'urgent' | 'important' | 'routine'
export type AnswerWanted = 'none' | 'acknowledge' | 'choice' | 'report'
export type DeliveryChannel = 'mail' | 'web_push' | 'sms' | 'voice' | 'webhook' | 'file_drop'
export type DeliveryState = 'waiting' | 'sending' | 'sent' | 'perhaps' | 'failed' | 'stopped'
export type Via = 'portal' | 'link' | 'mail' | 'sms' | 'call'
export type LadderStep = {
  after_minutes: number
  to: 'primary' | 'deputies' | 'all'
  channels: (DeliveryChannel | 'call')[]
}
export type Choice = { ja: string; en: string }
/** One way to reach a recipient, as it was at release; id null: it is of no directory entry. */
export type RecipientAddress = { id: string | null; means: Means; address: string }

/** What came of one attempt; `claim` is the number under which a worker had the delivery then. */
export type DeliveryTry = {
  claim: number
  kind: 'sent' | 'deferred' | 'refused' | 'perhaps'
  answer: string
  /** ISO 8601. */
  at: string
}

/** What is said to institutions, how it reaches them, and what they answer. */
export interface NoticeTables {
  ladder: {
    id: Generated<string>
    severity: NoticeSeverity
    scope: 'all' | 'infrastructure' | 'participants'
    version: number
    steps: JsonOf<LadderStep[]>
    made_by: string | null
    made_at: Instant
  }
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
  receipt: {
    id: Generated<string>
    notice_id: Once<string>
    mode: Once<Mode>
    institution_id: Once<string>
    ladder_id: string | null
    step: Generated<number>
    next_step_at: MaybeInstant
    opened_at: Instant
    closed_at: MaybeInstant
    closed_how: 'answered' | 'ended' | null
    call_since: MaybeInstant
  }
  recipient: {
    id: Generated<string>
    number: ColumnType<string, never, never>
    receipt_id: Once<string>
    notice_id: Once<string>
    institution_id: Once<string>
    contact_id: Once<string>
    person_id: Once<string | null>
    rank: Once<number>
    is_primary: Once<boolean>
    name_ja: Once<string>
    name_en: Once<string | null>
    addresses: ColumnType<RecipientAddress[], string, never>
    reply_code: Once<string>
  }
  rendering: {
    notice_id: Once<string>
    channel: Once<DeliveryChannel>
    subject: Once<string>
    body: Once<string>
    html: Once<string | null>
  }
  delivery: {
    id: Generated<string>
    notice_id: Once<string>
    mode: Once<Mode>
    receipt_id: Once<string>
    recipient_id: Once<string | null>
    institution_id: Once<string>
    contact_address_id: Once<string | null>
    purpose: ColumnType<
      'notice' | 'done' | 'reply' | 'bundle',
      'notice' | 'done' | 'reply' | 'bundle' | undefined,
      never
    >
    step: Once<number>
    channel: Once<DeliveryChannel>
    address: Once<string>
    message_id: Once<string>
    /** 0 urgent, 1 important, 2 routine. */
    urgency: Once<number>
    state: Generated<DeliveryState>
    attempts: Generated<number>
    queued_at: Instant
    next_try_at: Instant
    claimed_until: MaybeInstant
    sent_at: MaybeInstant
    answer: string | null
    subject: string | null
    body: string | null
    claims: Generated<number>
    takeovers: Generated<number>
    tries: ColumnType<DeliveryTry[], string | undefined, string>
    followed_at: ColumnType<Date | null, Date | null | undefined, Date | null>
    is_held: Generated<boolean>
    bundle_id: ColumnType<string | null, string | null | undefined, string | null>
  }
  answer: {
    id: Generated<string>
    receipt_id: Once<string>
    mode: Once<Mode>
    notice_id: Once<string>
    institution_id: Once<string>
    is_first: Once<boolean>
    given: Once<'acknowledged' | 'choice' | 'report'>
    choice: Once<number | null>
    text: Generated<string>
    report_id: Once<string | null>
    via: Once<Via>
    answered_by: Once<string | null>
    recipient_id: Once<string | null>
    is_on_behalf: Generated<boolean>
    answered_at: Instant
  }
  call: {
    id: Generated<string>
    receipt_id: Once<string>
    institution_id: Once<string>
    recipient_id: Once<string | null>
    outcome: Once<'reached' | 'left_message' | 'no_answer' | 'busy' | 'wrong_number'>
    note: Generated<string>
    called_by: Once<string>
    called_at: Instant
    idempotency_key: Once<string>
  }
  channel_state: {
    channel: DeliveryChannel
    problem: string | null
    since: Instant
    checked_at: Instant
    handed_over_at: MaybeInstant
  }
}
