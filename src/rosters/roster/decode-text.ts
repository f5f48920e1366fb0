import iconv from 'iconv-lite'
import { type Problem, problem } from './problem.ts'

export const bytes_max = 5 * 1024 * 1024

/** The text of an uploaded file in UTF-8 (with or without a mark) or Shift_JIS as Windows writes it; anything else is refused by name. */
export function decodeText(bytes: Uint8Array): { text: string } | { problem: Problem } {
  const refuse = (reason: Parameters<typeof problem>[2], value?: number) => ({
    problem: problem(null, null, reason, value),
  })
  const starts = (...marks: number[]) => marks.every((mark, index) => bytes[index] === mark)
  if (bytes.length > bytes_max) return refuse('too_large', bytes_max / 1024 / 1024)
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return refuse('utf_16')
  if (starts(0x50, 0x4b, 3, 4) || starts(0xd0, 0xcf, 0x11, 0xe0)) return refuse('workbook')
  // Text in UTF-16 without a mark has a zero in every second byte of its Latin part.
  if (bytes.includes(0)) return refuse(isLikelyUtf16(bytes) ? 'utf_16' : 'binary')

  const { text, garbled } = starts(0xef, 0xbb, 0xbf) ? utf8(bytes) : utf8OrShiftJis(bytes)
  if (garbled >= 0) return { problem: problem(lineAt(text, garbled), null, 'broken_text') }
  // The escape of ISO-2022-JP, the one Japanese encoding that is also valid ASCII.
  const shift = text.indexOf('\x1b')
  if (shift >= 0) return { problem: problem(lineAt(text, shift), null, 'broken_text') }
  return text.trim() === '' ? refuse('empty_file') : { text }
}

/** The number of the line that holds the character at `index`, as an editor counts: CRLF, LF and CR each end one. */
export const lineAt = (text: string, index: number): number => 1 + (text.slice(0, index).match(lineEnd)?.length ?? 0)
export const lineEnd = /\r\n|\n|\r/g

type Decoded = { text: string; garbled: number }

function utf8(bytes: Uint8Array): Decoded {
  const text = new TextDecoder().decode(bytes)
  return { text, garbled: text.indexOf('\ufffd') }
}

function utf8OrShiftJis(bytes: Uint8Array): Decoded {
  const asUtf8 = utf8(bytes)
  if (asUtf8.garbled < 0) return asUtf8
  // UTF-8 with one damaged byte must not be taken for Shift_JIS, as which nearly any bytes can be read.
  const readable = asUtf8.text.match(/[^\0-\x7f\ufffd]/gu)?.length ?? 0
  const damaged = asUtf8.text.match(/\ufffd/g)?.length ?? 0
  if (readable > damaged) return asUtf8

  const text = iconv.decode(Buffer.from(bytes), 'windows-31j')
  // EUC-JP read as Shift_JIS is mostly half-width katakana.
  const letters = text.match(/[^\0-\x7f]/gu)?.length ?? 0
  const halfWidth = text.match(/[\uff61-\uff9f]/g)?.length ?? 0
  return { text, garbled: halfWidth * 2 > letters ? text.search(/[\uff61-\uff9f]/) : text.indexOf('\ufffd') }
}

function isLikelyUtf16(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 400)
  const zeros = (odd: number) => head.filter((byte, index) => byte === 0 && index % 2 === odd).length
  return Math.abs(zeros(0) - zeros(1)) > head.length / 8
}
