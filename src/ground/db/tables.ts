import type { AnswersTables } from './tables/answers.ts'
import type { AttestationTables } from './tables/attestation.ts'
import type { AudienceTables } from './tables/audience.ts'
import type { BreakGlassTables } from './tables/break-glass.ts'
import type { CallsTables } from './tables/calls.ts'
import type { ContactsTables } from './tables/contacts.ts'
import type { DeliveriesTables } from './tables/deliveries.ts'
import type { ExchangeTables } from './tables/exchange.ts'
import type { InstitutionsTables } from './tables/institutions.ts'
import type { InvitationsTables } from './tables/invitations.ts'
import type { LaddersTables } from './tables/ladders.ts'
import type { LettersTables } from './tables/letters.ts'
import type { NoticesTables } from './tables/notices.ts'
import type { OfficialNoticesTables } from './tables/official-notices.ts'
import type { PackTables } from './tables/pack.ts'
import type { ProposalsTables } from './tables/proposals.ts'
import type { PublicationTables } from './tables/publication.ts'
import type { PushTables } from './tables/push.ts'
import type { RepliesTables } from './tables/replies.ts'
import type { ReportsTables } from './tables/reports.ts'
import type { RolesTables } from './tables/roles.ts'
import type { RosterTables } from './tables/roster.ts'
import type { RoundsTables } from './tables/rounds.ts'
import type { SettingsTables } from './tables/settings.ts'
import type { SignInTables } from './tables/sign-in.ts'
import type { SituationsTables } from './tables/situations.ts'
import type { SsoTables } from './tables/sso.ts'
import type { TelegramsTables } from './tables/telegrams.ts'
import type { TemplatesTables } from './tables/templates.ts'
import type { TrailTables } from './tables/trail.ts'

export type { Json, Label, Mode } from './columns.ts'
export type { Via } from './tables/answers.ts'
export type { Duty, Hours, Means } from './tables/contacts.ts'
export type { DeliveryChannel, DeliveryState, DeliveryTry, RecipientAddress } from './tables/deliveries.ts'
export type { FunctionCode, InstitutionKind, Market } from './tables/institutions.ts'
export type { LadderStep } from './tables/ladders.ts'
export type { AnswerWanted, Choice, NoticeKind, NoticeSeverity } from './tables/notices.ts'
export type { Hazard } from './tables/proposals.ts'
export type { ReplyFinding } from './tables/replies.ts'
export type { Condition, Damage } from './tables/reports.ts'
export type { Role } from './tables/roles.ts'

/** Every table of the database and its columns, each in the file of its slice; a test holds them against the database. */
export interface Tables
  extends SignInTables,
    SsoTables,
    RolesTables,
    SettingsTables,
    TrailTables,
    LettersTables,
    InvitationsTables,
    BreakGlassTables,
    InstitutionsTables,
    ContactsTables,
    AttestationTables,
    ExchangeTables,
    RosterTables,
    TelegramsTables,
    ProposalsTables,
    PushTables,
    NoticesTables,
    DeliveriesTables,
    AnswersTables,
    TemplatesTables,
    LaddersTables,
    AudienceTables,
    SituationsTables,
    ReportsTables,
    RoundsTables,
    RepliesTables,
    CallsTables,
    OfficialNoticesTables,
    PublicationTables,
    PackTables {}
