import type { Database } from '#ground/db/database.ts'

const changes_shown_max = 50

/** What was heard of the events of these situations after they were opened, the newest first, with who has reviewed it since. */
export async function changesOf(db: Database, situation_ids: readonly string[]) {
  if (situation_ids.length === 0) return []
  return db
    .selectFrom('situation_change')
    .leftJoin('person', 'person.id', 'situation_change.reviewed_by')
    .where('situation_id', 'in', situation_ids)
    .selectAll('situation_change')
    .select(['person.name_ja as reviewed_by_ja', 'person.name_en as reviewed_by_en'])
    .orderBy('heard_at', 'desc')
    .orderBy('situation_change.id')
    .limit(changes_shown_max)
    .execute()
}
export type Change = Awaited<ReturnType<typeof changesOf>>[number]

/** Those after which nobody has reviewed the name and the public text. */
export const toReview = (changes: readonly Change[]) => changes.filter(({ reviewed_at }) => reviewed_at === null)

/** The proposals that a situation was opened from, and that were joined to it, the first first. */
export const proposalsIn = (db: Database, { id, proposal_id }: { id: string; proposal_id: string | null }) =>
  db
    .selectFrom('proposal')
    .where((eb) => eb.or([eb('joined_id', '=', id), eb('id', '=', proposal_id)]))
    .select(['id', 'mode', 'title_ja', 'title_en', 'decided_at'])
    .orderBy('decided_at')
    .execute()
export type ProposalIn = Awaited<ReturnType<typeof proposalsIn>>[number]
