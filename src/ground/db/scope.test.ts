import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { openDatabase, openPool } from './database.ts'
import type { Scope } from './scope.ts'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

test('what a login brings along as its default opens nothing for a reader', async () => {
  const { rows: seen } = await sql<{ count: number }>`select count(*)::int as count from person`.execute(site.db)
  assert.ok((seen[0]?.count ?? 0) > 10)
  // Connections that are the program's from their beginning, as a default of the role or of the database makes them.
  const opened = openPool({ ...site.database.app, scope: 'program' }, 1)
  const plain = openPool(site.database.app, 1)
  const stranger: Scope = {
    ...{ person_id: crypto.randomUUID(), institution_id: crypto.randomUUID() },
    ...{ may: [], read_only: true },
  }
  const seenBy = async (pool: typeof plain, scope: Scope) => {
    const { rows } = await sql<{ people: number; scope: string }>`
      select count(*)::int as people, current_setting('noroshi.scope') as scope from person`.execute(
      openDatabase(pool, scope),
    )
    return rows[0]
  }
  assert.deepEqual(await seenBy(opened, 'nobody'), { people: 0, scope: '' })
  const usual = await seenBy(plain, stranger)
  assert.deepEqual(await seenBy(opened, stranger), usual)
  assert.ok((usual?.people ?? 0) < (seen[0]?.count ?? 0))
  await Promise.all([opened.end(), plain.end()])
})
