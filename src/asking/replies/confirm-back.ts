import { blank, queueMessages } from '#delivery/deliveries/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { timeWords } from '#ground/html/civil.ts'
import { oneLine } from '#ground/html/clean-text.ts'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { hostOf } from '#ground/letters/return-path.ts'
import type { Tools } from '#ground/tools/tools.ts'
import type { Answerable } from './answerable.ts'
import { type Stands, standsWords } from './stands.ts'
import type { Understood } from './understand.ts'
import { understoodWords } from './understood-words.ts'

/** What somebody hears of their reply: what came of it, or how to say it so that it can be read. */
export type Outcome = 'taken' | 'again' | 'late' | 'replaced' | 'over' | 'removed' | 'unclear' | 'no_code'

/** Whoever writes more than this is told no more, lest two machines keep each other busy. */
export const confirmations_an_hour_max = 5

const texts = inBoth({
  ja: {
    subjects: {
      taken: '回答を受け付けました',
      again: '回答は受付済みです',
      late: '受け付けていません：別の回答があります',
      replaced: '受け付けていません：通知が差し替えられました',
      over: '受け付けていません：回答の受付は終わりました',
      removed: '受け付けていません：この連絡先は登録から外れています',
      unclear: '読み取れませんでした',
      no_code: '受け付けていません：どの通知への回答か分かりません',
    },
    taken: (what: string, time: string) => `「${what}」として${time}に受け付けました。`,
    details: '業務ごとの状況は、ポータルで報告してください。',
    again: '貴機関の回答はすでに受け付けています。何もする必要はありません。',
    late: '貴機関の別の回答があるため、受け付けずに保管し、事務局に表示しました。変えるときは、ポータルにサインインして回答するか、事務局に電話してください。',
    stands: (who: string, when: string, what: string) => `いま有効な回答：「${what}」（${who}、${when}）`,
    removed:
      'この宛先は、貴機関の連絡先として登録されていません。回答としては受け付けずに保管し、事務局に表示しました。貴機関の別の担当者から回答するか、事務局に電話してください。',
    replaced: 'この通知は新しい通知に置き換わりました。新しい通知に回答してください。',
    over: 'この通知への回答の受付は終わりました。必要なときは、ポータルか電話で知らせてください。',
    unclear: '読み取れませんでした。返信はまだ回答になっていません。次のように書いて、もう一度返信してください。',
    no_code:
      '回答待ちの通知が2件以上あります。通知に書かれた5文字の返信コードを番号の後に付けて、もう一度返信してください。',
    how: {
      none: '',
      acknowledge: '確認したとき：1',
      choice: (list: string) => `番号だけ：\n${list}`,
      report: 'すべて正常なとき：1\n正常でないとき：2 に続けて状況\nすべて代替手段で続けているとき：3',
    },
    portal: 'ポータルで回答する',
  },
  en: {
    subjects: {
      taken: 'Your answer has been taken',
      again: 'Already answered',
      late: 'Not taken: there is another answer',
      replaced: 'Not taken: the notice was replaced',
      over: 'Not taken: it is too late to answer',
      removed: 'Not taken: this contact is no longer registered',
      unclear: 'Could not be read',
      no_code: 'Not taken: which notice do you answer?',
    },
    taken: (what: string, time: string) => `Taken as "${what}", ${time}.`,
    details: 'Please report each function in the portal.',
    again: 'Your institution has answered already. You need not do anything.',
    late: 'There is another answer of your institution, so yours was kept and shown to the secretariat, but not taken. To change it, sign in and answer, or ring the secretariat.',
    stands: (who: string, when: string, what: string) => `What stands: “${what}” (${who}, ${when})`,
    removed:
      'This address is not registered as a contact of your institution. What you wrote was kept and shown to the secretariat, but not taken. Have another contact of your institution answer, or ring the secretariat.',
    replaced: 'A new notice has taken the place of this one. Please answer that one.',
    over: 'This notice can no longer be answered. If needed, use the portal or the phone.',
    unclear: 'It could not be read, and is no answer yet. Please reply once more, like this:',
    no_code:
      'More than one notice waits for your answer. Reply once more with the five characters of the notice behind the number.',
    how: {
      none: '',
      acknowledge: 'You have read it: 1',
      choice: (list: string) => `Just the number:\n${list}`,
      report: 'All is normal: 1\nNot normal: 2, then what is wrong\nAll goes on by other means: 3',
    },
    portal: 'Answer in the portal',
  },
})

/**
 * Tells a recipient, on the channel they wrote on, what came of their reply. Only to an address of theirs as it was at release; at most
 * `confirmations_an_hour_max` an hour.
 */
export async function confirmBack(
  tx: Tx,
  { config, origin }: Pick<Tools, 'config' | 'origin'>,
  at: Date,
  target: Answerable,
  {
    outcome,
    said,
    stands,
    channel,
    address,
  }: { outcome: Outcome; said: Understood | null; stands: Stands | null; channel: 'mail' | 'sms'; address: string },
): Promise<void> {
  // Of two at once each gets a place of its own.
  await tx.selectFrom('receipt').where('id', '=', target.receipt_id).select('id').forUpdate().execute()
  const sent = await tx
    .selectFrom('delivery')
    .where('receipt_id', '=', target.receipt_id)
    .where('purpose', '=', 'reply')
    .select(['recipient_id', 'queued_at', 'step'])
    .execute()
  const hour = sent.filter(
    ({ recipient_id, queued_at }) =>
      recipient_id === target.recipient_id && queued_at.getTime() > at.getTime() - 3_600_000,
  )
  if (hour.length >= confirmations_an_hour_max) return
  const own = target.addresses.find((each) => sameAddress(each.address, address))
  if (!own) return
  const say = { outcome, said, stands, target, at, origin }
  await queueMessages(tx, at, hostOf(config), [
    {
      receipt: {
        id: target.receipt_id,
        notice_id: target.notice_id,
        mode: target.mode,
        institution_id: target.institution_id,
      },
      recipient_id: target.recipient_id,
      contact_address_id: own.id,
      purpose: 'reply',
      step: Math.max(-1, ...sent.map(({ step }) => step)) + 1,
      channel,
      address: own.address,
      subject: subjectOf('ja', say),
      body: channel === 'mail' ? mailText(say) : smsText(say),
    },
  ])
}

export const sameAddress = (one: string, other: string) =>
  one.normalize('NFKC').trim().toLowerCase() === other.normalize('NFKC').trim().toLowerCase()

type Say = {
  outcome: Outcome
  said: Understood | null
  /** What stands, of which the sender hears when theirs was not taken. */
  stands: Stands | null
  target: Answerable
  at: Date
  origin: string
}

/** What a red notice is about stays in the notice. */
const titleOf = (language: Language, { label, subject_ja, subject_en }: Answerable) =>
  label === 'red' ? '' : oneLine(language === 'ja' ? subject_ja : subject_en)

function subjectOf(language: Language, { outcome, target }: Say) {
  const words = texts[language].subjects[outcome]
  const title = titleOf(language, target)
  return oneLine(
    markedTitle(
      language,
      target.mode,
      !title ? words : language === 'ja' ? `${words}（${title}）` : `${words} (${title})`,
    ),
  )
}

function whatOf(language: Language, { said, target }: Say) {
  return said ? oneLine(understoodWords(language, said, target.choices)) : ''
}

function part(language: Language, say: Say): string[] {
  const { outcome, said, target, at, origin } = say
  const words = texts[language]
  const time = timeWords(language, at, at, { with_date: true })
  const first = outcome === 'taken' ? words.taken(whatOf(language, say), time) : words[outcome]
  const is_how = outcome === 'unclear' || outcome === 'no_code'
  const portal =
    target.answer_wanted === 'report' && target.situation_id
      ? `${origin}/situations/${target.situation_id}/report`
      : `${origin}/notices/${target.notice_id}`
  return [
    subjectOf(language, say),
    first,
    outcome === 'late' || outcome === 'again' ? standsLine(language, say) : '',
    is_how ? howTo(language, target) : '',
    outcome === 'taken' && said?.given === 'report' && said.how !== 'normal' ? words.details : '',
    `${words.portal}\n${portal}`,
  ].filter(Boolean)
}

function standsLine(language: Language, { stands, target, at }: Say): string {
  if (!stands) return ''
  const who = named(language, { name_ja: stands.who_ja, name_en: stands.who_en })
  const when = timeWords(language, stands.word.said_at, at, { with_date: true })
  return oneLine(texts[language].stands(who, when, standsWords(language, stands, target.choices)))
}

function howTo(language: Language, { answer_wanted, choices }: Answerable): string {
  const { how } = texts[language]
  if (answer_wanted !== 'choice') return how[answer_wanted]
  return how.choice(choices.map((choice, index) => `${index + 1}  ${oneLine(choice[language])}`).join('\n'))
}

const mailText = (say: Say) =>
  [
    `${blank('institution_ja')}\n${blank('contact_ja')} 様`,
    ...part('ja', say),
    '----------------------------------------',
    ...part('en', say),
  ].join('\n\n')

/** One short text: what came of it, and, where something is still to be done, how. */
function smsText(say: Say): string {
  const { outcome, target } = say
  const subject = subjectOf('ja', say)
  if (outcome === 'taken') return `${subject}「${whatOf('ja', say)}」 ${named('ja', target)}`
  if (outcome === 'unclear' || outcome === 'no_code')
    return `${subject} 返信の例「1 ${outcome === 'no_code' ? '返信コード' : target.reply_code}」`
  return subject
}
