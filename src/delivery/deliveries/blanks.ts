/** What differs from one recipient to the next in a text that is otherwise the same for all. */
export type Blanks = {
  institution_ja: string
  institution_en: string
  contact_ja: string
  contact_en: string
  /** Where to answer without signing in. */
  link: string
  /** Five characters that a reply by SMS names. */
  code: string
}

// No text of a person's can hold this character, so that nobody writes a blank of their own into a notice.
const edge = '\u0001'

export const blank = (name: keyof Blanks) => `${edge}${name}${edge}`

/** The text with its blanks filled in; `fit` makes a value fit for where it stands. */
export const filled = (text: string, blanks: Blanks, fit: (value: string) => string = (value) => value) =>
  text.replace(new RegExp(`${edge}([a-z_]+)${edge}`, 'g'), (_, name: string) => fit(blanks[name as keyof Blanks] ?? ''))

export const inHtml = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
