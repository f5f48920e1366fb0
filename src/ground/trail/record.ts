import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'
import { keptPlan } from '#ground/db/kept-plan.ts'
import { locking } from '#ground/db/lock.ts'
import type { Mode } from '#ground/db/tables.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Action } from './actions.ts'
import type { DetailName } from './details/names.ts'
import { sealLine } from './seal.ts'

/** Who acted: a person, or a part of the program itself under its own name. */
export type Actor =
  | Person
  | {
      program:
        | 'hazards'
        | 'rounds'
        | 'deliveries'
        | 'notices'
        | 'answers'
        | 'attestation'
        | 'letters'
        | 'contacts'
        | 'channels'
        | 'pack'
        | 'access'
        | 'demo'
        | 'command-line'
    }

export type Line<Details extends object = Partial<Record<DetailName, unknown>>> = {
  action: Action
  /** Path of the page where the thing can be seen, e.g. /situations/<id>; open pages with this path are told. */
  about: string
  mode?: Mode | null
  details?: Details & { [Name in Exclude<keyof Details, DetailName>]: never }
}

/**
 * Writes lines of the audit trail: all of an action at once, since the end of the trail is held from here to the commit. Takes a
 * transaction, so an action and its lines succeed or fail together.
 */
export async function record<Details extends object>(
  tx: Tx,
  actor: Actor,
  at: Date,
  ...said: readonly Line<Details>[]
) {
  if (said.length === 0) return
  // Who acts need not be able to read the trail, but the line must follow the last one.
  const { rows } = await sql<{ scope: string | null; id: string | null; hash: Buffer | null }>`
    select scope, id, hash from trail_end((${locking('trail')})::text) ${keptPlan}`.execute(tx)
  const last = rows[0]
  let end = { id: BigInt(last?.id ?? 0), hash: last?.hash ?? firstHash }
  const lines = said.map(({ action, about, mode = null, ...more }) => {
    const details = (more.details ?? {}) as Record<string, unknown>
    const line = {
      id: String(end.id + 1n),
      at,
      person_id: 'program' in actor ? null : actor.id,
      who: 'program' in actor ? actor.program : actor.name_ja,
      institution_id: 'program' in actor ? null : actor.institution_id,
      ...{ action, about, mode, details },
      previous_hash: end.hash,
    }
    end = { id: end.id + 1n, hash: hashOf(line) }
    return { ...line, details: canonical(details), hash: end.hash, seal: sealLine(end.hash) }
  })
  await tx
    .with('written', (cte) => cte.insertInto('trail').values(lines).returning('id'))
    .selectFrom('written')
    // Once all are written.
    .select(({ fn }) => [
      fn.countAll().as('count'),
      sql`set_config('noroshi.scope', ${last?.scope ?? ''}, true)`.as('scope'),
    ])
    .modifyEnd(keptPlan)
    .execute()
}

/** The line before the first: 32 zero bytes. */
export const firstHash = Buffer.alloc(32)

export type HashedLine = {
  id: string
  at: Date
  person_id: string | null
  who: string
  institution_id: string | null
  action: string
  about: string
  mode: Mode | null
  details: Record<string, unknown>
  previous_hash: Buffer
}

/** SHA-256 over the line before and every field of this one, as canonical JSON: any change of a field changes it. */
export function hashOf({ previous_hash, at, ...line }: HashedLine): Buffer {
  // Named one by one: a row read back carries its own hash, too.
  const { id, person_id, who, institution_id, action, about, mode, details } = line
  const fields = { id, person_id, who, institution_id, action, about, mode, details, at: at.toISOString() }
  return createHash('sha256').update(previous_hash).update(canonical(fields)).digest()
}

/** JSON with keys in order, so that what PostgreSQL gives back hashes to the same. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) && !(inner instanceof Date)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
