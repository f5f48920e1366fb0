import { readStanding, readTally, type Standing, type Tally } from '#delivery/answers/index.ts'
import type { Database } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { may, rolesOf } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { openMemory } from '#ground/trail/memory.ts'
import { keptAudience, membersOf, readAudienceNames } from '#telling/audience/index.ts'

/**
 * Open situations with when they were last published and how far the market has reported; for readers who do not see the market,
 * how their own institution stands, and no figure.
 */
export async function situationsAtWork({ db, whole }: Pick<Tools, 'db' | 'whole'>, by: Person, now: Date) {
  const situations = await db
    .selectFrom('situation')
    .where('closed_at', 'is', null)
    .selectAll('situation')
    .select((eb) =>
      eb
        .selectFrom('publication')
        .whereRef('publication.situation_id', '=', 'situation.id')
        .select((e) => e.fn.max('publication.published_at').as('at'))
        .as('published_at'),
    )
    .orderBy('mode')
    .orderBy('event_at', 'desc')
    .execute()
  return Promise.all(
    situations.map(async (situation) => ({ ...situation, progress: await progressOf({ whole }, by, situation, now) })),
  )
}

/** Every page of whoever sees the market shows the figures of what is open. */
const tallies = openMemory<Tally>({ entries_max: 8 })

/** What this reader may know of how far an asking has come: the market's figures, or their own institution's standing alone. */
export type Progress = { market: Tally } | { own: Standing | null }

export async function progressOf(
  { whole }: Pick<Tools, 'whole'>,
  by: Person,
  { id, mode, closed_at }: { id: string; mode: Mode; closed_at: Date | null },
  now: Date,
): Promise<Progress> {
  const of = { situation_id: id, mode }
  const at = closed_at ?? now
  return may(by, 'board.see-all')
    ? { market: await tallies(whole, `${mode} ${id}`, at, () => readTally(whole, of, at)) }
    : { own: await readStanding(whole, of, by.institution_id, at) }
}

/** Whom a gathering is for, in words and in number now; null for what has, or had, a command centre: that is for the whole market. */
export async function gatheringAudience(
  db: Database,
  situation: { audience: unknown; centre_set_up_at: Date | null },
  now: Date,
) {
  if (situation.centre_set_up_at) return null
  const audience = keptAudience(situation.audience)
  const [names, members] = await Promise.all([readAudienceNames(db, audience), membersOf(db, audience, now).execute()])
  return { audience, names, institutions: members.length }
}
export type GatheringAudience = NonNullable<Awaited<ReturnType<typeof gatheringAudience>>>

/** For each open situation: what the reader's own institution last said in it, if anything, and by when it has been asked to report. */
export const ownReports = (db: Database, by: Person) =>
  db
    .selectFrom('situation')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('report_now as report')
          .whereRef('report.situation_id', '=', 'situation.id')
          .where('report.institution_id', '=', by.institution_id)
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
      'situation.centre_set_up_at',
    ])
    .select(['own.report_id', 'own.reported_at', 'own.written_at', 'own.next_update_at'])
    .orderBy('situation.mode')
    .orderBy('situation.event_at', 'desc')
    .execute()

/**
 * How many institutions have somebody who sees the board only once it is returned; of a gathering, of those alone that it asked.
 */
export async function boardReaders(
  db: Database,
  situation: { id: string; centre_set_up_at: Date | null },
): Promise<number> {
  const returned = rolesOf('situation.see').filter((role) => !rolesOf('board.see-all').includes(role))
  const { count } = await db
    .selectFrom('person')
    .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
    .where('person.left_at', 'is', null)
    .where('role_grant.removed_at', 'is', null)
    .where('role_grant.role', 'in', returned)
    .$if(situation.centre_set_up_at === null, (q) =>
      q.where('person.institution_id', 'in', (eb) =>
        eb
          .selectFrom('receipt')
          .innerJoin('notice', 'notice.id', 'receipt.notice_id')
          .where('notice.situation_id', '=', situation.id)
          .select('receipt.institution_id'),
      ),
    )
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
