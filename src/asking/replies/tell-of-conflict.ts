import { viaWords } from '#delivery/answers/index.ts'
import { queueMessages } from '#delivery/deliveries/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Via } from '#ground/db/tables.ts'
import { timeWords } from '#ground/html/civil.ts'
import { oneLine } from '#ground/html/clean-text.ts'
import { inBoth, type Language, named } from '#ground/html/language.ts'
import { markedTitle } from '#ground/html/modes.ts'
import { queueLetter } from '#ground/letters/queue-letter.ts'
import { hostOf } from '#ground/letters/return-path.ts'
import { labelOf } from '#ground/rights/labels.ts'
import type { Tools } from '#ground/tools/tools.ts'
import type { Answerable } from './answerable.ts'
import { type Stands, standsWords } from './stands.ts'
import type { Understood } from './understand.ts'
import { understoodWords } from './understood-words.ts'

const texts = inBoth({
  ja: {
    subject: '貴機関から別の回答がありました（あなたの回答が有効のままです）',
    body: (who: string, when: string, what: string) =>
      `${when}に、貴機関の${who}から「${what}」という回答がありました。受け付けずに、事務局が確認するまで保管しています。`,
    stands: (when: string, what: string) => `いま有効なのは、あなたの${when}の「${what}」です。`,
    next: '状況が変わったときは、ポータルで報告・回答してください。変わっていなければ、何もする必要はありません。',
  },
  en: {
    subject: 'Your institution gave another answer (yours still stands)',
    body: (who: string, when: string, what: string) =>
      `${who} of your institution answered “${what}”, ${when}. It was not taken, and is kept until the secretariat has looked at it.`,
    stands: (when: string, what: string) => `What stands is what you said, ${when}: “${what}”.`,
    next: 'If things have changed, report or answer in the portal. If not, you need not do anything.',
  },
})

/** Tells whoever's word stands of another of their institution that was not taken, once for each word that stands. */
export async function tellOfConflict(
  tx: Tx,
  tools: Pick<Tools, 'later' | 'config' | 'origin'>,
  at: Date,
  { stands, notice, said, via }: { stands: Stands; notice: Answerable; said: Understood; via: Via },
): Promise<void> {
  const { word, report, answer } = stands
  // The secretariat sees it with the replies.
  if (word.is_on_behalf || word.contact_id === notice.contact_id) return
  const before = await tx
    .selectFrom('reply')
    .innerJoin('recipient', 'recipient.id', 'reply.recipient_id')
    .where('recipient.institution_id', '=', notice.institution_id)
    .where('reply.finding', '=', 'late')
    .where('reply.received_at', '>=', word.said_at)
    .where('recipient.notice_id', '=', notice.notice_id)
    .select('reply.id')
    .executeTakeFirst()
  if (before) return
  const path = report ? `/reports/${report.id}` : `/notices/${notice.notice_id}`
  const part = (language: Language) => {
    const say = texts[language]
    const who = oneLine(named(language, { name_ja: notice.contact_ja, name_en: notice.contact_en }))
    const time = (when: Date) => timeWords(language, when, at, { with_date: true })
    return [
      say.body(
        `${who} (${viaWords[language][via]})`,
        time(at),
        oneLine(understoodWords(language, said, notice.choices)),
      ),
      say.stands(time(word.said_at), oneLine(standsWords(language, stands, notice.choices))),
      say.next,
    ].join('\n\n')
  }
  const subjects = (['ja', 'en'] as const).map((language) =>
    markedTitle(language, notice.mode, texts[language].subject),
  )
  const body = [part('ja'), `${tools.origin}${path}`, '----------------------------------------', part('en')].join(
    '\n\n',
  )

  if (word.contact_id === null) {
    const person_id = report ? report.reported_by : (answer?.answered_by ?? null)
    if (!person_id) return
    const { email } = await tx
      .selectFrom('person')
      .where('id', '=', person_id)
      .select('email')
      .executeTakeFirstOrThrow()
    const subject = oneLine(subjects.join(' / '))
    const of = { about: path, label: labelOf.report, mode: notice.mode, purpose: 'answer-conflict' }
    const letter = { address: email, subject, body, ...of }
    await queueLetter(tx, tools, at, letter)
    return
  }
  const theirs = await tx
    .selectFrom('recipient')
    .where('contact_id', '=', word.contact_id)
    .where('notice_id', '=', notice.notice_id)
    .select(['id', 'addresses'])
    .executeTakeFirst()
  const mail = theirs?.addresses.find(({ means }) => means === 'mail')
  if (!theirs || !mail) return
  const sent = await tx
    .selectFrom('delivery')
    .where('receipt_id', '=', notice.receipt_id)
    .where('purpose', '=', 'done')
    .select(({ fn }) => fn.max('step').as('step'))
    .executeTakeFirstOrThrow()
  await queueMessages(tx, at, hostOf(tools.config), [
    {
      receipt: {
        id: notice.receipt_id,
        ...{ notice_id: notice.notice_id, mode: notice.mode, institution_id: notice.institution_id },
      },
      ...{ recipient_id: theirs.id, contact_address_id: mail.id, channel: 'mail' as const, address: mail.address },
      ...{ purpose: 'done' as const, step: sent.step === null ? 0 : sent.step + 1 },
      ...{ subject: oneLine(subjects[0] ?? ''), body },
    },
  ])
}
