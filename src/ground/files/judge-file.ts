export const file_bytes_max = 5 * 1024 * 1024
const name_length_max = 200

/** Why a file is not taken. */
export type WrongFile = 'empty' | 'size' | 'type' | 'content' | 'macros'

/** What a file may be, by the end of its name: how it is handed out, and whether its content is that. */
const types: Record<string, { media_type: string; holds: (bytes: Buffer) => boolean }> = {
  pdf: { media_type: 'application/pdf', holds: startsWith('25504446 2d') },
  png: { media_type: 'image/png', holds: startsWith('89504e47 0d0a1a0a') },
  jpg: { media_type: 'image/jpeg', holds: startsWith('ffd8ff') },
  jpeg: { media_type: 'image/jpeg', holds: startsWith('ffd8ff') },
  txt: { media_type: 'text/plain', holds: isText },
  csv: { media_type: 'text/csv', holds: isText },
  docx: {
    media_type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    holds: isOfficeFile('word/document.xml'),
  },
  xlsx: {
    media_type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    holds: isOfficeFile('xl/workbook.xml'),
  },
}

export const accepted = Object.keys(types).map((type) => `.${type}`)

/**
 * Whether a file may be kept: by its name, its size and what is really in it. Nothing that can run comes in under
 * another name, nor with macros; pictures and texts are what they say. Pure.
 */
export function judgeFile(
  name: string,
  bytes: Buffer,
): { file_name: string; media_type: string } | { wrong: WrongFile } {
  const file_name = cleanName(name)
  if (bytes.length === 0) return { wrong: 'empty' }
  if (bytes.length > file_bytes_max) return { wrong: 'size' }
  const end = /\.([a-z]{3,4})$/i.exec(file_name)?.[1]?.toLowerCase() ?? ''
  const type = Object.hasOwn(types, end) ? types[end] : undefined
  if (!type) return { wrong: 'type' }
  if (!type.holds(bytes)) return { wrong: 'content' }
  if (end.endsWith('x') && bytes.includes('vbaProject.bin')) return { wrong: 'macros' }
  return { file_name, media_type: type.media_type }
}

/** A name without folders and without characters that nobody sees or that turn what follows; its end is kept. */
export const cleanName = (name: string): string =>
  [
    ...name
      // Nobody's name is so long, and one of megabytes would be taken apart letter by letter.
      .slice(-4 * name_length_max)
      .toWellFormed()
      .normalize('NFC')
      .replace(/^.*[\\/]/s, '')
      .replace(/[\p{Cc}\p{Cf}\u2028\u2029"<>|:*?]/gu, '')
      .trim(),
  ]
    .slice(-name_length_max)
    .join('')

function startsWith(hexadecimal: string) {
  const signature = Buffer.from(hexadecimal.replaceAll(' ', ''), 'hex')
  return (bytes: Buffer) => bytes.subarray(0, signature.length).equals(signature)
}

/** Text in UTF-8, UTF-16 or Shift_JIS, with nothing in it but text. */
function isText(bytes: Buffer): boolean {
  return ['utf-8', 'shift_jis', ...(bytes[0] === 0xff || bytes[0] === 0xfe ? ['utf-16le', 'utf-16be'] : [])].some(
    (encoding) => {
      try {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for
        return !/[\0-\x08\x0b\x0e-\x1f\x7f]/.test(new TextDecoder(encoding, { fatal: true }).decode(bytes))
      } catch {
        return false
      }
    },
  )
}

/** The names in a ZIP file stand as they are, whatever is packed. */
function isOfficeFile(part: string) {
  const isZip = (bytes: Buffer) => startsWith('504b0304')(bytes)
  return (bytes: Buffer) => isZip(bytes) && bytes.includes('[Content_Types].xml') && bytes.includes(part)
}
