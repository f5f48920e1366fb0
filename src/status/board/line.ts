import type { Alternative, Condition, Damage, FunctionCode, Via } from '#ground/db/tables.ts'
import type { Last } from '#ground/market/last-said.tsx'
import { functionCodes } from '#ground/market/words.ts'
import { expiredAt, overall, type State, saidAt, worstDamage } from '#status/reports/index.ts'
import type { Awaited, BcpColumn, BoardInstitution, BoardRow } from './row.ts'

/** One institution on the board. What its reader may not see is null. */
export type Line = {
  institution: Pick<BoardInstitution, 'id' | 'code' | 'name_ja' | 'name_en' | 'is_infrastructure' | 'sought'>
  is_asked: boolean
  report_id: string | null
  reported_at: Date | null
  /** When it was written, if it had to wait for a connection. */
  written_at: Date | null
  reported_by_ja: string | null
  reported_by_en: string | null
  via: Via | null
  /** Entered by the secretariat, as it was told by phone. */
  is_on_behalf: boolean
  /** Which asking of its round the report answers. */
  answers_asking: number | null
  /** What it has been asked since and has not answered: what it said before is no answer to that. */
  awaited: Awaited | null
  next_update_at: Date | null
  /** Since when the last report no longer holds: everything below is then unknown. */
  unknown_since: Date | null
  /** What the last report said before that; null while it holds, or where nothing was said. */
  last: Last | null
  /** `last`: what the report that no longer holds said of it. */
  functions: { code: FunctionCode; state: State; last?: Condition | null }[]
  overall: State
  /** What makes it stand higher in the list; damage counts where all functions run. */
  concern: State | 'damaged'
  damage: Damage | null
  bcp: BcpColumn
  command_centre: 'not_set_up' | 'set_up' | 'unknown' | null
  resumption_at: Date | null
  /** What its functions run on in place of what they usually do, and when that is expected to end. */
  alternative: { alternative_from: Alternative | null; alternative_other: string; normal_at: Date | null } | null
}

/** How one institution stands at `now`: as it last said, unknown once that has expired, not reported if it said nothing. */
export function lineOf(
  institution: BoardInstitution,
  { report, awaited, is_asked }: Pick<BoardRow, 'report' | 'awaited' | 'is_asked'>,
  now: Date,
): Line {
  const { id, code, name_ja, name_en, is_infrastructure, sought } = institution
  const own = functionCodes.filter((each) => institution.functions.includes(each))
  const line = { institution: { id, code, name_ja, name_en, is_infrastructure, sought }, awaited, is_asked }
  if (!report) {
    const state = is_asked ? 'not_reported' : 'not_asked'
    return {
      ...line,
      ...nothingSaid,
      functions: own.map((each) => ({ code: each, state })),
      overall: state,
      concern: state,
      bcp: state,
    }
  }

  const unknown_since = expiredAt(report, now)
  const said = {
    ...line,
    report_id: report.id,
    reported_at: report.reported_at,
    written_at: report.written_at,
    reported_by_ja: report.reported_by_ja,
    reported_by_en: report.reported_by_en,
    via: report.via,
    is_on_behalf: report.is_on_behalf,
    answers_asking: report.answers_asking,
    next_update_at: report.next_update_at,
    unknown_since,
  }
  if (unknown_since)
    return {
      ...said,
      ...nothingKnown,
      last: { condition: overall(report), at: saidAt(report) },
      functions: own.map((each) => ({ code: each, state: 'unknown', last: report[each] })),
    }

  const state = overall(report)
  const { alternative_from, alternative_other, normal_at } = report
  const damage = worstDamage(report)
  const is_damaged = damage !== 'none' && (state === 'normal' || state === 'resumed')
  return {
    ...said,
    last: null,
    functions: own.map((each) => ({ code: each, state: report[each] ?? 'not_reported' })),
    // Whose damage is all that there is to tell stands by it in the list, and among no state of functions.
    overall: own.length === 0 ? 'no_functions' : state,
    concern: is_damaged ? 'damaged' : state,
    damage,
    bcp: report.bcp,
    command_centre: report.command_centre,
    resumption_at: report.resumption_at,
    alternative: own.some((each) => report[each] === 'alternative')
      ? { alternative_from, alternative_other, normal_at }
      : null,
  }
}

const nothingSaid = {
  report_id: null,
  reported_at: null,
  written_at: null,
  reported_by_ja: null,
  reported_by_en: null,
  via: null,
  is_on_behalf: false,
  answers_asking: null,
  next_update_at: null,
  unknown_since: null,
  last: null,
  damage: null,
  command_centre: null,
  resumption_at: null,
  alternative: null,
} as const

const nothingKnown = {
  overall: 'unknown',
  concern: 'unknown',
  damage: 'unknown',
  bcp: 'unknown',
  command_centre: 'unknown',
  resumption_at: null,
  alternative: null,
} as const
