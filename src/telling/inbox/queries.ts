import { sql } from 'kysely'
import { answersSaid } from '#delivery/answers/index.ts'
import type { Database } from '#ground/db/database.ts'
import { NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import type { Issued } from '#library/official-notices/index.ts'
import { attachmentsOf } from '#telling/notices/index.ts'

/** What was sent to an institution: what still waits for an answer first, and of that what is real, then the newest. */
export const received = (db: Database, institution_id: string) =>
  receivedBy(db, institution_id)
    .orderBy(sql`receipt.closed_at is null and notice.answer_wanted <> 'none'`, 'desc')
    .orderBy(sql`receipt.closed_at is null and notice.answer_wanted <> 'none' and notice.mode = 'actual'`, 'desc')
    .orderBy('notice.released_at', 'desc')
    .orderBy('notice.number', 'desc')

/** What waits for an answer of this institution: for real before any drill, the earliest deadline first. Requests to report stand with their situations. */
export const waitingFor = (db: Database, institution_id: string) =>
  receivedBy(db, institution_id)
    .where('receipt.closed_at', 'is', null)
    .where('notice.answer_wanted', 'in', ['acknowledge', 'choice'])
    .orderBy(sql`notice.mode = 'actual'`, 'desc')
    .orderBy(sql`notice.answer_by asc nulls last`)
    .orderBy('notice.number')
    .execute()

export type Received = Awaited<ReturnType<ReturnType<typeof received>['execute']>>[number]

const receivedBy = (db: Database, institution_id: string) =>
  db
    .selectFrom('receipt')
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .leftJoin('notice as newer', 'newer.id', 'notice.replaced_by_id')
    .where('receipt.institution_id', '=', institution_id)
    .where('notice.state', '=', 'released')
    .select(['notice.id', 'notice.number', 'notice.mode', 'notice.kind', 'notice.severity', 'notice.label'])
    .select(['notice.subject_ja', 'notice.subject_en', 'notice.released_at', 'notice.answer_by'])
    .select(['notice.answer_wanted', 'notice.situation_id', 'notice.replaced_by_id'])
    .select(['newer.kind as newer_kind', 'newer.released_at as replaced_at'])
    .select(['receipt.id as receipt_id', 'receipt.closed_at', 'receipt.closed_how'])

/** One notice as the people of an institution that got it see it, with everything that they answered; 404 for any other. */
export async function readReceived(
  { db, whole }: Pick<Tools, 'db' | 'whole'>,
  { institution_id }: Pick<Person, 'institution_id'>,
  id: string,
) {
  const notice = await receivedBy(db, institution_id)
    .leftJoin('notice as before', 'before.id', 'notice.replaces_id')
    .leftJoin('situation', 'situation.id', 'notice.situation_id')
    .innerJoin('person as author', 'author.id', 'notice.drafted_by')
    .innerJoin('institution as office', 'office.id', 'author.institution_id')
    .where('notice.id', '=', id)
    .select(['notice.text_ja', 'notice.text_en', 'notice.choices', 'notice.replaces_id'])
    .select(['before.subject_ja as before_ja', 'before.subject_en as before_en', 'before.released_at as before_at'])
    .select(['situation.title_ja', 'situation.title_en', 'situation.closed_at as situation_closed_at'])
    .select('notice.official_notice_id')
    .select(['office.name_ja as office_ja', 'office.name_en as office_en'])
    .executeTakeFirst()
  if (!notice) throw new NotFound(`notice ${id} for ${institution_id}`)
  const [answers, attachments, issued] = await Promise.all([
    answersOf(db, notice.receipt_id),
    attachmentsOf(db, id),
    notice.official_notice_id ? issuedOfDocument(whole, notice.official_notice_id) : null,
  ])
  return { ...notice, issued, answers, attachments }
}

/** Whoever gets a notice gets the document that it passes on, also where its label keeps it out of their list: read by the program. */
const issuedOfDocument = (whole: Database, id: string): Promise<Issued> =>
  whole
    .selectFrom('official_notice')
    .where('id', '=', id)
    .select(['issuer', 'reference', 'issued_on'])
    .executeTakeFirstOrThrow()

export type ReceivedNotice = Awaited<ReturnType<typeof readReceived>>

/** Everything that was said in answer to one receipt, the first first. */
const answersOf = (db: Database, receipt_id: string) =>
  answersSaid(db)
    .where('answer.receipt_id', '=', receipt_id)
    .orderBy('answer.answered_at')
    .orderBy('answer.id')
    .execute()
export type AnswerView = Awaited<ReturnType<typeof answersOf>>[number]
