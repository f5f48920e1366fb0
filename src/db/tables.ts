import type { ColumnType, Generated, JSONColumnType } from 'kysely'

type Instant = ColumnType<Date, Date, Date>
type MaybeInstant = ColumnType<Date | null, Date | null | undefined, Date | null>
type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>
export type Json = JSONColumnType<Record<string, unknown>>

/** Real, drill or test. Never mixed: the database refuses it. */
export type Mode = 'actual' | 'exercise' | 'test'
export type Condition = 'normal' | 'partial' | 'stopped' | 'resumed' | 'unknown'
export type Damage = 'none' | 'partial' | 'severe' | 'unknown'
export type InstitutionKind =
  | 'association'
  | 'exchange'
  | 'pts'
  | 'clearing_equities'
  | 'clearing_bonds'
  | 'depository'
  | 'central_bank'
  | 'regulator'
  | 'securities_firm'
  | 'special_member'
export type Market = 'exchange' | 'off_exchange' | 'bonds'
export type FunctionCode = 'order_trading' | 'clearing' | 'settlement' | 'custody' | 'market_data' | 'funds'
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

export interface Tables {
  institution: {
    id: Generated<string>
    code: string
    kind: InstitutionKind
    name_ja: string
    name_en: string
    active_from: Generated<string>
    active_to: string | null
    is_infrastructure: ColumnType<boolean, never, never>
  }
  institution_market: { institution_id: string; market: Market }
  institution_function: { institution_id: string; function_code: FunctionCode }
  site: {
    id: Generated<string>
    institution_id: string
    kind: 'head_office' | 'data_centre' | 'alternate_office'
    address: string
    area_code: string
  }
  person: {
    id: Generated<string>
    name_ja: string
    name_en: string | null
    email: string
    email_verified: Generated<boolean>
    image: string | null
    institution_id: string
    is_demo: Generated<boolean>
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  session: {
    id: Generated<string>
    person_id: string
    token: string
    expires_at: Instant
    ip_address: string | null
    user_agent: string | null
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  credential: {
    id: Generated<string>
    person_id: string
    account_id: string
    provider_id: string
    password: string | null
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  role_grant: {
    person_id: string
    role: 'secretariat' | 'bcp_contact' | 'observer' | 'auditor'
    granted_at: Generated<Date>
  }
  contact: {
    id: Generated<string>
    institution_id: string
    rank: number
    name_ja: string
    name_en: string | null
    mail: string
    phone: string | null
    person_id: string | null
    removed_at: MaybeInstant
  }
  trail: {
    id: string
    at: Instant
    person_id: string | null
    who: string
    institution_id: string | null
    action: string
    about: string
    mode: Mode | null
    details: Json
    previous_hash: Bytes
    hash: Bytes
  }
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
    situation_id: string
    mode: Mode
    text_ja: string
    text_en: string
    answer_by: Instant
    asked_by: string
    asked_at: Instant
    idempotency_key: string
  }
  asked: { round_id: string; institution_id: string }
  delivery: {
    id: Generated<string>
    round_id: string
    mode: Mode
    institution_id: string
    contact_id: string
    address: string
    message_id: string
    state: Generated<'waiting' | 'sending' | 'sent' | 'perhaps' | 'failed'>
    attempts: Generated<number>
    next_try_at: Instant
    claimed_until: MaybeInstant
    sent_at: MaybeInstant
    answer: string | null
  }
  report: {
    id: Generated<string>
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
    bcp: 'not_activated' | 'preparing' | 'activated' | 'lifted'
    command_centre: 'not_set_up' | 'set_up'
    resumption_at: MaybeInstant
    text: string
    next_update_at: Instant
    reported_by: string
    reported_at: Instant
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
