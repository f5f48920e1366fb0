import type { Context } from 'hono'
import type { Label } from '#ground/db/tables.ts'
import { toCivilText } from '#ground/html/civil.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { labelNames, labels } from '#ground/rights/labels.ts'
import { attachment } from '#ground/tools/attachment.ts'
import type { AppEnv } from '#ground/tools/tools.ts'
import { guarded } from './guard.ts'

/** More rows no spreadsheet opens with ease, and no page should wait for; a page that offers a file says it. */
export const csv_rows_max = 10_000

/** The mark that tells spreadsheets that a file is UTF-8. */
export const utf8_mark = '\ufeff'

/** A column as a file has it; one without a text is for the page only. */
export type CsvColumn<Row> = { head: string; text?: (row: Row) => string | number | Date | null }

export type Table<Row> = {
  columns: readonly CsvColumn<Row>[]
  rows: readonly Row[]
  /** Each row says whom it is for, so that one that is passed on alone still does. */
  label: (row: Row) => Label
}

const words = inBoth({ ja: { label: '取扱い', at: '書き出し日時' }, en: { label: 'Label', at: 'Exported at' } })

/** The rows as a file to keep, in the columns of their page; its name has the strictest label of its rows, and the day. */
export function csv<Row>(c: Context<AppEnv>, { name, label, ...table }: Table<Row> & { name: string }) {
  const at = c.var.tools.clock()
  const strictest = labels.find((one) => table.rows.some((row) => label(row) === one))
  const parts = [name, strictest && labelNames[strictest].replace(':', '-'), toCivilText(at).slice(0, 10)]
  const file = `${parts.filter(Boolean).join('_')}.csv`
  return c.body(csvText({ ...table, label }, at, c.var.language), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': attachment(file),
  })
}

/** The rows as a text for spreadsheets: with its mark, no cell a formula, each row with its label and when it was taken. */
export function csvText<Row>({ columns, rows, label }: Table<Row>, at: Date, language: Language): string {
  const texts = columns.flatMap(({ head, text }) => (text ? [{ head, text }] : []))
  const heads = [...texts.map(({ head }) => head), words[language].label, words[language].at]
  const taken = toCivilText(at)
  const lines = rows.map((row) => [...texts.map(({ text }) => cellOf(text(row))), labelNames[label(row)], taken])
  return utf8_mark + csvLines([heads, ...lines])
}

/** A figure is no formula, whatever its sign. */
function cellOf(value: string | number | Date | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  return guarded(value instanceof Date ? toCivilText(value) : value)
}

/** Lines of cells by RFC 4180, with the line ends that spreadsheets expect. */
export const csvLines = (lines: readonly (readonly string[])[]): string =>
  lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('')

const quoted = (cell: string) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
