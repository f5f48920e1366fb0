import { type ContactColumn, columnOf, type InstitutionColumn, kindOf, type TableKind } from './columns.ts'
import { bytes_max, decodeText } from './decode-text.ts'
import { type ContactLine, fromCompact, type InstitutionLine, type Upload } from './lines.ts'
import { lines_max, parseCompact } from './parse-roster.ts'
import { type Problem, problem, type Refused, refused } from './problem.ts'
import { type CsvRecord, readCsv } from './read-csv.ts'
import { readHeader } from './read-header.ts'
import { readWorkbook } from './read-workbook.ts'
import { type Read, readContactLine, readInstitutionLine } from './table-lines.ts'

export const contacts_max = 20_000

type Table = { sheet: string | undefined; kind: TableKind; records: CsvRecord[]; problems: Problem[] }

/**
 * Reads a file of institutions or contacts: CSV, or an Excel file with one sheet for each. Which table it is, its header
 * says. Any problem anywhere: no lines, but every problem by sheet, line and column.
 */
export async function parseFile(bytes: Uint8Array): Promise<Upload | Refused> {
  if (bytes.length > bytes_max) return refused([problem(null, null, 'too_large', bytes_max / 1024 / 1024)])
  const is_workbook = [0x50, 0x4b, 3, 4].every((mark, index) => bytes[index] === mark)
  const read = is_workbook ? await tablesOfWorkbook(bytes) : tableOfText(bytes)
  if ('problem' in read) return refused([read.problem])
  const { tables } = read
  const kinds = tables.map(({ kind }) => kind)
  const is_twice = new Set(kinds).size < kinds.length || (kinds.includes('compact') && kinds.length > 1)
  if (is_twice) return refused([problem(null, null, 'table_twice')])
  if (tables.length === 0) return refused([problem(null, null, 'no_table')])

  const upload: Upload = { institutions: null, contacts: null, is_compact: false }
  const problems: Problem[] = []
  const keep = ({ sheet }: Table, found: Problem[]) =>
    problems.push(...found.map((one) => (sheet && tables.length > 1 ? { ...one, sheet } : one)))
  for (const table of tables) {
    if (table.kind === 'compact') {
      const parsed = parseCompact(table.records, table.problems)
      return 'lines' in parsed ? fromCompact(parsed.lines) : parsed
    }
    if (table.kind === 'institutions') {
      const lines = readTable<InstitutionColumn, InstitutionLine>(table, readInstitutionLine, lines_max)
      keep(table, [...lines.problems, ...codesTwice(lines.lines)])
      upload.institutions = lines.lines
    } else {
      const lines = readTable<ContactColumn, ContactLine>(table, readContactLine, contacts_max)
      keep(table, lines.problems)
      upload.contacts = lines.lines
    }
  }
  return problems.length > 0 ? refused(problems) : upload
}

function tableOfText(bytes: Uint8Array): { tables: Table[] } | { problem: Problem } {
  const decoded = decodeText(bytes)
  if ('problem' in decoded) return decoded
  const { records, problems } = readCsv(decoded.text)
  const own = withoutNotes(records)
  return { tables: [{ sheet: undefined, kind: kindOf(own[0]?.cells ?? []), records: own, problems }] }
}

async function tablesOfWorkbook(bytes: Uint8Array): Promise<{ tables: Table[] } | { problem: Problem }> {
  const read = await readWorkbook(bytes)
  if ('problem' in read) return read
  const tables = read.sheets.flatMap(({ name, records }) => {
    const own = withoutNotes(records)
    return own.length === 0 ? [] : [{ sheet: name, kind: kindOf(own[0]!.cells), records: own, problems: [] }]
  })
  // A sheet for people, without one column of ours, may stand beside the tables.
  const ours = tables.filter(({ kind, records }) => records[0]!.cells.some((header) => columnOf(kind, header)))
  return { tables: ours.length > 0 ? ours : tables.slice(0, 1) }
}

/** Lines above the header that begin with a number sign say something to people, as those of an export do. */
const withoutNotes = (records: CsvRecord[]) =>
  records.slice(
    Math.max(
      0,
      records.findIndex(({ cells }) => !cells[0]?.trimStart().startsWith('#')),
    ),
  )

function readTable<Name extends string, Line>(
  { kind, records, problems }: Table,
  readLine: (record: CsvRecord, order: (Name | undefined)[]) => Read<Line>,
  max: number,
): { lines: Line[]; problems: Problem[] } {
  const [header, ...body] = records
  if (!header) return { lines: [], problems }
  const { order, wrong } = readHeader<Name>(kind, header)
  if (wrong.length > 0) return { lines: [], problems: [...wrong, ...problems] }
  if (body.length > max) return { lines: [], problems: [problem(body[max]!.line, null, 'too_many_lines', max)] }
  if (body.length === 0 && problems.length === 0)
    return { lines: [], problems: [problem(header.line, null, 'no_lines')] }
  const read = body.map((record) => readLine(record, order))
  return {
    lines: read.flatMap(({ line }) => line ?? []),
    problems: [...problems, ...read.flatMap((line) => line.problems)],
  }
}

function codesTwice(lines: InstitutionLine[]): Problem[] {
  const first = new Map<string, number>()
  return lines.flatMap(({ code, line }) => {
    const before = first.get(code)
    if (before) return problem(line, 'code', 'code_twice', before)
    first.set(code, line)
    return []
  })
}
