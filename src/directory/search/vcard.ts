import type { Means } from '#ground/db/tables.ts'
import { labelNames, labelOf } from '#ground/rights/labels.ts'
import type { Found } from './search.ts'

const line_bytes_max = 75
const phoneTypes: Partial<Record<Means, string>> = {
  mobile: 'work,cell,text',
  phone: 'work,voice',
  priority_phone: 'work,voice',
  satellite: 'work,voice',
  fax: 'work,fax',
}

/** Contacts as one file of vCards 4.0 (RFC 6350), in the order in which they were found. Each says its label and its date. */
export const vcards = (contacts: readonly Found[], at: Date): string =>
  contacts.map((contact) => vcard(contact, at)).join('')

function vcard(contact: Found, at: Date): string {
  const [family, given] = halves(contact.name_ja)
  const [family_kana, given_kana] = halves(contact.reading)
  const sortAs = contact.reading
    ? `;SORT-AS="${[family_kana, given_kana].filter(Boolean).map(parameter).join(',')}"`
    : ''
  const lines = [
    'BEGIN:VCARD',
    'VERSION:4.0',
    'PRODID:-//Noroshi//Directory//JA',
    `UID:urn:uuid:${contact.id}`,
    'KIND:individual',
    `FN:${text(contact.name_ja)}`,
    `N${sortAs}:${text(family)};${text(given)};;;`,
    ...(family_kana ? [`X-PHONETIC-LAST-NAME:${text(family_kana)}`] : []),
    ...(given_kana ? [`X-PHONETIC-FIRST-NAME:${text(given_kana)}`] : []),
    ...(contact.name_en ? [`FN;LANGUAGE=en:${text(contact.name_en)}`] : []),
    `ORG:${text(contact.institution_ja)}`,
    ...(contact.title ? [`TITLE:${text(contact.title)}`] : []),
    ...contact.addresses.flatMap(({ means, address, extension }, index) => {
      const preference = `PREF=${Math.min(100, index + 1)}`
      const types = phoneTypes[means]
      if (types)
        return [`TEL;VALUE=uri;TYPE="${types}";${preference}:tel:${address}${extension && `;ext=${extension}`}`]
      return means === 'mail' ? [`EMAIL;TYPE=work;${preference}:${text(address)}`] : []
    }),
    `CATEGORIES:BCP,${text(contact.code)}`,
    `REV:${contact.changed_at.toISOString().replace(/[-:]|\.\d+/g, '')}`,
    `NOTE:${text(`${labelNames[labelOf.contact]}\n${at.toISOString().slice(0, 16)}Z 現在の名簿。他に渡さないでください。`)}`,
    'END:VCARD',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** A Japanese name is written family name first, with a space between. */
const halves = (name: string): [string, string] => {
  const [first = '', ...rest] = name.trim().split(/\s+/)
  return [first, rest.join(' ')]
}

/** A value: backslash, comma, semicolon and line end stand for themselves only when escaped. */
const text = (value: string) =>
  value
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n]/gu, '')
    .replaceAll(/[\\,;]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n')

/** A parameter between quotation marks (RFC 6868). */
const parameter = (value: string) =>
  value
    .replaceAll(/\p{Cc}/gu, '')
    .replaceAll('^', '^^')
    .replaceAll('"', "^'")
    .replaceAll(',', ' ')

/** At most 75 bytes a line, and no letter torn apart; a line that goes on begins with a space. */
function folded(line: string): string {
  const parts: string[] = []
  let [part, bytes] = ['', 0]
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (bytes + size > line_bytes_max) {
      parts.push(part)
      ;[part, bytes] = ['', 1]
    }
    part += letter
    bytes += size
  }
  return [...parts, part].join('\r\n ')
}
