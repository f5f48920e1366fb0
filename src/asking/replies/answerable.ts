import { sql } from 'kysely'
import { answersSaid } from '#delivery/answers/index.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import { lockReports } from '#status/reports/index.ts'

/** A link and a reply are taken for so long after the notice was released; then only who signs in can answer. */
const answerable_days = 7

/** A recipient with the notice they were sent, and what their institution has answered first and last. */
export const answerables = (db: Database | Tx) =>
  db
    .selectFrom('recipient')
    .innerJoin('receipt', 'receipt.id', 'recipient.receipt_id')
    .innerJoin('notice', 'notice.id', 'recipient.notice_id')
    .innerJoin('institution', 'institution.id', 'recipient.institution_id')
    .innerJoin('contact', 'contact.id', 'recipient.contact_id')
    .leftJoin('situation', 'situation.id', 'notice.situation_id')
    .leftJoin('official_notice as official', 'official.id', 'notice.official_notice_id')
    .select(['recipient.id as recipient_id', 'recipient.number', 'recipient.reply_code', 'recipient.addresses'])
    .select(['recipient.name_ja as contact_ja', 'recipient.name_en as contact_en', 'recipient.institution_id'])
    .select(['recipient.contact_id', 'contact.removed_at as contact_removed_at', 'contact.links_voided_at'])
    .select(['receipt.id as receipt_id', 'receipt.closed_at', 'receipt.closed_how', 'receipt.opened_at'])
    .select('receipt.call_wanted_at')
    .select([
      'notice.id as notice_id',
      'notice.number as notice_number',
      'notice.mode',
      'notice.kind',
      'notice.severity',
      'notice.label',
    ])
    .select(['notice.subject_ja', 'notice.subject_en', 'notice.text_ja', 'notice.text_en', 'notice.answer_wanted'])
    .select(['notice.choices', 'notice.answer_by', 'notice.released_at', 'notice.replaced_by_id'])
    .select(['notice.situation_id', 'situation.closed_at as situation_closed_at'])
    .select(['official.issuer', 'official.reference', 'official.issued_on'])
    .select(['situation.title_ja', 'situation.title_en', 'institution.name_ja', 'institution.name_en'])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('institution_function as own')
          .whereRef('own.institution_id', '=', 'recipient.institution_id')
          .select('own.institution_id'),
      ).as('has_functions'),
    )
    .select('institution.is_infrastructure')
    .select(({ selectFrom }) =>
      selectFrom('notice as after')
        .whereRef('after.id', '=', 'notice.replaced_by_id')
        .select('after.kind')
        .as('replaced_by_kind'),
    )
    // Where they are reached now: a number that has gone to somebody else speaks for nobody.
    .select(
      sql<string[]>`array(select address from contact_address
        where contact_address.contact_id = recipient.contact_id and removed_at is null)`.as('addresses_now'),
    )

export type Answerable = Awaited<ReturnType<ReturnType<typeof answerables>['executeTakeFirstOrThrow']>>

/** What a reply may call its writer. */
export const namesOf = ({ contact_ja, contact_en, name_ja, name_en }: Answerable) => ({
  people: [contact_ja, contact_en],
  institutions: [name_ja, name_en],
})

export type Standing = 'open' | 'answered' | 'replaced' | 'ended' | 'over'

/**
 * How a notice stands for whoever holds its link or its mail. replaced: another text holds now. ended: it was asked again, or its round
 * closed; it answers nothing by itself. over: more than a week old, or its situation closed. Pure.
 */
export function standing(
  notice: Pick<
    Answerable,
    'replaced_by_id' | 'released_at' | 'situation_closed_at' | 'closed_at' | 'closed_how' | 'answer_wanted'
  >,
  now: Date,
): Standing {
  const { closed_at, closed_how } = notice
  if (isOutOfTime(notice, now)) return 'over'
  if (notice.situation_closed_at !== null) return 'over'
  if (notice.replaced_by_id !== null) return 'replaced'
  if (closed_at === null) return 'open'
  return closed_how === 'answered' ? 'answered' : 'ended'
}

/** Whether a notice takes no answers any more by itself, whatever became of its situation. Pure. */
export const isOutOfTime = (
  { released_at, answer_wanted }: Pick<Answerable, 'released_at' | 'answer_wanted'>,
  now: Date,
): boolean =>
  !released_at || answer_wanted === 'none' || now.getTime() - released_at.getTime() > answerable_days * 86_400_000

/** Whether what this recipient was sent still speaks for their institution: they are a contact of it, and nobody has made it void. Pure. */
export const speaks = ({ contact_removed_at, links_voided_at, opened_at }: Answerable): boolean =>
  contact_removed_at === null && (links_voided_at === null || links_voided_at < opened_at)

/**
 * What the same person may answer instead of a notice that was replaced or has ended: what took its place, or, of a request to report, the
 * one asked last in its situation. Undefined: nothing.
 */
export async function successorOf(db: Database | Tx, notice: Answerable, now: Date): Promise<Answerable | undefined> {
  const { contact_id, situation_id, mode, answer_wanted } = notice
  const theirs = answerables(db).where('recipient.contact_id', '=', contact_id)
  const found =
    answer_wanted === 'report' && situation_id
      ? await theirs
          .where('notice.situation_id', '=', situation_id)
          .where('notice.mode', '=', mode)
          .where('notice.answer_wanted', '=', 'report')
          .where('notice.replaced_by_id', 'is', null)
          .where('notice.number', '>', notice.notice_number)
          .orderBy('notice.number', 'desc')
          .limit(1)
          .executeTakeFirst()
      : notice.replaced_by_id
        ? await theirs.where('notice.id', '=', notice.replaced_by_id).executeTakeFirst()
        : undefined
  if (!found) return undefined
  const state = standing(found, now)
  if (state === 'replaced') return successorOf(db, found, now)
  return state === 'open' || state === 'answered' ? found : undefined
}

/** Whether both say the same, so that who has read the one may answer the other. Pure. */
export const saysTheSame = (one: Answerable, other: Answerable): boolean =>
  (['subject_ja', 'subject_en', 'text_ja', 'text_en', 'answer_wanted'] as const).every(
    (name) => one[name] === other[name],
  )

/** Every answer of the institution to this receipt that was not taken back, newest first. */
export const answersTo = (db: Database | Tx, receipt_id: string) =>
  answersSaid(db)
    .where('answer.receipt_id', '=', receipt_id)
    .where('answer.taken_back_at', 'is', null)
    .orderBy('answer.answered_at', 'desc')
    .orderBy('answer.is_first')
    .execute()
export type AnswerSaid = Awaited<ReturnType<typeof answersTo>>[number]

/**
 * Holds what an answer is judged by until the end of the transaction, and reads it again: of two answers at once the second sees the
 * first. Reports are held by their chain, which their form takes before anything else, too.
 */
export async function holdAnswerable(tx: Tx, { receipt_id, recipient_id }: Answerable) {
  const seen = await answerables(tx).where('recipient.id', '=', recipient_id).executeTakeFirstOrThrow()
  const { situation_id, mode, institution_id } = seen
  if (seen.answer_wanted === 'report' && situation_id) await lockReports(tx, institution_id, { situation_id, mode })
  else await tx.selectFrom('receipt').where('id', '=', receipt_id).select('id').forUpdate().execute()
  return answerables(tx).where('recipient.id', '=', recipient_id).executeTakeFirstOrThrow()
}
