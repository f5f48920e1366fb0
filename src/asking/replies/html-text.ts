const html_length_max = 200_000
const hidden = ['style', 'script', 'head', 'title', 'blockquote']
/** Where mail programs put a copy of the mail that is answered. */
const copies = /\b(gmail_quote|divRplyFwdMsg|appendonsend|yahoo_quoted|moz-cite-prefix|OutlookMessageHeader)\b/
const breaks = new Set(['br', 'p', 'div', 'tr', 'li', 'h1', 'h2', 'h3', 'hr', 'table', 'ul', 'ol', 'pre'])
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/**
 * What a mail in HTML alone says, as plain lines, without the quotation below it. Goes through the text once, whatever it holds:
 * it comes from strangers.
 */
export function htmlText(whole: string): string {
  const html = whole.slice(0, html_length_max)
  let text = ''
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open < 0) return text + decoded(html.slice(at))
    text += decoded(html.slice(at, open).replace(/\s+/g, ' '))
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open)
      if (end < 0) return text
      at = end + 3
      continue
    }
    const close = html.indexOf('>', open)
    if (close < 0) return text
    const tag = html.slice(open + 1, Math.min(close, open + 2000))
    const name = /^\/?([a-z0-9]+)/i.exec(tag)?.[1]?.toLowerCase() ?? ''
    if (copies.test(tag)) return text
    at = close + 1
    if (breaks.has(name)) text += '\n'
    if (!hidden.includes(name) || tag.startsWith('/')) continue
    const end = endOf(html, name, at)
    if (end < 0) return text
    at = end
  }
  return text
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
