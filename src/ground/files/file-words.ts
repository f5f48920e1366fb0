import { inBoth } from '#ground/html/language.ts'
import { file_bytes_max, type WrongFile } from './judge-file.ts'

const megabytes = file_bytes_max / 1024 / 1024

type FileWords = Record<WrongFile, string> & {
  /** Which files are taken. */
  kinds: string
  kilobytes: (bytes: number) => string
}

/** How files are spoken of wherever one is sent or shown. */
export const fileWords = inBoth<FileWords>({
  ja: {
    kinds: `PDF・PNG・JPEG・TXT・CSV・DOCX・XLSX。1個${megabytes}MBまで`,
    kilobytes: (bytes) => `${kilobytes(bytes).toLocaleString('ja')} KB`,
    empty: '中身がありません',
    size: `${megabytes}MBを超えています`,
    type: '添付できる種類ではありません（PDF、PNG、JPEG、TXT、CSV、DOCX、XLSX）',
    content: '中身が名前の種類と合いません',
    macros: 'マクロを含むファイルは添付できません',
  },
  en: {
    kinds: `PDF, PNG, JPEG, TXT, CSV, DOCX, XLSX; up to ${megabytes} MB each`,
    kilobytes: (bytes) => `${kilobytes(bytes).toLocaleString('en')} KB`,
    empty: 'there is nothing in it',
    size: `larger than ${megabytes} MB`,
    type: 'of a kind that cannot be attached (PDF, PNG, JPEG, TXT, CSV, DOCX and XLSX can)',
    content: 'its content is not what its name says',
    macros: 'files with macros cannot be attached',
  },
})

/** A file of a few bytes has one kilobyte, too. */
function kilobytes(bytes: number) {
  return Math.max(1, Math.round(bytes / 1024))
}
