export const rows_max = 25_000
export const columns_max = 200
/** More than any roster has: 20,000 contacts of fifteen columns, several times over. */
const elements_max = 2_000_000

/** What a workbook shows in place of a result that was never worked out. */
const never_computed = '#CALC!'

/**
 * A part of a workbook in which a cell that failed says so as a text (`#N/A`), and a formula that was never worked out, too: the
 * library reads both as empty, and empty is not what they mean. Null when its cells lie further out than the limits, which the
 * library would fill, or when it has more elements than a roster can have. One pass, however the part is written.
 */
export function mendSheet(part: Buffer): Buffer | null {
  // Each byte stays as it is; what is looked for and put in is ASCII.
  const xml = part.toString('latin1')
  const out: string[] = []
  let copied_to = 0
  const put = (from: number, to: number, text: string) => {
    out.push(xml.slice(copied_to, from), text)
    copied_to = to
  }
  let [elements, rows] = [0, 0]
  let cell: { start: number; end: number; tag: string; has_formula: boolean; has_value: boolean } | null = null
  for (const found of xml.matchAll(/<(\/?)([\w.-]{0,40}:)?([A-Za-z]*)([^<>]*)/g)) {
    if (++elements > elements_max) return null
    const [tag, closing, , name, attributes = ''] = found
    const is_open = closing === ''
    if (is_open && name === 'row' && (++rows > rows_max || isFar(attributes))) return null
    if (name === 'c') {
      if (is_open && isFar(attributes)) return null
      const [start, end] = [found.index, found.index + tag.length]
      if (is_open) cell = { start, end, tag, has_formula: false, has_value: false }
      else if (cell) {
        const is_uncomputed = cell.has_formula && !cell.has_value
        if (is_uncomputed || isError(cell.tag)) put(cell.start, cell.end, asText(cell.tag))
        if (is_uncomputed) put(start, start, `<v>${never_computed}</v>`)
        cell = null
      }
    } else if (cell && is_open && name === 'f') cell.has_formula = true
    else if (cell && is_open && name === 'v') cell.has_value = true
  }
  return copied_to === 0 ? part : Buffer.from(out.join('') + xml.slice(copied_to), 'latin1')
}

/** A row or a cell beyond the limits. Nobody writes a number as a character reference, except to be read otherwise. */
function isFar(attributes: string): boolean {
  const written = /(?:^|\s)r\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes)
  if (!written) return false
  const place = /^([A-Za-z]{0,3})(\d{1,9})$/.exec((written[1] ?? written[2] ?? '').trim())
  if (!place) return true
  const [, letters = '', row] = place
  const column = [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  return Number(row) > rows_max || column > columns_max
}

const type = /(\st\s*=\s*)(?:"[^"]*"|'[^']*')/
const isError = (tag: string) => /\st\s*=\s*["']e["']/.test(tag)
const asText = (tag: string) => (type.test(tag) ? tag.replace(type, '$1"str"') : `${tag.replace(/\/?$/, '')} t="str"`)
