import { blank, type OwnMessage, queueMessages } from '#delivery/deliveries/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { DeliveryChannel, Via } from '#ground/db/tables.ts'
import { timeWords } from '#ground/html/civil.ts'
import { oneLine } from '#ground/html/clean-text.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import type { Answerer, Given } from './answer.ts'
import { onBehalf, remarkedWords, saidWords, viaWords } from './words.ts'

/** What can carry a short text; nobody is rung up to hear that all is done. */
const told_by = ['mail', 'web_push', 'sms'] as const satisfies DeliveryChannel[]

/**
 * Tells the other people of an institution who were sent something that its answer has been given: by whom, when and what. One
 * message each, on the channel that reached them last; nobody of another institution, and nobody who was sent nothing.
 */
export async function tellDone(
  tx: Tx,
  at: Date,
  answer: Given & { receipt_id: string; by: Answerer; via: Via; said_at: Date },
) {
  const { receipt_id, by } = answer
  const reached = await reachedOf(tx, receipt_id, by)
  const [first] = reached
  if (!first) return
  const notice = await noticeOf(tx, first.notice_id)
  const report =
    answer.given === 'report'
      ? await tx.selectFrom('report').where('id', '=', answer.report_id).selectAll().executeTakeFirstOrThrow()
      : null
  const say = { answer, notice, who: await nameOf(tx, by), at: answer.said_at, report }
  await tellAll(tx, at, receipt_id, reached, {
    subject: subjectOf('ja', say),
    long: long(say),
    short: short(say),
  })
}

/** Tells those who were told that their institution's answer was taken back, so that nobody takes it for given. */
export async function tellTakenBack(
  tx: Tx,
  at: Date,
  { receipt_id, recipient_id }: { receipt_id: string; recipient_id: string },
) {
  const reached = await reachedOf(tx, receipt_id, { recipient_id })
  const [first] = reached
  if (!first) return
  // What has not gone out yet would say what is no longer so.
  await tx
    .updateTable('delivery')
    .set({ state: 'stopped', claimed_until: null, answer: 'taken back' })
    .where('receipt_id', '=', receipt_id)
    .where('purpose', '=', 'done')
    .where('state', '=', 'waiting')
    .execute()
  const { mode, label, subject_ja, subject_en } = await noticeOf(tx, first.notice_id)
  const subject = (language: Language) => {
    const title = label === 'red' ? '' : language === 'ja' ? subject_ja : subject_en
    return oneLine(markedTitle(language, mode, `${takenBack[language].head}${title}`))
  }
  const who = await nameOf(tx, { recipient_id })
  await tellAll(tx, at, receipt_id, reached, {
    subject: subject('ja'),
    short: `${subject('ja')} ${takenBack.ja.body(who.name_ja)}`,
    long: [
      `${blank('institution_ja')}\n${blank('contact_ja')} 様`,
      subject('ja'),
      takenBack.ja.body(who.name_ja),
      blank('link'),
      '----------------------------------------',
      subject('en'),
      takenBack.en.body(who.name_en ?? who.name_ja),
    ].join('\n\n'),
  })
}

const takenBack = inBoth({
  ja: {
    head: '【回答の取り消し】',
    body: (who: string) =>
      `先にお知らせした回答は、${oneLine(who)}さんがまちがいとして取り消しました。あらためて回答してください。`,
  },
  en: {
    head: 'Answer taken back: ',
    body: (who: string) =>
      `${oneLine(who)} has taken back the answer that you were told of, as a mistake. Please answer again.`,
  },
})

/** Messages are told apart by their place: an answer may be given, taken back, and given again. */
async function tellAll(
  tx: Tx,
  at: Date,
  receipt_id: string,
  reached: Awaited<ReturnType<typeof reachedOf>>,
  { subject, long, short }: { subject: string; long: string; short: string },
) {
  const [first] = reached
  if (!first) return
  const { mode, notice_id, institution_id, message_id } = first
  const last = await tx
    .selectFrom('delivery')
    .where('receipt_id', '=', receipt_id)
    .where('purpose', '=', 'done')
    .select(({ fn }) => fn.max('step').as('step'))
    .executeTakeFirstOrThrow()
  const step = last.step === null ? 0 : last.step + 1
  await queueMessages(
    tx,
    at,
    message_id.slice(message_id.lastIndexOf('@') + 1, -1),
    reached.map(
      ({ recipient_id, contact_address_id, channel, address }): OwnMessage => ({
        receipt: { id: receipt_id, notice_id, mode, institution_id },
        ...{ recipient_id, contact_address_id, channel, address, step, subject },
        purpose: 'done',
        body: channel === 'mail' ? long : short,
      }),
    ),
  )
}

const noticeOf = (tx: Tx, id: string) =>
  tx
    .selectFrom('notice')
    .where('id', '=', id)
    .select(['mode', 'label', 'subject_ja', 'subject_en', 'choices'])
    .executeTakeFirstOrThrow()

/** The others whom the notice has reached, each by the channel that did last. */
const reachedOf = (tx: Tx, receipt_id: string, by: Answerer) =>
  tx
    .selectFrom('delivery')
    .innerJoin('recipient', 'recipient.id', 'delivery.recipient_id')
    .where('delivery.receipt_id', '=', receipt_id)
    .where('delivery.purpose', '=', 'notice')
    .where('delivery.state', 'in', ['sent', 'perhaps', 'sending'])
    .where('delivery.channel', 'in', told_by)
    .$if('recipient_id' in by, (q) => q.where('recipient.id', '!=', 'recipient_id' in by ? by.recipient_id : ''))
    .$if('person' in by, (q) =>
      q.where((eb) =>
        eb.or([
          eb('recipient.person_id', 'is', null),
          eb('recipient.person_id', '!=', 'person' in by ? by.person.id : null),
        ]),
      ),
    )
    .distinctOn('recipient.id')
    .orderBy('recipient.id')
    .orderBy('delivery.sent_at', (by_time) => by_time.desc().nullsFirst())
    .orderBy('delivery.channel')
    .select(['recipient.id as recipient_id', 'delivery.contact_address_id', 'delivery.channel', 'delivery.address'])
    .select(['delivery.message_id', 'delivery.institution_id', 'delivery.notice_id', 'delivery.mode'])
    .execute()

async function nameOf(tx: Tx, by: Answerer): Promise<{ name_ja: string; name_en: string | null }> {
  if ('person' in by) return by.person
  const of =
    'recipient_id' in by
      ? tx.selectFrom('recipient').where('id', '=', by.recipient_id).select(['name_ja', 'name_en'])
      : tx.selectFrom('institution').where('id', '=', by.system_of).select(['name_ja', 'name_en'])
  return of.executeTakeFirstOrThrow()
}

type Say = {
  answer: Given & { by: Answerer; via: Via }
  notice: {
    mode: Parameters<typeof markedTitle>[1]
    label: string
    subject_ja: string
    subject_en: string
    choices: Parameters<typeof saidWords>[2]
  }
  who: { name_ja: string; name_en: string | null }
  /** When it was said. */
  at: Date
  report: Parameters<typeof remarkedWords>[1] | null
}

/** What a red notice is about stays in the notice. */
const titleOf = (language: Language, { notice }: Say) =>
  notice.label === 'red' ? '' : oneLine(language === 'ja' ? notice.subject_ja : notice.subject_en)

function subjectOf(language: Language, say: Say) {
  const title = language === 'ja' ? `【回答済み】${titleOf('ja', say)}` : `Answered: ${titleOf('en', say)}`
  return oneLine(markedTitle(language, say.notice.mode, title))
}

function partsOf(language: Language, { answer, notice, who, at, report }: Say) {
  const is_on_behalf = 'person' in answer.by && answer.by.is_on_behalf
  const name = oneLine(language === 'en' && who.name_en ? who.name_en : who.name_ja)
  return {
    who: `${name} (${is_on_behalf ? `${onBehalf[language]}, ` : ''}${viaWords[language][answer.via]})`,
    when: timeWords(language, at, at, { with_date: true }),
    what: oneLine(report ? remarkedWords(language, report) : saidWords(language, answer, notice.choices)),
  }
}

function short(say: Say) {
  const { who, when, what } = partsOf('ja', say)
  return `${subjectOf('ja', say)} 貴機関の回答は済みました：${who}、${when}、「${what}」`
}

function long(say: Say) {
  const [ja, en] = [partsOf('ja', say), partsOf('en', say)]
  return [
    `${blank('institution_ja')}\n${blank('contact_ja')} 様`,
    subjectOf('ja', say),
    '貴機関の回答は済みました。あらためて回答する必要はありません。',
    `だれが：${ja.who}\nいつ：${ja.when}\n何と：${ja.what}`,
    `${blank('link')}`,
    '----------------------------------------',
    subjectOf('en', say),
    'Your institution has answered. You need not answer again.',
    `Who: ${en.who}\nWhen: ${en.when}\nWhat: ${en.what}`,
  ].join('\n\n')
}
