export type { Json, Label, Mode } from './columns.ts'
export type { Via } from './tables/answers.ts'
export type { Place } from './tables/contact-points.ts'
export type { Duty, Hours, Means } from './tables/contacts.ts'
export type { DeliveryChannel, DeliveryState, DeliveryTry, RecipientAddress } from './tables/deliveries.ts'
export type { ImprovementSource, ImprovementState } from './tables/improvements.ts'
export type { FunctionCode, InstitutionKind, Market, Membership } from './tables/institutions.ts'
export type { LadderStep } from './tables/ladders.ts'
export type { AnswerWanted, Choice, NoticeKind, NoticeSeverity } from './tables/notices.ts'
export type { Hazard } from './tables/proposals.ts'
export type { ItemKind, Relation } from './tables/register.ts'
export type { ReplyFinding } from './tables/replies.ts'
export type { Alternative, Condition, Damage } from './tables/reports.ts'
export type { Role } from './tables/roles.ts'

/** Every table of the database and its columns: each slice adds its own in `tables/<slice>.ts`; a test holds them against the database. */
// biome-ignore lint/suspicious/noEmptyInterface: the files of tables/ fill it.
export interface Tables {}
