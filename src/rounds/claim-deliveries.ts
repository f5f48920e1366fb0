import { sql } from 'kysely'
import type { Tools } from '#app/tools.ts'
import type { Database } from '#db/database.ts'
import { takeovers_max } from '#mail/index.ts'
import { record } from '#trail/index.ts'

/** A delivery in one worker's hands. The number of the attempt tells this claim from any later one. */
export type Claim = { id: string; attempts: number }

/**
 * Takes up to `limit` deliveries that are due, or whose worker died, and counts the attempt before it is made.
 * Several workers may call at once: none gets a row that another holds. First contacts go first.
 */
export const claimDue = (db: Database, at: Date, { limit, lease_ms }: { limit: number; lease_ms: number }) =>
  db
    .with('due', (cte) =>
      cte
        .selectFrom('delivery')
        .innerJoin('contact', 'contact.id', 'delivery.contact_id')
        .innerJoin('round', (join) =>
          join.onRef('round.id', '=', 'delivery.round_id').onRef('round.mode', '=', 'delivery.mode'),
        )
        .innerJoin('situation', (join) =>
          join.onRef('situation.id', '=', 'round.situation_id').onRef('situation.mode', '=', 'round.mode'),
        )
        .where('situation.closed_at', 'is', null)
        .where((eb) =>
          eb.or([
            eb('delivery.state', '=', 'waiting').and('delivery.next_try_at', '<=', at),
            eb('delivery.state', '=', 'sending')
              .and('delivery.claimed_until', '<', at)
              .and('delivery.attempts', '<', takeovers_max),
          ]),
        )
        .orderBy('delivery.next_try_at')
        .orderBy('contact.rank')
        .orderBy('delivery.id')
        .limit(limit)
        .select('delivery.id')
        .forUpdate('delivery')
        .skipLocked(),
    )
    .updateTable('delivery')
    .from('due')
    .whereRef('delivery.id', '=', 'due.id')
    .set((eb) => ({
      state: 'sending',
      attempts: eb('delivery.attempts', '+', 1),
      claimed_until: new Date(at.getTime() + lease_ms),
    }))
    .returning(['delivery.id', 'delivery.attempts'])
    .execute()

/** Holds claims for longer; gives those that are still ours. */
export const renewClaims = (db: Database, claims: readonly Claim[], until: Date): Promise<Claim[]> =>
  db
    .updateTable('delivery')
    .set({ claimed_until: until })
    .where('state', '=', 'sending')
    .where((eb) =>
      eb(
        eb.refTuple('id', 'attempts'),
        'in',
        claims.map(({ id, attempts }) => eb.tuple(id, attempts)),
      ),
    )
    .returning(['id', 'attempts'])
    .execute()

/** Puts claims back that were never tried, with what kept them waiting; the attempt is not counted. */
export const putBack = (db: Database, claims: readonly Claim[], next_try_at: Date, answer: string | null) =>
  db
    .updateTable('delivery')
    .set((eb) => ({ state: 'waiting', attempts: eb('attempts', '-', 1), claimed_until: null, next_try_at, answer }))
    .where('state', '=', 'sending')
    .where((eb) =>
      eb(
        eb.refTuple('id', 'attempts'),
        'in',
        claims.map(({ id, attempts }) => eb.tuple(id, attempts)),
      ),
    )
    .execute()

/**
 * Ends what will not be tried any more: deliveries of a closed situation, and those whose worker died once more after many attempts.
 * A worker that died while sending may have sent: such a row ends as 'perhaps'.
 */
export async function endHopeless({ db, clock }: Pick<Tools, 'db' | 'clock'>) {
  const at = clock()
  const isHopeless = await hopeless(db, at).select('delivery.id').limit(1).executeTakeFirst()
  if (!isHopeless) return

  await db.transaction().execute(async (tx) => {
    const ended = await tx
      .with('hopeless', (cte) =>
        hopeless(cte, at)
          .select(['delivery.id', 'round.situation_id', 'situation.closed_at'])
          .forUpdate('delivery')
          .skipLocked(),
      )
      .updateTable('delivery')
      .from('hopeless')
      .whereRef('delivery.id', '=', 'hopeless.id')
      .set((eb) => ({
        state: eb
          .case()
          .when('delivery.state', '=', 'waiting')
          .then('failed' as const)
          .else('perhaps' as const)
          .end(),
        claimed_until: null,
        answer: eb
          .case()
          .when('hopeless.closed_at', 'is not', null)
          .then('situation closed')
          .else(sql<string>`coalesce(delivery.answer, 'the program stopped while sending')`)
          .end(),
      }))
      .returning(['delivery.round_id', 'delivery.mode', 'delivery.institution_id', 'delivery.state'])
      .returning('hopeless.situation_id')
      .execute()

    for (const [round_id, rows] of Map.groupBy(ended, (row) => row.round_id)) {
      const [{ situation_id, mode }] = rows as [(typeof rows)[0]]
      await record(tx, { program: 'rounds' }, at, {
        action: 'delivery.failed',
        about: `/situations/${situation_id}`,
        mode,
        details: {
          round_id,
          failed: rows.filter(({ state }) => state === 'failed').length,
          perhaps: rows.filter(({ state }) => state === 'perhaps').length,
          institution_ids: [...new Set(rows.map(({ institution_id }) => institution_id))].sort(),
        },
      })
    }
  })
}

const hopeless = (db: Pick<Database, 'selectFrom'>, at: Date) =>
  db
    .selectFrom('delivery')
    .innerJoin('round', 'round.id', 'delivery.round_id')
    .innerJoin('situation', 'situation.id', 'round.situation_id')
    .where((eb) => {
      const isLeft = eb('delivery.state', '=', 'sending').and('delivery.claimed_until', '<', at)
      return eb.or([
        eb('situation.closed_at', 'is not', null).and(eb.or([eb('delivery.state', '=', 'waiting'), isLeft])),
        isLeft.and('delivery.attempts', '>=', takeovers_max),
      ])
    })
