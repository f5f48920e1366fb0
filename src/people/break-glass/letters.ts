import type { Tx } from '#ground/db/database.ts'
import { timeWords } from '#ground/html/civil.ts'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { queueLetter } from '#ground/letters/queue-letter.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Addressee, letterBody } from '#people/invitations/index.ts'

type LetterTools = Pick<Tools, 'config' | 'later' | 'origin'>
type Named = { name_ja: string; name_en: string | null }
type To = readonly (Addressee & { email: string })[]

const texts = inBoth({
  ja: {
    used: (who: string, when: string, set: number, number: number) =>
      `${who}の名前で、非常用コード（第${set}組の${number}番）を使ったサインインがありました（${when}）。`,
    drilled: (who: string, when: string, set: number, number: number) =>
      `これは訓練です。${who}の名前で、非常用コード（第${set}組の${number}番）が使えることを確かめました（${when}）。サインインはしていません。`,
    reason: (reason: string) => `理由：${reason}`,
    left: (left: number) => `残り：${left}個`,
    check:
      '本人に電話で確かめてください。心当たりがなければ、ただちにその人のサインインと権限を終了し、新しい組を封緘してください。',
    sealed: (who: string, set: number) =>
      `${who}が非常用コードの新しい組（第${set}組）を封緘しました。前の組はすべて無効です。前の封筒を破棄してください。`,
    sealed_check: '心当たりがない場合は、ほかの事務局員に電話で確かめ、別の承認者が新しい組を封緘してください。',
    page: (url: string) => `記録：${url}`,
  },
  en: {
    used: (who: string, when: string, set: number, number: number) =>
      `Someone signed in as ${who} with a break-glass code (set ${set}, number ${number}) at ${when}.`,
    drilled: (who: string, when: string, set: number, number: number) =>
      `This is an exercise. As ${who}, a break-glass code (set ${set}, number ${number}) was shown to work at ${when}. Nobody was signed in.`,
    reason: (reason: string) => `Reason: ${reason}`,
    left: (left: number) => `Left: ${left}`,
    check:
      'Telephone that person. If they do not know of it, end their sessions and rights at once, and seal a new set.',
    sealed: (who: string, set: number) =>
      `${who} has sealed a new set of break-glass codes (set ${set}). The set before it is void: destroy its envelope.`,
    sealed_check:
      'If you do not know of this, ask others of the secretariat by phone, and have another approver seal a new set.',
    page: (url: string) => `Register: ${url}`,
  },
})

/** Tells everyone of the desk and every auditor at once that a code was used, by whom and why. */
export async function postUsed(
  tx: Tx,
  tools: LetterTools,
  at: Date,
  it: {
    set: number
    number: number
    left: number
    person: Named
    reason: string
    mode: 'actual' | 'exercise'
    to: To
  },
) {
  const is_drill = it.mode === 'exercise'
  const say = (language: Language) => {
    const t = texts[language]
    const when = timeWords(language, at, at, { with_date: true })
    return [
      (is_drill ? t.drilled : t.used)(named(language, it.person), when, it.set, it.number),
      t.reason(it.reason),
      t.left(it.left),
      is_drill ? null : t.check,
      t.page(`${tools.origin}/break-glass`),
    ]
  }
  const subject = is_drill
    ? '【訓練】非常用コードの確認 / EXERCISE: break-glass code tested'
    : '【緊急】非常用コードが使われました / A break-glass code was used'
  await postAll(tx, tools, at, it.to, subject, say)
}

/** Tells the same people that a new set counts. */
export const postSealed = (tx: Tx, tools: LetterTools, at: Date, it: { set: number; by: Named; to: To }) =>
  postAll(tx, tools, at, it.to, '【狼煙】非常用コードの新しい組 / New break-glass codes', (language) => {
    const t = texts[language]
    return [t.sealed(named(language, it.by), it.set), t.sealed_check, t.page(`${tools.origin}/break-glass`)]
  })

async function postAll(
  tx: Tx,
  tools: LetterTools,
  at: Date,
  to: To,
  subject: string,
  say: (language: Language) => readonly (string | null)[],
) {
  for (const each of to)
    await queueLetter(tx, tools, at, {
      address: each.email,
      subject,
      body: letterBody(each, say),
      about: '/break-glass',
      label: 'red',
      mode: 'actual',
      purpose: 'break-glass',
    })
}
