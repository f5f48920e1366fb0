/** The fields of a template or a notice that hold its words. */
export const said = ['subject_ja', 'subject_en', 'text_ja', 'text_en'] as const
export type Said = Record<(typeof said)[number], string>

const blank = /\{\{\s*([^{}\s](?:[^{}\n]{0,48}[^{}\s])?)\s*\}\}/g

/** The blanks {{…}} of these texts, each once, in the order in which they stand. */
export const blanksOf = (...texts: string[]): string[] => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(blank)].map(([, what = '']) => what))),
]

/** Whether braces are left that make no blank: one that is not closed, is empty, or too long. */
export const hasBrokenBlank = (text: string): boolean => /\{\{|\}\}/.test(text.replace(blank, ''))

/** This text with its blanks filled in by name; what has no value stays a blank. Values are put in once, as they are. */
export const fillBlanks = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(blank, (whole, what: string) => (Object.hasOwn(values, what) && values[what]) || whole)

/** A template with the blanks of its texts filled in. */
export function fillTemplate<Template extends Said>(template: Template, values: Readonly<Record<string, string>>) {
  return {
    ...template,
    ...(Object.fromEntries(said.map((name) => [name, fillBlanks(template[name], values)])) as Said),
  }
}
