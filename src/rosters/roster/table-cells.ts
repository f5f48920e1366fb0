import { z } from 'zod'
import { contactWords, duties, hours, readPhone } from '#directory/contacts/index.ts'
import { hasLeiForm } from '#directory/institutions/index.ts'
import type { Duty, Hours } from '#ground/db/tables.ts'
import { address, area, code, listOf, mail, narrow, oneOf, optional, plain, text } from './cells.ts'
import type { ContactColumn, InstitutionColumn } from './columns.ts'
import { functionsCell, kindCell, marketsCell, membershipCell } from './compact-cells.ts'
import type { Way } from './lines.ts'

/** Whether an institution is asked, as a cell may say it. */
export const askedWords = [
  { yes: '照会する', no: '照会しない' },
  { yes: 'はい', no: 'いいえ' },
] as const
const place = { address: optional(address()), area: optional(area()) }

/** How each cell of a table of institutions is read; an empty optional cell is null. */
export const institutionCells = {
  code: code(),
  kind: kindCell,
  name_ja: text(100),
  name_en: text(100),
  reading: kana(),
  markets: marketsCell,
  functions: functionsCell,
  lei: optional(z.string().transform(narrow).pipe(z.string().refine(hasLeiForm, 'lei_form'))),
  mic: optional(
    z
      .string()
      .transform(narrow)
      .pipe(z.string().regex(/^[0-9A-Z]{4}$/, 'mic_form')),
  ),
  parent_code: optional(code()),
  membership: optional(membershipCell),
  district: optional(text(60)),
  registration_kind: optional(text(100)),
  registration_number: optional(text(100)),
  supervisor_code: optional(code()),
  asked: optional(oneOf<'yes' | 'no'>(['yes', 'no'], askedWords, 'unknown_asked')),
  head_office_address: address(),
  head_office_area: area(),
  data_centre_address: place.address,
  data_centre_area: place.area,
  backup_data_centre_address: place.address,
  backup_data_centre_area: place.area,
  alternate_office_address: place.address,
  alternate_office_area: place.area,
  active_from: optional(day()),
  active_to: optional(day()),
} satisfies Record<InstitutionColumn, z.ZodType<unknown, string>>

const numbers = numbersCell()

/** Rosters were once written with these shorter words; they are read for good. */
const earlierHours = [
  { business: '営業時間', night: '夜間', holiday: '休日' },
  { business: 'Business hours', night: 'Night', holiday: 'Holiday' },
] as const
const hoursOf = (those: readonly Hours[]) =>
  listOf<Hours>(those, [contactWords.ja.hours, contactWords.en.hours, ...earlierHours], 'unknown_hours')

/** How each cell of a table of contacts is read. */
export const contactCells = {
  institution_code: code(),
  rank: z
    .string()
    .transform(plain)
    .pipe(
      z
        .string()
        .min(1, 'required')
        .regex(/^[1-9][0-9]?$/, 'rank_form'),
    )
    .transform(Number),
  name: text(60),
  name_en: optional(text(60)),
  reading: kana(),
  title: optional(text(100)),
  duties: listOf<Duty>(duties, [contactWords.ja.duties, contactWords.en.duties], 'unknown_duty'),
  hours: hoursOf(hours),
  first_responder: hoursOf(['night', 'holiday']),
  mail: several(mail()),
  mobile: numbers,
  phone: numbers,
  priority_phone: numbers,
  satellite: numbers,
  fax: numbers,
  called_by: optional(
    z
      .string()
      .transform(narrow)
      .transform((written, context) => {
        const [, institution = '', rank = ''] = /^(?:([0-9A-Z-]{2,20}):)?([1-9][0-9]?)$/.exec(written) ?? []
        if (rank) return { code: institution, rank: Number(rank) }
        context.addIssue('called_by_form')
        return z.NEVER
      }),
  ),
} satisfies Record<ContactColumn, z.ZodType<unknown, string>>

/** A name as it is read out: kana, and letters where the name has them. */
function kana() {
  return z
    .string()
    .transform((written) => written.normalize('NFKC').trim())
    .pipe(
      z
        .string()
        .max(200, 'too_long 200')
        .regex(/^[\p{Script=Hiragana}\p{Script=Katakana}ー・ 0-9A-Za-z.,&'()-]*$/u, 'kana'),
    )
}

function day() {
  return z.string().transform((written, context) => {
    const [, year, month = '', date = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain(written)) ?? []
    const iso = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
    if (z.iso.date().safeParse(iso).success) return iso
    context.addIssue('date_form')
    return z.NEVER
  })
}

/** Values separated by semicolons or line ends, each once. */
function several<T extends z.ZodType<string, string>>(schema: T) {
  return z.string().transform((written, context): string[] => {
    const found: string[] = []
    for (const word of split(written)) {
      const read = schema.safeParse(word)
      if (read.success) found.push(read.data)
      else for (const { message } of read.error.issues) context.addIssue(message)
    }
    return [...new Set(found)]
  })
}

function numbersCell() {
  return z.string().transform((written, context): Way[] => {
    const found = new Map<string, Way>()
    for (const word of split(written)) {
      const read = readPhone(word)
      if (read) found.set(read.address + read.extension, read)
      else context.addIssue('phone_form')
    }
    return [...found.values()]
  })
}

/** A number may carry its extension behind a semicolon (RFC 3966). */
const split = (written: string) => written.split(/[;；\r\n]+(?!\s*ext=)/).filter((word) => word.trim() !== '')
