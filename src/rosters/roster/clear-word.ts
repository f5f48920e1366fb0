import { guarded, unguarded } from '#ground/lists/guard.ts'

const words = ['削除', 'clear']

/** Whether a cell clears what is known. An empty cell does not: a formula that failed, or a column that was lost, looks like one. */
export const clears = (cell: string) => words.includes(cell.normalize('NFKC').trim().toLowerCase())

/** Such a word, with apostrophes before it that keep it from clearing. */
const isKept = (cell: string) => clears(cell.replace(/^'+/, ''))

/** A value as a cell that comes back as this value: one that clears, or that a spreadsheet would run, begins with an apostrophe. */
export const toCell = (value: string) => (isKept(value) ? `'${value}` : guarded(value))

/** What `toCell` was given, of a cell that does not clear. */
export const fromCell = (cell: string) => (cell.startsWith("'") && isKept(cell) ? cell.slice(1) : unguarded(cell))
