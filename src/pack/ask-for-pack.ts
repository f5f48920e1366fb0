import { must, type Person } from '#access/index.ts'
import type { Tools } from '#app/tools.ts'
import { record } from '#trail/index.ts'

/** Has a new pack made in the background; it appears on its page when it is ready. */
export async function askForPack({ db, clock, later }: Pick<Tools, 'db' | 'clock' | 'later'>, by: Person) {
  must(by, 'pack.take')
  await db.transaction().execute(async (tx) => {
    await record(tx, by, clock(), { action: 'pack.asked', about: '/pack' })
    await later(tx, 'pack.make', { asked_by: by.id })
  })
}
