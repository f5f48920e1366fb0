import { endOtherSessions, isEnough, type OwnSession, readMethods, tellPerson } from '#access/sign-in/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** Gives a passkey of one's own another name. The same name again changes nothing. */
export async function renamePasskey(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  id: string,
  name: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const before = await ownPasskey(tx, by, id)
    if (before.name === name) return
    await tx.updateTable('passkey').set({ name }).where('id', '=', id).execute()
    await record(tx, by, clock(), {
      action: 'passkey.renamed',
      about: '/account',
      details: { passkey_id: id, name, before: before.name },
    })
  })
}

/** Removes a passkey of one's own, and ends the person's other sessions; never the last way to sign in. */
export async function removePasskey(
  tools: Pick<Tools, 'whole' | 'clock' | 'config' | 'later'>,
  by: Person,
  session: OwnSession,
  id: string,
): Promise<{ removed: true } | { failed: 'last' }> {
  const { clock, config } = tools
  const at = clock()
  // The whole database: what else opens the door is the program's alone to see.
  return tools.whole.transaction().execute(async (tx) => {
    // Two removals at once would each find the other's passkey still there.
    await tx.selectFrom('person').select('id').where('id', '=', by.id).forUpdate().executeTakeFirstOrThrow()
    const { name } = await ownPasskey(tx, by, id)
    const methods = await readMethods(tx, by.id, config)
    if (!isEnough({ ...methods, passkeys: methods.passkeys.filter((passkey) => passkey.id !== id) }))
      return { failed: 'last' }
    await tx.deleteFrom('passkey').where('id', '=', id).execute()
    const sessions_ended = await endOtherSessions(tx, by.id, session.token)
    await record(tx, by, at, {
      action: 'passkey.removed',
      about: '/account',
      details: { passkey_id: id, name, sessions_ended },
    })
    await tellPerson(tx, tools, by, at, 'passkey_removed', name)
    return { removed: true }
  })
}

async function ownPasskey(tx: Tx, by: Person, id: string) {
  const passkey = await tx
    .selectFrom('passkey')
    .select(['id', 'name'])
    .where('id', '=', id)
    .where('person_id', '=', by.id)
    .executeTakeFirst()
  if (!passkey) throw new NotFound(`passkey ${id}`)
  return passkey
}
