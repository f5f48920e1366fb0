// What a spreadsheet takes for a formula when it opens a CSV file (OWASP: CSV injection); the wide forms, too, in Japanese
// ones. Some pass over the blanks before it.
const active = /^'*\s*[=+\-@＝＋－＠]|^'*[\t\r]/

/** A cell that no spreadsheet runs: one that could be a formula begins with an apostrophe. */
export const guarded = (cell: string) => (active.test(cell) ? `'${cell}` : cell)

/** What `guarded` was given. */
export const unguarded = (cell: string) => (cell.startsWith("'") && active.test(cell) ? cell.slice(1) : cell)
