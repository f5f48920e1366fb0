import type { Tx } from '#ground/db/database.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { discover, lookAt } from './discover.ts'
import { lastDay } from './idp-metadata.ts'
import { readProvider } from './providers.ts'
import { tellDesk } from './tell-desk.ts'

/** Looks whether the provider is there and still says of itself what was set up; keeps what was found. */
export async function testProvider({ db, clock, config }: Tools, by: Person, id: string): Promise<string> {
  must(by, 'sso.edit')
  const provider = await readProvider(db, by, id)
  const at = clock()
  const test_result = await look()
  await db.transaction().execute(async (tx) => {
    await tx.updateTable('sso_provider').set({ tested_at: at, test_result }).where('id', '=', id).execute()
    await record(tx, by, at, { action: 'sso.tested', about: `/sso/${id}`, details: { result: test_result } })
  })
  return test_result

  async function look() {
    if (provider.kind === 'oidc') {
      const found = await discover(config, provider.issuer)
      return 'failed' in found ? found.failed : 'ok'
    }
    if (lastDay(provider.certificates) < at) return 'certificate_expired'
    return lookAt(config, provider.entry_point ?? '')
  }
}

/** Lets people in through this provider, or no longer. Sessions that are open stay open. Doing it twice is told once. */
export async function setActive(
  { db, clock, ...tools }: Tools,
  by: Person,
  id: string,
  { is_active }: { is_active: boolean },
): Promise<void> {
  must(by, 'sso.edit')
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const before = await hold(tx, id)
    if (before.is_active === is_active) return
    await tx
      .updateTable('sso_provider')
      .set({ is_active, changed_by: by.id, changed_at: at })
      .where('id', '=', id)
      .execute()
    const { institution_id, domain } = before
    const action = is_active ? 'sso.activated' : 'sso.deactivated'
    await record(tx, by, at, { action, about: `/sso/${id}`, details: { institution_id, domain } })
    await tellDesk(tx, tools, by, at, { id, what: is_active ? 'activated' : 'deactivated' })
  })
}

/** Removes a provider: its secret and whom it bound are gone, its domain is free; the line stays for the trail. */
export async function removeProvider({ whole, clock, ...tools }: Tools, by: Person, id: string): Promise<void> {
  must(by, 'sso.edit')
  const at = clock()
  // Only the program sees secrets and bindings, and so only it can delete them.
  await whole.transaction().execute(async (tx) => {
    const { institution_id, domain } = await hold(tx, id)
    await tx.deleteFrom('sso_secret').where('provider_id', '=', id).execute()
    await tx.deleteFrom('sso_subject').where('provider_id', '=', id).execute()
    await tx.deleteFrom('sso_request').where('provider_id', '=', id).execute()
    await tx
      .updateTable('sso_provider')
      .set({ removed_at: at, is_active: false, changed_by: by.id, changed_at: at })
      .where('id', '=', id)
      .execute()
    await record(tx, by, at, { action: 'sso.removed', about: '/sso', details: { institution_id, domain } })
    await tellDesk(tx, tools, by, at, { id, what: 'removed' })
  })
}

/** Forgets whom the provider called what, for one person whose account there was made anew; the next sign-in binds again. */
export async function releasePerson({ whole, clock }: Tools, by: Person, id: string, person_id: string): Promise<void> {
  must(by, 'sso.edit')
  const at = clock()
  // Bindings are the program's alone to change.
  await whole.transaction().execute(async (tx) => {
    await hold(tx, id)
    const { numDeletedRows } = await tx
      .deleteFrom('sso_subject')
      .where('provider_id', '=', id)
      .where('person_id', '=', person_id)
      .executeTakeFirst()
    if (numDeletedRows > 0n)
      await record(tx, by, at, { action: 'sso.released', about: `/sso/${id}`, details: { person_id } })
  })
}

async function hold(tx: Tx, id: string) {
  const provider = await tx
    .selectFrom('sso_provider')
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .select(['institution_id', 'domain', 'is_active'])
    .forUpdate()
    .executeTakeFirst()
  if (!provider) throw new NotFound(`provider ${id}`)
  return provider
}
