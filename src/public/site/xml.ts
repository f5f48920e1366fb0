const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Whatever XML 1.0 (section 2.2, Char) does not allow, even escaped: most control characters, lone surrogates, U+FFFE. */
const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

export class Xml {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
type Part = Xml | Part[] | string | number | null | undefined | false

/** XML as a template: every value is escaped unless it is itself `xml`; null, undefined and false leave nothing. */
export const xml = (strings: TemplateStringsArray, ...parts: Part[]) =>
  new Xml(String.raw({ raw: strings }, ...parts.map(render)))

/** A whole document, with its declaration. */
export const xmlDocument = (root: Xml) => `<?xml version="1.0" encoding="UTF-8"?>\n${root.text}\n`

const render = (part: Part): string => {
  if (part === null || part === undefined || part === false) return ''
  if (part instanceof Xml) return part.text
  if (Array.isArray(part)) return part.map(render).join('')
  return String(part)
    .replace(illegal, '')
    .replace(/[&<>"']/g, (character) => escapes[character]!)
}
