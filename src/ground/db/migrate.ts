import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { PgBoss } from 'pg-boss'
import { NotConfigured } from '#ground/config/config.ts'
import { root } from '#ground/config/root.ts'
import { type Access, type Database, openBare, openPool } from './database.ts'
import { withProcessLock } from './lock.ts'
import { makeRole } from './make-role.ts'

const folder = new URL('migrations/', root)

/** Applies every `migrations/*.sql` not yet applied, in name order, and makes the queues of these jobs. Forward only. */
export async function migrate(owner: Access, jobs: readonly string[], { role_taken_on = false } = {}) {
  // A migration may take its time.
  const db = openBare(openPool(owner, 3, { query_timeout: 0, statement_timeout: 0 }))
  try {
    return await withProcessLock(db, 'migration', () => migrateAlone(db, owner, jobs, role_taken_on))
  } finally {
    await db.destroy()
  }
}

async function migrateAlone(db: Database, owner: Access, jobs: readonly string[], taken_on: boolean) {
  await makeRole(db as never, { taken_on })
  const { error, results = [] } = await new Migrator({ db, provider: { getMigrations: sqlFiles } }).migrateToLatest()
  if (error) throw explain(error)
  await migrateJobs(owner, jobs)
  // The login that the program uses may be another one than the owner; the job queue is not part of the SQL files.
  await sql`grant usage on schema pgboss to noroshi_app`.execute(db)
  await sql`grant select, insert, update, delete on all tables in schema pgboss to noroshi_app`.execute(db)
  await sql`grant usage on all sequences in schema pgboss to noroshi_app`.execute(db)
  await sql`grant execute on all functions in schema pgboss to noroshi_app`.execute(db)
  return results.map((result) => result.migrationName)
}

function explain(error: unknown) {
  const newer = /previously executed migration (\S+) is missing/.exec((error as Error).message)?.[1]
  return newer
    ? new NotConfigured(
        `This data belongs to a newer version of Noroshi: it has the migration ${newer}, which this one does not know. Start the newer version, or restore the backup from before it.`,
        { cause: error },
      )
    : error
}

async function migrateJobs({ url }: Access, jobs: readonly string[]) {
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  for (const name of jobs)
    await boss.createQueue(name, { policy: 'standard', retryLimit: 3, retryDelay: 5, notify: true })
  await boss.stop({ graceful: false })
}

async function sqlFiles(): Promise<Record<string, Migration>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql'))
  return Object.fromEntries(
    names.map((name) => [
      name.replace('.sql', ''),
      {
        up: async (db) => {
          // An owner who is no superuser is held by the rules of the tables, too.
          await sql`select set_config('noroshi.scope', 'program', true)`.execute(db)
          await sql.raw(await readFile(new URL(name, folder), 'utf8')).execute(db)
        },
      },
    ]),
  )
}
