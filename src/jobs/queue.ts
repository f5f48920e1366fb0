import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import { type Access, connection } from '#db/database.ts'
import type { JobTable } from './jobs.ts'

export type Handlers = { [Name in keyof JobTable]: (told: JobTable[Name]) => Promise<void> }

/** The job queue on our own database. Without handlers it only takes jobs in; with them it works through them and keeps the schedules. */
export async function openQueue(
  access: Access,
  work?: { handlers: Handlers; schedule: Partial<Record<keyof JobTable, string>> },
) {
  const { connectionString, options, connectionTimeoutMillis } = connection(access) as pg.ClientConfig & {
    connectionString: string
  }
  const boss = new PgBoss({
    connectionString,
    ...(options && { options }),
    ...(connectionTimeoutMillis && { connectionTimeoutMillis }),
    application_name: 'noroshi-jobs',
    max: work ? 4 : 1,
    migrate: false,
    createSchema: false,
    supervise: work !== undefined,
    schedule: work !== undefined,
    useListenNotify: work !== undefined,
  })
  // The queue tries again by itself; whether it works is asked by /readyz.
  boss.on('error', () => {})
  await boss.start()
  if (work) {
    for (const name of Object.keys(work.handlers) as (keyof JobTable)[]) {
      const cron = work.schedule[name]
      if (cron) await boss.schedule(name, cron, {}, { singletonKey: name })
      await boss.work(name, async ([job]) => job && work.handlers[name](job.data as JobTable[typeof name]))
    }
  }
  return boss
}
