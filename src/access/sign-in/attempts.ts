import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import { recordRefusal } from '#ground/trail/record-refusal.ts'
import { known_days, type Purpose, refusedUntil, window_seconds } from './attempt-limits.ts'

/** A try that was let through and whose outcome is to be told with `tried`. */
export type Attempt = { id: string; purpose: Purpose; account: string | null; address: string }

type Trying = {
  purpose: Purpose
  /** Whose door it is, as it was typed or is known: a mail address, an id of an invitation. Null: not known yet. */
  account: string | null
  /** As `addressKey` gives it. */
  address: string
  /** For the trail, when it is known whose account it is. */
  person_id?: string | undefined
}

/**
 * Asks whether a secret may be tried now; what is let through counts from here on, so that many at once get no further
 * than one after the other. A refusal says until when, and is in the trail once for an account in a quarter of an hour.
 */
export function mayTry(
  whole: Database,
  { purpose, account: named, address, person_id }: Trying,
  at: Date,
): Promise<{ attempt: Attempt } | { failed: 'limited'; until: Date }> {
  const account = named === null ? null : keyOf(named)
  return whole.transaction().execute(async (tx) => {
    await lock(tx, 'attempt', purpose, account ?? address)
    await forgetOld(tx, at)
    const tries = await tx
      .selectFrom('attempt')
      .select(['account', 'address', 'tried_at', 'has_failed'])
      .where('purpose', '=', purpose)
      .where('tried_at', '>', ago(at, window_seconds))
      .where((eb) => eb.or([eb('address', '=', address), ...(account ? [eb('account', '=', account)] : [])]))
      .execute()
    const known = account
      ? await tx
          .selectFrom('known_address')
          .select('account')
          .where('account', '=', account)
          .where('address', '=', address)
          .where('succeeded_at', '>', ago(at, known_days * 86_400))
          .executeTakeFirst()
      : undefined

    const refused = refusedUntil(tries, { purpose, account, address, is_known: known !== undefined }, at)
    if (refused) {
      const { of, until } = refused
      if (await isNews(tx, purpose, of === 'address' || !account ? address : account, at))
        await recordRefusal(tx, { program: 'access' }, at, {
          action: 'sign-in.limited',
          about: '/sign-in',
          details: { purpose, of, until: until.toISOString(), ...(person_id && { person_id }) },
          of: person_id ? { person_id } : undefined,
        })
      return { failed: 'limited', until }
    }
    const { id } = await tx
      .insertInto('attempt')
      .values({ purpose, account, address, tried_at: at })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { attempt: { id, purpose, account, address } }
  })
}

/** Tells how a try ended. Success forgets the failures of this account at this address and makes it known there. */
export async function tried(
  whole: Database,
  { id, purpose, account, address }: Attempt,
  has_succeeded: boolean,
  at: Date,
): Promise<void> {
  if (!has_succeeded) {
    await whole.updateTable('attempt').set({ has_failed: true }).where('id', '=', id).execute()
    return
  }
  await whole
    .deleteFrom('attempt')
    .where((eb) =>
      eb.or([eb('id', '=', id), ...(account ? [eb.and({ purpose, account, address, has_failed: true })] : [])]),
    )
    .execute()
  if (!account) return
  await whole
    .insertInto('known_address')
    .values({ account, address, succeeded_at: at })
    .onConflict((conflict) => conflict.columns(['account', 'address']).doUpdateSet({ succeeded_at: at }))
    .execute()
}

/** One of what was let through at this address and never told has done its work. */
export const forgetOne = (whole: Database, purpose: Purpose, address: string) =>
  sql`delete from attempt where id = (select id from attempt where purpose = ${purpose} and address = ${address}
    order by tried_at limit 1)`.execute(whole)

/** Nothing that was typed is kept, only what tells one from another: people type their password into the wrong field. */
const keyOf = (typed: string) =>
  createHash('sha256').update(typed.normalize('NFKC').trim().toLowerCase()).digest('base64url')

const ago = (at: Date, seconds: number) => new Date(at.getTime() - seconds * 1000)
const forgotten_max = 200

/** A few old rows each time, past those that another process is forgetting. */
async function forgetOld(tx: Tx, at: Date) {
  await sql`delete from attempt where id in (select id from attempt where tried_at <= ${ago(at, window_seconds)}
    limit ${forgotten_max} for update skip locked)`.execute(tx)
  await sql`delete from known_address where (account, address) in (select account, address from known_address
    where succeeded_at <= ${ago(at, known_days * 86_400)} limit ${forgotten_max} for update skip locked)`.execute(tx)
}

/** Whether the trail has not named this one within the window. */
async function isNews(tx: Tx, purpose: Purpose, who: string, at: Date): Promise<boolean> {
  await tx.deleteFrom('attempt_refusal').where('told_until', '<=', ago(at, window_seconds)).execute()
  const told_until = new Date(at.getTime() + window_seconds * 1000)
  const news = await tx
    .insertInto('attempt_refusal')
    .values({ purpose, who, told_until })
    .onConflict((conflict) =>
      conflict.columns(['purpose', 'who']).doUpdateSet({ told_until }).where('attempt_refusal.told_until', '<=', at),
    )
    .returning('who')
    .executeTakeFirst()
  return news !== undefined
}
