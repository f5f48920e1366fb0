import type { Column } from './columns.ts'
import { decodeText } from './decode-text.ts'
import { type Problem, problem, type Refused, refused } from './problem.ts'
import { type CsvRecord, readCsv } from './read-csv.ts'
import { readHeader } from './read-header.ts'
import { type ReadLine, type RosterLine, readLine, toLine } from './roster-line.ts'

export type Parsed = { lines: RosterLine[] } | Refused

export const lines_max = 5000

/** Reads a compact roster (CSV, one institution a line, header row first). Any problem anywhere: no lines, but every problem by line and column. */
export function parseRoster(bytes: Uint8Array): Parsed {
  const decoded = decodeText(bytes)
  if ('problem' in decoded) return refused([decoded.problem])
  const { records, problems } = readCsv(decoded.text)
  return parseCompact(records, problems)
}

/** The lines of a compact roster from its records, header first; `problems` are those met before. */
export function parseCompact(records: CsvRecord[], problems: Problem[]): Parsed {
  const [header, ...body] = records
  if (!header) return refused(problems)
  const { order, wrong } = readHeader<Column>('compact', header)
  if (wrong.length > 0) return refused([...wrong, ...problems])
  if (body.length > lines_max) return refused([problem(body[lines_max]!.line, null, 'too_many_lines', lines_max)])
  if (body.length === 0 && problems.length === 0) problems.push(problem(header.line, null, 'no_lines'))

  const read = body.map((record) => readLine(record, order))
  problems.push(...read.flatMap((line) => line.problems), ...repeated(read))
  return problems.length > 0 ? refused(problems) : { lines: read.map(toLine) }
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
