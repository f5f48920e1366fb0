import { z } from 'zod'
import { fromCivilInput } from '#ground/html/civil.ts'
import { versionSeen } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { readPhone, writePhone } from '#ground/market/phone.ts'
import { places } from './words.ts'

const messages = inBoth({
  ja: {
    section_ja: '部署の名前を100文字以内で入力してください',
    section_en: '英語名は100文字以内で入力してください',
    phone: 'この番号は電話番号として成り立ちません。桁数と市外局番を確認してください',
    mail: 'メールアドレスの形になっていません。例：bcp-desk@kabu.example',
    office_name: '代替オフィスの名前を100文字以内で入力してください',
    office_address: '所在地は200文字以内で入力してください',
    place: 'いまの勤務場所を選んでください',
    note: '場所を100文字以内で入力してください',
    since: '日時を入力し直してください',
    future: 'まだ来ていない時刻です。移った時刻を入力するか、空欄にしてください',
  },
  en: {
    section_ja: 'Enter the name of the section, in up to 100 characters',
    section_en: 'Keep the English name within 100 characters',
    phone: 'No phone can have this number. Check its digits and area code',
    mail: 'This is no mail address. For example: bcp-desk@kabu.example',
    office_name: 'Enter the name of the alternate office, in up to 100 characters',
    office_address: 'Keep the address within 200 characters',
    place: 'Choose from where you work now',
    note: 'Enter the place, in up to 100 characters',
    since: 'Enter the time again',
    future: 'This time has not come yet. Enter when you moved, or leave it empty',
  },
})

const text = (length_max: number, message: string) => z.string(message).trim().max(length_max, message).default('')

/** A contact point: a section, its phone and mail, and where it goes when its office cannot be used. */
export const PointForm = (language: Language) => {
  const say = messages[language]
  const phone = z
    .string(say.phone)
    .default('')
    .transform((written, context) => {
      if (written.trim() === '') return ''
      const read = readPhone(written)
      if (read) return writePhone(read)
      context.addIssue({ code: 'custom', message: say.phone })
      return z.NEVER
    })
  return z
    .object({
      version: versionSeen,
      section_ja: text(100, say.section_ja).refine(Boolean, say.section_ja),
      section_en: text(100, say.section_en),
      phone: phone.refine(Boolean, say.phone),
      mail: z.union([z.literal(''), z.string().trim().toLowerCase().max(254).pipe(z.email())], say.mail).default(''),
      office_name: text(100, say.office_name),
      office_address: text(200, say.office_address),
      office_phone: phone,
    })
    .refine((form) => form.office_name !== '' || (form.office_address === '' && form.office_phone === ''), {
      path: ['office_name'],
      message: say.office_name,
    })
}
export type PointForm = z.output<ReturnType<typeof PointForm>>

/** From where an institution works now; since: null is since this moment. */
export const PlaceForm = (language: Language, now: Date) => {
  const say = messages[language]
  return z
    .object({
      version: versionSeen,
      place: z.enum(places, say.place),
      note: text(100, say.note),
      since: z
        .string(say.since)
        .default('')
        .transform((written, context) => {
          if (written.trim() === '') return null
          const at = fromCivilInput(written.trim())
          if (at && at <= now) return at
          context.addIssue({ code: 'custom', message: at ? say.future : say.since })
          return z.NEVER
        }),
    })
    .refine(({ place, note }) => place !== 'other' || note !== '', { path: ['note'], message: say.note })
}
export type PlaceForm = z.output<ReturnType<typeof PlaceForm>>
