import type { Database } from '#ground/db/database.ts'
import { rolesOf } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

/** Open situations with how many institutions were asked by any round, and how many of those have reported, and when it was last published. */
export const situationsAtWork = (db: Database) =>
  db
    .selectFrom('situation')
    .where('closed_at', 'is', null)
    .selectAll('situation')
    .select((eb) => [
      eb
        .selectFrom('receipt')
        .innerJoin('notice', 'notice.id', 'receipt.notice_id')
        .whereRef('notice.situation_id', '=', 'situation.id')
        .where('notice.answer_wanted', '=', 'report')
        .select((e) => e.fn.count<number>('receipt.institution_id').distinct().as('n'))
        .as('asked'),
      eb
        .selectFrom('report')
        .whereRef('report.situation_id', '=', 'situation.id')
        .select((e) => e.fn.count<number>('report.institution_id').distinct().as('n'))
        .as('reported'),
      eb
        .selectFrom('publication')
        .whereRef('publication.situation_id', '=', 'situation.id')
        .select((e) => e.fn.max('publication.published_at').as('at'))
        .as('published_at'),
    ])
    .orderBy('mode')
    .orderBy('event_at', 'desc')
    .execute()

/** For each open situation: what the reader's own institution last said in it, if anything, and by when it has been asked to report. */
export const ownReports = (db: Database, by: Person) =>
  db
    .selectFrom('situation')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('report')
          .whereRef('report.situation_id', '=', 'situation.id')
          .where('report.institution_id', '=', by.institution_id)
          // The end of the chain, not the latest time: a server's clock may step back.
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(selectFrom('report as later').whereRef('later.supersedes', '=', 'report.id').select('later.id')),
            ),
          )
          .select(['report.id as report_id', 'report.reported_at', 'report.written_at', 'report.next_update_at'])
          .limit(1)
          .as('own'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('receipt')
          .innerJoin('notice', 'notice.id', 'receipt.notice_id')
          .whereRef('notice.situation_id', '=', 'situation.id')
          .where('receipt.institution_id', '=', by.institution_id)
          .where('receipt.closed_at', 'is', null)
          .where('notice.answer_wanted', '=', 'report')
          .select(['notice.answer_by', 'notice.asking'])
          .orderBy('notice.answer_by')
          .limit(1)
          .as('asked'),
      (join) => join.onTrue(),
    )
    .where('situation.closed_at', 'is', null)
    .select(['asked.answer_by', 'asked.asking'])
    .select([
      'situation.id',
      'situation.mode',
      'situation.title_ja',
      'situation.title_en',
      'situation.event_at',
      'situation.returned_at',
    ])
    .select(['own.report_id', 'own.reported_at', 'own.written_at', 'own.next_update_at'])
    .orderBy('situation.mode')
    .orderBy('situation.event_at', 'desc')
    .execute()

/** How many institutions have somebody who sees the board only once it is returned. */
export async function boardReaders(db: Database): Promise<number> {
  const returned = rolesOf('situation.see').filter((role) => !rolesOf('board.see-all').includes(role))
  const { count } = await db
    .selectFrom('person')
    .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
    .where('person.left_at', 'is', null)
    .where('role_grant.removed_at', 'is', null)
    .where('role_grant.role', 'in', returned)
    .select(({ fn }) => fn.count<string>('person.institution_id').distinct().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Feeds are polled each minute: one that has not been heard for this long is not being heard. */
const feed_minutes_max = 5
export const staleAt = (succeeded_at: Date) => new Date(succeeded_at.getTime() + feed_minutes_max * 60_000)

/** How old the last success of each of these feeds is, what could not be read in the last week, and which channels are lost. */
export async function intake(db: Database, urls: readonly string[], now: Date) {
  const known = urls.length > 0 ? await db.selectFrom('feed').selectAll().where('url', 'in', urls).execute() : []
  const feeds = urls.map(
    (url) => known.find((feed) => feed.url === url) ?? { url, tried_at: null, succeeded_at: null, problem: null },
  )
  const rejected = await db
    .selectFrom('rejected_telegram')
    .select(['id', 'source', 'reason_ja', 'reason_en', 'received_at'])
    .where('received_at', '>', new Date(now.getTime() - 7 * 24 * 3_600_000))
    .orderBy('received_at', 'desc')
    .limit(5)
    .execute()
  return { feeds, rejected, lost: await lostChannels(db) }
}

/** Channels that are set up and cannot be used now, with how many messages wait for them. */
const lostChannels = (db: Database) =>
  db
    .selectFrom('channel_state')
    .where('problem', 'is not', null)
    .select(['channel', 'problem', 'trouble', 'since'])
    .select(({ selectFrom }) =>
      selectFrom('delivery')
        .whereRef('delivery.channel', '=', 'channel_state.channel')
        .where('state', 'in', ['waiting', 'sending'])
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .as('waiting'),
    )
    .orderBy('since')
    .execute()

export type SituationAtWork = Awaited<ReturnType<typeof situationsAtWork>>[number]
export type OwnReport = Awaited<ReturnType<typeof ownReports>>[number]
export type Intake = Awaited<ReturnType<typeof intake>>
