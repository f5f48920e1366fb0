import type { Database, Tx } from '#ground/db/database.ts'

/** Whether the person can sign in by themselves: with a passkey, a password and its second factor, or another house's sign-in. */
export async function hasSignInMethod(db: Database, person_id: string): Promise<boolean> {
  const found = await db
    .selectFrom('person')
    .where('person.id', '=', person_id)
    .where(({ or, and, eb, exists, selectFrom }) => {
      const credential = selectFrom('credential').select('id').where('person_id', '=', person_id)
      return or([
        exists(selectFrom('passkey').select('id').where('person_id', '=', person_id)),
        exists(credential.where('provider_id', '!=', 'credential')),
        and([
          eb('two_factor_enabled', '=', true),
          exists(credential.where('provider_id', '=', 'credential').where('password', 'is not', null)),
        ]),
      ])
    })
    .select('id')
    .executeTakeFirst()
  return found !== undefined
}

/** Ends every way in which the person could sign in, and every session of theirs; gives how many there were. */
export async function removeSignInMethods(tx: Tx, person_id: string): Promise<{ methods: number; sessions: number }> {
  let methods = 0
  for (const table of ['credential', 'passkey', 'two_factor'] as const) {
    const gone = await tx.deleteFrom(table).where('person_id', '=', person_id).executeTakeFirst()
    methods += Number(gone.numDeletedRows)
  }
  const sessions = await tx.deleteFrom('session').where('person_id', '=', person_id).executeTakeFirst()
  await tx.updateTable('person').set({ two_factor_enabled: false }).where('id', '=', person_id).execute()
  return { methods, sessions: Number(sessions.numDeletedRows) }
}
