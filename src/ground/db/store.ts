import { createHmac } from 'node:crypto'
import pg from 'pg'
import { type Config, NotConfigured, Unwell } from '#ground/config/config.ts'
import { fileTrouble } from '#ground/config/not-configured.ts'
import type { Access } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { takeProcessLock } from './lock.ts'

export type Store = {
  /** Owns the tables; for migrations only. */
  owner: Access
  /** What the program works as: may add, may change little, may delete almost nothing. */
  app: Access
  /** Where the data is, in words for an operator. */
  where: string
  close(): Promise<void>
}

const database = 'noroshi'

/** The database as it is set up: the PostgreSQL of DATABASE_URL, or the embedded one in the data folder. */
export async function openStore(config: Config): Promise<Store> {
  if (config.database_url) {
    const owner = { url: config.database_owner_url ?? config.database_url }
    // With one login only, every connection takes on the restricted role as it signs in.
    const app = config.database_owner_url
      ? { url: config.database_url }
      : { url: config.database_url, role: 'noroshi_app' }
    return { owner, app, where: `PostgreSQL at ${new URL(owner.url).host}`, close: async () => {} }
  }

  const { server, password } = await openPrepared(config.data)
  const web = new URL(server.url(database))
  web.username = 'noroshi_web'
  web.password = password
  return {
    owner: { url: server.url(database) },
    app: { url: web.href },
    where: `embedded PostgreSQL in ${config.data}`,
    close: server.close,
  }
}

/** The embedded server with the database and the login in it; what keeps it from that is told as what may pass. */
async function openPrepared(data: string) {
  try {
    const server = await openEmbedded(data)
    try {
      // Every process of this folder finds the same one: whatever its own settings are, it changes nothing under the others.
      const owner_password = decodeURIComponent(new URL(server.url('postgres')).password)
      const password = createHmac('sha256', owner_password).update('noroshi_web').digest('hex')
      await prepare(server.url('postgres'), password)
      return { server, password }
    } catch (error) {
      await server.close().catch(() => {})
      throw error
    }
  } catch (error) {
    if (error instanceof Unwell) throw error
    const trouble =
      fileTrouble(error) ?? ((error as { code?: string }).code === '53100' ? 'the disk is full' : undefined)
    const words = trouble
      ? `The embedded database in ${data} cannot be used: ${trouble}.`
      : `The embedded database in ${data} cannot be started: ${(error as Error).message}`
    throw error instanceof NotConfigured && !trouble
      ? new Unwell('embedded database', error.message, { cause: error })
      : new Unwell(trouble ?? 'embedded database', words, { cause: error })
  }
}

/** The database and the program's own login, made once. */
async function prepare(url: string, password: string) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  // What happens to it is told to whoever uses it; unheard it would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    // Two processes may start at once on an empty folder: both may find nothing and create.
    await takeProcessLock(client, 'embedded-database')
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${database}`)
    await client.query(`do $$ begin create role noroshi_app nologin; exception when duplicate_object then null; end $$`)
    await client.query(
      `do $$ begin create role noroshi_web login in role noroshi_app; exception when duplicate_object then null; end $$`,
    )
    await client.query(`alter role noroshi_web password '${password}'`)
    // Nobody else has to do with it.
    await client.query(`revoke connect on database ${database} from public`)
    await client.query(`grant connect on database ${database} to noroshi_web`)
  } finally {
    await client.end()
  }
}
