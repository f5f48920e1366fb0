import type { Database, Tx } from '#ground/db/database.ts'
import { NotAllowed } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { second_days_min } from '#people/roles/index.ts'
import { lockMarket } from './lock-market.ts'
import { bodyOf, type EntryView, readEntry, standingOf } from './queries.ts'
import { isOfSide } from './sides.ts'
import { judgeStep } from './standing.ts'

/**
 * `settled`: somebody else did so first, the other way. `brought_in`: one of the two gave the other their role of late. `overtaken`:
 * what stood when it was put forward does not stand any more.
 */
export type NotSettled = { failed: 'settled' | 'own' | 'brought_in' | 'overtaken' | 'other_body' }

/**
 * A second person of the side that put an entry forward confirms it, and it counts from then on for everyone. It is judged once more by what
 * stands now. Confirming twice is no error.
 */
export async function confirmEntry(
  { db, whole, clock }: Pick<Tools, 'db' | 'whole' | 'clock'>,
  by: Person,
  id: string,
): Promise<{ id: string } | NotSettled> {
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const entry = await lockEntry(tx, by, id)
    if (entry.outcome === 'confirmed') return { id }
    if (entry.outcome) return { failed: 'settled' }
    if (entry.put_forward_by === by.id) return { failed: 'own' }
    if (await haveBroughtIn(whole, [entry.put_forward_by, by.id], at)) return { failed: 'brought_in' }
    const { market, mode, step } = entry
    const body = await bodyOf(tx, market)
    if (body?.institution_id !== entry.institution_id) return { failed: 'other_body' }
    const [last] = await standingOf(tx, market, mode)
    const stands = step === 'corrected' ? last?.id === entry.corrects : judgeStep(last, { ...entry, step }, at) === null
    if (!stands) return { failed: 'overtaken' }
    await settle(tx, by, at, id, 'confirmed')
    const { body_ja, is_on_behalf, decided_at, effective_at, criterion_version, put_forward_by, corrects } = entry
    const line = {
      action: `activation.${step}`,
      mode,
      details: {
        ...{ market, body_ja, on_behalf: is_on_behalf, decided_at, effective_at, criterion_version, corrects },
        ...{ reason: entry.reason, put_forward_by },
      },
    } as const
    // The situation has a line of its own: its log tells it.
    const about = [`/activations/${id}`, ...(entry.situation_id ? [`/situations/${entry.situation_id}`] : [])]
    await record(tx, by, at, ...about.map((path) => ({ ...line, about: path })))
    return { id }
  })
}

/** Whether one of two people gave the other a role of late: who makes their own second person is still one (N-8). */
const haveBroughtIn = async (whole: Database, [one, other]: readonly [string, string], at: Date): Promise<boolean> =>
  (await whole
    .selectFrom('role_grant')
    .where('removed_at', 'is', null)
    .where('granted_at', '>', new Date(at.getTime() - second_days_min * 86_400_000))
    .where((eb) =>
      eb.or([
        eb.and([eb('person_id', '=', one), eb('granted_by', '=', other)]),
        eb.and([eb('person_id', '=', other), eb('granted_by', '=', one)]),
      ]),
    )
    .select('id')
    .limit(1)
    .executeTakeFirst()) !== undefined

/** Whoever put it forward, or another of the same side, lets it be: nothing ever came of it. Twice is no error. */
export async function withdrawEntry(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  id: string,
): Promise<{ id: string } | NotSettled> {
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const entry = await lockEntry(tx, by, id)
    if (entry.outcome === 'withdrawn') return { id }
    if (entry.outcome) return { failed: 'settled' }
    await settle(tx, by, at, id, 'withdrawn')
    const { market, mode, step } = entry
    await record(tx, by, at, {
      action: 'activation.withdrawn',
      about: `/activations/${id}`,
      mode,
      details: { market, step },
    })
    return { id }
  })
}

/** The entry, held against everybody else who settles one of its market; for people of its side only. */
async function lockEntry(tx: Tx, by: Person, id: string): Promise<EntryView> {
  const { market, mode, ...seen } = await readEntry(tx, id)
  if (!isOfSide(by, seen)) throw new NotAllowed(`${by.id} is not of the side that put ${id} forward`)
  await lockMarket(tx, market, mode)
  return readEntry(tx, id)
}

const settle = (tx: Tx, by: Person, at: Date, id: string, outcome: 'confirmed' | 'withdrawn') =>
  tx
    .updateTable('activation')
    .set({ outcome, settled_by: by.id, settled_at: at })
    .where('id', '=', id)
    .where('outcome', 'is', null)
    .execute()
