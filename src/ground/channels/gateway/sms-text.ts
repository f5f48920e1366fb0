import type { Mode } from '#ground/db/tables.ts'
import { modeWords } from '#ground/html/modes.ts'

/** How a text travels as SMS. Units are septets in GSM-7 (some characters take two), else 16-bit units of UCS-2. */
export type SmsParts = { encoding: 'gsm7' | 'ucs2'; units: number; parts: string[] }

/** What one notice may take up at most; each part is paid and carried on its own. */
export const sms_parts_max = 4

/** The default alphabet and its extension (3GPP TS 23.038); there is no backtick in it. */
const gsm7 = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const gsm7_two = new Set('\f^{}\\[~]|€')

const units_max = { gsm7: { single: 160, several: 153 }, ucs2: { single: 70, several: 67 } }

/** How many parts a text takes, and where it is cut: never within a character, be it a surrogate pair or an escape. */
export function partsOf(text: string): SmsParts {
  const characters = [...text]
  const encoding = characters.every((one) => gsm7.has(one) || gsm7_two.has(one)) ? 'gsm7' : 'ucs2'
  const unitsOf = (one: string) => (encoding === 'ucs2' ? one.length : gsm7_two.has(one) ? 2 : 1)
  const units = characters.reduce((sum, one) => sum + unitsOf(one), 0)
  const { single, several } = units_max[encoding]
  if (units <= single) return { encoding, units, parts: text === '' ? [] : [text] }
  const parts: string[] = []
  let part = ''
  let room = several
  for (const one of characters) {
    if (unitsOf(one) > room) {
      parts.push(part)
      part = ''
      room = several
    }
    part += one
    room -= unitsOf(one)
  }
  return { encoding, units, parts: [...parts, part] }
}

/**
 * What SMS can carry of a text: composed characters, line ends as \n, half of a surrogate pair as �. Control characters
 * become a blank; marks that hide or turn the words around them (zero width, direction) go. Joined emoji stay joined.
 */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/g, '')
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .replace(/ +(?=\n|$)/g, '')
    .trim()

/** The same of a text that is to be one line. */
export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ')

/** 【訓練】 or 【試験】 before anything else, whatever was composed; what is real is left as it is. */
export function withMark(mode: Mode, text: string): string {
  const mark = markOf(mode)
  return text.startsWith(mark) ? text : `${mark}${text}`
}

export const markOf = (mode: Mode) => (mode === 'actual' ? '' : `【${modeWords.ja[mode]}】`)
