import { wordsOf } from '#directory/search/index.ts'
import type { FunctionCode, Market } from '#ground/db/tables.ts'
import type { Language } from '#ground/html/language.ts'
import { named } from '#ground/html/language.ts'
import { pageOf } from '#ground/lists/paged.ts'
import { type Wanted, wantedIn } from '#ground/lists/wanted.ts'
import { functionCodes, markets } from '#ground/market/words.ts'
import { type BcpColumn, bcpColumns, type ViewName, views } from '#status/board/index.ts'
import { type State, worst, worstFirst } from '#status/reports/index.ts'
import type { ToldLine } from './told.ts'

/** So many lines of long names are still loaded well within 14 KB. */
export const lines_per_page = 25
const sought_length_max = 100

/** The two contents of one picture, each with an address of its own. */
export const contents = ['operating-status', 'bcp-status'] as const
export type Content = (typeof contents)[number]

/** `able`: who works, as usual or again. */
export const stateChoices = ['able', ...worstFirst] as const
type StateChoice = (typeof stateChoices)[number]

/** What a reader looks for. It stands in the address, so a reload and a link show the same. */
export type Sought = {
  content: Content
  view: ViewName
  market: Market | null
  function_code: FunctionCode | null
  state: StateChoice | null
  bcp: BcpColumn | null
  q: string
  wanted: Wanted
}

const first: Record<Content, ViewName> = { 'operating-status': 'participants', 'bcp-status': 'infrastructure' }

/** What an address asks for; what it does not know it leaves aside. */
export const soughtIn = (content: Content, query: Record<string, string>): Sought => ({
  content,
  view: views.find((view) => view === query.view) ?? first[content],
  market: markets.find((one) => one === query.market) ?? null,
  function_code: content === 'operating-status' ? (functionCodes.find((one) => one === query.function) ?? null) : null,
  state: content === 'operating-status' ? (stateChoices.find((one) => one === query.state) ?? null) : null,
  bcp: content === 'bcp-status' ? (bcpColumns.find((one) => one === query.bcp) ?? null) : null,
  q: (query.q ?? '').replaceAll('\0', '').trim().slice(0, sought_length_max),
  wanted: wantedIn(query),
})

/** The same as fields of an address; the site that comes first needs none. */
export const fieldsOf = ({ content, view, market, function_code, state, bcp, q }: Sought) => ({
  ...{ view: view === first[content] ? null : view, market, function: function_code, state, bcp, q },
})

/** Those that were looked for, by name as this language sorts them. */
export function linesFor(lines: readonly ToldLine[], sought: Sought, language: Language): ToldLine[] {
  const { view, market, function_code, state, bcp, q } = sought
  const words = wordsOf(q)
  const collator = new Intl.Collator(language)
  const key = (line: ToldLine) => (language === 'ja' && line.reading) || named(language, line)
  return lines
    .filter(
      (line) =>
        line.is_infrastructure === (view === 'infrastructure') &&
        (!market || line.markets.includes(market)) &&
        (!function_code || line.functions?.some(({ code }) => code === function_code)) &&
        (!state || isLike(stateOf(line, function_code), state)) &&
        (!bcp || line.bcp === bcp) &&
        words.every(({ letters }) => line.sought.includes(letters)),
    )
    .map((line) => ({ line, key: key(line) }))
    .sort((one, other) => collator.compare(one.key, other.key) || (one.line.code < other.line.code ? -1 : 1))
    .map(({ line }) => line)
}

export const pageFor = (lines: readonly ToldLine[], sought: Sought, language: Language) =>
  pageOf(linesFor(lines, sought, language), sought.wanted, lines_per_page)

/** Of one function, or the worst of all; null where it is not to be seen by name, or there is none. */
export const stateOf = ({ functions }: ToldLine, function_code: FunctionCode | null): State | null =>
  functions && worst(functions.filter(({ code }) => !function_code || code === function_code).map(({ state }) => state))

/** Whom nobody may take for working: in trouble, or without a word that holds. */
const not_able: readonly State[] = ['stopped', 'partial', 'unknown', 'not_reported', 'not_asked']

const isLike = (found: State | null, choice: StateChoice) =>
  choice === 'able' ? found !== null && !not_able.includes(found) : found === choice
