import type { Tx } from '#ground/db/database.ts'
import { timeWords } from '#ground/html/civil.ts'
import { inBoth } from '#ground/html/language.ts'
import { queueLetter } from '#ground/letters/queue-letter.ts'
import { deskPhones } from '#ground/market/desk-phones.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'

const texts = inBoth({
  ja: {
    passkey_added: 'パスキーが登録されました',
    passkey_removed: 'パスキーが削除されました',
    app_added: '認証アプリが登録されました',
    app_removed: '認証アプリが解除されました',
    codes_made: 'リカバリーコードが新しく発行されました',
    code_used: 'リカバリーコードが使われました',
    password_changed: 'パスワードが変更されました',
    body: (who: string, when: string, what: string, phones: string) =>
      `${who} 様\n\n${when}、あなたのアカウントで${what}。\n\nご自身の操作であれば、何もする必要はありません。\n心当たりがない場合は、すぐに事務局へ電話でお知らせください${phones && `：${phones}`}。`,
  },
  en: {
    passkey_added: 'a passkey was added',
    passkey_removed: 'a passkey was removed',
    app_added: 'an authenticator app was set up',
    app_removed: 'the authenticator app was removed',
    codes_made: 'new recovery codes were issued',
    code_used: 'a recovery code was used',
    password_changed: 'the password was changed',
    body: (who: string, when: string, what: string, phones: string) =>
      `Dear ${who},\n\nAt ${when}, ${what} on your account.\n\nIf this was you, there is nothing to do.\nIf it was not, telephone the secretariat at once${phones && `: ${phones}`}.`,
  },
})

export type SignInChange = Exclude<keyof (typeof texts)['ja'], 'body'>

/** Tells a person by mail that the ways into their account have changed, so that who did not do it finds out. */
export async function tellPerson(
  tx: Tx,
  tools: Pick<Tools, 'config' | 'later'>,
  by: Person,
  at: Date,
  change: SignInChange,
  name?: string,
) {
  const { email } = await tx.selectFrom('person').select('email').where('id', '=', by.id).executeTakeFirstOrThrow()
  const phones = (await deskPhones(tx)).join(' / ')
  const { ja, en } = texts
  const what = { ja: ja[change] + (name ? `（${name}）` : ''), en: en[change] + (name ? ` (${name})` : '') }
  await queueLetter(tx, tools, at, {
    address: email,
    subject: `【狼煙】${ja[change]} / Noroshi: ${en[change]}`,
    body: [
      ja.body(by.name_ja, timeWords('ja', at, at, { with_date: true }), what.ja, phones),
      en.body(by.name_en ?? by.name_ja, timeWords('en', at, at, { with_date: true }), what.en, phones),
    ].join('\n\n----\n\n'),
    about: '/account',
    label: 'red',
    mode: 'actual',
    purpose: 'sign-in-changed',
  })
}
