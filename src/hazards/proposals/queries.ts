import type { Database } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { NotFound } from '#ground/rights/may.ts'
import type { StoredMatch } from './stored-match.ts'

const withPeople = (db: Database) =>
  db
    .selectFrom('proposal')
    .leftJoin('person', 'person.id', 'proposal.decided_by')
    .leftJoin('situation', (join) =>
      join.on((eb) =>
        eb.or([
          eb('situation.proposal_id', '=', eb.ref('proposal.id')),
          eb('situation.id', '=', eb.ref('proposal.joined_id')),
        ]),
      ),
    )
    .selectAll('proposal')
    .select(['person.name_ja as decided_by_ja', 'person.name_en as decided_by_en', 'situation.id as situation_id'])
    .$narrowType<{ matches: StoredMatch[] }>()

/** Proposals that wait for a decision; one whose telegram was withdrawn still waits, and says so. For real before any drill, then the newest. */
export const openProposals = (db: Database) =>
  withPeople(db)
    .where('proposal.decision', 'is', null)
    .orderBy('proposal.mode')
    .orderBy('proposal.proposed_at', 'desc')
    .limit(20)
    .execute()

/** The proposals of one event, the newest first, with the situation that each was opened as or joined to. */
export const proposalsOfEvent = (db: Database, { event_key, mode }: { event_key: string; mode: Mode }) =>
  withPeople(db)
    .where('proposal.event_key', '=', event_key)
    .where('proposal.mode', '=', mode)
    .orderBy('proposal.occurrence', 'desc')
    .limit(5)
    .execute()

/** The situations at work that a proposal of this mode can be joined to. */
export const situationsToJoin = (db: Database, mode: Mode) =>
  db
    .selectFrom('situation')
    .where('mode', '=', mode)
    .where('closed_at', 'is', null)
    .select(['id', 'title_ja', 'title_en'])
    .orderBy('event_at', 'desc')
    .execute()
export type ToJoin = Awaited<ReturnType<typeof situationsToJoin>>

export async function readProposal(db: Database, id: string) {
  const proposal = await withPeople(db).where('proposal.id', '=', id).executeTakeFirst()
  if (!proposal) throw new NotFound(`proposal ${id}`)
  return proposal
}

export type ProposalView = Awaited<ReturnType<typeof readProposal>>

const telegrams_of_event_max = 50

/** The telegrams that a proposal was made and kept up to date by, as they came, newest first. */
export const telegramsOfEvent = (
  db: Database,
  {
    event_key,
    mode,
    proposed_at,
    decision,
    withdrawn_at,
  }: Pick<ProposalView, 'event_key' | 'mode' | 'proposed_at' | 'decision' | 'withdrawn_at'>,
) =>
  db
    .selectFrom('telegram')
    .where('event_key', '=', event_key)
    .where('mode', '=', mode)
    // Of weather, whose key lasts for years, what came before or after belongs to other proposals.
    .where('received_at', '>', new Date(proposed_at.getTime() - 24 * 3_600_000))
    .$if(decision !== null && withdrawn_at !== null, (q) => q.where('received_at', '<=', withdrawn_at))
    .select(['id', 'code', 'title', 'headline', 'info_kind', 'control_at', 'received_at', 'source', 'mode', 'parsed'])
    .orderBy('control_at', 'desc')
    .limit(telegrams_of_event_max)
    .execute()

/** All telegrams, newest first. */
export const allTelegrams = (db: Database) =>
  db
    .selectFrom('telegram')
    .select(['id', 'code', 'title', 'headline', 'info_kind', 'control_at', 'received_at', 'source', 'mode'])
    .orderBy('received_at', 'desc')
    .orderBy('id')
export type ListedTelegram = Awaited<ReturnType<ReturnType<typeof allTelegrams>['execute']>>[number]

/** What could not be read of late, newest first. */
export const rejectedTelegrams = (db: Database) =>
  db
    .selectFrom('rejected_telegram')
    .select(['id', 'source', 'reason_ja', 'reason_en', 'received_at'])
    .orderBy('received_at', 'desc')
    .limit(20)
    .execute()
export type RejectedTelegram = Awaited<ReturnType<typeof rejectedTelegrams>>[number]

export async function readTelegram(db: Database, id: string) {
  const telegram = await db.selectFrom('telegram').selectAll().where('id', '=', id).executeTakeFirst()
  if (!telegram) throw new NotFound(`telegram ${id}`)
  return telegram
}

/** Every criterion in its newest version, and the history of one. */
export const allCriteria = (db: Database) => db.selectFrom('criterion_now').selectAll().orderBy('id').execute()

export async function criterionHistory(db: Database, id: string) {
  const versions = await db
    .selectFrom('criterion')
    .leftJoin('person', 'person.id', 'criterion.made_by')
    .selectAll('criterion')
    .select('person.name_ja as made_by_ja')
    .where('criterion.id', '=', id)
    .orderBy('version', 'desc')
    .execute()
  if (versions.length === 0) throw new NotFound(`criterion ${id}`)
  return versions
}

export type CriterionVersion = Awaited<ReturnType<typeof criterionHistory>>[number]
