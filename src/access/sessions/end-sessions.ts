import { NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { OpenSession } from '#ground/rights/session.ts'
import { endedBy } from '#ground/rights/session-limits.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** A person's sessions that are still within their limits, this one first, then the last used. */
export async function listSessions({ db, clock }: Pick<Tools, 'db' | 'clock'>, by: Person, current: OpenSession) {
  const now = clock()
  const rows = await db
    .selectFrom('session')
    .where('person_id', '=', by.id)
    .select(['id', 'method', 'user_agent', 'started_at', 'seen_at', 'created_at'])
    .execute()
  return rows
    .map(({ created_at, ...row }) => {
      const started_at = row.started_at ?? created_at
      return { ...row, started_at, seen_at: row.seen_at ?? started_at, is_current: row.id === current.id }
    })
    .filter((row) => row.is_current || !endedBy(row, current.set, { ...current, now }))
    .sort((a, b) => Number(b.is_current) - Number(a.is_current) || b.seen_at.getTime() - a.seen_at.getTime())
}
export type ListedSession = Awaited<ReturnType<typeof listSessions>>[number]

/** Signs out one other session of the person, or all others, on the server; says how many. Doing it twice is not an error. */
export async function endSessions(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  current: OpenSession,
  which: { id: string } | 'others',
): Promise<number> {
  // This one ends by signing out.
  if (which !== 'others' && which.id === current.id) throw new NotFound('the session in use is no other')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const gone = await tx
      .deleteFrom('session')
      .where('person_id', '=', by.id)
      .where('id', '!=', current.id)
      .$if(which !== 'others', (query) => query.where('id', '=', (which as { id: string }).id))
      .returning('method')
      .execute()
    if (gone.length > 0)
      await record(tx, by, at, {
        action: 'session.ended',
        about: '/account/sessions',
        details: { count: gone.length, methods: gone.map(({ method }) => method) },
      })
    return gone.length
  })
}
