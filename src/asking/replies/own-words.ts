/** Enough for any answer; what comes after is a quotation or an attachment gone astray. */
const lines_max = 400
export const text_length_max = 4000

/** Above a copy of the mail that is answered: nothing below is the sender's. */
const cuts = [
  /^-{2,}\s*(original message|forwarded message|元のメッセージ|元のメール|転送されたメッセージ)\s*-{2,}/i,
  /^_{10,}$/,
  /^(from|差出人|送信者|送信元)\s*[:：].*@/i,
  /^\*?(from|差出人|送信者|送信元)\*?\s*[:：]\s*\*?.*noroshi/i,
]
/** "On Friday … wrote:", 「2027年1月15日(金) 9:00 Noroshi <…>:」, "2027/01/15 9:00、Noroshi <…>のメール:". */
const attributions = [
  /^on .{5,200}wrote\s*[:：]$/i,
  /^\d{4}[年/-]\s?\d{1,2}[月/-]\s?\d{1,2}.{0,200}(noroshi|@|メール|メッセージ|書きました|wrote).{0,100}[:：]$/i,
  /^.{0,200}<[^<>]{3,120}@[^<>]{3,120}>.{0,60}[:：]$/,
  /^.{0,100}(のメール|さんは書きました|さんが書きました)\s*[:：]?$/,
]
const quoted = /^\s*[>＞]/
/** Below these stands who wrote it and with what. */
const signatures = [
  /^--\s?$/,
  /^[-=*_~#─━―＝＿＊～☆★◇◆□■・]{6,}$/u,
  /^sent from my /i,
  /^get outlook for /i,
  /^(iphone|ipad|android|スマートフォン|携帯).{0,20}から送信$/i,
]
/** No signature says this: a ruled line stands above it, and who writes goes on. */
const sentence =
  /見合わせ|見合せ|遅れ|遅延|浸水|火災|避難|被災|負傷|けが|ダウン|ストップ|落ち|午[前後]です|halt|suspend|outage|dead|停止し|停止中|停電し|停電中|できません|できない|使えません|止まって|壊れ|実は|ただし|しかし|however|unfortunately/i

/**
 * What somebody wrote themselves in a reply: without what they quoted, above or below, and without their signature. A mail that is
 * nothing but a quotation gives ''.
 */
export function ownWords(text: string): string {
  const lines = joined(
    text
      .replace(/\r\n?/g, '\n')
      .split('\n', lines_max)
      .map((line) => line.slice(0, text_length_max).trimEnd()),
  )
  const own: string[] = []
  for (const [index, line] of lines.entries()) {
    const bare = line.trim()
    if (quoted.test(line)) continue
    if (cuts.some((cut) => cut.test(bare))) break
    if (attributions.some((attribution) => attribution.test(bare))) {
      const next = lines.slice(index + 1).find((each) => each.trim() !== '')
      // Some quote below without marking the lines; who wrote above it has said what they wanted to say.
      if (next !== undefined && !quoted.test(next) && own.some((each) => each.trim() !== '')) break
      continue
    }
    if (
      signatures.some((signature) => signature.test(bare)) &&
      own.some((each) => each.trim() !== '') &&
      !lines.slice(index + 1).some((each) => !quoted.test(each) && sentence.test(each))
    )
      break
    own.push(line)
  }
  return (
    own
      .join('\n')
      // Neither half of a character nor one that no keyboard types and no database keeps.
      .toWellFormed()
      .replace(/[^\P{Cc}\n\t]/gu, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
      .slice(0, text_length_max)
  )
}

/** An attribution that a mail program broke in two is one line again. */
function joined(lines: string[]): string[] {
  return lines.flatMap((line, index) => {
    const before = lines[index - 1] ?? ''
    if (/^on .{5,200}$/i.test(before.trim()) && /^.{0,120}wrote\s*[:：]$/i.test(line.trim())) return []
    const next = lines[index + 1]?.trim() ?? ''
    if (/^on .{5,200}$/i.test(line.trim()) && !/[:：]$/.test(line) && /^.{0,120}wrote\s*[:：]$/i.test(next))
      return [`${line} ${next}`]
    return [line]
  })
}
