import { sql } from 'kysely'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { readProvider } from './providers.ts'
import { tellDesk } from './tell-desk.ts'

/**
 * Agrees, as another of the desk than who set it up, that people of the desk come in by this provider as it is set up now. Doing it
 * twice is once.
 */
export async function agreeToProvider(
  { db, clock, ...tools }: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  id: string,
): Promise<{ id: string } | { failed: 'same_person' }> {
  must(by, 'sso.agree')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const { created_by, institution_id, domain, kind, issuer } = await readProvider(tx, by, id)
    if (created_by === by.id) return { failed: 'same_person' }
    const added = await tx
      .insertInto('sso_agreement')
      .columns(['provider_id', 'settings', 'agreed_by', 'agreed_at'])
      .expression(({ selectFrom, val }) =>
        selectFrom('sso_provider as provider')
          .where('provider.id', '=', id)
          .where('provider.removed_at', 'is', null)
          .select(['provider.id', sql<string>`sso_settings(provider)`.as('settings')])
          .select([val(by.id).as('agreed_by'), sql<Date>`${at}::timestamptz`.as('agreed_at')]),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('provider_id')
      .executeTakeFirst()
    if (!added) return { id }
    const details = { institution_id, kind, domain, issuer }
    await record(tx, by, at, { action: 'sso.agreed', about: `/sso/${id}`, details })
    await tellDesk(tx, tools, by, at, { id, what: 'agreed' })
    return { id }
  })
}
