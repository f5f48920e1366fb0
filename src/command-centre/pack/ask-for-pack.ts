import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** Has a new pack made in the background; it appears on its page when it is ready. */
export async function askForPack({ db, clock, later }: Pick<Tools, 'db' | 'clock' | 'later'>, by: Person) {
  must(by, 'pack.take')
  await db.transaction().execute(async (tx) => {
    await record(tx, by, clock(), { action: 'pack.asked', about: '/pack' })
    await later(tx, 'pack.make', { asked_by: by.id })
  })
}
