import { readSuspicion, type Suspicion } from '#delivery/deliveries/index.ts'
import type { Database } from '#ground/db/database.ts'
import { may } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

/** What the mail server refuses as if it were wrong, for those who look after deliveries. */
export const suspicionFor = async (db: Database, by: Person): Promise<Suspicion | null> =>
  may(by, 'delivery.see') ? readSuspicion(db) : null
