import { randomUUID } from 'node:crypto'
import type { Tx } from '#ground/db/database.ts'
import { linkOf } from './letters.ts'
import { hours_max, makeCode, type Shown } from './write-invitation.ts'

/** A way in for a person who is there already and has none yet, said on the console of the server and posted to nobody: link and code, good for 72 hours. */
export async function activate(
  tx: Tx,
  origin: string,
  { id: person_id, ...person }: { id: string; institution_id: string; name_ja: string; email: string },
  at: Date,
): Promise<Shown> {
  const { code, code_hash } = await makeCode()
  const expires_at = new Date(at.getTime() + hours_max * 3_600_000)
  const { id } = await tx
    .insertInto('invitation')
    .values({
      ...person,
      ...{ person_id, kind: 'recovery', roles: [], reason: 'first account', idempotency_key: randomUUID() },
      ...{ code_hash, invited_at: at, expires_at },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, code, url: linkOf(origin, id), expires_at }
}
