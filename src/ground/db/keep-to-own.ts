import pg from 'pg'
import { type Access, connection } from './database.ts'

/**
 * Lets nobody into this database but its owner and the program's login: by default every login of a PostgreSQL server may enter
 * every database of it, and the role of the program is one for the whole server. Gives lines for an operator: what was done, or
 * what the owner may not do.
 */
export async function keepToOwn(owner: Access, app: Access): Promise<string[]> {
  const login = await ask(
    app,
    'select session_user as login, current_database() as name, quote_ident(session_user) as quoted',
  )
  return withClient(owner, async (client) => {
    const isOpen = async () =>
      (await client.query(`select has_database_privilege('public', current_database(), 'connect') as open`)).rows[0]
        ?.open
    if (!(await isOpen())) return []
    const database = `"${login.name.replaceAll('"', '""')}"`
    const statements = [
      `grant connect on database ${database} to ${login.quoted}`,
      `revoke connect on database ${database} from public`,
    ]
    // Who is not its owner is not refused, only warned: what counts is how it is afterwards.
    for (const statement of statements) await client.query(statement).catch(() => {})
    return (await isOpen())
      ? [
          `Every login of this PostgreSQL server may enter the database ${login.name}. Let its owner run: ${statements.join('; ')};`,
        ]
      : [
          `The database ${login.name} is now closed to the other logins of this PostgreSQL server. One that makes backups needs: grant connect on database ${database} to …;`,
        ]
  })
}

const ask = (access: Access, statement: string) =>
  withClient(
    access,
    async (client) => (await client.query(statement)).rows[0] as Record<'login' | 'name' | 'quoted', string>,
  )

async function withClient<T>(access: Access, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection(access))
  // What happens to it is told to whoever uses it; unheard it would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
