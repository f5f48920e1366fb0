import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { ReplyFinding } from '#ground/db/tables/replies.ts'
import type { Mode } from '#ground/db/tables.ts'
import type { Act } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { is_releasable, secondOfNotice } from '#telling/notices/index.ts'
import { bcpKinds } from './bcp-waits.ts'

export type Asked = { now: Date; by: Person }

/** By when the last publication promised the next. */
export const promised = sql<Date | null>`(select (told ->> 'next_update_at')::timestamptz
  from jsonb_array_elements(publication.snapshot -> 'situations') as told
  where told ->> 'id' = publication.situation_id::text)`

/** What the last publication says of the command centre, and how it stands. */
const centre_published = sql<string>`coalesce((select told ->> 'command_centre'
  from jsonb_array_elements(publication.snapshot -> 'situations') as told
  where told ->> 'id' = publication.situation_id::text), 'set_up')`
const centre_now = sql<string>`case when situation.centre_set_up_at is null then 'none'
  when situation.centre_dissolved_at is null then 'set_up' else 'dissolved' end`

/** Where one thing waits in a situation: under its name, at the page of it. */
const ofSituation = [
  'situation.mode',
  'situation.id',
  'situation.id as situation_id',
  'situation.title_ja',
  'situation.title_en',
] as const

/**
 * Everything that waits for a person, the most urgent kind first: whose act it is, which rows wait (one for each page that is to be
 * opened, with how many and since when), and that page. A new kind is one entry here and its words in `waits-part.tsx`.
 */
export const kinds = {
  review: {
    act: 'situation.change',
    path: '/situations/:id/review',
    rows: (db: Database) =>
      db
        .selectFrom('situation_change')
        .innerJoin('situation', 'situation.id', 'situation_change.situation_id')
        .where('situation.closed_at', 'is', null)
        .where('situation_change.reviewed_at', 'is', null)
        .groupBy('situation.id')
        .select(ofSituation)
        .select([sql<number>`count(*)::int`.as('count'), sql<Date>`min(situation_change.heard_at)`.as('since')]),
  },
  release: {
    act: 'notice.release',
    path: '/notices/:id',
    rows: (db: Database, { by, now }: Asked) =>
      db
        .selectFrom('notice')
        .where('state', '=', 'submitted')
        .where(is_releasable)
        // What is real waits for a second person.
        .where((eb) => eb.or([eb('mode', '<>', 'actual'), eb(secondOfNotice(by, now), '=', 'yes')]))
        .select(['mode', 'id', 'situation_id', 'subject_ja as title_ja', 'subject_en as title_en'])
        .select([sql<number>`1`.as('count'), sql<Date>`coalesce(submitted_at, drafted_at)`.as('since')]),
  },
  proposal: {
    act: 'proposal.decide',
    path: '/proposals/:id',
    rows: (db: Database) =>
      db
        .selectFrom('proposal')
        .where('decision', 'is', null)
        .select(['mode', 'id', sql<string | null>`null::uuid`.as('situation_id'), 'title_ja', 'title_en'])
        .select([sql<number>`1`.as('count'), sql<Date>`proposed_at`.as('since')]),
  },
  reopening: {
    act: 'situation.reopen',
    path: '/situations/:id/reopening',
    rows: (db: Database, { by }: Asked) =>
      db
        .selectFrom('reopening')
        .innerJoin('situation', 'situation.id', 'reopening.situation_id')
        .where('reopening.decision', 'is', null)
        .where('reopening.asked_by', '<>', by.id)
        .select(ofSituation)
        .select([sql<number>`1`.as('count'), sql<Date>`reopening.asked_at`.as('since')]),
  },
  ...bcpKinds,
  conflict: {
    act: 'notice.answer',
    path: '/replies',
    rows: (db: Database) => repliesOf(db, ['late']),
  },
  reply: {
    act: 'notice.answer',
    path: '/replies',
    rows: (db: Database) => repliesOf(db, ['unclear', 'no_code', 'over', 'other_sender', 'removed', 'unknown']),
  },
  call: {
    act: 'call.record',
    path: '/calls',
    rows: (db: Database) =>
      db
        .selectFrom('receipt')
        .innerJoin('notice', 'notice.id', 'receipt.notice_id')
        .leftJoin('situation', 'situation.id', 'notice.situation_id')
        .where('receipt.call_since', 'is not', null)
        .where('receipt.closed_at', 'is', null)
        .groupBy(['notice.mode', 'situation.id'])
        .select([
          'notice.mode',
          sql<string>`(array_agg(receipt.id))[1]`.as('id'),
          'situation.id as situation_id',
          'situation.title_ja',
          'situation.title_en',
        ])
        .select([sql<number>`count(*)::int`.as('count'), sql<Date>`min(receipt.call_since)`.as('since')]),
  },
  late: {
    act: 'round.ask',
    path: '/rounds/:id',
    rows: (db: Database, { now }: Asked) =>
      db
        .selectFrom('receipt')
        .innerJoin('notice', 'notice.id', 'receipt.notice_id')
        .innerJoin('situation', 'situation.id', 'notice.situation_id')
        .where('receipt.closed_at', 'is', null)
        .where('situation.closed_at', 'is', null)
        .where('notice.round_id', 'is not', null)
        .where('notice.answer_by', '<=', now)
        .groupBy(['notice.round_id', 'situation.id'])
        .select([
          'situation.mode',
          sql<string>`notice.round_id`.as('id'),
          'situation.id as situation_id',
          'situation.title_ja',
          'situation.title_en',
        ])
        .select([
          sql<number>`count(distinct receipt.institution_id)::int`.as('count'),
          sql<Date>`min(notice.answer_by)`.as('since'),
        ]),
  },
  publication: {
    act: 'publication.publish',
    path: '/situations/:id/publication',
    rows: (db: Database, { now }: Asked) =>
      db
        .selectFrom('situation')
        .innerJoinLateral(
          (eb) =>
            eb
              .selectFrom('publication')
              .whereRef('publication.situation_id', '=', 'situation.id')
              .orderBy('publication.number', 'desc')
              .limit(1)
              .select([promised.as('promised_at'), centre_published.as('centre_told')])
              .as('last'),
          (join) => join.onTrue(),
        )
        .where('situation.closed_at', 'is', null)
        // The next is due, or what it says of the command centre is not so any more.
        .where((eb) => eb.or([eb('last.promised_at', '<=', now), sql<boolean>`last.centre_told <> ${centre_now}`]))
        .select(ofSituation)
        .select([
          sql<number>`1`.as('count'),
          sql<Date>`case when last.centre_told <> ${centre_now}
            then coalesce(situation.centre_dissolved_at, situation.centre_set_up_at) else last.promised_at end`.as(
            'since',
          ),
        ]),
  },
  expired: {
    act: 'round.ask',
    path: '/situations/:id/board',
    rows: (db: Database, { now }: Asked) =>
      db
        .selectFrom('report_now as report')
        .innerJoin('situation', 'situation.id', 'report.situation_id')
        .where('situation.closed_at', 'is', null)
        .where('report.next_update_at', '<=', now)
        .groupBy('situation.id')
        .select(ofSituation)
        .select([sql<number>`count(*)::int`.as('count'), sql<Date>`min(report.next_update_at)`.as('since')]),
  },
  returned: {
    act: 'notice.draft',
    path: '/notices/:id',
    rows: (db: Database, { by }: Asked) =>
      db
        .selectFrom('notice')
        .where('state', '=', 'draft')
        .where('return_reason', 'is not', null)
        .where('drafted_by', '=', by.id)
        .select(['mode', 'id', 'situation_id', 'subject_ja as title_ja', 'subject_en as title_en'])
        .select([sql<number>`1`.as('count'), sql<Date>`coalesce(returned_at, drafted_at)`.as('since')]),
  },
  entry: {
    act: 'desk-entry.agree',
    path: '/desk-entries',
    rows: (db: Database, { by, now }: Asked) =>
      db
        .selectFrom('desk_entry')
        .leftJoin('invitation', 'invitation.id', 'desk_entry.invitation_id')
        .leftJoin('person', 'person.id', 'desk_entry.person_id')
        .where('desk_entry.agreed_at', 'is', null)
        .where('desk_entry.refused_at', 'is', null)
        .where('desk_entry.asked_by', '<>', by.id)
        .where(sql<boolean>`(desk_entry.person_id is distinct from ${by.id}::uuid)`)
        .where('invitation.ended_at', 'is', null)
        .where((eb) => eb.or([eb('invitation.id', 'is', null), eb('invitation.expires_at', '>', now)]))
        .where('person.left_at', 'is', null)
        .select([sql<Mode>`'actual'`.as('mode'), 'desk_entry.id', sql<string | null>`null::uuid`.as('situation_id')])
        .select(({ fn }) => [
          fn.coalesce('person.name_ja', 'invitation.name_ja').as('title_ja'),
          fn.coalesce('person.name_en', 'invitation.name_en', 'invitation.name_ja').as('title_en'),
        ])
        .select([sql<number>`1`.as('count'), sql<Date>`desk_entry.asked_at`.as('since')]),
  },
  member_view: {
    act: 'member-view.decide',
    path: '/member-view',
    rows: (db: Database, { by }: Asked) =>
      db
        .selectFrom('member_view as view')
        .where('view.version', '=', ({ selectFrom, fn }) =>
          selectFrom('member_view').select(fn.max('version').as('newest')),
        )
        .where('view.made_by', 'is not', null)
        .where('view.made_by', '<>', by.id)
        .where('view.version', 'not in', ({ selectFrom }) => selectFrom('member_view_decision').select('version'))
        .select([
          sql<Mode>`'actual'`.as('mode'),
          sql<string>`view.version::text`.as('id'),
          sql<string | null>`null::uuid`.as('situation_id'),
          'view.reason as title_ja',
          'view.reason as title_en',
        ])
        .select([sql<number>`1`.as('count'), sql<Date>`view.made_at`.as('since')]),
  },
  recovery: {
    act: 'recovery.approve',
    path: '/recoveries/:id',
    rows: (db: Database, { by, now }: Asked) =>
      db
        .selectFrom('recovery')
        .innerJoin('person', 'person.id', 'recovery.person_id')
        .where('recovery.approved_at', 'is', null)
        .where('recovery.withdrawn_at', 'is', null)
        .where('recovery.expires_at', '>', now)
        .where('recovery.requested_by', '<>', by.id)
        .where('recovery.person_id', '<>', by.id)
        .select([sql<Mode>`'actual'`.as('mode'), 'recovery.id', sql<string | null>`null::uuid`.as('situation_id')])
        .select(['person.name_ja as title_ja', 'person.name_en as title_en'])
        .select([sql<number>`1`.as('count'), sql<Date>`recovery.requested_at`.as('since')]),
  },
} as const satisfies Record<string, { act: Act; path: string; rows: (db: Database, asked: Asked) => unknown }>

/**
 * Replies that nobody has settled yet, by what was found of them. What came before its situation closed can be recorded no more and waits
 * only in the list of replies; what came afterwards nobody has seen, and it still asks to be read.
 */
function repliesOf(db: Database, findings: readonly ReplyFinding[]) {
  return db
    .selectFrom('reply')
    .leftJoin('recipient', 'recipient.id', 'reply.recipient_id')
    .leftJoin('notice', 'notice.id', 'recipient.notice_id')
    .leftJoin('situation', 'situation.id', 'notice.situation_id')
    .where('reply.finding', 'in', findings)
    .where('reply.settled_how', 'is', null)
    .where((eb) =>
      eb.or([eb('situation.closed_at', 'is', null), eb('reply.received_at', '>', eb.ref('situation.closed_at'))]),
    )
    .groupBy(['notice.mode', 'situation.id'])
    .select([
      // Of a reply that answers nothing known nobody can say that it is about a drill.
      sql<Mode>`coalesce(notice.mode, 'actual')`.as('mode'),
      sql<string>`(array_agg(reply.id))[1]`.as('id'),
      'situation.id as situation_id',
      'situation.title_ja',
      'situation.title_en',
    ])
    .select([sql<number>`count(*)::int`.as('count'), sql<Date>`min(reply.received_at)`.as('since')])
}
