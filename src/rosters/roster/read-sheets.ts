import readWorkbookFile, {
  InvalidInputError,
  InvalidSpreadsheetError,
  SheetNotFoundError,
} from 'read-excel-file/universal'
import { columns_max, mendSheet, rows_max } from './mend-sheet.ts'
import { type Problem, problem } from './problem.ts'
import type { CsvRecord } from './read-csv.ts'
import { type Part, packStored, unpack, unpacked_bytes_max } from './unpack-workbook.ts'

/** More than any column takes; what is longer is refused there as too long. */
const cell_length_max = 2000

export type SheetRecords = { name: string; records: CsvRecord[] }
export type Sheets = { sheets: SheetRecords[] } | { problem: Problem }

/** Reads the sheets of a workbook in this thread. */
export async function readSheets(bytes: Uint8Array): Promise<Sheets> {
  const refuse = (reason: Parameters<typeof problem>[2], value?: string | number) => ({
    problem: problem(null, null, reason, value),
  })
  const unpacked = unpack(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if ('is' in unpacked)
    return unpacked.is === 'damaged'
      ? refuse('unreadable_workbook')
      : refuse('workbook_too_large', unpacked_bytes_max / 1024 / 1024)
  const parts: Part[] = []
  for (const { name, content } of unpacked.parts) {
    const mended = mendSheet(content)
    if (!mended) return refuse('sheet_too_large', `${rows_max} × ${columns_max}`)
    parts.push({ name, content: mended })
  }
  try {
    const sheets = await readWorkbookFile(new Blob([new Uint8Array(packStored(parts))]) as never)
    return {
      sheets: sheets.map(({ sheet, data }) => ({
        name: sheet,
        records: data.flatMap((row, index) => {
          const cells = row.map(textOf)
          return cells.some((cell) => cell.trim() !== '') ? { line: index + 1, cells } : []
        }),
      })),
    }
  } catch (error) {
    if (isOfTheFile(error)) return refuse('unreadable_workbook')
    throw error
  }
}

/** Whatever the library throws comes from the bytes; a fault of the machine does not. */
const isOfTheFile = (error: unknown) =>
  error instanceof InvalidInputError ||
  error instanceof InvalidSpreadsheetError ||
  error instanceof SheetNotFoundError ||
  (error instanceof Error && !('code' in error && /^E[A-Z]+$/.test(String(error.code))))

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  return String(cell).slice(0, cell_length_max)
}
