import type { Database } from '#ground/db/database.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

export type Waiting = { deliveries: number; steps: number; letters: number }

/** What would go out at this moment if nothing held it. */
export async function whatWaits(db: Database, at: Date): Promise<Waiting> {
  const { deliveries, steps, letters } = await db
    .selectNoFrom(({ selectFrom }) => [
      selectFrom('delivery')
        .where('state', 'in', ['waiting', 'sending'])
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .as('deliveries'),
      selectFrom('receipt')
        .where('next_step_at', '<=', at)
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .as('steps'),
      selectFrom('letter')
        .where('state', '=', 'waiting')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .as('letters'),
    ])
    .executeTakeFirstOrThrow()
  return { deliveries: Number(deliveries), steps: Number(steps), letters: Number(letters) }
}

/** Why nothing goes out, since when, and what waits; null while all goes out by itself. */
export async function heldSending(db: Database, at: Date) {
  const hold = await db
    .selectFrom('held_sending')
    .where('released_at', 'is', null)
    .select(['reason', 'silent_since', 'held_at'])
    .executeTakeFirst()
  return hold ? { ...hold, waiting: await whatWaits(db, at) } : null
}
export type HeldSending = Awaited<ReturnType<typeof heldSending>>

/** What was held goes out from now on, by the decision of a person; pressing twice is no error. */
export async function resumeSending({ db, clock }: Pick<Tools, 'db' | 'clock'>, by: Person) {
  must(by, 'sending.resume')
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const waiting = await whatWaits(tx, at)
    const released = await tx
      .updateTable('held_sending')
      .set({ released_by: by.id, released_at: at })
      .where('released_at', 'is', null)
      .returning(['reason', 'silent_since'])
      .executeTakeFirst()
    if (!released) return
    const { reason, silent_since } = released
    const details = { reason, silent_since: silent_since.toISOString(), ...waiting }
    await record(tx, by, at, { action: 'sending.resumed', about: '/home', details })
  })
}
