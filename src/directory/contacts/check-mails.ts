import type { Database } from '#ground/db/database.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { mayIn } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { FormAddress } from './contact-form.ts'
import { look } from './look.ts'

const messages = inBoth({
  ja: {
    taken_by: (name: string) => `このメールアドレスは${name}の連絡先として登録されています`,
    taken:
      'このメールアドレスは別の連絡先として登録されているため使えません。心当たりがなければ事務局に確認してください',
    similar:
      '見た目がよく似たメールアドレスが別に登録されています。打ち間違いでなければ「このアドレスで間違いない」に印を付けてください',
  },
  en: {
    taken_by: (name: string) => `This mail address belongs to ${name}`,
    taken:
      'This mail address belongs to another contact and cannot be used. If that is a surprise, ask the secretariat',
    similar:
      'Another mail address that looks almost the same is registered. If this is no slip, tick “This address is right”',
  },
})

/**
 * What stands against the mails that are new in this form: that another contact has the same, or one that the eye takes for
 * the same. Asks the whole market, because a mail tells for whom it is answered; says whose it is only to who may edit that contact.
 */
export async function mailProblems(
  whole: Database,
  by: Person,
  { contact_id, addresses }: { contact_id: string; addresses: readonly FormAddress[] },
  language: Language,
): Promise<Problems> {
  const mails = addresses.filter(({ means }) => means === 'mail')
  if (mails.length === 0) return {}
  const known = await whole
    .selectFrom('contact_address as address')
    .innerJoin('contact', 'contact.id', 'address.contact_id')
    .where('address.means', '=', 'mail')
    .where('address.removed_at', 'is', null)
    .where(
      'address.look',
      'in',
      mails.map(({ address }) => look(address)),
    )
    .select(['address.address', 'address.look', 'address.contact_id', 'address.institution_id'])
    .select(['contact.name_ja', 'contact.name_en'])
    .execute()
  const own = new Set(known.filter((one) => one.contact_id === contact_id).map(({ address }) => address))
  const others = known.filter((one) => one.contact_id !== contact_id)
  const say = messages[language]
  const problems: Problems = {}
  for (const { row, address, is_sure } of mails) {
    const same = others.find((one) => one.address === address)
    const is_shown = same && mayIn(by, 'contact.edit', same.institution_id)
    if (same) problems[`address_${row}`] = is_shown ? say.taken_by(named(language, same)) : say.taken
    else if (!is_sure && !own.has(address) && others.some((one) => one.look === look(address)))
      problems[`address_${row}`] = say.similar
  }
  return problems
}

/** The fields of the form that need no more than a second look. */
export const isSimilar = (problem: string | undefined) =>
  problem === messages.ja.similar || problem === messages.en.similar
