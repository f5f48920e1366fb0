import { inflateRawSync } from 'node:zlib'
import readWorkbookFile, {
  InvalidInputError,
  InvalidSpreadsheetError,
  SheetNotFoundError,
} from 'read-excel-file/universal'
import { type Problem, problem } from './problem.ts'
import type { CsvRecord } from './read-csv.ts'

const unpacked_bytes_max = 48 * 1024 * 1024
const entries_max = 200
const rows_max = 25_000
const columns_max = 200
/** More than any column takes; what is longer is refused there as too long. */
const cell_length_max = 2000

export type SheetRecords = { name: string; records: CsvRecord[] }

/**
 * The sheets of an Excel file (.xlsx) as records, each under the number of its row. A formula counts as the value that it
 * was saved with. What would unpack to more than the limits is refused before anything is read.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<{ sheets: SheetRecords[] } | { problem: Problem }> {
  const refuse = (reason: Parameters<typeof problem>[2], value?: string | number) => ({
    problem: problem(null, null, reason, value),
  })
  const size = measure(bytes)
  if (size === 'damaged') return refuse('unreadable_workbook')
  if (size === 'too_large') return refuse('workbook_too_large', unpacked_bytes_max / 1024 / 1024)
  if (size === 'too_wide') return refuse('sheet_too_large', `${rows_max} × ${columns_max}`)
  try {
    const sheets = await readWorkbookFile(new Blob([new Uint8Array(bytes)]) as never)
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

/** Unpacks every part once under a limit, by the same directory of the archive as the library, and looks how far its cells reach. */
function measure(bytes: Uint8Array): 'fine' | 'damaged' | 'too_large' | 'too_wide' {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = file.lastIndexOf(Buffer.from('504b0506', 'hex'))
  if (end < 0 || end + 22 > file.length) return 'damaged'
  const count = file.readUInt16LE(end + 10)
  let at = file.readUInt32LE(end + 16)
  if (count > entries_max) return 'too_large'
  let left = unpacked_bytes_max
  try {
    for (let entry = 0; entry < count; entry++) {
      if (file.readUInt32LE(at) !== 0x02014b50) return 'damaged'
      const method = file.readUInt16LE(at + 10)
      const packed = file.readUInt32LE(at + 20)
      const declared = file.readUInt32LE(at + 24)
      const [name, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset)) as [
        number,
        number,
        number,
      ]
      const local = file.readUInt32LE(at + 42)
      const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
      const content = file.subarray(start, start + packed)
      at += 46 + name + extra + comment
      if (declared > left) return 'too_large'
      const whole = method === 0 ? content : inflateRawSync(content, { maxOutputLength: left + 1 })
      left -= Math.max(whole.length, declared)
      if (left < 0) return 'too_large'
      if (whole.length !== declared) return 'damaged'
      if (reachesTooFar(whole)) return 'too_wide'
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'damaged'
  }
  return 'fine'
}

/** A cell far away would make the library fill everything before it. */
function reachesTooFar(part: Uint8Array): boolean {
  const xml = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1')
  for (const [, letters = '', row] of xml.matchAll(/\sr\s*=\s*["']([A-Za-z]*)(\d{1,20})["']/g)) {
    if (Number(row) > rows_max || letters.length > 3) return true
    const column = [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
    if (column > columns_max) return true
  }
  return false
}
