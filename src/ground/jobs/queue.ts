import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import { type Access, connection, isUnreachable } from '#ground/db/database.ts'
import type { JobTable } from './jobs.ts'

export type Handlers = { [Name in keyof JobTable]: (told: JobTable[Name]) => Promise<void> }

/** The job queue on our own database. Without handlers it only takes jobs in; with them it works through them and keeps the schedules. */
export async function openQueue(
  access: Access,
  work?: {
    handlers: Handlers
    schedule: Partial<Record<keyof JobTable, string>>
    report: (error: unknown) => void
  },
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
  // While the database is away the queue tries again by itself, and /readyz says so.
  const report = (error: unknown) => isUnreachable(error) || work?.report(error)
  boss.on('error', report)
  await boss.start()
  if (work) {
    for (const name of Object.keys(work.handlers) as (keyof JobTable)[]) {
      const cron = work.schedule[name]
      if (cron) await boss.schedule(name, cron, {}, { singletonKey: name })
      await boss.work(name, async ([job]) => {
        try {
          // Which handler it is, and what it is told, belong together by name.
          if (job) await (work.handlers[name] as (told: unknown) => Promise<void>)(job.data)
        } catch (error) {
          report(error)
          throw error
        }
      })
    }
  }
  return boss
}
