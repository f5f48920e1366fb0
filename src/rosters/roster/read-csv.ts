import { CsvError, parse } from 'csv-parse/sync'
import { lineEnd } from './decode-text.ts'
import { type Problem, problem, type Reason } from './problem.ts'

/** One record of a CSV file and the line on which it begins, as an editor counts. */
export type CsvRecord = { line: number; cells: string[] }

const reasonOf: Record<string, Reason> = {
  INVALID_OPENING_QUOTE: 'quote_opened',
  CSV_INVALID_CLOSING_QUOTE: 'quote_closed',
  CSV_QUOTE_NOT_CLOSED: 'quote_open_to_end',
}

/** The records of a CSV text (RFC 4180; line ends may be CRLF, LF or CR), up to the first place that is not CSV. Empty lines are left out. */
export function readCsv(text: string): { records: CsvRecord[]; problems: Problem[] } {
  const bytes = Buffer.from(text)
  const records: CsvRecord[] = []
  let line = 1
  let end = 0
  const problems: Problem[] = []
  try {
    parse(bytes, {
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      on_record(cells: string[], context) {
        if (cells.some((cell) => cell.trim() !== '')) records.push({ line, cells })
        // The parser's own count takes a CRLF within quotes for two lines.
        line += bytes.toString('utf8', end, context.bytes).match(lineEnd)?.length ?? 0
        end = context.bytes
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problems.push(problem(line, null, reasonOf[error.code] ?? 'unreadable'))
  }
  return { records, problems }
}
