import { createHash } from 'node:crypto'
import type { Database } from '#ground/db/database.ts'

/** How long a device that is gone is named on the page, unless one was added since. */
const days_told = 30

/** The devices of a person that take notifications, the newest first, and those that have gone without being ended. */
export async function readDevices(db: Database, person_id: string, now: Date) {
  const rows = await db
    .selectFrom('push_subscription')
    .where('person_id', '=', person_id)
    .where((eb) =>
      eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', new Date(now.getTime() - days_told * 86_400_000))]),
    )
    .select(['id', 'endpoint', 'device_name', 'created_at', 'last_sent_at', 'ended_at', 'ended_reason'])
    .orderBy('created_at', 'desc')
    .execute()
  const devices = rows
    .filter(({ ended_at }) => ended_at === null)
    .map(({ endpoint, ...device }) => ({ ...device, mark: markOf(endpoint) }))
  const newest = devices[0]?.created_at ?? null
  const gone = rows.filter(
    ({ ended_at, ended_reason }) => ended_at && ended_reason === 'gone' && (!newest || newest < ended_at),
  )
  return { devices, gone }
}
export type Devices = Awaited<ReturnType<typeof readDevices>>

/** By which a browser knows its own line (src/client/push.ts), and which is no use to anybody else. */
const markOf = (endpoint: string) => createHash('sha256').update(endpoint).digest('hex').slice(0, 16)

/** Where notifications to these people go: one message for each endpoint. */
export const pushEndpointsOf = (db: Database, person_ids: readonly string[]) =>
  db
    .selectFrom('push_subscription')
    .innerJoin('person', 'person.id', 'push_subscription.person_id')
    .where('person_id', 'in', [...person_ids])
    .where('person.left_at', 'is', null)
    .where('ended_at', 'is', null)
    .select(['push_subscription.id', 'person_id', 'endpoint', 'device_name'])
    .orderBy('push_subscription.created_at')
    .execute()
