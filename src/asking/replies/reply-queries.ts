import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { answerables, standing } from './answerable.ts'
import { readStands } from './stands.ts'

/** Findings that a person has to look at. */
const toSettle = ['unclear', 'no_code', 'late', 'over', 'other_sender', 'removed', 'unknown'] as const

const replies = (db: Database) =>
  db
    .selectFrom('reply')
    .leftJoin('recipient', 'recipient.id', 'reply.recipient_id')
    .leftJoin('institution', 'institution.id', 'recipient.institution_id')
    .leftJoin('notice', 'notice.id', 'recipient.notice_id')
    .leftJoin('person', 'person.id', 'reply.settled_by')

/** Replies as a query of which a page takes its part, newest first: those that wait for a person, or all others. */
export const repliesLike = (db: Database, { is_open }: { is_open: boolean }) =>
  replies(db)
    .where((eb) => {
      const waits = eb.and([eb('reply.finding', 'in', toSettle), eb('reply.settled_how', 'is', null)])
      return is_open ? waits : eb.not(waits)
    })
    .select(['reply.id', 'reply.channel', 'reply.sender', 'reply.subject', 'reply.text', 'reply.finding'])
    .select(['reply.pressed', 'reply.recipient_id'])
    .select(['reply.received_at', 'reply.settled_how', 'reply.settled_at', 'notice.id as notice_id', 'notice.mode'])
    .select(['notice.subject_ja', 'notice.subject_en', 'notice.answer_wanted', 'notice.choices', 'notice.label'])
    .select(['institution.name_ja', 'institution.name_en'])
    .select(['recipient.name_ja as contact_ja', 'recipient.name_en as contact_en'])
    .select(['person.name_ja as settled_by_ja', 'person.name_en as settled_by_en'])
    .orderBy('reply.received_at', 'desc')
    .orderBy('reply.id')
export type ReplyView = Awaited<ReturnType<ReturnType<typeof repliesLike>['execute']>>[number]

/** How many replies wait for a person. */
export async function openReplies(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom('reply')
    .where('finding', 'in', toSettle)
    .where('settled_how', 'is', null)
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** These replies, each with what stands of its institution where it was asked, and whether it can be recorded as an answer no more. */
export const withStands = <Reply extends { recipient_id: string | null }>(
  db: Database,
  replies: readonly Reply[],
  now: Date,
) =>
  Promise.all(
    replies.map(async (reply) => {
      const notice = reply.recipient_id
        ? await answerables(db).where('recipient.id', '=', reply.recipient_id).executeTakeFirst()
        : undefined
      const is_over = notice !== undefined && standing(notice, now) === 'over'
      return { ...reply, is_over, stands: notice ? await readStands(db, notice) : null }
    }),
  )
