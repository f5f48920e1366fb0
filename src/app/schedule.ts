import type { JobTable } from '#ground/jobs/jobs.ts'

/** Every schedule of the program, in one place, as cron expressions in the market's zone. */
export const schedule: Partial<Record<keyof JobTable, string>> = {
  // The agency updates its feeds each minute and asks nobody to look more often.
  'hazards.poll': '* * * * *',
  // Once a day before the market opens, and every hour while a situation is open.
  'pack.make': '20 * * * *',
  // Letters that could not be handed over at once.
  'letters.send': '* * * * *',
  // Reminders fall on an hour; a run that was missed is made up for by the next.
  'attestation.care': '*/10 * * * *',
  // Rounds repeat by times in the database: a minute that is missed is made up for by the next.
  'rounds.care': '* * * * *',
  // What waits in the folder of an institution is there until it is taken in.
  'drop.take': '* * * * *',
}
