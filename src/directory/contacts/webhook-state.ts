import { signingSecrets } from '#ground/channels/webhook-secret.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import { mustIn, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import type { EditedAddress } from './queries.ts'

/** How a webhook stands, with every secret that signs now, the newest first; null for an address of another means. */
export async function readWebhookState(
  { db, clock, config }: Pick<Tools, 'db' | 'clock' | 'config'>,
  { id, means }: EditedAddress,
) {
  if (means !== 'webhook') return null
  const kept = await endpointOf(db, id).executeTakeFirst()
  const { generation, rotated_at, disabled_at, disabled_reason } = kept ?? asNew
  const secrets = signingSecrets(config.secret, { contact_address_id: id, generation, rotated_at }, clock())
  return { generation, rotated_at, disabled_at, disabled_reason, secrets }
}
export type WebhookState = NonNullable<Awaited<ReturnType<typeof readWebhookState>>>

/**
 * Gives a webhook a new secret; the one before signs along for a day. `generation` is the one that its person saw: a second
 * press finds another and changes nothing, or it would take the old secret away at once.
 */
export async function rotateSecret(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  address: EditedAddress,
  generation: number,
): Promise<void> {
  const { id, institution_id } = mustBeWebhook(by, address)
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const kept = await lockEndpoint(tx, id, institution_id)
    if (kept.generation !== generation) return
    await tx
      .updateTable('webhook_endpoint')
      .set({ generation: generation + 1, rotated_at: at })
      .where('contact_address_id', '=', id)
      .execute()
    await record(tx, by, at, {
      action: 'webhook.secret-rotated',
      about: `/contacts/addresses/${id}`,
      details: { address_id: id, institution_id, generation: generation + 1 },
    })
  })
}

/** Uses a webhook again that had said it was gone. One that is in use stays so. */
export async function enableWebhook(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  address: EditedAddress,
): Promise<void> {
  const { id, institution_id } = mustBeWebhook(by, address)
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const { disabled_at, disabled_reason } = await lockEndpoint(tx, id, institution_id)
    if (!disabled_at) return
    await tx
      .updateTable('webhook_endpoint')
      .set({ disabled_at: null, disabled_reason: null })
      .where('contact_address_id', '=', id)
      .execute()
    await record(tx, by, at, {
      action: 'webhook.enabled',
      about: `/contacts/addresses/${id}`,
      details: { address_id: id, institution_id, reason: disabled_reason },
    })
  })
}

const asNew = { generation: 1, rotated_at: null, disabled_at: null, disabled_reason: null }

function mustBeWebhook(by: Person, address: EditedAddress) {
  mustIn(by, 'contact.edit', address.institution_id)
  if (address.means !== 'webhook') throw new NotFound(`webhook ${address.id}`)
  return address
}

const endpointOf = (db: Database, id: string) =>
  db.selectFrom('webhook_endpoint').where('contact_address_id', '=', id).selectAll()

/** Of two people who press at once, the second sees what the first did. */
async function lockEndpoint(tx: Tx, id: string, institution_id: string) {
  await tx
    .insertInto('webhook_endpoint')
    .values({ contact_address_id: id, institution_id })
    .onConflict((conflict) => conflict.column('contact_address_id').doNothing())
    .execute()
  return endpointOf(tx, id).forUpdate().executeTakeFirstOrThrow()
}
