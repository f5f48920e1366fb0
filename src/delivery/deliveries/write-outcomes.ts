import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Outcome } from '#ground/mail/transport.ts'
import { withoutBegun } from './claim.ts'
import type { Claimed } from './messages.ts'

/** What came of one attempt, and what becomes of the delivery. */
export type Done = {
  delivery: Claimed
  outcome: Outcome
  at: Date
  state: 'sent' | 'waiting' | 'perhaps' | 'failed'
  next_try_at: Date
  /** False: the attempt is not counted. */
  counts: boolean
}

/**
 * Writes what came of these attempts, each once however often it is tried. What another worker took over meanwhile is not
 * decided here, but the attempt is noted beside that worker's; gives those that were handed over all the same: perhaps twice.
 */
export async function writeOutcomes(db: Database, batch: readonly Done[]): Promise<Set<string>> {
  const told = JSON.stringify(batch.map(asRow))
  const { rows: written } = await sql<{ id: string }>`
    update delivery set state = told.state, next_try_at = told.next_try_at, attempts = delivery.attempts - told.back,
      claimed_until = null, answer = told.answer, sent_at = told.sent_at,
      tries = case when told.try is null then ${withoutBegun} else delivery.tries || told.try end
    from jsonb_to_recordset(${told}::jsonb) as told(${columns})
    where delivery.id = told.id and delivery.claims = told.claims and delivery.state = 'sending'
    returning delivery.id`.execute(db)
  if (written.length === batch.length) return new Set()

  const known = new Set(written.map(({ id }) => id))
  const late = batch.filter(({ delivery, outcome }) => !known.has(delivery.delivery_id) && outcome.kind !== 'held')
  if (late.length === 0) return new Set()
  // The first write may have arrived without our hearing of it: then the attempt is noted already. What is certain to have been
  // handed over is not to be sent again by whoever has it next.
  const { rows } = await sql<{ id: string }>`
    update delivery set tries = delivery.tries || told.try,
      state = case when told.state = 'sent' and delivery.state in ('waiting', 'failed', 'perhaps') then 'sent' else delivery.state end,
      sent_at = coalesce(delivery.sent_at, told.sent_at)
    from jsonb_to_recordset(${JSON.stringify(late.map(asRow))}::jsonb) as told(${columns})
    where delivery.id = told.id
      and not delivery.tries @> jsonb_build_array(jsonb_build_object('claim', told.claims, 'kind', told.try -> 'kind'))
    returning delivery.id`.execute(db)
  const beside = new Set(rows.map(({ id }) => id))
  return new Set(
    late
      .filter(({ delivery, state }) => beside.has(delivery.delivery_id) && (state === 'sent' || state === 'perhaps'))
      .map(({ delivery }) => delivery.delivery_id),
  )
}

const columns = sql.raw(
  'id uuid, claims int, back int, state text, next_try_at timestamptz, sent_at timestamptz, answer text, "try" jsonb',
)

const asRow = ({ delivery, outcome, at, state, next_try_at, counts }: Done) => ({
  id: delivery.delivery_id,
  claims: delivery.claims,
  back: counts ? 0 : 1,
  state,
  next_try_at,
  sent_at: state === 'sent' ? at : null,
  answer: outcome.answer,
  // Nothing of it left this machine: the answer says why it waits, and that is all.
  try: outcome.kind === 'held' ? null : { claim: delivery.claims, kind: outcome.kind, answer: outcome.answer, at },
})
