import { decodeRoster } from './decode-roster.ts'
import { type CsvRecord, readCsv } from './read-csv.ts'
import { type Column, columnNames, columnOf, columns } from './roster-columns.ts'
import { type ReadLine, type RosterLine, readLine, toLine } from './roster-line.ts'
import { type Problem, problem } from './roster-problem.ts'

export type Parsed = { lines: RosterLine[] } | Refused
/** Every problem found, in file order, up to `problems_max`; `more` counts those left out. */
export type Refused = { problems: Problem[]; more: number }

export const lines_max = 5000
export const problems_max = 200

/** Reads a roster (CSV, one institution a line, header row first). Any problem anywhere: no lines, but every problem by line and column. */
export function parseRoster(bytes: Uint8Array): Parsed {
  const decoded = decodeRoster(bytes)
  if ('problem' in decoded) return refused([decoded.problem])

  const { records, problems } = readCsv(decoded.text)
  const [header, ...body] = records
  if (!header) return refused(problems)
  const { order, wrong } = readHeader(header)
  if (wrong.length > 0) return refused([...wrong, ...problems])
  if (body.length > lines_max) return refused([problem(body[lines_max]!.line, null, 'too_many_lines', lines_max)])
  if (body.length === 0 && problems.length === 0) problems.push(problem(header.line, null, 'no_lines'))

  const read = body.map((record) => readLine(record, order))
  problems.push(...read.flatMap((line) => line.problems), ...repeated(read))
  return problems.length > 0 ? refused(problems) : { lines: read.map(toLine) }
}

/** The answer that names problems, in file order. */
export function refused(problems: Problem[]): Refused {
  const place = ({ column }: Problem) => (column ? columnNames.indexOf(column as Column) : -1)
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || place(a) - place(b))
  return { problems: problems.slice(0, problems_max), more: Math.max(0, problems.length - problems_max) }
}

function readHeader({ line, cells: written }: CsvRecord) {
  const headers = written.slice(0, written.findLastIndex((header) => header.trim() !== '') + 1)
  const order = headers.map((header) => columnOf(header))
  const wrong = order.flatMap((column, index) => {
    const name = headers[index]!.trim() || `#${index + 1}`
    if (!column) return problem(line, name, 'unknown_column', name)
    return order.indexOf(column) < index ? problem(line, column, 'column_twice', name) : []
  })
  for (const column of columnNames)
    if (columns[column].required && !order.includes(column)) wrong.push(problem(line, column, 'column_missing'))
  return { order, wrong }
}

/** Codes that stand twice in the file, and mail addresses that stand for two institutions. */
function repeated(read: ReadLine[]): Problem[] {
  const codes = new Map<string, number>()
  const mails = new Map<string, ReadLine>()
  const problems: Problem[] = []
  for (const one of read) {
    const { line, values } = one
    const first = values.code && codes.get(values.code)
    if (first) problems.push(problem(line, 'code', 'code_twice', first))
    else if (values.code) codes.set(values.code, line)

    for (const column of ['primary_mail', 'deputy_mail'] as const) {
      const mail = values[column]
      const owner = mail && mails.get(mail)
      if (!mail) continue
      if (!owner) mails.set(mail, one)
      else if (owner !== one && !first) problems.push(problem(line, column, 'mail_twice', owner.line))
    }
  }
  return problems
}
