import type { Tx } from '#ground/db/database.ts'
import type { Role } from '#ground/db/tables.ts'
import { timeWords } from '#ground/html/civil.ts'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { roleWords } from '#ground/html/navigation.ts'
import { queueLetter } from '#ground/letters/queue-letter.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Addressee, letterBody } from './letter-body.ts'

export type LetterTools = Pick<Tools, 'config' | 'later' | 'origin'>
type Named = { name_ja: string; name_en: string | null }
type To = Addressee & { email: string }

const texts = inBoth({
  ja: {
    call: (phone: string | null) => (phone ? `事務局（電話 ${phone}）` : '事務局'),
    invited: (by: string) => `証券市場の業務継続ポータル「狼煙」に、${by}があなたを招待しました。`,
    roles: (roles: string) => `役割：${roles}`,
    open: (url: string, end: string) => `次のページを開き、コードを入力してください（${end}まで）：\n${url}`,
    code: (by: string) =>
      `コードはこのメールにはありません。${by}が電話または対面でお伝えします。メールやチャットでコードを求められても、答えないでください。`,
    unknown: (call: string) => `心当たりがない場合は、ページを開かずに、${call}へ電話で知らせてください。`,
    recovered:
      '事務局の2人の確認により、あなたのこれまでのサインインの方法とサインイン中の端末をすべて無効にしました。次のページから、新しいサインインの方法を設定してください。',
    accepted: (name: string, by: string) => `${name}のアカウントが開かれました（招待：${by}）。`,
    not_you: (call: string) =>
      `あなたが行ったのでなければ、だれかがあなたの名前で入ろうとしています。すぐに${call}へ電話してください。`,
    not_right: '心当たりがない場合は、すぐにその人の権限を終了し、ほかの事務局員に電話で知らせてください。',
    requested: (name: string, by: string) =>
      `${name}のサインインの方法をすべて失ったとして、${by}が復旧を申請しました。別の事務局員が承認すると、これまでのサインインの方法はすべて無効になります。`,
    approved: (name: string, by: string, requester: string) =>
      `${name}の復旧を${by}が承認しました（申請：${requester}）。これまでのサインインの方法とサインインはすべて無効になりました。`,
    to_you: 'あなた',
    why: (reason: string) => `理由：${reason}`,
    page: (url: string) => `ページ：${url}`,
  },
  en: {
    call: (phone: string | null) => (phone ? `the secretariat (${phone})` : 'the secretariat'),
    invited: (by: string) =>
      `${by} has invited you to Noroshi, the business-continuity portal of the securities market.`,
    roles: (roles: string) => `Role: ${roles}`,
    open: (url: string, end: string) => `Open this page and enter your code (until ${end}):\n${url}`,
    code: (by: string) =>
      `The code is not in this mail. ${by} will tell you by phone or in person. Never give the code to anyone who asks for it by mail or chat.`,
    unknown: (call: string) => `If you do not know of this, do not open the page; telephone ${call}.`,
    recovered:
      'Checked by two people of the secretariat, all your former ways to sign in were ended, and so were your sessions. Set up a new way on the page below.',
    accepted: (name: string, by: string) => `The account of ${name} was opened (invited by ${by}).`,
    not_you: (call: string) =>
      `If it was not you, someone is trying to come in under your name. Telephone ${call} at once.`,
    not_right: 'If you do not know of this, end that person’s rights at once and telephone others of the secretariat.',
    requested: (name: string, by: string) =>
      `${by} has asked for the recovery of ${name}, who is said to have lost all ways to sign in. When another person of the secretariat approves, all former ways to sign in are ended.`,
    approved: (name: string, by: string, requester: string) =>
      `${by} has approved the recovery of ${name} (asked for by ${requester}). All former ways to sign in, and all sessions, were ended.`,
    to_you: 'you',
    why: (reason: string) => `Reason: ${reason}`,
    page: (url: string) => `Page: ${url}`,
  },
})

const rolesIn = (language: Language, roles: readonly Role[]) =>
  roles.map((role) => roleWords[language][role]).join(language === 'ja' ? '、' : ', ')
/** The one who acted; the program itself stands in for the secretariat. */
const actor = (language: Language, by: Named | null) =>
  by ? named(language, by) : language === 'ja' ? '事務局' : 'The secretariat'

const both = (say: (language: Language) => string) => `${say('ja')} / ${say('en')}`

/** The link to the page where the code is asked for. It holds no secret: an id alone opens nothing. */
export const linkOf = (origin: string, id: string) => `${origin}/invitations/${id}`

/** Sends the link of an invitation, or of a recovery, to the one whom it is for. */
export const postInvitation = (
  tx: Tx,
  tools: LetterTools,
  at: Date,
  to: To,
  it: {
    id: string
    kind: 'invitation' | 'recovery'
    by: Named | null
    roles: readonly Role[]
    expires_at: Date
    phone: string | null
  },
) =>
  queueLetter(tx, tools, at, {
    address: to.email,
    subject:
      it.kind === 'recovery'
        ? '【狼煙】サインインの復旧 / Noroshi: your sign-in'
        : '【狼煙】招待 / Invitation to Noroshi',
    body: letterBody(to, (language) => {
      const t = texts[language]
      const by = actor(language, it.by)
      return [
        it.kind === 'recovery' ? t.recovered : t.invited(by),
        it.kind === 'recovery' ? null : t.roles(rolesIn(language, it.roles)),
        t.open(linkOf(tools.origin, it.id), timeWords(language, it.expires_at, at, { with_date: true })),
        t.code(by),
        t.unknown(t.call(it.phone)),
      ]
    }),
    about: '/invitations',
    label: 'red',
    mode: 'actual',
    purpose: it.kind,
  })

/** Tells the person that their account was opened, and others that it was. */
export async function postAccepted(
  tx: Tx,
  tools: LetterTools,
  at: Date,
  person: To & { id: string },
  it: { by: Named | null; roles: readonly Role[]; phone: string | null; others: readonly (To & { id: string })[] },
) {
  for (const to of [person, ...it.others.filter(({ id }) => id !== person.id)])
    await queueLetter(tx, tools, at, {
      address: to.email,
      subject: '【狼煙】アカウントが開かれました / Noroshi: account opened',
      body: letterBody(to, (language) => {
        const t = texts[language]
        return [
          t.accepted(named(language, person), actor(language, it.by)),
          t.roles(rolesIn(language, it.roles)),
          to === person ? t.not_you(t.call(it.phone)) : t.not_right,
        ]
      }),
      about: '/invitations',
      label: 'red',
      mode: 'actual',
      purpose: 'account-opened',
    })
}

/** Tells the person and everyone of the secretariat what is being done about a recovery. */
export async function postRecovery(
  tx: Tx,
  tools: LetterTools,
  at: Date,
  it: {
    id: string
    person: To & { id: string }
    requester: Named
    approver: Named | null
    reason: string
    phone: string | null
    desk: readonly (To & { id: string })[]
  },
) {
  const { person, requester, approver } = it
  for (const to of [person, ...it.desk.filter(({ id }) => id !== person.id)])
    await queueLetter(tx, tools, at, {
      address: to.email,
      subject: `【狼煙】${both((language) =>
        language === 'ja'
          ? `復旧の${approver ? '承認' : '申請'}：${person.name_ja}`
          : `Recovery ${approver ? 'approved' : 'asked for'}`,
      )}`,
      body: letterBody(to, (language) => {
        const t = texts[language]
        const name = to === person ? t.to_you : named(language, person)
        return [
          approver
            ? t.approved(name, named(language, approver), named(language, requester))
            : t.requested(name, named(language, requester)),
          t.why(it.reason),
          to === person ? null : t.page(`${tools.origin}/recoveries/${it.id}`),
          to === person ? t.not_you(t.call(it.phone)) : t.not_right,
        ]
      }),
      about: `/recoveries/${it.id}`,
      label: 'red',
      mode: 'actual',
      purpose: 'recovery-notice',
    })
}
