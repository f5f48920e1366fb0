import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { readPerson } from '#access/sign-in/index.ts'
import type { Database } from '#ground/db/database.ts'
import type { Person } from '#ground/rights/person.ts'
import { askTest } from './rounds.ts'
import type { TestSite } from './site.ts'

/** Both firms are asked, are written to, report and read, so that every table has rows of both. */
export async function fillTables(site: TestSite, own: Person, other: Person) {
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
  const asked = await askTest(db, own, {
    situation_id,
    mode: 'actual',
    institution_ids: [own.institution_id, other.institution_id],
    at,
  })
  const notices = [
    asked.notice_id,
    (await askTest(db, own, { situation_id, mode: 'actual', institution_ids: [other.institution_id], at })).notice_id,
  ]
  for (const notice_id of notices) {
    await sql`insert into rendering (notice_id, channel, subject, body) values (${notice_id}, 'mail', 'x', 'x')`.execute(
      db,
    )
    await sql`insert into notice_attachment (notice_id, file_name, media_type, digest, size, content, added_by, added_at)
      values (${notice_id}, 'x', 'x', repeat('0', 64), 1, 'x', ${own.id}, now())`.execute(db)
  }
  await sql`insert into channel_state (channel, since, checked_at) values ('mail', now(), now())`.execute(db)
  await sql`insert into notice_template (code, version, kind, severity, name_ja, name_en, subject_ja, subject_en, text_ja, text_en,
    answer_wanted) values (gen_random_uuid(), 1, 'test', 'routine', 'x', 'x', 'x', 'x', 'x', 'x', 'none')`.execute(db)
  for (const { id: person_id, institution_id } of [own, other]) {
    const contact = await db
      .selectFrom('contact_card')
      .where('institution_id', '=', institution_id)
      .select(['id', 'mail'])
      .limit(1)
      .executeTakeFirstOrThrow()
    const receipt = asked.receipts.find((each) => each.institution_id === institution_id)
    await db
      .insertInto('delivery')
      .values({
        ...{ notice_id: asked.notice_id, mode: 'actual', receipt_id: receipt?.id ?? '', institution_id, step: 0 },
        ...{ channel: 'mail', address: contact.mail ?? '', urgency: 0, queued_at: at, next_try_at: at },
        ...{ recipient_id: null, contact_address_id: null, subject: null, body: null, answer: null },
        message_id: `<${crypto.randomUUID()}@noroshi.example>`,
      })
      .execute()
    const { id: recipient_id } = await db
      .insertInto('recipient')
      .values({
        ...{ receipt_id: receipt?.id ?? '', notice_id: asked.notice_id, institution_id, contact_id: contact.id },
        ...{ person_id: null, rank: 1, is_primary: true, name_ja: '架空', name_en: null, addresses: '[]' },
        reply_code: 'AAAAA',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('answer')
      .values({
        ...{
          receipt_id: receipt?.id ?? '',
          notice_id: asked.notice_id,
          mode: 'actual',
          institution_id,
          is_first: true,
        },
        ...{ given: 'acknowledged', choice: null, report_id: null, via: 'link', answered_by: null, recipient_id },
        answered_at: at,
      })
      .execute()
    await db
      .insertInto('call')
      .values({
        ...{ receipt_id: receipt?.id ?? '', institution_id, recipient_id, outcome: 'busy', called_by: own.id },
        ...{ called_at: at, idempotency_key: crypto.randomUUID() },
      })
      .execute()
    await sql`insert into call_claim values (${receipt?.id}, ${own.id}, now())`.execute(db)
    await sql`insert into reply (channel, message_id, sender, text, finding, recipient_id, receipt_id, received_at)
      values ('mail', ${recipient_id}, 'x@sec.example', '1', 'taken', ${recipient_id}, ${receipt?.id}, now())`.execute(
      db,
    )
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
  await sql`insert into notice_upload (file_name, media_type, digest, size, content, uploaded_by, uploaded_at)
    values ('x.txt', 'text/plain', repeat('0', 64), 1, 'x', ${other.id}, now())`.execute(db)
  await sql`insert into audience_group (id, version, name_ja, name_en, audience, made_by, made_at)
    values (gen_random_uuid(), 1, '架空', 'x', '{}', ${own.id}, now())`.execute(db)
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
  await rowsBehindTheDoor(site, own, other)
  const desk = await site.as('secretariat')
  assert.equal((await desk.post('/demo/telegrams', { name: 'vxse51-tokyo.xml' })).status, 303)
  await sql`insert into rejected_telegram (source, reason_ja, reason_en, digest, content, received_at)
    values ('x', '架空', 'x', ${Buffer.alloc(32)}, '', now())`.execute(db)
  for (const person of [own, other]) {
    const firm = await site.signIn((await emailOf(db, person)) ?? '')
    const filed = await firm.post('/report', { all_normal: 'yes', idempotency_key: crypto.randomUUID() })
    assert.equal(filed.status, 303)
  }
}

/** One row at least of each table about how people come in, and about the care of the directory; of both firms where it is theirs. */
async function rowsBehindTheDoor(site: TestSite, own: Person, other: Person) {
  const { db } = site
  const third = await contactOf(site, 'SEC-003')
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
const emailOf = async (db: Database, { id }: Person) =>
  (await db.selectFrom('person').where('id', '=', id).select('email').executeTakeFirst())?.email

export async function contactOf(site: TestSite, code: string): Promise<Person> {
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
