import { sql } from 'kysely'
import { markOf } from '#ground/db/installation.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

/** From now on this database is used with this secret. Nothing changes while other processes go by the old one: how many those are. */
export const renewSecret = ({
  db,
  clock,
  config,
}: Pick<Tools, 'db' | 'clock' | 'config'>): Promise<{ running: number }> =>
  db.transaction().execute(async (tx) => {
    // Whoever runs for good listens; a command does not.
    const { rows } = await sql<{ running: number }>`
      select count(*)::int as running from pg_stat_activity
      where datname = current_database() and usename = session_user and application_name = 'noroshi-listen'`.execute(tx)
    const running = rows[0]?.running ?? 0
    if (running > 0) return { running }
    await tx
      .updateTable('installation')
      .set({ secret_mark: markOf(config.secret) })
      .execute()
    await record(tx, { program: 'command-line' }, clock(), { action: 'secret.renewed', about: '/trail' })
    return { running }
  })
