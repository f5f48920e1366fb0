import type { FunctionCode, InstitutionKind, Market } from '#ground/db/tables.ts'
import { bcpStates, damageFields, functionCodes } from '#ground/market/words.ts'
import type { ReportView } from '#status/reports/index.ts'

export type BoardInstitution = {
  id: string
  code: string
  kind: InstitutionKind
  name_ja: string
  name_en: string
  is_infrastructure: boolean
  /** Everything it is called, folded, for searching. */
  sought: string
  markets: Market[]
  functions: FunctionCode[]
}
/** What an institution still has to answer: which asking of a round (null: of none), by when. */
export type Awaited = { asking: number | null; answer_by: Date }
/** An institution, whether it was asked at all, what it last said, null when it has said nothing, and what it has been asked since. */
export type BoardRow = {
  institution: BoardInstitution
  is_asked: boolean
  report: CurrentReport | null
  awaited: Awaited | null
}

/** How the business-continuity plan of an institution stands, as the board counts it. */
export const bcpColumns = [...bcpStates, 'unknown', 'not_reported', 'not_asked'] as const
export type BcpColumn = (typeof bcpColumns)[number]

/** What the board shows of a report. */
export const shown = [
  'id',
  ...functionCodes,
  ...damageFields,
  'bcp',
  'command_centre',
  'resumption_at',
  'alternative_from',
  'alternative_other',
  'normal_at',
  'next_update_at',
  'reported_at',
  'is_on_behalf',
  'written_at',
  'via',
] as const

/** What the board needs of a report. */
export type CurrentReport = Pick<ReportView, (typeof shown)[number]> & {
  reported_by_ja: string | null
  reported_by_en: string | null
  /** Which asking of its round it answers. */
  answers_asking: number | null
}
