import { z } from 'zod'
import { readPhone, writePhone } from '#contacts/index.ts'
import type { FunctionCode, InstitutionKind, Market } from '#db/tables.ts'
import { areaByCode, areas } from '#hazards/index.ts'
import { functionCodes, markets, statusWords } from '#status/words.ts'
import type { Column } from './roster-columns.ts'
import { kinds, kindWords } from './words.ts'

// Messages are keys of roster-problem.ts, followed by the value that the reason names.

/** How each cell of a roster is read: blanks and widths made equal, an empty optional cell is null. */
export const cells = {
  code: z
    .string()
    .transform(narrow)
    .pipe(
      z
        .string()
        .min(1, 'required')
        .regex(/^[0-9A-Z-]{2,20}$/, 'code_form'),
    ),
  kind: oneOf<InstitutionKind>(kinds, kindWords.ja, kindWords.en, 'unknown_kind'),
  name_ja: text(100),
  name_en: text(100),
  markets: listOf<Market>(markets, statusWords.ja.markets, statusWords.en.markets, 'unknown_market'),
  functions: listOf<FunctionCode>(
    functionCodes,
    statusWords.ja.functions,
    statusWords.en.functions,
    'unknown_function',
  ),
  head_office_address: address(),
  head_office_area: area(),
  data_centre_address: optional(address()),
  data_centre_area: optional(area()),
  primary_name: text(60),
  primary_name_en: optional(text(60)),
  primary_mail: mail(),
  primary_phone: optional(phone()),
  deputy_name: optional(text(60)),
  deputy_name_en: optional(text(60)),
  deputy_mail: optional(mail()),
  deputy_phone: optional(phone()),
} satisfies Record<Column, z.ZodType<unknown, string>>

export type Cells = { [Name in Column]: z.output<(typeof cells)[Name]> }

/** As a machine writes it: half-width, without blanks around, every dash a hyphen, capital letters. */
function narrow(written: string) {
  return plain(written)
    .replaceAll(/[‐‑‒–—―−ー]/g, '-')
    .toUpperCase()
}
function plain(written: string) {
  return written.normalize('NFKC').trim()
}

function text(length_max: number) {
  return z
    .string()
    .transform((written) => written.normalize('NFC').trim())
    .pipe(
      z
        .string()
        .min(1, 'required')
        .refine((written) => !/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\ufffd]/u.test(written), 'unprintable')
        .refine((written) => [...written].length <= length_max, `too_long ${length_max}`),
    )
}

/** An address may stand on several lines in its cell; it is kept on one. */
function address() {
  return z
    .string()
    .transform((written) => written.trim().replaceAll(/\s*[\r\n]+\s*/g, ' '))
    .pipe(text(200))
}

/** An area by its code or by its name, as the agency's table has them. */
function area() {
  return z
    .string()
    .transform(plain)
    .transform((written) => areaCodes.get(written) ?? written)
    .pipe(
      z
        .string()
        .min(1, 'required')
        .refine((written) => areaByCode.has(written), 'area_form'),
    )
}
const areaCodes = new Map(areas.map(({ code, name }) => [plain(name), code]))

function mail() {
  return z
    .string()
    .transform((written) => plain(written).toLowerCase())
    .pipe(z.email('mail_form').max(254, 'too_long 254').min(1, 'required'))
}

function phone() {
  return z
    .string()
    .max(50, 'too_long 50')
    .transform((written, context): string => {
      const read = readPhone(written)
      if (read) return writePhone(read)
      context.addIssue({ code: 'custom', message: 'phone_form' })
      return z.NEVER
    })
}

function optional<T extends z.ZodType<unknown, string>>(schema: T) {
  return z.string().transform((written, context): z.output<T> | null => {
    if (written.trim() === '') return null
    const read = schema.safeParse(written)
    if (read.success) return read.data
    for (const { message } of read.error.issues) context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

type Words<T extends string> = Record<T, string>

function oneOf<T extends string>(codes: readonly T[], ja: Words<T>, en: Words<T>, unknown: string) {
  const find = finder(codes, ja, en)
  return z.string().transform((written, context): T => {
    const code = find(written)
    if (code) return code
    context.addIssue({ code: 'custom', message: written.trim() === '' ? 'required' : `${unknown} ${written.trim()}` })
    return z.NEVER
  })
}

/** Codes or words, separated by semicolons, commas or line breaks; each once, in our own order. */
function listOf<T extends string>(codes: readonly T[], ja: Words<T>, en: Words<T>, unknown: string) {
  const find = finder(codes, ja, en)
  return z.string().transform((written, context): T[] => {
    const words = written.split(/[;；,，、\r\n]/).filter((word) => word.trim() !== '')
    const found = words.map((word) => find(word))
    for (const [index, code] of found.entries())
      if (!code) context.addIssue({ code: 'custom', message: `${unknown} ${words[index]?.trim()}` })
    return codes.filter((code) => found.includes(code))
  })
}

function finder<T extends string>(codes: readonly T[], ja: Words<T>, en: Words<T>) {
  const key = (word: string) => word.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()
  const known = new Map(codes.flatMap((code) => [code, ja[code], en[code]].map((word) => [key(word), code])))
  return (written: string): T | undefined => known.get(key(written))
}
