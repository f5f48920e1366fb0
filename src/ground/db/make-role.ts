import { type Kysely, sql } from 'kysely'
import { NotConfigured } from '#ground/config/config.ts'

/**
 * Makes the role as which the program works, and lets the owner take it on where there is only one login.
 * Says what an administrator has to do where the owner may not.
 */
export async function makeRole(db: Kysely<never>, { taken_on }: { taken_on: boolean }) {
  const { rows } = await sql<{ me: string; is_made: boolean }>`
    select current_user as me, exists (select from pg_roles where rolname = 'noroshi_app') as is_made`.execute(db)
  const { me = '', is_made = false } = rows[0] ?? {}
  const quoted = `"${me.replaceAll('"', '""')}"`
  if (!is_made)
    await sql`create role noroshi_app nologin`.execute(db).catch((error) => {
      // Another database of the same server is being set up at this moment.
      if (['42710', '23505'].includes(error.code)) return
      throw explain(error, `The database role ${me} may not create roles`, [
        'create role noroshi_app nologin;',
        ...(taken_on ? [`grant noroshi_app to ${quoted};`] : []),
      ])
    })
  if (!taken_on || (await mayTake(db))) return
  await sql`grant noroshi_app to current_user`.execute(db).catch((error) => {
    throw explain(error, `The database role ${me} may not work as noroshi_app`, [`grant noroshi_app to ${quoted};`])
  })
}

const mayTake = (db: Kysely<never>) =>
  db
    .transaction()
    .execute((tx) => sql`set local role noroshi_app`.execute(tx))
    .then(
      () => true,
      (error) => {
        if (error.code === '42501') return false
        throw error
      },
    )

const explain = (error: Error & { code?: string }, what: string, statements: string[]) =>
  error.code === '42501'
    ? new NotConfigured(
        `${what}. Let an administrator of the database server run once:\n\n  ${statements.join('\n  ')}\n\nThen start again.`,
        { cause: error },
      )
    : error

/** Refuses a login of the program's own that could change the audit trail, or that may not do its work. */
export async function checkLogin(db: Kysely<never>) {
  const { rows } = await sql<{ me: string; is_member: boolean; may_change: boolean }>`
    select current_user as me, pg_has_role(current_user, 'noroshi_app', 'usage') as is_member,
      has_table_privilege(current_user, 'trail', 'update') as may_change`.execute(db)
  const { me = '', is_member, may_change } = rows[0] ?? {}
  const quoted = `"${me.replaceAll('"', '""')}"`
  if (!is_member)
    throw new NotConfigured(
      `The login of DATABASE_URL has no rights. Let the owner of the database run once:\n\n  grant noroshi_app to ${quoted};`,
    )
  if (may_change)
    throw new NotConfigured(
      `The login of DATABASE_URL (${me}) could change the audit trail: it owns the tables or is a superuser. ` +
        'Use one that is only a member of noroshi_app, or leave DATABASE_OWNER_URL out.',
    )
}
