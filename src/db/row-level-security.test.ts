import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type pg from 'pg'
import { mayAll, type Person, readPerson } from '#access/index.ts'
import { type TestSite, testSite } from '#app/test-site.ts'
import { type Database, openDatabase, openPool } from './database.ts'

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
  own = await contactOf('SEC-001')
  other = await contactOf('SEC-002')
  await happen()
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname not like 'kysely%' order by 1`.execute(
    site.db,
  )
  tables = rows.map(({ name }) => name)
})
after(async () => {
  await pool.end()
  await site.close()
})

async function contactOf(code: string): Promise<Person> {
  const { id } = await site.db
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
    .where('institution.code', '=', code)
    .where('role_grant.role', '=', 'bcp_contact')
    .select('person.id')
    .orderBy('person.created_at')
    .limit(1)
    .executeTakeFirstOrThrow()
  return (await readPerson(site.db, id))!
}

/** Both firms are asked, are written to, report and read, so that every table has rows of both. */
async function happen() {
  const { db } = site
  const at = new Date()
  const { id: situation_id } = await db
    .insertInto('situation')
    .values({
      ...{
        mode: 'actual',
        hazard: 'earthquake',
        title_ja: '架空の地震',
        title_en: 'Fictional',
        text_ja: '',
        text_en: '',
      },
      ...{ reason: '試験', event_at: at, opened_by: own.id, opened_at: at },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: round_id } = await db
    .insertInto('round')
    .values({
      ...{ situation_id, mode: 'actual', text_ja: '報告を', text_en: 'Please', idempotency_key: crypto.randomUUID() },
      ...{ answer_by: new Date(at.getTime() + 3_600_000), asked_by: own.id, asked_at: at },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const { id: person_id, institution_id } of [own, other]) {
    await db.insertInto('asked').values({ round_id, institution_id }).execute()
    const contact = await db
      .selectFrom('contact_card')
      .where('institution_id', '=', institution_id)
      .select(['id', 'mail'])
      .limit(1)
      .executeTakeFirstOrThrow()
    await db
      .insertInto('delivery')
      .values({
        ...{ round_id, institution_id, contact_id: contact.id, address: contact.mail ?? '', next_try_at: at },
        mode: 'actual',
        message_id: `<${crypto.randomUUID()}@noroshi.example>`,
      })
      .execute()
    await db
      .insertInto('reading')
      .values({
        ...{ person_id, day: '2027-01-15', about: '/board', label: 'amber', first_at: at, last_at: at, times: 1 },
      })
      .execute()
  }
  await db
    .insertInto('letter')
    .values({
      ...{ address: 'x@sec.example', subject: '架空', body: '架空', about: '/home', label: 'amber', purpose: 'test' },
      ...{ message_id: '<1@noroshi.example>', queued_at: at, next_try_at: at },
    })
    .execute()
  await sql`insert into verification (identifier, value, expires_at) values ('x', 'y', now())`.execute(db)
  await sql`insert into fetched (url, fetched_at) values ('https://feed.example/1', now())`.execute(db)
  await sql`insert into pack (made_at, pages, institutions, contacts, digest, content)
    values (now(), 1, 1, 1, ${Buffer.alloc(32)}, '')`.execute(db)
  const address = await db
    .selectFrom('contact_address')
    .where('institution_id', '=', other.institution_id)
    .select('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  for (const { id, institution_id } of [own, other]) {
    await sql`insert into push_subscription (person_id, institution_id, endpoint, p256dh, auth, device_name, created_at)
      values (${id}, ${institution_id}, ${`https://push.example/${id}`}, ${Buffer.alloc(65)}, ${Buffer.alloc(16)}, 'x', now())`.execute(
      db,
    )
    await sql`insert into webhook_endpoint (contact_address_id, institution_id)
      select id, institution_id from contact_address where institution_id = ${institution_id} limit 1`.execute(db)
  }
  await sql`insert into address_code (contact_address_id, institution_id, code_hash, sent_by, sent_at, expires_at)
    values (${address.id}, ${other.institution_id}, '', ${other.id}, now(), now())`.execute(db)
  await sql`insert into address_test (scope, addresses, institutions, started_by, started_at, idempotency_key)
    values ('all', 1, 1, ${own.id}, now(), gen_random_uuid())`.execute(db)
  await sql`insert into bounce (recipient, finding, received_at) values ('x', 'unknown', now())`.execute(db)
  await sql`insert into attempt_refusal values ('x', 'x', now())`.execute(db)
  await sql`insert into known_address values ('x', 'x', now())`.execute(db)
  await sql`insert into attempt (purpose, address, tried_at) values ('x', 'x', now())`.execute(db)
  await rowsBehindTheDoor()
  const desk = await site.as('secretariat')
  assert.equal((await desk.post('/demo/telegrams', { name: 'vxse51-tokyo.xml' })).status, 303)
  await sql`insert into rejected_telegram (source, reason_ja, reason_en, digest, content, received_at)
    values ('x', '架空', 'x', ${Buffer.alloc(32)}, '', now())`.execute(db)
  for (const person of [own, other]) {
    const firm = await site.signIn((await emailOf(person)) ?? '')
    const filed = await firm.post('/report', { all_normal: 'yes', idempotency_key: crypto.randomUUID() })
    assert.equal(filed.status, 303)
  }
}

/** One row at least of each table about how people come in, and about the care of the directory; of both firms where it is theirs. */
async function rowsBehindTheDoor() {
  const { db } = site
  const third = await contactOf('SEC-003')
  const exchange = sql`insert into contact_exchange (proposing_id, answering_id, reason, proposed_by, proposed_at, proposing_confirmed_at)
    values (${other.institution_id}, ${third.institution_id}, 'x', ${other.id}, now(), now())`
  const { rows } = await sql<{ attestation: string; provider: string; glass: string }>`
    with attestation as (insert into attestation (text_ja, text_en, answer_by, started_by, started_at, idempotency_key)
        values ('架空', 'x', now() + interval '1 day', ${own.id}, now(), gen_random_uuid()) returning id),
      provider as (insert into sso_provider (institution_id, kind, domain, issuer, client_id, created_by, created_at, changed_by, changed_at)
        values (${other.institution_id}, 'oidc', 'sec.example', 'https://sec.example', 'x', ${other.id}, now(), ${other.id}, now()) returning id),
      glass as (insert into break_glass_set (sealed_by, sealed_at, idempotency_key) values (${other.id}, now(), gen_random_uuid()) returning id)
    select attestation.id as attestation, provider.id as provider, glass.id as glass from attestation, provider, glass`.execute(
    db,
  )
  const { attestation = '', provider = '', glass = '' } = rows[0] ?? {}
  for (const row of [
    exchange,
    sql`insert into attestation_letters (attestation_id, step, institutions, letters, queued_at) values (${attestation}, 'start', 1, 1, now())`,
    sql`insert into break_glass_code (set_id, number, code_hash) values (${glass}, 1, 'x')`,
    sql`insert into break_glass_miss (at) values (now())`,
    sql`insert into invitation (institution_id, name_ja, email, roles, reason, invited_at, code_hash, expires_at, idempotency_key)
      values (${other.institution_id}, '架空', 'x@sec.example', '{bcp_contact}', 'x', now(), 'x', now(), gen_random_uuid())`,
    sql`insert into recovery (person_id, reason, identity_check, requested_by, requested_at, expires_at, idempotency_key)
      values (${other.id}, 'x', 'x', ${own.id}, now(), now(), gen_random_uuid())`,
    sql`insert into roster_upload (file_name, digest, is_complete, content, uploaded_by, uploaded_at)
      values ('x', repeat('0', 64), false, '{}', ${other.id}, now())`,
    sql`insert into sso_secret values (${provider}, '')`,
    sql`insert into sso_subject values (${provider}, 'x', ${other.id}, now())`,
    sql`insert into sso_request (provider_id, key_hash, state, nonce, next, expires_at) values (${provider}, '', 'x', 'x', '/', now())`,
    sql`insert into sso_verification (id, identifier, value, expires_at) values ('x', 'x', 'x', now())`,
    sql`insert into two_factor (person_id, secret, backup_codes) values (${own.id}, 'x', '[]')`,
    ...[own, other].flatMap(({ id, institution_id }) => [
      sql`insert into attestation_asked (attestation_id, institution_id) values (${attestation}, ${institution_id})`,
      sql`insert into passkey (person_id, name, credential_id, public_key, counter, device_type, backed_up)
        values (${id}, 'x', ${id}, 'x', 0, 'singleDevice', false)`,
    ]),
  ])
    await row.execute(db)
}
const emailOf = async ({ id }: Person) =>
  (await site.db.selectFrom('person').where('id', '=', id).select('email').executeTakeFirst())?.email

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
  for (const table of tables) assert.equal(await countIn(as(null), table), 0, table)
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

/** What of each table a firm's contact may see. Every table of the program stands in one of these lists. */
type Seen = 'nothing' | 'own' | 'market'
const seen: Record<string, Seen> = {
  // Bound to an institution or a person: of others' not a row.
  report: 'own',
  delivery: 'own',
  asked: 'own',
  site: 'own',
  reading: 'own',
  session: 'own',
  role_grant: 'own',
  trail: 'own',
  passkey: 'own',
  attestation_asked: 'own',
  push_subscription: 'own',
  webhook_endpoint: 'own',
  // One's own, and the association's, whom everyone may have to call.
  contact: 'own',
  contact_address: 'own',
  person: 'own',
  credential: 'nothing',
  verification: 'nothing',
  letter: 'nothing',
  pack: 'nothing',
  two_factor: 'nothing',
  invitation: 'nothing',
  recovery: 'nothing',
  break_glass_set: 'nothing',
  break_glass_code: 'nothing',
  break_glass_miss: 'nothing',
  sso_provider: 'nothing',
  sso_secret: 'nothing',
  sso_subject: 'nothing',
  sso_request: 'nothing',
  sso_verification: 'nothing',
  roster_upload: 'nothing',
  attestation_letters: 'nothing',
  // Here it is between two others.
  contact_exchange: 'nothing',
  address_code: 'nothing',
  address_test: 'nothing',
  bounce: 'nothing',
  attempt: 'nothing',
  attempt_refusal: 'nothing',
  known_address: 'nothing',
  proposal: 'nothing',
  rejected_telegram: 'nothing',
  fetched: 'nothing',
  // The market's own: known to everyone who is signed in.
  institution: 'market',
  institution_market: 'market',
  institution_function: 'market',
  situation: 'market',
  round: 'market',
  criterion: 'market',
  telegram: 'market',
  feed: 'market',
  setting: 'market',
  attestation: 'market',
  publication: 'market',
  official_notice: 'market',
}

test('every table stands in the list of what a firm may see', () => {
  assert.deepEqual(tables, Object.keys(seen).sort())
})

for (const [table, what] of Object.entries(seen).filter(([, each]) => each !== 'market'))
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
    for (const row of rows)
      if (columns.includes('institution_id') && table !== 'trail') assert.ok(allowed.includes(row.institution_id!))
      else assert.equal(row.person_id, own.id)
    // The other firm's rows are there.
    const by = columns.includes('institution_id') ? 'institution_id' : 'person_id'
    const theirs = by === 'person_id' ? other.id : other.institution_id
    const { rows: hidden } = await sql`
      select 1 from ${sql.table(table)} where ${sql.ref(by)} = ${theirs}`.execute(site.db)
    assert.ok(hidden.length > 0, `${table} has no rows of another institution`)
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
