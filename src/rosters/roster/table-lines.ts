import type { z } from 'zod'
import { kindWords, membershipProblem, membershipWords } from '#directory/institutions/index.ts'
import type { InstitutionKind, Membership } from '#ground/db/tables.ts'
import { clears, fromCell } from './clear-word.ts'
import { type ContactColumn, contactColumnNames, type InstitutionColumn, institutionColumnNames } from './columns.ts'
import { type ContactLine, fileMeans, type InstitutionLine, type Place, siteKinds } from './lines.ts'
import { type Problem, problem } from './problem.ts'
import type { CsvRecord } from './read-csv.ts'
import { may_be_idle, messages, said } from './roster-line.ts'
import { contactCells, institutionCells } from './table-cells.ts'

type Cells = Record<string, z.ZodType<unknown, string>>
type Values<Of extends Cells> = { [Name in keyof Of]?: z.output<Of[Name]> }
/** A line as far as it could be read. Only a line without problems says what it is. */
export type Read<Line> = { line?: Line; problems: Problem[] }

/** Everybody has taken part since some day, is of some class and asked or not, though the columns may be left out. */
const neverCleared: readonly string[] = ['active_from', 'membership', 'asked']
/** Of these an empty cell says something: no market, no function. */
const saidByNothing: readonly string[] = ['markets', 'functions']

/** Reads the cells of one record by the columns of its header; a column that is not there, or empty, has no value. */
function readCells<Of extends Cells>(
  { line, cells: written }: CsvRecord,
  order: (string | undefined)[],
  names: readonly string[],
  of: Of,
): { values: Values<Of>; problems: Problem[] } {
  // A spreadsheet leaves out what is empty at the end of a line, and ends others with commas.
  if (written.slice(order.length).some((cell) => cell.trim() !== ''))
    return { values: {}, problems: [problem(line, null, 'cell_count', `${written.length} / ${order.length}`)] }
  const values: Record<string, unknown> = {}
  const problems: Problem[] = []
  for (const name of names) {
    const index = order.indexOf(name)
    if (index < 0) continue
    const is_cleared = clears(written[index] ?? '')
    const cell = fromCell(written[index] ?? '')
    if (isFormulaError(cell)) {
      problems.push(problem(line, name, 'formula_error', cell))
      continue
    }
    const read = of[name]!.safeParse(is_cleared ? '' : cell)
    if (is_cleared && (!read.success || neverCleared.includes(name))) {
      problems.push(problem(line, name, 'not_cleared', cell.trim()))
      continue
    }
    if (read.success && cell.trim() === '' && !saidByNothing.includes(name)) continue
    if (read.success) values[name] = read.data
    else problems.push(...messages(read.error).map((message) => said(line, name, message)))
  }
  return { values: values as Values<Of>, problems }
}

/** What a workbook shows in place of a result. */
const isFormulaError = (cell: string) => /^#(?:NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|SPILL!|CALC!)$/.test(cell)

export function readInstitutionLine(
  record: CsvRecord,
  order: (InstitutionColumn | undefined)[],
): Read<InstitutionLine> {
  const { line } = record
  const { values: v, problems } = readCells(record, order, institutionColumnNames, institutionCells)
  for (const column of ['markets', 'functions'] as const)
    if (v[column]?.length === 0 && v.kind && !may_be_idle.includes(v.kind))
      problems.push(problem(line, column, 'none_chosen'))
  const sites: InstitutionLine['sites'] = {}
  for (const kind of siteKinds) {
    const [address, area] = [`${kind}_address`, `${kind}_area`] as const
    if (!order.includes(address) && !order.includes(area)) continue
    if (v[address] === undefined && v[area] === undefined) continue
    const place = placeOf(v[address] ?? null, v[area] ?? null)
    if (place !== undefined) sites[kind] = place
    else if (!problems.some(({ column }) => column === address || column === area))
      problems.push(problem(line, v[address] ? area : address, 'required'))
  }
  // Said of both in one line; what only one of them says is compared with what is known.
  if (v.kind && v.membership && membershipProblem('ja', v.kind, v.membership))
    problems.push(problem(line, 'membership', 'membership_kind', bothOf(v.membership, v.kind)))
  if (v.active_from && v.active_to && v.active_to < v.active_from)
    problems.push(problem(line, 'active_to', 'dates_order'))
  if (problems.length > 0) return { problems }
  return {
    problems,
    line: {
      line,
      code: v.code!,
      kind: v.kind!,
      name_ja: v.name_ja!,
      name_en: v.name_en!,
      markets: v.markets!,
      functions: v.functions!,
      reading: v.reading,
      lei: v.lei,
      mic: v.mic,
      parent_code: v.parent_code,
      membership: v.membership ?? undefined,
      district: v.district,
      registration_kind: v.registration_kind,
      registration_number: v.registration_number,
      supervisor_code: v.supervisor_code,
      is_asked: v.asked ? v.asked === 'yes' : undefined,
      sites,
      active_from: v.active_from ?? undefined,
      active_to: v.active_to,
    },
  }
}

/** A class and a kind that contradict each other, both named. */
const bothOf = (membership: Membership, kind: InstitutionKind) => ({
  ja: `${membershipWords.ja[membership]} ／ ${kindWords.ja[kind]}`,
  en: `${membershipWords.en[membership]} / ${kindWords.en[kind]}`,
})

/** A place has both its parts, or there is none; undefined when one is missing. */
const placeOf = (address: string | null, area_code: string | null): Place | null | undefined =>
  address && area_code ? { address, area_code } : address || area_code ? undefined : null

export function readContactLine(record: CsvRecord, order: (ContactColumn | undefined)[]): Read<ContactLine> {
  const { line } = record
  const { values: v, problems } = readCells(record, order, contactColumnNames, contactCells)
  // Nothing said about the hours: whoever is in the list can be called.
  const hours = v.hours?.length === 0 ? (['business', 'night', 'holiday'] as const) : v.hours
  if (hours && v.first_responder?.some((one) => !hours.includes(one)))
    problems.push(problem(line, 'first_responder', 'first_responder_hours'))
  const ways: ContactLine['ways'] = {}
  for (const means of fileMeans) {
    const found = v[means]
    if (found === undefined) continue
    ways[means] = found.map((way) => (typeof way === 'string' ? { address: way, extension: '' } : way))
  }
  const count = Object.values(ways).flat().length
  if (problems.length === 0 && count === 0) problems.push(problem(line, 'mail', 'no_address'))
  if (count > 20) problems.push(problem(line, 'mail', 'too_many_addresses'))
  if (problems.length > 0) return { problems }
  const caller = v.called_by
  return {
    problems,
    line: {
      line,
      institution_code: v.institution_code!,
      rank: v.rank!,
      name_ja: v.name!,
      name_en: v.name_en,
      reading: v.reading,
      title: v.title === undefined ? undefined : (v.title ?? ''),
      duties: v.duties,
      hours: hours && [...hours],
      first_responder: v.first_responder as ContactLine['first_responder'],
      called_by: caller && { ...caller, code: caller.code || v.institution_code! },
      ways,
    },
  }
}
