import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** A number in E.164 and the digits to dial after it is answered; none: ''. */
export type Phone = { address: string; extension: string }

/** Reads a number as people write it, of Japan unless it says otherwise; undefined when no phone could have it. */
export function readPhone(written: string): Phone | undefined {
  const narrow = written
    .normalize('NFKC')
    .replaceAll(/[‐‑‒–—―−ー]/g, '-')
    .trim()
  if (narrow.length > 50) return undefined
  const [, number = '', extension = ''] = /^(.*?)(?:[\s,;]*(?:内線|ext\.?=?|x)\s*([0-9]{1,10}))?$/i.exec(narrow) ?? []
  // Letters that a keypad would turn into digits are a mistake here.
  if (!/^\+?[0-9 ().-]+$/.test(number)) return undefined
  const read = parsePhoneNumberFromString(number, 'JP')
  return read?.isPossible() ? { address: read.number, extension } : undefined
}

/** As it is said and dialled at home: a number of Japan without its country code, any other with it. */
export function showPhone({ address, extension }: Phone): string {
  const read = parsePhoneNumberFromString(address)
  const shown = !read ? address : read.country === 'JP' ? read.formatNational() : read.formatInternational()
  return extension ? `${shown} ext. ${extension}` : shown
}

/** One text for both (RFC 3966): `+81312345678;ext=12`. */
export const writePhone = ({ address, extension }: Phone) => (extension ? `${address};ext=${extension}` : address)
/** What `writePhone` wrote, shown. */
export const showWritten = (written: string) => {
  const [address = '', extension = ''] = written.split(';ext=')
  return showPhone({ address, extension })
}
