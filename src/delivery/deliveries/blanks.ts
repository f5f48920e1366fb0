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
  /** Whether a reply to this mail is taken in; what invites one is left out where it is not. */
  takes_replies?: boolean
}

// No text of a person's can hold this character, so that nobody writes a blank of their own into a notice.
const edge = '\u0001'

export const blank = (name: Exclude<keyof Blanks, 'takes_replies'>) => `${edge}${name}${edge}`

/** Said only where a reply to this mail is taken in: whoever sends it knows, which need not be who wrote it. */
export const ifReplies = (text: string) => (text === '' ? '' : `${edge}<${edge}${text}${edge}>${edge}`)
const invitation = new RegExp(`${edge}(?:<|&lt;)${edge}(.*?)${edge}(?:>|&gt;)${edge}`, 'gs')

/** The text with its blanks filled in; `fit` makes a value fit for where it stands. */
export const filled = (text: string, blanks: Blanks, fit: (value: string) => string = (value) => value) =>
  text
    .replace(invitation, (_, said: string) => (blanks.takes_replies ? said : ''))
    .replace(new RegExp(`${edge}([a-z_]+)${edge}`, 'g'), (_, name: string) =>
      fit(blanks[name as Parameters<typeof blank>[0]] ?? ''),
    )

export const inHtml = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
