import { columnOf, columnsOf, type TableKind } from './columns.ts'
import { type Problem, problem } from './problem.ts'
import type { CsvRecord } from './read-csv.ts'

/** The column of each cell, in the order of the file, and what is wrong with the header. */
export function readHeader<Name extends string>(
  kind: TableKind,
  { line, cells: written }: CsvRecord,
): { order: (Name | undefined)[]; wrong: Problem[] } {
  const headers = written.slice(0, written.findLastIndex((header) => header.trim() !== '') + 1)
  const order = headers.map((header) => columnOf(kind, header) as Name | undefined)
  const first = new Map<string, number>()
  const wrong = order.flatMap((column, index) => {
    const name = headers[index]!.trim() || `#${index + 1}`
    if (!column) return problem(line, name, 'unknown_column', name)
    if (first.has(column)) return problem(line, column, 'column_twice', name)
    first.set(column, index)
    return []
  })
  for (const [column, { required }] of Object.entries(columnsOf(kind)))
    if (required && !first.has(column)) wrong.push(problem(line, column, 'column_missing'))
  return { order, wrong }
}
