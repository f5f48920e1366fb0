import type { Tx } from '#ground/db/database.ts'
import { changesOf, judgeVersion } from '#ground/db/next-version.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import type { BodyForm } from './body-form.ts'
import { lockMarket } from './lock-market.ts'
import { bodyOf } from './queries.ts'

type Put = { failed?: undefined } | { failed: 'outdated' | 'waiting' | 'institution' }

/**
 * Puts forward who is to decide for a market, over the version that was seen; it counts once another of the desk agrees. The same press
 * twice is heard once, and what changes nothing makes no version.
 */
export async function putBody(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  market: string,
  { version: seen, institution, reason, ...form }: BodyForm,
): Promise<Put> {
  must(by, 'deciding-body.edit')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockMarket(tx, market, null)
    const found = await tx.selectFrom('institution').where('code', '=', institution).select('id').executeTakeFirst()
    if (!found) return { failed: 'institution' }
    const said = { ...form, institution_id: found.id }
    const waiting = await waitingBody(tx, market)
    if (waiting) return waiting.made_by === by.id && changesOf(waiting, said).length === 0 ? {} : { failed: 'waiting' }
    const now = await bodyOf(tx, market)
    const judged = judgeVersion(now, said, { seen, by })
    if (judged.is === 'same') return {}
    if (judged.is !== 'next' || (now?.version ?? 0) !== seen) return { failed: 'outdated' }
    const version = await nextNumber(tx, market)
    await tx
      .insertInto('deciding_body')
      .values({
        ...{ market, version, ...said, reason, made_by: by.id, made_at: at },
        ...{ outcome: null, settled_by: null },
      })
      .execute()
    await record(tx, by, at, {
      action: 'deciding-body.put-forward',
      about: addressOf(market),
      details: { market, version, reason, changes: changesOf(now, said) },
    })
    return {}
  })
}

/** `settled`: somebody else did so first, the other way. */
export type BodyNotSettled = { failed: 'settled' | 'own' }

/** A second person of the desk agrees to who decides, or one of them lets it be. Twice is no error. */
export async function settleBody(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { market, version }: { market: string; version: number },
  outcome: 'agreed' | 'dropped',
): Promise<{ failed?: undefined } | BodyNotSettled> {
  must(by, 'deciding-body.edit')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    await lockMarket(tx, market, null)
    const found = await tx
      .selectFrom('deciding_body')
      .where('market', '=', market)
      .where('version', '=', version)
      .selectAll()
      .executeTakeFirst()
    if (!found) throw new NotFound(`deciding body ${market} ${version}`)
    if (found.outcome === outcome) return {}
    if (found.outcome) return { failed: 'settled' }
    if (outcome === 'agreed' && found.made_by === by.id) return { failed: 'own' }
    await tx
      .updateTable('deciding_body')
      .set({ outcome, settled_by: by.id, settled_at: at })
      .where('market', '=', market)
      .where('version', '=', version)
      .execute()
    await record(tx, by, at, {
      action: outcome === 'agreed' ? 'deciding-body.agreed' : 'deciding-body.dropped',
      about: addressOf(market),
      details: { market, version, body_ja: found.body_ja, put_forward_by: found.made_by },
    })
    return {}
  })
}

export const addressOf = (market: string) => `/activations/markets/${market}`

const waitingBody = (tx: Tx, market: string) =>
  tx
    .selectFrom('deciding_body')
    .where('market', '=', market)
    .where('outcome', 'is', null)
    .selectAll()
    .executeTakeFirst()

/** What was dropped keeps its number. */
async function nextNumber(tx: Tx, market: string): Promise<number> {
  const last = await tx
    .selectFrom('deciding_body')
    .where('market', '=', market)
    .select('version')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (last?.version ?? 0) + 1
}
