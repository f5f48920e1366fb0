import type { Tx } from '#ground/db/database.ts'
import { type Actor, type Line, record } from './record.ts'

/** So many lines of one kind of refusal in a quarter of an hour: about one person, about nobody that is known, of everyone together. */
export const refusal_lines_max = { person: 10, nobody: 50, everyone: 500 }
export const refusal_window_seconds = 900

type Refusal = Line & {
  details: NonNullable<Line['details']>
  /** Whom it was about, where that is known: an id by its name. */
  of: Record<string, string> | undefined
}

/**
 * Records that somebody was refused whom we do not know: a line each, until there are so many that they could fill the trail, which
 * nobody can empty. From then on they are counted, which the last line says, and the next one tells how many there were.
 */
export async function recordRefusal(tx: Tx, actor: Actor, at: Date, { of, details, ...line }: Refusal): Promise<void> {
  const kind = of ? 'person' : 'nobody'
  const own = await count(
    tx,
    `${line.action} ${of ? Object.values(of).join(' ') : 'nobody'}`,
    refusal_lines_max[kind],
    at,
  )
  const all = own.is_told ? await count(tx, `${line.action} everyone`, refusal_lines_max.everyone, at) : own
  for (const { more, since } of own === all ? [own] : [own, all])
    if (more > 0) await record(tx, actor, at, { ...line, details: { more, since: since.toISOString(), ...of } })
  if (!own.is_told || !all.is_told) return
  const last = [own, all].find(({ counted_until }) => counted_until)
  await record(tx, actor, at, {
    ...line,
    details: { ...details, ...(last?.counted_until && { counted_until: last.counted_until.toISOString() }) },
  })
}

/**
 * Counts one more; whether it still has a line, until when the next are only counted if it is the last one, and how many were only
 * counted in the window before.
 */
async function count(tx: Tx, who: string, lines_max: number, at: Date) {
  await tx
    .insertInto('refusal_window')
    .values({ who, since: at })
    .onConflict((conflict) => conflict.column('who').doNothing())
    .execute()
  const window = await tx
    .selectFrom('refusal_window')
    .where('who', '=', who)
    .select(['since', 'lines', 'more'])
    .forUpdate()
    .executeTakeFirstOrThrow()
  const until = (since: Date) => new Date(since.getTime() + refusal_window_seconds * 1000)
  const is_over = until(window.since) <= at
  const now = is_over ? { since: at, lines: 0, more: 0 } : window
  const is_told = now.lines < lines_max
  const next = is_told ? { ...now, lines: now.lines + 1 } : { ...now, more: now.more + 1 }
  await tx.updateTable('refusal_window').set(next).where('who', '=', who).execute()
  return {
    is_told,
    counted_until: is_told && next.lines === lines_max ? until(now.since) : null,
    more: is_over ? window.more : 0,
    since: window.since,
  }
}
