import { sql } from 'kysely'
import type { Database, Tx } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import type { Paged } from '#ground/lists/paged.ts'
import { mayRead } from '#ground/rights/labels.ts'
import { may, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { is_releasable } from './is-releasable.ts'

/** Notices that a reader may see who looks at the whole market: drafts are for the desk and its auditors, red for the desk alone. */
const visible = (db: Database, reader: Person) =>
  db
    .selectFrom('notice')
    .$if(!may(reader, 'delivery.see'), (query) => query.where('notice.state', '=', 'released'))
    .$if(!mayRead(reader, 'red', null), (query) => query.where('notice.label', '<>', 'red'))

/** One notice in whatever state, with the names of all that belong to it; for readers who may 'notice.see'. */
export async function readNotice(db: Database, reader: Person, id: string) {
  const notice = await visible(db, reader)
    .innerJoin('person as drafter', 'drafter.id', 'notice.drafted_by')
    .leftJoin('person as submitter', 'submitter.id', 'notice.submitted_by')
    .leftJoin('person as releaser', 'releaser.id', 'notice.released_by')
    .leftJoin('person as returner', 'returner.id', 'notice.returned_by')
    .leftJoin('situation', 'situation.id', 'notice.situation_id')
    .leftJoin('official_notice as official', 'official.id', 'notice.official_notice_id')
    .leftJoin('notice as before', 'before.id', 'notice.replaces_id')
    .leftJoin('notice as newer', 'newer.id', 'notice.replaced_by_id')
    .where('notice.id', '=', id)
    .selectAll('notice')
    .select(['drafter.name_ja as drafter_ja', 'drafter.name_en as drafter_en'])
    .select(['submitter.name_ja as submitter_ja', 'submitter.name_en as submitter_en'])
    .select(['releaser.name_ja as releaser_ja', 'releaser.name_en as releaser_en'])
    .select(['returner.name_ja as returner_ja', 'returner.name_en as returner_en'])
    .select(['situation.title_ja', 'situation.title_en', 'situation.closed_at as situation_closed_at'])
    .select(['official.issuer', 'official.reference', 'official.issued_on', 'official.title as official_title'])
    .select(['before.subject_ja as before_ja', 'before.subject_en as before_en', 'before.released_at as before_at'])
    .select(['newer.kind as newer_kind', 'newer.released_at as replaced_at'])
    .executeTakeFirst()
  if (!notice) throw new NotFound(`notice ${id}`)
  return notice
}
export type NoticeView = Awaited<ReturnType<typeof readNotice>>

/** The files of a notice, without their content. */
export const attachmentsOf = (db: Database, notice_id: string) =>
  db
    .selectFrom('notice_attachment')
    .where('notice_id', '=', notice_id)
    .select(['id', 'file_name', 'media_type', 'size', 'is_original'])
    .orderBy('is_original', 'desc')
    .orderBy('added_at')
    .orderBy('id')
    .execute()
export type AttachmentView = Awaited<ReturnType<typeof attachmentsOf>>[number]

/** One file of a notice that the reader may see, or that was sent to their institution. */
export async function readAttachment(db: Database, reader: Person, notice_id: string, id: string) {
  const found = await db
    .selectFrom('notice_attachment')
    .leftJoin('notice_attachment as same', 'same.id', 'notice_attachment.same_as')
    .where('notice_attachment.id', '=', id)
    .where('notice_attachment.notice_id', '=', notice_id)
    .where('notice_attachment.notice_id', 'in', (eb) =>
      may(reader, 'notice.see')
        ? visible(db, reader).select('notice.id')
        : eb
            .selectFrom('receipt')
            .innerJoin('notice', 'notice.id', 'receipt.notice_id')
            .where('notice.state', '=', 'released')
            .where('receipt.institution_id', '=', reader.institution_id)
            .select('notice.id'),
    )
    .select(['notice_attachment.file_name', 'notice_attachment.media_type'])
    .select(({ fn }) => fn.coalesce('notice_attachment.content', 'same.content').as('content'))
    .$narrowType<{ content: Buffer }>()
    .executeTakeFirst()
  if (!found) throw new NotFound(`attachment ${id}`)
  return found
}

export const listed = ['draft', 'submitted', 'released', 'replaced', 'dropped'] as const
export type Listed = (typeof listed)[number]
export type Filter = { mode?: Mode | undefined; shown?: Listed | undefined; situation_id?: string | undefined }

/** Notices, what still has to be done first, then the newest, as a query of which a page takes its part. Dropped ones only when asked for. */
export const noticesLike = (db: Database, reader: Person, filter: Filter) =>
  narrowed(visible(db, reader), filter)
    .leftJoin('situation', 'situation.id', 'notice.situation_id')
    .leftJoin('notice as newer', 'newer.id', 'notice.replaced_by_id')
    .innerJoin('person as drafter', 'drafter.id', 'notice.drafted_by')
    .select(['notice.id', 'notice.number', 'notice.mode', 'notice.kind', 'notice.severity', 'notice.state'])
    .select(['notice.subject_ja', 'notice.subject_en', 'notice.drafted_at', 'notice.submitted_at'])
    .select(['notice.released_at', 'notice.answer_by', 'notice.answer_wanted', 'notice.replaced_by_id'])
    .select(['notice.override_reason', 'notice.situation_id', 'situation.title_ja', 'situation.title_en'])
    .select(['newer.kind as newer_kind', 'newer.released_at as replaced_at', 'notice.return_reason'])
    .select(['drafter.name_ja as drafter_ja', 'drafter.name_en as drafter_en'])
    .select((eb) => [
      eb
        .selectFrom('receipt')
        .whereRef('receipt.notice_id', '=', 'notice.id')
        .where(sql<boolean>`receipt.closed_how is distinct from 'informed'`)
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .as('asked'),
      eb
        .selectFrom('receipt')
        .whereRef('receipt.notice_id', '=', 'notice.id')
        .where('closed_how', '=', 'answered')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .as('answered'),
    ])
    .orderBy((eb) =>
      eb.case('notice.state').when('submitted').then(0).when('draft').then(1).when('released').then(2).else(3).end(),
    )
    .orderBy((eb) => eb.fn.coalesce('notice.released_at', 'notice.drafted_at'), 'desc')
    .orderBy('notice.number', 'desc')
export type ListedNotice = Awaited<ReturnType<ReturnType<typeof noticesLike>['execute']>>[number]
/** A page of them that nobody counted. */
export type NoticesFound = Paged<ListedNotice>

const narrowed = (query: ReturnType<typeof visible>, { mode, shown, situation_id }: Filter) =>
  query
    .$if(mode !== undefined, (q) => q.where('notice.mode', '=', mode ?? 'test'))
    .$if(situation_id !== undefined, (q) => q.where('notice.situation_id', '=', situation_id ?? null))
    .$if(shown === undefined, (q) => q.where('notice.state', '<>', 'dropped'))
    .$if(shown === 'replaced', (q) => q.where('notice.replaced_by_id', 'is not', null))
    .$if(shown === 'released', (q) =>
      q.where('notice.state', '=', 'released').where('notice.replaced_by_id', 'is', null),
    )
    .$if(shown === 'draft' || shown === 'submitted' || shown === 'dropped', (q) =>
      q.where('notice.state', '=', shown as 'draft' | 'submitted' | 'dropped'),
    )

/** What of the notices waits for this reader: to be released by them, and their own that were sent back. */
export async function noticesWaiting(db: Database, reader: Person) {
  const waiting = await db
    .selectFrom('notice')
    .where('state', 'in', ['draft', 'submitted'])
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'submitted'), is_releasable]),
        eb.and([eb('return_reason', 'is not', null), eb('drafted_by', '=', reader.id)]),
      ]),
    )
    .select(['id', 'mode', 'kind', 'severity', 'state', 'subject_ja', 'subject_en', 'submitted_at', 'returned_at'])
    .select(['drafted_by', 'submitted_by'])
    .orderBy('submitted_at')
    .execute()
  return {
    to_release: waiting.filter(({ state }) => state === 'submitted'),
    returned: waiting.filter(({ state }) => state === 'draft'),
  }
}
export type NoticesWaiting = Awaited<ReturnType<typeof noticesWaiting>>

/** Official notices that can be passed on, newest first. */
export const officialNotices = (db: Database) =>
  db
    .selectFrom('official_notice')
    .select(['id', 'mode', 'issuer', 'reference', 'issued_on', 'title'])
    .orderBy('issued_on', 'desc')
    .orderBy('registered_at', 'desc')
    .limit(100)
    .execute()
export type OfficialChoice = Awaited<ReturnType<typeof officialNotices>>[number]

/** To which institutions a notice went; an asking: it and the others of its round that still stand, which say the same. */
export async function reachedBy(db: Database | Tx, notice_id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('notice as replaced')
    .innerJoin('notice', (join) =>
      join.on((eb) =>
        eb.or([
          eb('notice.id', '=', eb.ref('replaced.id')),
          eb.and([
            eb('notice.round_id', '=', eb.ref('replaced.round_id')),
            eb('notice.replaced_by_id', 'is', null),
            eb('replaced.replaced_by_id', 'is', null),
          ]),
        ]),
      ),
    )
    .innerJoin('receipt', 'receipt.notice_id', 'notice.id')
    .where('replaced.id', '=', notice_id)
    .select('receipt.institution_id')
    .distinct()
    .execute()
  return rows.map(({ institution_id }) => institution_id)
}
