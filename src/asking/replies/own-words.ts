import { lineSaysNothing, no_names, plain } from './small-words.ts'

export const text_length_max = 4000
/** Where a text was cut: whoever reads it sees that it goes on, and no rule takes it for a word that says nothing. */
export const goes_on = '［…続きあり］'
/** A heading of a quotation is no longer. */
const heading_length_max = 400

/** Above a copy of the mail that is answered: nothing below is the sender's. */
const divider = /^-{2,}\s*(original message|forwarded message|元のメッセージ|元のメール|転送されたメッセージ)\s*-{2,}$/i
const at_host = String.raw`(mailto:)?[\w.+-]{1,80}@[\w-]+([.][\w-]+)+`
/** The head of a copied mail begins with whom it is from, and goes on with when, to whom and about what. */
const fromLine = /^[*]?(from|差出人|送信者|送信元)[*]?\s*[:：].{0,200}$/i
const fromAddress = new RegExp(`[:：].{0,100}[\\s<(\\[:：]${at_host}[>)\\]]{0,2}$`, 'i')
const sentLine = /^[*]?(sent|date|送信(日時)?|日時|日付)[*]?\s*[:：]/i
const headLine = /^[*]?(to|cc|reply-to|subject|宛先|返信先|件名)[*]?\s*[:：]/i
const rule = /^_{10,}$/

/** "On Friday … wrote:", 「2027年1月15日(金) 9:00 Noroshi <…>:」, "2027/01/15 9:00、Noroshi <…>のメール:". */
const date = /\d{4}\s?[年/-]\s?\d{1,2}[月/-]|\b\d{1,2},? [a-z]{3,9}[.]? \d{4}|[a-z]{3,9}[.]? \d{1,2},? \d{4}/i
const sender = new RegExp(`[<(\\[]${at_host}[>)\\]]`, 'i')
const wrote = /(wrote|さん[はが]書きました|のメール)\s*[:：]?$/i
const quoted = /^\s*[>＞]/
/** Below these stands who wrote it and with what, if nothing else stands there. */
const signature = /^--\s?$|^[-=*_~#─━―＝＿＊～☆★◇◆□■・]{6,}$|^sent from my |^get outlook for |から送信$/iu

/**
 * What somebody wrote themselves in a reply: without what they quoted, above or below, and without a signature of known lines. A mail
 * that is nothing but a quotation gives ''. What is longer than the limit ends with `goes_on`.
 */
export function ownWords(text: string): string {
  const lines = joined(
    text
      .replace(/\r\n?/g, '\n')
      .split('\n')
      .map((line) => line.trimEnd()),
  )
  const { nexts, heads_next, signed_below } = below(lines)
  const own: string[] = []
  let has_words = false
  for (const [index, line] of lines.entries()) {
    const bare = line.trim()
    const next = nexts[index] ?? ''
    if (quoted.test(line)) continue
    if (divider.test(bare) || isHead(bare, next) || (rule.test(bare) && heads_next[index])) break
    const heading = headingOf(bare, next)
    // Some quote below without marking the lines; who wrote above it has said what they wanted to say.
    if (heading === 'unmarked' && has_words) break
    if (heading) continue
    if (has_words && signed_below[index] && signature.test(bare) && lineSaysNothing(plain(bare), no_names)) break
    own.push(line)
    has_words ||= bare !== ''
  }
  return limited(
    own
      .join('\n')
      // Neither half of a character nor one that no keyboard types and no database keeps.
      .toWellFormed()
      .replace(/[^\P{Cc}\n\t]/gu, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  )
}

export const limited = (text: string): string =>
  text.length > text_length_max
    ? `${text.slice(0, text_length_max - goes_on.length - 1).toWellFormed()}\n${goes_on}`
    : text

/** Of each line the next that is not empty, and whether all below it is a quotation or of known form. Goes through them once. */
function below(lines: readonly string[]) {
  const nexts: string[] = []
  const heads_next: boolean[] = []
  const signed_below: boolean[] = []
  let [next, is_signed, is_head] = ['', true, false]
  for (let index = lines.length - 1; index >= 0; index--) {
    nexts[index] = next
    heads_next[index] = is_head
    signed_below[index] = is_signed
    const bare = lines[index]?.trim() ?? ''
    if (bare === '') continue
    const heading = headingOf(bare, next)
    is_head = isHead(bare, next)
    // Below the heading of a copy whose lines are not marked nothing is the sender's.
    is_signed =
      divider.test(bare) ||
      is_head ||
      heading === 'unmarked' ||
      (is_signed && (quoted.test(bare) || heading !== null || lineSaysNothing(plain(bare), no_names)))
    next = bare
  }
  return { nexts, heads_next, signed_below }
}

const isHead = (bare: string, next: string) =>
  bare.length <= heading_length_max &&
  fromLine.test(bare) &&
  (sentLine.test(next) || (headLine.test(next) && fromAddress.test(bare)))

/**
 * Whether a line stands surely above a quotation: it names two of when, from which address, and that somebody wrote. Above lines that are
 * not marked as quoted it must name when and the address.
 */
function headingOf(bare: string, next: string): 'marked' | 'unmarked' | null {
  if (bare.length > heading_length_max || !/([:：]|さん[はが]書きました|のメール)$/.test(bare)) return null
  const [is_dated, is_addressed, is_written] = [date.test(bare), sender.test(bare), wrote.test(bare)]
  if (quoted.test(next)) {
    const says_who = /^.{1,60}さん[はが]書きました/.test(bare)
    return says_who || Number(is_dated) + Number(is_addressed) + Number(is_written) >= 2 ? 'marked' : null
  }
  return is_dated && is_addressed ? 'unmarked' : null
}

/** A heading that a mail program broke in two is one line again. */
function joined(lines: string[]): string[] {
  const isBroken = (line: string, next: string): boolean =>
    line.length <= heading_length_max &&
    /^(on\s|\d{4}\s?[年/-])/i.test(line.trim()) &&
    date.test(line) &&
    !/[:：]$/.test(line) &&
    next.length <= heading_length_max &&
    (sender.test(next) || wrote.test(next)) &&
    headingOf(`${line.trim()} ${next.trim()}`, '>') !== null
  return lines.flatMap((line, index) => {
    if (isBroken(lines[index - 1] ?? '', line)) return []
    const next = lines[index + 1] ?? ''
    return isBroken(line, next) ? [`${line.trim()} ${next.trim()}`] : [line]
  })
}
