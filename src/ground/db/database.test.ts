import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { isUnreachable, openProgram } from './database.ts'

let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(() => database.close())

test('fault 2: a connection that dies between two statements of a transaction fails that transaction and nothing else', async () => {
  const owner = openProgram(database.owner, 1)
  try {
    await assert.rejects(
      database.db.transaction().execute(async (tx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
        await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(owner)
        // The news of its end arrives while the transaction is asking nothing.
        for (let turn = 0; turn < 20; turn++) await sql`select 1`.execute(owner)
        await sql`select 1`.execute(tx)
      }),
      isUnreachable,
    )
  } finally {
    await owner.destroy()
  }
  assert.equal((await sql`select 1`.execute(database.db)).rows.length, 1)
})
