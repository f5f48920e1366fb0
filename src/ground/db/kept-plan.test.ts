import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { askAsPeople, openTestSituation } from '#tests/kit/rounds.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { openDatabase, openPool } from './database.ts'
import { keptPlan } from './kept-plan.ts'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

test('a statement that says so is planned once on a connection, another one each time', async () => {
  const pool = openPool({ ...site.database.app, scope: 'program' }, 1)
  const db = openDatabase(pool, 'nobody')
  for (let run = 0; run < 3; run++) {
    await db.selectFrom('setting').select('name').where('name', '=', `kept ${run}`).modifyEnd(keptPlan).execute()
    await db.selectFrom('setting').select('name').where('name', '=', `not kept ${run}`).execute()
  }
  const { rows } = await sql<{ statement: string }>`
    select statement from pg_prepared_statements where statement like '%from "setting"%'`.execute(db)
  assert.equal(rows.length, 1)
  await pool.end()
})

test('a kept plan shows each reader what is theirs', async () => {
  const pool = openPool(site.database.app, 1)
  const { bcp_contact, secretariat } = await site.people('bcp_contact', 'secretariat')
  const seenBy = async ({ id, institution_id }: { id: string; institution_id: string }, may: readonly string[]) => {
    const db = openDatabase(pool, { person_id: id, institution_id, may, read_only: true })
    const { count } = await db
      .selectFrom('contact')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .modifyEnd(keptPlan)
      .executeTakeFirstOrThrow()
    return Number(count)
  }
  // More often than PostgreSQL tries before it settles for one plan (five times).
  const turns = []
  for (let turn = 0; turn < 8; turn++)
    turns.push([await seenBy(secretariat.person, ['directory.see']), await seenBy(bcp_contact.person, [])])
  const [all, own] = turns[0] ?? []
  assert.ok(all && own && own < all, `${own} of ${all}`)
  assert.deepEqual(
    turns,
    turns.map(() => [all, own]),
  )
  await pool.end()
})

test('a table that gets a column while the program runs fails nobody’s request', async () => {
  const { bcp_contact, secretariat } = await site.people('bcp_contact', 'secretariat')
  const { id } = await openTestSituation(site.db, secretariat.person, 'exercise')
  await askAsPeople(site.tools, secretariat.person, { situation_id: id, answer_minutes: 30, repeat_minutes: 60 })
  const file = () =>
    site.done(bcp_contact.client, `/situations/${id}/report`, {
      all_normal: 'yes',
      idempotency_key: crypto.randomUUID(),
    })
  for (let run = 0; run < 8; run++) await file()
  const owner = new pg.Client({ connectionString: site.database.owner.url })
  await owner.connect()
  const { rows } = await owner.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  assert.ok(rows.length > 60)
  for (const { name } of rows) await owner.query(`alter table "${name}" add column comes_later integer`)
  await owner.end()
  for (let run = 0; run < 8; run++) await file()
})
