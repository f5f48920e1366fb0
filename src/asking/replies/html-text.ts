import { goes_on } from './own-words.ts'

const html_length_max = 400_000
const hidden = ['style', 'script', 'head', 'title', 'blockquote']
/** Below these stands a copy of the mail that is answered, to the end. */
const copies = /\b(divRplyFwdMsg|appendonsend|OutlookMessageHeader)\b/
/** In these stand its heading and the copy; below it, and in here below the copy, the writer may go on. */
const holders = /\b(gmail_quote|gmail_quote_container|yahoo_quoted)\b/
/** Its heading alone. */
const headings = /\b(gmail_attr|moz-cite-prefix)\b/
const breaks = new Set(['br', 'p', 'div', 'tr', 'li', 'h1', 'h2', 'h3', 'hr', 'table', 'ul', 'ol', 'pre'])
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/**
 * What a mail in HTML says, as plain lines, without what it quotes. Goes through the text once, whatever it holds:
 * it comes from strangers.
 */
export function htmlText(whole: string): string {
  const html = whole.slice(0, html_length_max)
  let text = ''
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open < 0) return whole.length > html.length ? `${text}\n${goes_on}` : text + decoded(html.slice(at))
    text += decoded(html.slice(at, open).replace(/\s+/g, ' '))
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open)
      if (end < 0) return text
      at = end + 3
      continue
    }
    const close = html.indexOf('>', open)
    if (close < 0) return whole.length > html.length ? `${text}\n${goes_on}` : text
    const tag = html.slice(open + 1, Math.min(close, open + 2000))
    const name = /^\/?([a-z0-9]+)/i.exec(tag)?.[1]?.toLowerCase() ?? ''
    if (copies.test(tag)) return text
    at = close + 1
    if (breaks.has(name)) text += '\n'
    if (tag.startsWith('/')) continue
    const is_hidden = hidden.includes(name) || headings.test(tag)
    const is_holder = !is_hidden && holders.test(tag)
    if (!is_hidden && !is_holder) continue
    const end = endOf(html, name, at)
    // The copy begins where it is marked; what stands in there below it is read on.
    const copy = is_holder ? html.slice(at, end < 0 ? undefined : end).search(/<blockquote\b/i) : -1
    if (copy >= 0) at += copy
    else if (end < 0) return text
    else at = end
  }
  return whole.length > html.length ? `${text}\n${goes_on}` : text
}

/** Behind the end of this element; what stands nested in it is passed over with it. */
function endOf(html: string, name: string, from: number): number {
  const tag = new RegExp(`<(/?)${name}\\b[^>]{0,2000}>`, 'gi')
  tag.lastIndex = from
  for (let depth = 1, found = tag.exec(html); found; found = tag.exec(html)) {
    depth += found[1] ? -1 : 1
    if (depth === 0) return tag.lastIndex
  }
  return -1
}

const decoded = (text: string) =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole
    const code = name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ''
  })
