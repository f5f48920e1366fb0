import { z } from 'zod'
import { readPhone, writePhone } from '#directory/contacts/index.ts'
import { areaByCode, areas } from '#ground/market/areas.ts'

// Messages are keys of problem.ts, followed by the value that the reason names.

export function code() {
  return z
    .string()
    .transform(narrow)
    .pipe(
      z
        .string()
        .min(1, 'required')
        .regex(/^[0-9A-Z-]{2,20}$/, 'code_form'),
    )
}

/** As a machine writes it: half-width, without blanks around, every dash a hyphen, capital letters. */
export function narrow(written: string) {
  return plain(written)
    .replaceAll(/[‐‑‒–—―−ー]/g, '-')
    .toUpperCase()
}
export function plain(written: string) {
  return written.normalize('NFKC').trim()
}

export function text(length_max: number) {
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
export function address() {
  return z
    .string()
    .transform((written) => written.trim().replaceAll(/\s*[\r\n]+\s*/g, ' '))
    .pipe(text(200))
}

/** An area by its code or by its name, as the agency's table has them. */
export function area() {
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

export function mail() {
  return z
    .string()
    .transform((written) => plain(written).toLowerCase())
    .pipe(z.email('mail_form').max(254, 'too_long 254').min(1, 'required'))
}

export function phone() {
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

export function optional<T extends z.ZodType<unknown, string>>(schema: T) {
  return z.string().transform((written, context): z.output<T> | null => {
    if (written.trim() === '') return null
    const read = schema.safeParse(written)
    if (read.success) return read.data
    for (const { message } of read.error.issues) context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

type Words<T extends string> = Partial<Readonly<Record<T, string>>>

export function oneOf<T extends string>(codes: readonly T[], words: readonly Words<T>[], unknown: string) {
  const find = finder(codes, words)
  return z.string().transform((written, context): T => {
    const code = find(written)
    if (code) return code
    context.addIssue({ code: 'custom', message: written.trim() === '' ? 'required' : `${unknown} ${written.trim()}` })
    return z.NEVER
  })
}

/** Codes or words, separated by semicolons, commas or line breaks; each once, in our own order. */
export function listOf<T extends string>(codes: readonly T[], words: readonly Words<T>[], unknown: string) {
  const find = finder(codes, words)
  return z.string().transform((written, context): T[] => {
    const parts = written.split(/[;；,，、\r\n]/).filter((word) => word.trim() !== '')
    const found = parts.map((word) => find(word))
    for (const [index, code] of found.entries())
      if (!code) context.addIssue({ code: 'custom', message: `${unknown} ${parts[index]?.trim()}` })
    return codes.filter((code) => found.includes(code))
  })
}

function finder<T extends string>(codes: readonly T[], words: readonly Words<T>[]) {
  const key = (word: string) => word.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()
  const known = new Map(
    codes.flatMap((code) => [code, ...words.map((of) => of[code] ?? code)].map((word) => [key(word), code])),
  )
  return (written: string): T | undefined => known.get(key(written))
}
