import { createHash } from 'node:crypto'
import { tallyOf } from '#delivery/answers/index.ts'
import { kindWords } from '#directory/institutions/index.ts'
import type { Condition, FunctionCode, Market } from '#ground/db/tables.ts'
import { canonical } from '#ground/trail/record.ts'
import type { ToPublish } from '#public/site/index.ts'
import { type MarketState, marketName } from '#status/activations/index.ts'
import { type BoardRow, boardOf, type Line } from '#status/board/index.ts'
import { isCondition, type State, saidAt, worst } from '#status/reports/index.ts'
import type { SituationView } from '#status/situations/index.ts'
import { centreTold } from './centre-told.ts'
import type { PublicationForm } from './publication-form.ts'

const named_sources_max = 3

/** What the public would read: the secretariat's words and choices, and what the infrastructure institutions themselves said last. Pure. */
export function draftOf(
  situation: SituationView,
  { rows, bcps }: { rows: readonly BoardRow[]; bcps: readonly MarketState[] },
  form: PublicationForm,
  at: Date,
): ToPublish {
  const infrastructure = rows.filter(({ institution }) => institution.is_infrastructure)
  const board = boardOf(rows, at)
  return {
    id: situation.id,
    mode: situation.mode,
    hazard: situation.hazard,
    title_ja: situation.title_ja,
    title_en: situation.title_en,
    text_ja: form.text_ja,
    text_en: form.text_en,
    event_at: situation.event_at.toISOString(),
    opened_at: situation.opened_at.toISOString(),
    ...centreTold(situation),
    updated_at: at.toISOString(),
    closed_at: null,
    closing_ja: null,
    closing_en: null,
    functions: form.functions.map(({ market, function_code }) =>
      functionState(situation, infrastructure, { market, function_code, named: form.institutions }, at),
    ),
    institutions: board.lines
      .filter(({ institution }) => form.institutions.includes(institution.id))
      .flatMap((line) => institutionState(line, infrastructure)),
    activations: bcps.filter(({ market }) => form.activations.includes(market)).map(activationState),
    participants: form.participants ? participantsOf(board.lines) : null,
    next_update_at: form.next_update_at?.toISOString() ?? null,
  }
}

/** The last word about a market's BCP, also if it does not hold yet: the time from which it does stands beside it. */
function activationState({ market, standing: [word] }: MarketState): ToPublish['activations'][number] {
  return {
    market,
    market_ja: marketName('ja', market),
    market_en: marketName('en', market),
    step: word && word.step !== 'corrected' ? word.step : 'not_activated',
    body_ja: word?.body_ja ?? '',
    body_en: word?.body_en ?? '',
    decided_at: word?.decided_at.toISOString() ?? null,
    effective_at: word?.effective_at.toISOString() ?? null,
  }
}

/** Names what someone has checked: the same as long as the public would read the same. */
export const digestOf = ({ updated_at: _, ...told }: ToPublish): string =>
  createHash('sha256').update(canonical(told)).digest('hex')

/** The functions that the public can be told about: those that some infrastructure institution has in some market. */
export function publishableFunctions(rows: readonly BoardRow[], at: Date) {
  const infrastructure = rows.filter(({ institution }) => institution.is_infrastructure)
  return boardOf(infrastructure, at).cells.filter(({ total }) => total > 0)
}

function functionState(
  situation: SituationView,
  infrastructure: readonly BoardRow[],
  { named, ...asked }: { market: Market; function_code: FunctionCode; named: readonly string[] },
  at: Date,
): ToPublish['functions'][number] {
  const here = infrastructure.filter(
    ({ institution }) =>
      institution.markets.includes(asked.market) && institution.functions.includes(asked.function_code),
  )
  const cell = boardOf(here, at).cells.find(
    ({ market, function_code }) => market === asked.market && function_code === asked.function_code,
  )
  const said = sayers(here, asked.function_code, cell?.worst ?? null, at)
  const reports = said.flatMap(({ report }) => report ?? [])
  const opened = situation.opened_at.getTime()
  // Trouble is known while any report of it holds; that all is well, only while every report does.
  const until = isTrouble(cell?.worst)
    ? Math.max(...reports.map(({ next_update_at }) => next_update_at.getTime()))
    : Math.min(...here.flatMap(({ report }) => report?.next_update_at.getTime() ?? []))
  return {
    ...asked,
    condition: publicCondition(cell?.worst ?? 'not_asked'),
    as_of: new Date(
      reports.length > 0 ? Math.min(...reports.map((report) => saidAt(report).getTime())) : opened,
    ).toISOString(),
    expires_at: new Date(reports.length > 0 ? until : opened).toISOString(),
    source_ja: sources(said, named, 'ja'),
    source_en: sources(said, named, 'en'),
    concerned: said.length,
    total: here.length,
  }
}

const isTrouble = (state: State | null | undefined) => state === 'stopped' || state === 'partial'

/** Whose word the condition rests on: of trouble and of the alternative, those who report it now; of anything else, everyone. */
function sayers(here: readonly BoardRow[], code: FunctionCode, found: State | null, at: Date): readonly BoardRow[] {
  if (!isTrouble(found) && found !== 'alternative') return here
  return here.filter(({ report }) => report && report.next_update_at > at && report[code] === found)
}

/** How an institution stands by its functions alone: its damage is not public (N-3). One without functions has reported, and that is all. */
const stateOf = (line: Line): State =>
  line.report_id ? (worst(line.functions.map(({ state }) => state)) ?? 'no_functions') : line.overall

/**
 * Whose word it is: by name those that were chosen to be named and have reported, the others as a number; empty when nobody was
 * chosen. Who is silent is neither named nor counted here.
 */
function sources(said: readonly BoardRow[], named: readonly string[], language: 'ja' | 'en'): string {
  const heard = said.filter(({ report }) => report !== null).map(({ institution }) => institution)
  const names = heard
    .filter(({ id }) => named.includes(id))
    .slice(0, named_sources_max)
    .map(({ name_ja, name_en }) => (language === 'ja' ? name_ja : name_en))
  const more = heard.length - names.length
  const first = names.join(language === 'ja' ? '、' : ', ')
  if (names.length === 0 || more === 0) return first
  return language === 'ja' ? `${first}ほか${more}機関` : `${first} and ${more} more`
}

function institutionState(line: Line, infrastructure: readonly BoardRow[]): ToPublish['institutions'] {
  const row = infrastructure.find(({ institution }) => institution.id === line.institution.id)
  // Nobody is shown to the public who has not said anything: an absence is not a state of theirs to publish.
  if (!row?.report) return []
  const { name_ja, name_en, kind } = row.institution
  return [
    {
      name_ja,
      name_en,
      kind_ja: kindWords.ja[kind],
      kind_en: kindWords.en[kind],
      condition: publicState(stateOf(line)),
      bcp: row.report.bcp,
      as_of: saidAt(row.report).toISOString(),
      expires_at: row.report.next_update_at.toISOString(),
      resumption_at: row.report.resumption_at?.toISOString() ?? null,
      normal_at: row.report.normal_at?.toISOString() ?? null,
    },
  ]
}

function participantsOf(lines: readonly Line[]): NonNullable<ToPublish['participants']> {
  const all = lines.filter(({ institution }) => !institution.is_infrastructure)
  const { asked, reported } = tallyOf(
    all.map(({ is_asked, reported_at }) => ({ is_asked, has_reported: reported_at !== null })),
  )
  const heard = all
    .filter(({ is_asked, report_id }) => is_asked && report_id !== null)
    .map((line) => publicState(stateOf(line)))
  const count = (...conditions: ReturnType<typeof publicState>[]) =>
    heard.filter((each) => conditions.includes(each)).length
  return {
    asked,
    reported,
    normal: count('normal', 'resumed'),
    alternative: count('alternative'),
    partial: count('partial'),
    stopped: count('stopped'),
    unknown: count('unknown'),
    no_functions: count('no_functions'),
  }
}

/** "Not reported" and "not asked" are unknown to the public: never normal. */
const publicCondition = (state: State): Condition => (isCondition(state) ? state : 'unknown')
const publicState = (state: State) => (state === 'no_functions' ? state : publicCondition(state))
