import type { Duty, Hours } from '#ground/db/tables.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { inBoth, type Language } from '#ground/html/language.ts'
import { type ContactValues, isId, type RowValues } from './contact-values.ts'
import { readWritten } from './read-address.ts'
import { duties, hours, type TypedMeans, typedMeans } from './words.ts'

/** One way to reach a contact, read; `row` is its place in the form, for what is found wrong later. */
export type FormAddress = {
  row: number
  id: string | null
  means: TypedMeans
  address: string
  extension: string
  is_role_mailbox: boolean
  person_behind: string
  is_sure: boolean
}
export type ContactForm = {
  name_ja: string
  name_en: string | null
  reading: string
  title: string
  duties: Duty[]
  hours: Hours[]
  first_responder: ('night' | 'holiday')[]
  called_by: string | null
  version: number
  /** In the order in which they are tried. */
  addresses: FormAddress[]
}

const messages = inBoth({
  ja: {
    name_ja: '氏名を60文字以内で入力してください',
    name_en: '英語名は60文字以内で入力してください',
    reading: 'よみは、かなで60文字以内で入力してください',
    title: '役職は100文字以内で入力してください',
    hours: '連絡がつく時間を一つ以上選んでください',
    first_responder: '初動要員にする時間帯には、連絡がつく時間も選んでください',
    called_by: '誰から連絡を受けるかを選び直してください',
    phone: 'この番号は電話番号として成り立ちません。桁数と市外局番を確認してください',
    mail: 'メールアドレスの形になっていません。例：taro@kabu.example',
    webhook: 'https:// で始まる公開のアドレスを入力してください（IPアドレスや社内の名前は使えません）',
    too_long: 'アドレスが長すぎます',
    means: '手段を選び直してください',
    none: '連絡先を一つ以上入力してください',
    twice: '同じ連絡先が二度入力されています',
    order: '順番は1から20の数字で入力してください',
    person_behind: '今の担当者名は100文字以内で入力してください',
  },
  en: {
    name_ja: 'Enter the name, in up to 60 characters',
    name_en: 'Keep the English name within 60 characters',
    reading: 'Write the reading in kana, in up to 60 characters',
    title: 'Keep the title within 100 characters',
    hours: 'Choose at least one time at which this person can be reached',
    first_responder: 'A first responder must be reachable at that time, too',
    called_by: 'Choose again who passes the call on',
    phone: 'No phone can have this number. Check its digits and area code',
    mail: 'This is no mail address. For example: taro@kabu.example',
    webhook: 'Enter a public address that begins with https:// (no IP address, no internal name)',
    too_long: 'This address is too long',
    means: 'Choose the means again',
    none: 'Enter at least one way to reach this person',
    twice: 'The same address was entered twice',
    order: 'Enter the order as a number from 1 to 20',
    person_behind: 'Keep the name within 100 characters',
  },
})

/** Reads the form of a contact: what it says, or what is wrong with each field. */
export function parseContact(values: ContactValues, language: Language): ContactForm | { problems: Problems } {
  const say = messages[language]
  const problems: Problems = {}
  const text = (name: 'name_ja' | 'name_en' | 'reading' | 'title', length_max: number) => {
    const read = values[name].normalize(name === 'reading' ? 'NFKC' : 'NFC').trim()
    if ([...read].length > length_max || unprintable.test(read)) problems[name] = say[name]
    return read
  }
  const name_ja = text('name_ja', 60)
  if (name_ja === '') problems.name_ja = say.name_ja
  const name_en = text('name_en', 60) || null
  const reading = text('reading', 60)
  if (!/^[\p{Script=Hiragana}\p{Script=Katakana}ー・\s]*$/u.test(reading)) problems.reading = say.reading
  const title = text('title', 100)

  const addresses = readRows(values.rows, problems, say)

  const held = hours.filter((each) => values.hours.includes(each))
  if (held.length === 0) problems.hours = say.hours
  const first_responder = (['night', 'holiday'] as const).filter((each) => values.first_responder.includes(each))
  if (!first_responder.every((each) => held.includes(each))) problems.first_responder = say.first_responder
  if (values.called_by !== '' && !isId(values.called_by)) problems.called_by = say.called_by

  if (Object.keys(problems).length > 0) return { problems }
  return {
    name_ja,
    name_en,
    reading,
    title,
    duties: duties.filter((each) => values.duties.includes(each)),
    hours: held,
    first_responder,
    called_by: values.called_by || null,
    version: Number.parseInt(values.version, 10) || 0,
    addresses,
  }
}

const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\ufffd]/u

/** A row without an address is no row: emptying it takes the address out of the directory. */
function readRows(rows: RowValues[], problems: Problems, say: (typeof messages)['ja']): FormAddress[] {
  const seen = new Set<string>()
  const read = rows.flatMap((values, row): (FormAddress & { order: number })[] => {
    const field = `address_${row}`
    if (values.address.trim() === '') return []
    const means = typedMeans.find((each) => each === values.means)
    if (!means) {
      problems[field] = say.means
      return []
    }
    const found = readWritten(means, values.address)
    if ('fault' in found) {
      problems[field] = say[found.fault]
      return []
    }
    const key = `${found.address} ${found.extension}`
    // One number may be a mobile and a priority phone at once; twice the same way is a slip.
    if (seen.has(`${means} ${key}`)) problems[field] = say.twice
    seen.add(`${means} ${key}`)
    const order = Number(values.order.normalize('NFKC').trim() || row + 1)
    if (!Number.isInteger(order) || order < 1 || order > 20) problems[`order_${row}`] = say.order
    const person_behind = values.person_behind.normalize('NFC').trim()
    if ([...person_behind].length > 100 || unprintable.test(person_behind))
      problems[`person_behind_${row}`] = say.person_behind
    const { id, is_sure } = values
    const is_role_mailbox = values.is_role_mailbox || person_behind !== ''
    return [{ row, id: isId(id) ? id : null, means, ...found, is_role_mailbox, person_behind, is_sure, order }]
  })
  if (read.length === 0 && !Object.keys(problems).some((name) => name.startsWith('address_')))
    problems.address_0 = say.none
  return read.toSorted((a, b) => a.order - b.order).map(({ order: _, ...address }) => address)
}
