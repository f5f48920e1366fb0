import type { Database, Tx } from '#ground/db/database.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Method, OpenSession } from '#ground/rights/session.ts'
import { type Ended, endedBy, session_seconds_max } from '#ground/rights/session-limits.ts'
import { settingsOf } from '#ground/settings/settings.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/**
 * Dates the session that these headers set the cookie of. Every way to sign in calls it, in the transaction of its line in
 * the trail; a session that nobody has dated counts from its first use and has confirmed nothing.
 */
export async function beginSession(
  tx: Tx,
  headers: Headers,
  { method, at, replaces }: { method: Method; at: Date; replaces?: string | undefined },
): Promise<void> {
  const token = tokenSet(headers)
  if (!token) throw new Error('These headers set no session')
  await tx
    .updateTable('session')
    .set({ method, started_at: at, seen_at: at, confirmed_at: at })
    .where('token', '=', token)
    .execute()
  const long_ago = new Date(at.getTime() - session_seconds_max * 1000)
  await tx
    .deleteFrom('session')
    .where((eb) => eb.or([eb('started_at', '<', long_ago), ...(replaces ? [eb('id', '=', replaces)] : [])]))
    .execute()
}

/** The token of a session, out of the cookie that opens it: the part before the signature. */
function tokenSet(headers: Headers): string | undefined {
  for (const line of headers.getSetCookie()) {
    const [, value = ''] = /^(?:__Secure-)?noroshi\.session_token=([^;]*)/.exec(line) ?? []
    if (value) return decodeURIComponent(value).replace(/\.[^.]*$/, '')
  }
  return undefined
}

const use_ms = 60_000

/** A session as the table has it, with what it is judged by: the settings as they are stored, and the first situation that is open. */
export type StoredSession = Pick<OpenSession, 'id' | 'method' | 'confirmed_at' | 'open_since'> & {
  started_at: Date | null
  seen_at: Date | null
  stored: Record<string, unknown> | null
}

/**
 * Judges the session of a request by our own clock; one over its limit is deleted, which the trail tells once.
 * What a page asks for by itself (`is_use: false`) is judged, too, but keeps no session alive and ends none.
 * On the whole database: no reader may write sessions, and a page that is only looked at keeps its session alive, too.
 */
export async function judgeSession(
  { whole, clock }: Pick<Tools, 'whole' | 'clock'>,
  person: Person,
  { id, method, confirmed_at, open_since, stored, ...row }: StoredSession,
  { is_use }: { is_use: boolean },
): Promise<{ session: OpenSession } | { ended: Ended }> {
  const now = clock()
  const set = settingsOf('session', stored ?? {})
  const started_at = row.started_at ?? now
  const seen_at = row.seen_at ?? started_at

  const ended = endedBy({ started_at, seen_at }, set, { open_since, now })
  if (ended) {
    // Left for the person's own next step, which is told why.
    if (is_use) await expire(whole, person, { id, method, ended, now })
    return { ended }
  }
  if (!row.started_at || (is_use && now.getTime() - seen_at.getTime() >= use_ms))
    await whole.updateTable('session').set({ started_at, seen_at: now }).where('id', '=', id).execute()
  return { session: { id, method, started_at, confirmed_at, set, open_since } }
}

const expire = (
  whole: Database,
  person: Person,
  { id, method, ended, now }: { id: string; method: Method; ended: Ended; now: Date },
) =>
  whole.transaction().execute(async (tx) => {
    const { numDeletedRows } = await tx.deleteFrom('session').where('id', '=', id).executeTakeFirst()
    if (numDeletedRows === 0n) return
    await record(tx, person, now, { action: 'session.expired', about: '/account/sessions', details: { ended, method } })
  })
