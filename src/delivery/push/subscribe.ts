import { readPushKeys } from '#ground/channels/encrypt-push.ts'
import { isPushEndpoint } from '#ground/channels/push-services.ts'
import { asProgram } from '#ground/db/as-program.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** Devices of one person that take notifications at the same time. */
export const devices_max = 10
export const device_name_max = 60

/** What a browser's subscription says of itself, as it was posted. */
type SubscriptionForm = { endpoint: string; p256dh: string; auth: string; device_name: string }
/** `broken`: no subscription of a known push service. `taken`: another's, with other keys. `full`: ten devices already. */
export type SubscribeFailure = 'broken' | 'taken' | 'full'

/**
 * Sends notifications to this browser from now on. The same subscription again changes nothing. Who signs in on a browser that
 * another used takes it over, for the browser itself proves by its keys that it is the same; a bare endpoint proves nothing.
 */
export async function subscribe(
  { db, clock, config }: Pick<Tools, 'db' | 'clock' | 'config'>,
  by: Person,
  { endpoint, device_name, ...written }: SubscriptionForm,
): Promise<{ id: string } | { failed: SubscribeFailure }> {
  const keys = readPushKeys(written)
  if (!keys || !isPushEndpoint(endpoint, config)) return { failed: 'broken' }
  const at = clock()
  const about = '/account/notifications'
  return db.transaction().execute((tx) =>
    // Whose it was before is nobody's to see but the program's.
    asProgram(tx, async () => {
      // Of two presses at once the second finds what the first did.
      await tx.selectFrom('person').where('id', '=', by.id).select('id').forUpdate().executeTakeFirstOrThrow()
      const alive = await tx
        .selectFrom('push_subscription')
        .where('ended_at', 'is', null)
        .selectAll()
        .where((eb) => eb.or([eb('endpoint', '=', endpoint), eb('person_id', '=', by.id)]))
        .forUpdate()
        .execute()
      const before = alive.find((each) => each.endpoint === endpoint)
      const is_same = before?.p256dh.equals(keys.p256dh) && before.auth.equals(keys.auth)
      if (before && before.person_id !== by.id && !is_same) return { failed: 'taken' }
      if (before?.person_id === by.id && is_same) return { id: before.id }
      const others = alive.filter(({ id, person_id }) => person_id === by.id && id !== before?.id)
      if (others.length >= devices_max) return { failed: 'full' }

      if (before) {
        const ended_reason = before.person_id === by.id ? 'replaced' : 'other_person'
        await tx
          .updateTable('push_subscription')
          .set({ ended_at: at, ended_reason })
          .where('id', '=', before.id)
          .execute()
        const { id: subscription_id, person_id } = before
        const details = { subscription_id, person_id, device_name: before.device_name, reason: ended_reason }
        await record(tx, by, at, { action: 'push.ended', about, details })
      }
      const added = await tx
        .insertInto('push_subscription')
        .values({ ...keys, endpoint, device_name, created_at: at, person_id: by.id, institution_id: by.institution_id })
        .onConflict((conflict) => conflict.column('endpoint').where('ended_at', 'is', null).doNothing())
        .returning('id')
        .executeTakeFirst()
      if (!added) return { failed: 'taken' }
      const details = { subscription_id: added.id, device_name, service: new URL(endpoint).hostname }
      await record(tx, by, at, { action: 'push.subscribed', about, details })
      return added
    }),
  )
}
