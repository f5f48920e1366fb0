import type { ReactNode } from 'react'
import { SheetLine } from './sheet-line.tsx'

export type Column<Row> = {
  /** A plain text: it also labels the cell when the table becomes cards on a phone. */
  head: string
  cell: (row: Row) => ReactNode
  /** Figures stand to the right. */
  numeric?: boolean
}

/** A table at a desk; on a phone each row becomes a card, the first column its heading. The first column names the row. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
  empty,
  figures,
}: {
  caption: ReactNode
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Shown in place of a table without rows. */
  empty?: ReactNode
  /** A few narrow columns of figures: it stays a table on a phone. */
  figures?: boolean
}) {
  if (rows.length === 0 && empty) return empty
  const [first, ...others] = columns
  // The roles keep the table a table where the phone's style sheet lays its rows out as blocks.
  return (
    <table className="dads-table" role="table" data-figures={figures ? '' : undefined}>
      <caption className="dads-table__caption">{caption}</caption>
      <thead role="rowgroup">
        {!figures && <SheetLine columns={columns.length} />}
        <tr role="row">
          {columns.map(({ head, numeric }) => (
            <th key={head} scope="col" role="columnheader" data-numeric={numeric ? '' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row">
            <th scope="row" role="rowheader" data-numeric={first?.numeric ? '' : undefined}>
              {first?.cell(row)}
            </th>
            {others.map(({ head, cell, numeric }) => {
              const content = cell(row)
              return (
                <td
                  key={head}
                  role="cell"
                  data-label={head}
                  data-numeric={numeric ? '' : undefined}
                  data-empty={isNothing(content) ? '' : undefined}
                >
                  <div>{content}</div>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A cell that says nothing takes no line of a card on a phone. */
const isNothing = (content: ReactNode) =>
  content === null || content === '' || content === '—' || content === '―' || content === '–'
