import { blanksOf, fillBlanks, type Said, said } from '#telling/templates/index.ts'

/** How the field of a blank is named in a form; the blank's own name follows. */
export const blank_prefix = 'blank:'

/** The blanks of a template, {{…}}, that are still to be filled, each once, in the order in which they stand. */
export const blanksIn = (texts: { [name in keyof Said]?: string | undefined }): string[] =>
  blanksOf(...said.map((name) => texts[name] ?? ''))

/** The texts of a form with its blanks filled in from its own fields `blank:…`; an empty one stays a blank. */
export function fillFromFields(values: Record<string, string>): Record<string, string> {
  const { asked = [], rest = [] } = Object.groupBy(Object.entries(values), ([name]) =>
    name.startsWith(blank_prefix) ? 'asked' : 'rest',
  )
  const filling = Object.fromEntries(asked.map(([name, value]) => [name.slice(blank_prefix.length), value.trim()]))
  const isSaid = (name: string) => (said as readonly string[]).includes(name)
  return Object.fromEntries(rest.map(([name, value]) => [name, isSaid(name) ? fillBlanks(value, filling) : value]))
}
