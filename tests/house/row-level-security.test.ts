import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type pg from 'pg'
import { readPerson } from '#access/sign-in/index.ts'
import { type Database, openDatabase, openPool } from '#ground/db/database.ts'
import type { Role } from '#ground/db/tables.ts'
import { mayAll } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { idIn } from '../kit/pages.ts'
import { askTest } from '../kit/rounds.ts'
import { officialNoticeForm } from '../kit/samples/library.ts'
import type { TableSample } from '../kit/samples/wing.ts'
import { expected, fillTables, firmOf, openSamples } from '../kit/samples.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { stands } from '../kit/stands.ts'
import { homeOf } from './homes.ts'

let site: TestSite
let pool: pg.Pool
let tables: string[]
/** A contact of one firm; of the other firm's rows nothing may reach them. */
let own: Person
let other: Person
let as: (person: Person | null, read_only?: boolean) => Database

before(async () => {
  site = await testSite()
  pool = openPool(site.database.app, 1)
  as = (person, read_only = false) =>
    openDatabase(
      pool,
      person
        ? { person_id: person.id, institution_id: person.institution_id, may: mayAll(person), read_only }
        : 'nobody',
    )
  const firms = [await firmOf(site, { code: 'SEC-001' }), await firmOf(site, { code: 'SEC-002' })] as const
  ;[{ person: own }, { person: other }] = firms
  const make = await openSamples(site)
  await fillTables(make, firms)
  await writeToTheOther(await make.one('situation'), make.at)
  tables = await site.tables()
})
after(async () => {
  await pool.end()
  await site.close()
})

/** A notice with a file, in words for mail, that only the other firm was sent. */
async function writeToTheOther(situation_id: string, at: Date) {
  const asked = { situation_id, mode: 'actual' as const, institution_ids: [other.institution_id], at }
  const { notice_id } = await askTest(site.db, other, asked)
  await site.db
    .insertInto('rendering')
    .values({ notice_id, channel: 'mail', subject: 'x', body: 'x', html: null })
    .execute()
  const file = { file_name: 'x', media_type: 'text/plain', digest: '0'.repeat(64), size: 1, same_as: null }
  await site.db
    .insertInto('notice_attachment')
    .values({ ...file, notice_id, content: Buffer.from('x'), added_by: other.id, added_at: at })
    .execute()
}

const countIn = async (db: Database, table: string) =>
  Number((await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(db)).rows[0]?.n)

test('S0-30 every table has row-level security, for its owner, too', async () => {
  const { rows } = await sql<{ relname: string }>`
    select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname not like 'kysely%'
      and not (relrowsecurity and relforcerowsecurity)`.execute(site.db)
  assert.deepEqual(rows, [])
  assert.ok(tables.length > 20)
})

test('every view is read with its reader’s rights, not with its owner’s', async () => {
  const { rows } = await sql`
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v'
      and not coalesce(reloptions @> array['security_invoker=true'] or reloptions @> array['security_invoker=on'], false)
    union all select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'm'`.execute(
    site.db,
  )
  assert.deepEqual(rows, [])
})

test('no function works with the rights of its owner', async () => {
  const { rows } = await sql`
    select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef`.execute(site.db)
  assert.deepEqual(rows, [])
})

test('the program’s login owns nothing, and is above no rule', async () => {
  const { rows } = await sql`
    select rolname from pg_roles where (rolsuper or rolbypassrls) and rolname = current_user
    union all
    select tablename from pg_tables where schemaname = 'public' and tableowner = current_user`.execute(site.db)
  assert.deepEqual(rows, [])
  assert.equal((await sql<{ who: string }>`select current_user as who`.execute(site.db)).rows[0]?.who, 'noroshi_app')
  await assert.rejects(sql`alter table report disable row level security`.execute(site.db), /must be owner/)
  await assert.rejects(sql`create policy open on report using (true)`.execute(site.db), /must be owner/)
})

test('S0-30 who does not say who they are sees nothing, in any table', async () => {
  const open: string[] = []
  for (const table of tables) {
    assert.ok((await countIn(site.db, table)) > 0, `${table} is empty, which proves nothing: ${homeOf(table)}`)
    if ((await countIn(as(null), table)) > 0) open.push(table)
  }
  assert.deepEqual(open, [], 'a policy in migrations/ opens it to nobody in particular')
  // Nor does a connection without any setting at all, or with empty ones.
  const client = await pool.connect()
  try {
    for (const table of tables) {
      const { rows } = await client.query(`select count(*)::int as n from ${client.escapeIdentifier(table)}`)
      assert.equal(rows[0].n, 0, table)
    }
    await client.query(`begin; select set_config('noroshi.scope', '', true), set_config('noroshi.person', '', true),
      set_config('noroshi.may', '', true), set_config('noroshi.institution', '', true)`)
    assert.equal((await client.query('select count(*)::int as n from report')).rows[0].n, 0)
    await client.query('rollback')
  } finally {
    client.release()
  }
})

/** What of each table a firm's contact may see. */
const seen = Object.fromEntries(
  Object.entries<TableSample>(expected.tables).flatMap(([table, each]) => (each.seen ? [[table, each.seen]] : [])),
)

test('every table stands in the list of what a firm may see', () => {
  const where = (table: string) =>
    `${homeOf(table)}: say in \`tables\` what of it a firm sees (\`seen\`), and give a sample.`
  stands(tables, Object.keys(seen), where)
})

/** The columns that say whose a row is. */
const whose = ['institution_id', 'proposing_id', 'person_id']

for (const [table, what] of Object.entries(seen).filter(([, each]) => each === 'nothing' || each === 'own'))
  test(`S0-30 a firm that asks for all of "${table}" gets ${what === 'own' ? 'its own rows only' : 'nothing'}`, async () => {
    const { rows } = await sql<Record<string, string>>`select * from ${sql.table(table)}`.execute(as(own, true))
    if (what === 'nothing') {
      assert.ok((await countIn(site.db, table)) > 0, `${table} is empty, which proves nothing`)
      return assert.equal(rows.length, 0)
    }
    assert.ok(rows.length > 0, `${table} has nothing to show, so that it shows nothing`)
    const columns = Object.keys(rows[0]!)
    const associations = await site.db
      .selectFrom('institution')
      .where('kind', '=', 'association')
      .select('id')
      .execute()
    const allowed = [own.institution_id, ...(/^(contact|person)/.test(table) ? associations.map(({ id }) => id) : [])]
    const by = columns.find((column) => whose.includes(column) && (column !== 'institution_id' || table !== 'trail'))
    assert.ok(by, `${table}: whose are its rows?`)
    for (const row of rows)
      if (by === 'person_id') assert.equal(row.person_id, own.id)
      else assert.ok(allowed.includes(row[by]!))
    // The other firm's rows are there.
    const theirs = by === 'person_id' ? other.id : other.institution_id
    const { rows: hidden } = await sql`
      select 1 from ${sql.table(table)} where ${sql.ref(by)} = ${theirs}`.execute(site.db)
    assert.ok(hidden.length > 0, `${table} has no rows of another institution`)
  })

for (const table of Object.keys(seen).filter((each) => seen[each] === 'addressed'))
  test(`S0-30 a firm that asks for all of "${table}" gets what was sent to it`, async () => {
    const notice = table === 'notice' ? 'id' : 'notice_id'
    const sent = site.db.selectFrom('receipt').where('institution_id', '=', own.institution_id).select('notice_id')
    const { rows } = await sql<Record<string, string>>`
      select ${sql.ref(notice)} as notice_id, ${sql.ref(notice)} in ${sent} as is_own from ${sql.table(table)}`.execute(
      as(own, true),
    )
    assert.ok(rows.length > 0)
    assert.deepEqual(
      rows.filter(({ is_own }) => !is_own),
      [],
    )
    assert.ok((await countIn(site.db, table)) > rows.length)
  })

for (const [label, readers] of Object.entries<readonly Role[]>({
  clear: ['secretariat', 'authority', 'observer', 'bcp_contact'],
  green: ['secretariat', 'authority', 'observer', 'bcp_contact'],
  amber: ['secretariat', 'authority'],
  amber_strict: ['secretariat', 'authority'],
  red: ['secretariat'],
}))
  test(`S0-18 the database shows an official notice labelled ${label} to ${readers.join(', ')}, and to no one else`, async () => {
    const people = await site.people('secretariat', 'authority', 'observer', 'bcp_contact')
    const form = officialNoticeForm({ label, title: `架空の通達 ${label}` })
    const id = idIn(await site.done(people.secretariat.client, '/official-notices', form))
    const found: string[] = []
    for (const [role, { person }] of Object.entries(people)) {
      const rows = await as(person, true).selectFrom('official_notice').where('id', '=', id).select('id').execute()
      if (rows.length > 0) found.push(role)
    }
    assert.deepEqual(found, readers)
  })

test('S0-30 a view gives a firm its own contacts and the association’s', async () => {
  const kinds = await as(own, true)
    .selectFrom('contact_card')
    .innerJoin('institution', 'institution.id', 'contact_card.institution_id')
    .select(['institution.id', 'institution.kind'])
    .distinct()
    .execute()
  assert.deepEqual(
    kinds.filter(({ id, kind }) => id !== own.institution_id && kind !== 'association'),
    [],
  )
  assert.equal(kinds.length, 2)
})

for (const [what, refused] of Object.entries<(db: Database) => Promise<unknown>>({
  'a report': (db) =>
    sql`insert into report select (jsonb_populate_record(report, jsonb_build_object('id', gen_random_uuid(),
      'institution_id', ${other.institution_id}::text, 'idempotency_key', gen_random_uuid(), 'supersedes', report.id))).*
      from report`.execute(db),
  'a contact': (db) =>
    db.insertInto('contact').values({ institution_id: other.institution_id, rank: 9, name_ja: '架空 侵入' }).execute(),
  'a person': (db) =>
    db
      .insertInto('person')
      .values({ institution_id: other.institution_id, name_ja: '架空 侵入', email: 'x@sec.example' })
      .execute(),
  'a role': (db) => db.insertInto('role_grant').values({ person_id: other.id, role: 'bcp_contact' }).execute(),
  'a role of their own': (db) =>
    db.insertInto('role_grant').values({ person_id: own.id, role: 'institution_administrator' }).execute(),
  'a line of the trail': (db) =>
    sql`insert into trail select (jsonb_populate_record(trail, '{"id": 999999}')).* from trail limit 1`.execute(db),
  'a reading': (db) =>
    db
      .insertInto('reading')
      .values({
        ...{ person_id: other.id, day: '2027-01-16', about: '/board', label: 'amber', times: 1 },
        ...{ first_at: new Date(), last_at: new Date() },
      })
      .execute(),
  'a device': (db) =>
    db
      .insertInto('push_subscription')
      .values({
        ...{ person_id: other.id, institution_id: other.institution_id, endpoint: 'https://push.example/x' },
        ...{ p256dh: Buffer.alloc(65), auth: Buffer.alloc(16), device_name: 'x', created_at: new Date() },
      })
      .execute(),
  'a site': (db) =>
    db
      .insertInto('site')
      .values({ institution_id: other.institution_id, kind: 'branch', address: '架空町', area_code: '350' })
      .execute(),
}))
  test(`the database refuses a firm ${what} for another`, async () => {
    await assert.rejects(refused(as(own)), /row-level security|permission denied/)
  })

for (const [what, change] of Object.entries<(db: Database) => Promise<{ numUpdatedRows: bigint }>>({
  'another’s contacts': (db) =>
    db
      .updateTable('contact')
      .set({ name_ja: '架空 侵入' })
      .where('institution_id', '!=', own.institution_id)
      .executeTakeFirst(),
  'another’s addresses': (db) =>
    db
      .updateTable('contact_address')
      .set({ address: 'x@sec.example' })
      .where('institution_id', '!=', own.institution_id)
      .executeTakeFirst(),
  'another’s entry': (db) =>
    db.updateTable('institution').set({ name_ja: '架空' }).where('id', '!=', own.institution_id).executeTakeFirst(),
  'the devices of others, nor their webhooks': async (db) => {
    const devices = await db
      .updateTable('push_subscription')
      .set({ device_name: 'y' })
      .where('person_id', '!=', own.id)
      .executeTakeFirst()
    const webhooks = await db
      .updateTable('webhook_endpoint')
      .set({ generation: 2, rotated_at: new Date() })
      .where('institution_id', '!=', own.institution_id)
      .executeTakeFirst()
    return { numUpdatedRows: devices.numUpdatedRows + webhooks.numUpdatedRows }
  },
  'other people': (db) =>
    db.updateTable('person').set({ left_at: new Date() }).where('id', '!=', own.id).executeTakeFirst(),
  'any role, their own included': (db) =>
    db.updateTable('role_grant').set({ removed_at: new Date(), removal_reason: 'x' }).executeTakeFirst(),
  'any reading, their own included': (db) => db.updateTable('reading').set({ times: 9 }).executeTakeFirst(),
}))
  test(`a firm’s contact changes nothing of ${what}`, async () => {
    const { numUpdatedRows } = await change(as(own))
    assert.equal(Number(numUpdatedRows), 0)
  })

test('nobody moves their own contact into another institution', async () => {
  await assert.rejects(
    as(own).updateTable('contact').set({ institution_id: other.institution_id }).execute(),
    /row-level security/,
  )
})

test('S0-30 nobody gives themselves a role, not even the secretariat', async () => {
  const desk = (await readPerson(site.db, (await site.accountOf('secretariat')).id))!
  const grant = (person_id: string) =>
    as(desk).insertInto('role_grant').values({ person_id, role: 'council_member', granted_by: desk.id }).execute()
  await assert.rejects(grant(desk.id), /row-level security/)
  await grant(other.id)
})

test('what is only asked for changes nothing: the transaction is read only', async () => {
  await assert.rejects(
    as(own, true).updateTable('contact').set({ name_ja: '架空 変更' }).execute(),
    /read-only transaction/,
  )
  await assert.rejects(
    sql`select set_config('transaction_read_only', 'off', true)`.execute(as(own, true)),
    /read-write/,
  )
})

test('who read does not stay on a connection that is used again', async () => {
  assert.ok((await countIn(as(own), 'report')) > 0)
  const { rows } = await pool.query<Record<string, string | null>>(
    `select current_setting('noroshi.person', true) as person, current_setting('noroshi.institution', true) as institution,
       current_setting('noroshi.may', true) as may, current_setting('noroshi.scope', true) as scope,
       current_setting('transaction_read_only') as read_only, (select count(*) from report)::text as reports`,
  )
  const { reports, read_only, ...settings } = rows[0]!
  assert.deepEqual([reports, read_only], ['0', 'off'])
  assert.deepEqual(Object.values(settings).filter(Boolean), [])
  // Nor after one that failed.
  await assert.rejects(sql`select 1 / 0`.execute(as(own)))
  assert.equal(await countIn(as(null), 'report'), 0)
  const again = await pool.connect()
  assert.equal((await again.query('select count(*)::int as n from report')).rows[0].n, 0)
  again.release()
})

test('a text that closes the quote of a setting stays a text', async () => {
  const strange = { ...own, roles: [], institution_id: own.institution_id, id: own.id }
  const db = openDatabase(pool, {
    person_id: strange.id,
    institution_id: strange.institution_id,
    may: ["x', true), set_config('noroshi.scope', 'program', true) --"],
    read_only: true,
  })
  assert.equal(await countIn(db, 'credential'), 0)
})
