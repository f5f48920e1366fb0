import { sql } from 'kysely'
import { callPlaces } from '#asking/calls/index.ts'
import { may } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { AppEnv, Tools } from '#ground/tools/tools.ts'
import { readBoard } from '#status/board/index.ts'

type Open = AppEnv['Variables']['open']

/** True for whom the present state of this institution is: who looks at the whole board, who supervises it, and its own people. */
export const maySeeNow = (by: Person, { id, supervised_by }: { id: string; supervised_by: string | null }) =>
  may(by, 'board.see-all') ||
  by.institution_id === id ||
  (may(by, 'report.see-supervised') && supervised_by === by.institution_id)

/**
 * How one institution stands in every situation that is open: its line of the board, the round that asked it last, and its
 * places on the call list. For whom `maySeeNow` says so.
 */
export async function institutionNow(
  { db, whole, clock }: Pick<Tools, 'db' | 'whole' | 'clock'>,
  by: Person,
  open: Open,
  institution_id: string,
) {
  const now = clock()
  const [rounds, places, boards] = await Promise.all([
    roundsThatAsked(db, open, institution_id),
    may(by, 'delivery.see') ? callPlaces(db, institution_id, now) : [],
    // As the board itself is read: whether it was asked does not hang on who may read the asking.
    Promise.all(open.map(({ id, mode }) => readBoard(whole, { situation_id: id, mode, now, institution_id }))),
  ])
  return open.map((situation, index) => ({
    situation,
    line: boards[index]?.lines[0] ?? null,
    round: rounds.find(({ situation_id }) => situation_id === situation.id) ?? null,
    places: places.filter(({ situation_id }) => situation_id === situation.id),
  }))
}
export type Now = Awaited<ReturnType<typeof institutionNow>>[number]

/** Of each situation the newest round that asked it, and whether its answer is still missing. */
const roundsThatAsked = async (db: Tools['db'], open: Open, institution_id: string) =>
  open.length === 0
    ? []
    : db
        .selectFrom('round')
        .innerJoin('notice', 'notice.round_id', 'round.id')
        .innerJoin('receipt', 'receipt.notice_id', 'notice.id')
        .where('receipt.institution_id', '=', institution_id)
        .where(sql<boolean>`receipt.closed_how is distinct from 'informed'`)
        .where(
          'round.situation_id',
          'in',
          open.map(({ id }) => id),
        )
        .distinctOn('round.situation_id')
        .select(['round.id', 'round.situation_id', 'round.closed_at', 'receipt.closed_at as answered_at'])
        .orderBy('round.situation_id')
        .orderBy('round.asked_at', 'desc')
        .orderBy('notice.asking', 'desc')
        .execute()
