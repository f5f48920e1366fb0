import { type RawBuilder, sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { NotFound } from '#ground/rights/may.ts'

/** Situations at work now, real ones before drills, newest event first: for the banner on every page. */
export const openSituations = (db: Database) => selectOpen(db).execute()

/** The same as a part of another query. */
export const selectOpen = (db: Database) =>
  db
    .selectFrom('situation')
    .where('closed_at', 'is', null)
    .select(['id', 'mode', 'title_ja', 'title_en', 'event_at'])
    .select([
      sql<boolean>`situation.centre_set_up_at is null`.as('is_gathering'),
      sql<boolean>`situation.centre_set_up_at is not null and situation.centre_dissolved_at is null`.as('has_centre'),
    ])
    .orderBy('mode')
    .orderBy('event_at', 'desc')

/** Whether an institution was asked in a situation: a gathering is for those alone, and for who looks at the whole market. */
export const wasAsked = (institution: RawBuilder<unknown>) =>
  sql<boolean>`exists (select from receipt join notice on notice.id = receipt.notice_id
    where notice.situation_id = situation.id and receipt.institution_id = ${institution})`

/** Every situation, open ones first, then by event, newest first. */
export const allSituations = (db: Database) =>
  db
    .selectFrom('situation')
    .selectAll()
    .orderBy((eb) => eb('closed_at', 'is not', null))
    .orderBy('event_at', 'desc')
    .orderBy('id')
export type ListedSituation = Awaited<ReturnType<ReturnType<typeof allSituations>['execute']>>[number]

/** One situation, with who opened and closed it and the criterion it rests on. */
export async function readSituation(db: Database, id: string) {
  const situation = await db
    .selectFrom('situation')
    .innerJoin('person as opener', 'opener.id', 'situation.opened_by')
    .leftJoin('person as closer', 'closer.id', 'situation.closed_by')
    .leftJoin('person as returner', 'returner.id', 'situation.returned_by')
    .leftJoin('criterion', (join) =>
      join
        .onRef('criterion.id', '=', 'situation.criterion_id')
        .onRef('criterion.version', '=', 'situation.criterion_version'),
    )
    .where('situation.id', '=', id)
    .selectAll('situation')
    .select(['opener.name_ja as opened_by_ja', 'opener.name_en as opened_by_en'])
    .select(['closer.name_ja as closed_by_ja', 'closer.name_en as closed_by_en', 'returner.name_ja as returned_by_ja'])
    .select([
      'criterion.name_ja as criterion_ja',
      'criterion.name_en as criterion_en',
      'criterion.basis as criterion_basis',
    ])
    .executeTakeFirst()
  if (!situation) throw new NotFound(`situation ${id}`)
  return situation
}

export type SituationView = Awaited<ReturnType<typeof readSituation>>

/** The criteria in force, newest version of each: what a situation may rest on. */
export const activeCriteria = (db: Database) =>
  db.selectFrom('criterion_now').where('is_active', '=', true).selectAll().orderBy('id').execute()

/** What a proposal fills into the form, and whether somebody has decided on it already. */
export async function proposalForForm(db: Database, id: string) {
  const proposal = await db
    .selectFrom('proposal')
    .where('id', '=', id)
    .select(['id', 'mode', 'hazard', 'title_ja', 'title_en', 'event_at', 'matches', 'decision'])
    .select(['evaluated_at', 'change_ja', 'change_en'])
    .executeTakeFirst()
  if (!proposal) throw new NotFound(`proposal ${id}`)
  return proposal
}

/** The situation that a proposal became or was joined to; undefined if there is none. */
export const openedFrom = (db: Database, proposal_id: string) =>
  db
    .selectFrom('situation')
    .select('id')
    .where(({ eb, or, selectFrom }) =>
      or([
        eb('proposal_id', '=', proposal_id),
        eb(
          'id',
          'in',
          selectFrom('proposal').where('id', '=', proposal_id).select('joined_id').$castTo<{ joined_id: string }>(),
        ),
      ]),
    )
    .executeTakeFirst()

export type ProposalForForm = Awaited<ReturnType<typeof proposalForForm>>
