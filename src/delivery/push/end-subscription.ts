import { NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** Sends no more notifications to one of one's own devices. Doing it twice is not an error; another's is not there. */
export async function endSubscription(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  id: string,
): Promise<void> {
  const at = clock()
  await db.transaction().execute(async (tx) => {
    const found = await tx
      .selectFrom('push_subscription')
      .where('id', '=', id)
      .where('person_id', '=', by.id)
      .select(['device_name', 'ended_at'])
      .forUpdate()
      .executeTakeFirst()
    if (!found) throw new NotFound(`push subscription ${id}`)
    if (found.ended_at) return
    await tx
      .updateTable('push_subscription')
      .set({ ended_at: at, ended_reason: 'by_person' })
      .where('id', '=', id)
      .execute()
    await record(tx, by, at, {
      action: 'push.ended',
      about: '/account/notifications',
      details: { subscription_id: id, device_name: found.device_name, reason: 'by_person' },
    })
  })
}
