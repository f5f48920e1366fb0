import type { ZodError } from 'zod'
import type { FunctionCode, InstitutionKind, Market } from '#ground/db/tables.ts'
import { type Column, columnNames } from './columns.ts'
import { type Cells, cells } from './compact-cells.ts'
import { type Problem, problem, type Reason } from './problem.ts'
import type { CsvRecord } from './read-csv.ts'

/** One institution as a roster says it is. `line` is where it stood in the file. */
export type RosterLine = {
  line: number
  code: string
  kind: InstitutionKind
  name_ja: string
  name_en: string
  markets: Market[]
  functions: FunctionCode[]
  sites: { kind: 'head_office' | 'data_centre'; address: string; area_code: string }[]
  /** In the order in which they answer; at least one, rank 1. */
  contacts: { rank: number; name_ja: string; name_en: string | null; mail: string; phone: string | null }[]
}
/** A line as far as it could be read: a cell with a problem has no value. */
export type ReadLine = { line: number; values: Partial<Cells>; problems: Problem[] }

/** Reads one record by the columns of the header, and names everything that is wrong in it. */
export function readLine({ line, cells: written }: CsvRecord, order: (Column | undefined)[]): ReadLine {
  // A spreadsheet ends lines with commas for columns that were once used.
  const beyond = written.slice(order.length).some((cell) => cell.trim() !== '')
  if (beyond || written.length < order.length)
    return { line, values: {}, problems: [problem(line, null, 'cell_count', `${written.length} / ${order.length}`)] }

  const values: Record<string, unknown> = {}
  const problems: Problem[] = []
  const filled = new Set<Column>()
  for (const column of columnNames) {
    const cell = written[order.indexOf(column)] ?? ''
    if (cell.trim() !== '') filled.add(column)
    const read = cells[column].safeParse(cell)
    if (read.success) values[column] = read.data
    else problems.push(...messages(read.error).map((message) => said(line, column, message)))
  }
  const read: Partial<Cells> = values
  for (const column of missingBeside(filled)) problems.push(problem(line, column, 'required'))
  for (const column of ['markets', 'functions'] as const)
    if (read[column]?.length === 0 && read.kind && !may_be_idle.includes(read.kind))
      problems.push(problem(line, column, 'none_chosen'))
  if (read.deputy_mail && read.deputy_mail === read.primary_mail)
    problems.push(problem(line, 'deputy_mail', 'mail_same'))
  return { line, values: read, problems }
}

/** Each reason once; of an empty cell only that it is empty. */
export function messages({ issues }: ZodError): string[] {
  const all = [...new Set(issues.map(({ message }) => message))]
  return all.includes('required') ? ['required'] : all
}

export function said(line: number, column: string, message: string): Problem {
  const [reason, ...value] = message.split(' ')
  return problem(line, column, reason as Reason, value.join(' '))
}

/** Kinds that run no function of the market themselves; any other without one would be missing from the board. */
export const may_be_idle: InstitutionKind[] = ['association', 'regulator', 'central_bank']

/** Empty cells that must be filled because of what stands beside them: a centre is at a place, a deputy can be reached. */
function missingBeside(filled: Set<Column>): Column[] {
  const beside = (needed: Column[], any: Column[]) =>
    any.some((column) => filled.has(column)) ? needed.filter((column) => !filled.has(column)) : []
  const centre: Column[] = ['data_centre_address', 'data_centre_area']
  const deputy: Column[] = ['deputy_name', 'deputy_name_en', 'deputy_mail', 'deputy_phone']
  return [...beside(centre, centre), ...beside(['deputy_name', 'deputy_mail'], deputy)]
}

/** Only for a line without problems: every required cell has its value. */
export function toLine({ line, values }: ReadLine): RosterLine {
  const v = values as Cells
  const { code, kind, name_ja, name_en, markets, functions } = v
  const sites: RosterLine['sites'] = [
    { kind: 'head_office', address: v.head_office_address, area_code: v.head_office_area },
  ]
  if (v.data_centre_address && v.data_centre_area)
    sites.push({ kind: 'data_centre', address: v.data_centre_address, area_code: v.data_centre_area })
  const contacts: RosterLine['contacts'] = [
    { rank: 1, name_ja: v.primary_name, name_en: v.primary_name_en, mail: v.primary_mail, phone: v.primary_phone },
  ]
  if (v.deputy_name && v.deputy_mail)
    contacts.push({
      rank: 2,
      name_ja: v.deputy_name,
      name_en: v.deputy_name_en,
      mail: v.deputy_mail,
      phone: v.deputy_phone,
    })
  return { line, code, kind, name_ja, name_en, markets, functions, sites, contacts }
}
