import type { ColumnType, Generated } from 'kysely'
import type { Bytes, Instant, Json, MaybeInstant, Mode } from './columns.ts'
import type { AccessTables, Label } from './tables-access.ts'
import type { AttemptTables } from './tables-attempts.ts'
import type { AudienceTables } from './tables-audience.ts'
import type { CareTables } from './tables-care.ts'
import type { ChannelTables } from './tables-channels.ts'
import type { ContactTables } from './tables-contacts.ts'
import type { DirectoryTables } from './tables-directory.ts'
import type { InvitationTables } from './tables-invitations.ts'
import type { NoticeTables, Via } from './tables-notices.ts'
import type { PackTables } from './tables-pack.ts'
import type { RegistryTables } from './tables-registry.ts'
import type { ReplyTables } from './tables-replies.ts'
import type { RightsTables } from './tables-rights.ts'
import type { SignInTables } from './tables-sign-in.ts'
import type { SsoTables } from './tables-sso.ts'

export type { Json, Mode } from './columns.ts'
export type { Label, Role } from './tables-access.ts'
export type { Duty, FunctionCode, Hours, InstitutionKind, Market, Means } from './tables-directory.ts'

export type {
  AnswerWanted,
  Choice,
  DeliveryChannel,
  DeliveryState,
  DeliveryTry,
  LadderStep,
  NoticeKind,
  NoticeSeverity,
  RecipientAddress,
  Via,
} from './tables-notices.ts'
export type { ReplyFinding } from './tables-replies.ts'

export type Condition = 'normal' | 'partial' | 'stopped' | 'resumed' | 'unknown'
export type Damage = 'none' | 'partial' | 'severe' | 'unknown'
export type Hazard =
  | 'earthquake'
  | 'tsunami'
  | 'weather'
  | 'volcano'
  | 'terror'
  | 'system_failure'
  | 'cyber'
  | 'epidemic'
  | 'other'

export interface Tables
  extends AccessTables,
    AttemptTables,
    AudienceTables,
    CareTables,
    ChannelTables,
    ContactTables,
    DirectoryTables,
    InvitationTables,
    NoticeTables,
    ReplyTables,
    PackTables,
    RegistryTables,
    RightsTables,
    SignInTables,
    SsoTables {
  telegram: {
    id: Generated<string>
    code: string
    mode: Mode
    info_kind: 'issued' | 'corrected' | 'cancelled'
    event_key: string
    control_at: Instant
    serial: number | null
    title: string
    headline: string
    parsed: Json
    source: string
    digest: Bytes
    xml: Bytes
    received_at: Instant
  }
  rejected_telegram: {
    id: Generated<string>
    source: string
    reason_ja: string
    reason_en: string
    digest: Bytes
    content: Bytes
    received_at: Instant
  }
  feed: {
    url: string
    last_modified: string | null
    tried_at: MaybeInstant
    succeeded_at: MaybeInstant
    problem: string | null
  }
  fetched: { url: string; fetched_at: Instant }
  criterion: {
    id: string
    version: number
    name_ja: string
    name_en: string
    basis: 'S0-59' | 'S0-60' | 'S0-61'
    rule: Json
    is_active: boolean
    reason: string
    edited_by: string | null
    edited_at: Instant
  }
  proposal: {
    id: Generated<string>
    event_key: string
    mode: Mode
    occurrence: Generated<number>
    hazard: Hazard
    event_at: Instant
    title_ja: string
    title_en: string
    matches: ColumnType<unknown, string, string>
    proposed_at: Instant
    evaluated_at: Instant
    change_ja: string | null
    change_en: string | null
    withdrawn_at: MaybeInstant
    decision: 'opened' | 'set_aside' | null
    decided_by: string | null
    decided_at: MaybeInstant
    reason: string | null
  }
  situation: {
    id: Generated<string>
    label: Generated<Label>
    number: Generated<string>
    mode: Mode
    hazard: Hazard
    title_ja: string
    title_en: string
    text_ja: string
    text_en: string
    event_at: Instant
    recovery_minutes: Generated<number>
    update_minutes: Generated<number>
    phase: Generated<'emergency' | 'recovery'>
    proposal_id: string | null
    criterion_id: string | null
    criterion_version: number | null
    reason: string
    opened_by: string
    opened_at: Instant
    idempotency_key: Generated<string>
    returned_at: MaybeInstant
    returned_by: string | null
    closed_at: MaybeInstant
    closed_by: string | null
    closing_reason: string | null
  }
  round: {
    id: Generated<string>
    label: Generated<Label>
    situation_id: string
    mode: Mode
    text_ja: string
    text_en: string
    answer_by: Instant
    asked_by: string
    asked_at: Instant
    idempotency_key: string
    /** As somebody said it (Audience of the audience slice). */
    audience: ColumnType<unknown, string, never>
    repeat_minutes: number | null
    answer_minutes: number | null
    next_repeat_at: MaybeInstant
    closed_at: MaybeInstant
    /** Null with closed_at: it closed by itself. */
    closed_by: string | null
    summary: ColumnType<unknown, string | null, string | null>
  }
  report: {
    id: Generated<string>
    label: Generated<Label>
    institution_id: string
    situation_id: string | null
    mode: Mode
    supersedes: string | null
    order_trading: Condition | null
    clearing: Condition | null
    settlement: Condition | null
    custody: Condition | null
    market_data: Condition | null
    funds: Condition | null
    damage_building: Damage
    damage_systems: Damage
    damage_staff: Damage
    damage_external: Damage
    bcp: 'not_activated' | 'preparing' | 'activated' | 'lifted' | 'unknown'
    command_centre: 'not_set_up' | 'set_up' | 'unknown'
    resumption_at: MaybeInstant
    text: string
    next_update_at: Instant
    /** Null: it came by mail or SMS, from the one whom recipient_id names. */
    reported_by: string | null
    via: Generated<Via>
    recipient_id: string | null
    is_on_behalf: Generated<boolean>
    reported_at: Instant
    /** When it was written, if it had to wait for a connection. */
    written_at: MaybeInstant
    idempotency_key: string
  }
  publication: {
    id: Generated<string>
    number: number
    mode: Mode
    situation_id: string
    cap_kind: 'Alert' | 'Update' | 'Cancel'
    snapshot: ColumnType<unknown, string, never>
    institutions: Generated<string[]>
    published_by: string
    published_at: Instant
    idempotency_key: string
  }
  official_notice: {
    id: Generated<string>
    label: Generated<Label>
    situation_id: string | null
    mode: Mode
    issuer: string
    reference: string
    issued_on: string
    title: string
    body: string
    registered_by: string
    registered_at: Instant
    idempotency_key: string
  }
}
