export const said = ['subject_ja', 'subject_en', 'text_ja', 'text_en'] as const
type Said = { [name in (typeof said)[number]]?: string | undefined }

const blank = /\{\{\s*([^{}\n]{1,50}?)\s*\}\}/g
/** How the field of a blank is named in a form; the blank's own name follows. */
export const blank_prefix = 'blank:'

/** The blanks of a template, {{…}}, that are still to be filled, each once, in the order in which they stand. */
export const blanksIn = (texts: Said): string[] => [
  ...new Set(said.flatMap((name) => [...(texts[name] ?? '').matchAll(blank)].map(([, what = '']) => what))),
]

/** The texts of a form with its blanks filled in from its own fields `blank:…`; an empty one stays a blank. */
export function fillBlanks(values: Record<string, string>): Record<string, string> {
  const fill = (text: string) =>
    text.replace(blank, (whole, what: string) => values[blank_prefix + what]?.trim() || whole)
  const rest = Object.entries(values).filter(([name]) => !name.startsWith(blank_prefix))
  return Object.fromEntries(
    rest.map(([name, value]) => [name, (said as readonly string[]).includes(name) ? fill(value) : value]),
  )
}
