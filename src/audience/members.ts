import { sql } from 'kysely'
import type { Tx } from '#db/database.ts'
import { toCivilInput } from '#html/civil.ts'
import type { Audience } from './audience.ts'

export const membersOf = (db: Pick<Tx, 'selectFrom'>, audience: Audience, at: Date) => {
  const day = toCivilInput(at).slice(0, 10)
  return db
    .selectFrom('institution')
    .where('active_from', '<=', day)
    .where((eb) => eb.or([eb('active_to', 'is', null), eb('active_to', '>=', day)]))
    .where((eb) =>
      eb.or([sql<boolean>`${audience.everyone}::boolean`, eb('code', 'in', ['', ...(audience.institutions ?? [])])]),
    )
    .select('id')
}
