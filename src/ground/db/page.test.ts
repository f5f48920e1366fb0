import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { askedOfDatabase } from '#tests/kit/asked-of-database.ts'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { testMarket } from '#tests/kit/market.ts'
import { type Database, openPool } from './database.ts'
import { pagesOn } from './page.ts'
import type { Scope } from './scope.ts'

let store: TestDatabase
let pool: pg.Pool
let pageOf: ReturnType<typeof pagesOn>
let reader: Exclude<Scope, 'nobody'>
before(async () => {
  store = await testDatabase()
  const market = await testMarket(store.db)
  const { id, institution_id } = market.of('FIRM-1')
  reader = { person_id: id, institution_id, may: ['situation.see'], read_only: true }
  pool = openPool(store.app, 4)
  pageOf = pagesOn(pool)
})
after(async () => {
  await pool.end()
  await store.close()
})

/** Who reads, in which transaction. */
const ask = async (db: Database) => {
  const { rows } = await sql<{ who: string; begun: string; pid: number }>`
    select current_setting('noroshi.person', true) as who, now()::text as begun, pg_backend_pid() as pid`.execute(db)
  return rows[0] ?? assert.fail()
}
const names = (db: Database) => db.selectFrom('institution').select('name_ja').execute()

test('all that a page asks is one transaction, says once who reads, and sees one moment', async () => {
  const page = pageOf(reader)
  const asked = await askedOfDatabase(async () => {
    const together = await Promise.all([ask(page.db), ask(page.db), ask(page.db)])
    const seen = await names(page.db)
    await store.db.updateTable('institution').set({ name_ja: '改称' }).where('code', '=', 'FIRM-2').execute()
    assert.deepEqual(await names(page.db), seen)
    assert.deepEqual([...together, await ask(page.db)], Array(4).fill({ ...together[0], who: reader.person_id }))
    page.done()
  })
  assert.equal(asked.filter((text) => text.startsWith('begin')).length, 1)
  const next = pageOf(reader)
  assert.ok((await names(next.db)).some(({ name_ja }) => name_ja === '改称'))
  next.done()
})

test('a page changes nothing', async () => {
  const page = pageOf({ ...reader, may: ['institution.edit'] })
  await assert.rejects(
    page.db.updateTable('institution').set({ name_ja: 'x' }).where('code', '=', 'FIRM-1').execute(),
    /read-only transaction/,
  )
  page.done()
})

test('what fails ends the transaction, and the page goes on in another, as the same reader', async () => {
  const page = pageOf(reader)
  const before = await ask(page.db)
  const failing = sql`select 'no id'::uuid`.execute(page.db)
  const behind = ask(page.db)
  await assert.rejects(failing, /invalid input syntax/)
  const { who, begun } = await behind
  assert.equal(who, reader.person_id)
  assert.notEqual(begun, before.begun)
  page.done()
})

test('a page that is made holds no connection, and is still answered', async () => {
  const page = pageOf(reader)
  const { begun } = await ask(page.db)
  page.done()
  const [one, other] = [await ask(page.db), await ask(page.db)]
  assert.deepEqual([one.who, other.who], [reader.person_id, reader.person_id])
  assert.equal(new Set([begun, one.begun, other.begun]).size, 3)
  // Nobody waits for the end of a transaction, so it may still be on its way.
  while (pool.idleCount < pool.totalCount) await setImmediate()
})

test('many more pages than connections are all made, and a form is not kept waiting by them', async () => {
  const held = pageOf(reader)
  await ask(held.db)
  const pages = Array.from({ length: 100 }, () => pageOf(reader))
  const made = Promise.all(
    pages.map(async ({ db, done }) => {
      const first = await ask(db)
      const second = await ask(db)
      done()
      return first.begun === second.begun
    }),
  )
  // One is held and one at work: of the four, two are left to forms.
  const forms = await Promise.all([pool.connect(), pool.connect()])
  held.done()
  assert.deepEqual(new Set(await made), new Set([true]))
  for (const form of forms) form.release()
})
