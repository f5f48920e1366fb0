import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { type Access, type Database, openProgram } from '#ground/db/database.ts'
import { hasWord } from '#ground/trail/details/say-details.ts'
import { sealWith } from '#ground/trail/seal.ts'

// As the program does at its start: no line of the trail is written without a seal.
export const test_secret = 'only for tests'
sealWith(test_secret)

export type TestDatabase = { db: Database; app: Access; owner: Access; close(): Promise<void> }

/** A fresh database copied from a migrated template: a real PostgreSQL, and no test file sees another's rows. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = testServer()
  const name = `t_${randomUUID().replaceAll('-', '')}`
  await admin(server, `create database ${name} template noroshi_template`)
  const owner = { url: at(server, name) }
  const app = { ...owner, role: 'noroshi_app' }
  const db = openProgram(app, 6)
  return {
    db,
    app,
    owner,
    async close() {
      const wordless = await namesWithoutWords(db)
      await db.destroy()
      await admin(server, `drop database ${name} with (force)`)
      if (wordless.length > 0)
        throw new Error(`No word in src/ground/trail/details for what lines of the trail say: ${wordless.join(', ')}`)
    },
  }
}

/** Every name that stands in any line of a test's trail, at whatever depth, and every field that one says was changed. */
async function namesWithoutWords(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct name from trail, lateral (
      select jsonb_path_query(details, '$.** ? (@.type() == "object").keyvalue().key') #>> '{}' as name
      union select jsonb_path_query(details, '$.**.field ? (@.type() == "string")') #>> '{}'
      union select jsonb_path_query(details, '$.fields[*] ? (@.type() == "string")') #>> '{}') as said
    order by name`.execute(db)
  return rows.map(({ name }) => name).filter((name) => !hasWord(name))
}

/** The server that test.js starts for all tests of a run, when one of them imports this file. */
export function testServer(): string {
  const server = process.env.NOROSHI_TEST_SERVER
  if (!server) throw new Error('Run the tests with: npm test   (one file: npm run unit -- path)')
  return server
}

/** For tests of what no reader's rights decide: everyone sees the whole database. */
export const seenWhole = (db: Database) => ({ db, whole: db, dbOf: () => db, pageOf: () => ({ db, done: () => {} }) })

const at = (server: string, database: string) => {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

async function admin(server: string, statement: string) {
  const client = new pg.Client({ connectionString: at(server, 'postgres') })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
