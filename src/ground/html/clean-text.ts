/** What nobody types and what mail programs act on: it can neither begin a header nor turn the words around it. */
const unseen = /[\p{Cc}\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/gu

/** A text of one line, without what cannot be seen: whatever would begin another line or a header becomes a blank. */
export const oneLine = (text: string) => text.toWellFormed().replace(unseen, ' ').replace(/\s+/g, ' ').trim()

/** A text of several lines, without what cannot be seen beside tabs. */
export const cleanLines = (text: string) =>
  plainLines(text.toWellFormed().replace(/[\u2028\u2029]/g, '\n')).replace(unseen, (one) =>
    one === '\n' || one === '\t' ? one : '',
  )

/** Line ends as one character, whatever the browser sent. */
export const plainLines = (text: string) => text.replace(/\r\n?/g, '\n').trim()
