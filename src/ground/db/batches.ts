/** PostgreSQL takes at most 65,535 parameters in a statement; this many rows of up to 60 columns stay below. */
const rows_per_statement = 1000

/** Rows in portions that fit into one statement each; nothing for no rows. */
export function* batches<Row>(rows: Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += rows_per_statement) yield rows.slice(from, from + rows_per_statement)
}
