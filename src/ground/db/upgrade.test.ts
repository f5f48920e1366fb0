import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { root } from '#ground/config/root.ts'
import { testServer } from '#tests/kit/database.ts'

const folder = new URL('migrations/', root)
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
const name = `upgrade_${randomUUID().replaceAll('-', '')}`
const server = testServer()
const at = (database: string) => Object.assign(new URL(server), { pathname: `/${database}` }).href

let admin: pg.Client
let client: pg.Client
before(async () => {
  admin = new pg.Client({ connectionString: at('postgres') })
  await admin.connect()
  // An owner as a careful market has one: no superuser, and held by row-level security.
  await admin.query(`create role ${name} nosuperuser nobypassrls`)
  await admin.query(`create database ${name} owner ${name}`)
  client = new pg.Client({ connectionString: at(name) })
  await client.connect()
  await client.query(`set role ${name}`)
})
after(async () => {
  await client.end()
  await admin.query(`drop database ${name} with (force)`)
  await admin.query(`drop role ${name}`)
  await admin.end()
})

async function migrateThrough(from: string, to: string) {
  for (const file of files.filter((each) => each >= from && each < to)) {
    await client.query('begin')
    await client.query(`select set_config('noroshi.scope', 'program', true)`)
    await client.query(readFileSync(new URL(file, folder), 'utf8'))
    await client.query('commit')
  }
}
const query = async (text: string) => {
  await client.query('begin')
  await client.query(`select set_config('noroshi.scope', 'program', true)`)
  const { rows } = await client.query(text)
  await client.query('commit')
  return rows
}

test('rounds asked before there were notices become notices; who answered has answered, and nothing of them is sent again', async () => {
  await migrateThrough('', '0016')
  await query(`
    with firms as (insert into institution (code, kind, name_ja, name_en, active_from) values
        ('ASSOC', 'association', '架空協会', 'A', '2020-01-01'), ('SEC-B', 'securities_firm', '架空B証券', 'B', '2020-01-01'),
        ('SEC-C', 'securities_firm', '架空C証券', 'C', '2020-01-01') returning id, code),
      person as (insert into person (name_ja, email, institution_id) select '架空 ' || code, code || '@x.example', id from firms
        returning id, email, institution_id),
      contact as (insert into contact (institution_id, rank, name_ja) select id, 1, '担当 ' || code from firms returning id, institution_id),
      situation as (insert into situation (mode, hazard, title_ja, title_en, text_ja, text_en, event_at, reason, opened_by, opened_at)
        select 'actual', 'earthquake', '架空', 'x', '', '', '2027-01-15T00:00Z', 'x', id, '2027-01-15T00:00Z' from person
        where email = 'ASSOC@x.example' returning id),
      round as (insert into round (situation_id, mode, text_ja, text_en, answer_by, asked_by, asked_at, idempotency_key)
        select situation.id, 'actual', '報告を', 'Please', '2027-01-15T02:00Z', person.id, '2027-01-15T01:00Z', gen_random_uuid()
        from situation, person where email = 'ASSOC@x.example' returning id),
      asked as (insert into asked select round.id, firms.id from round, firms),
      delivery as (insert into delivery (round_id, mode, institution_id, contact_id, address, message_id, state, attempts, next_try_at)
        select round.id, 'actual', contact.institution_id, contact.id, 'x@x.example', '<' || contact.id || '@x.example>',
          case when code = 'SEC-B' then 'sent' else 'waiting' end, 1, '2027-01-15T01:00Z'
        from round, contact join firms on firms.id = contact.institution_id)
    insert into report (institution_id, situation_id, mode, damage_building, damage_systems, damage_staff, damage_external, bcp,
      command_centre, text, next_update_at, reported_by, reported_at, idempotency_key)
    select institution_id, situation.id, 'actual', 'none', 'none', 'none', 'none', 'not_activated', 'not_set_up', '',
      '2027-01-15T03:00Z', person.id, '2027-01-15T01:30Z', gen_random_uuid()
    from situation, person where email = 'SEC-B@x.example'`)

  await migrateThrough('0016', '0025')

  assert.deepEqual(await query('select kind, state, asking, answer_wanted from notice'), [
    { kind: 'report_request', state: 'released', asking: 1, answer_wanted: 'report' },
  ])
  assert.deepEqual(
    await query(
      `select code, closed_how, next_step_at from receipt join institution on institution.id = institution_id order by code`,
    ),
    [
      { code: 'ASSOC', closed_how: 'ended', next_step_at: null },
      { code: 'SEC-B', closed_how: 'answered', next_step_at: null },
      { code: 'SEC-C', closed_how: 'ended', next_step_at: null },
    ],
  )
  assert.deepEqual(await query('select state, count(*)::int as n from delivery group by state order by state'), [
    { state: 'sent', n: 1 },
    { state: 'stopped', n: 2 },
  ])
  assert.deepEqual(await query('select via, is_first from answer'), [{ via: 'portal', is_first: true }])
  assert.equal((await query('select 1 from round where closed_at is null')).length, 0)
})

test('saved audiences get back from the trail what they said before; a removal becomes the last version of what was removed', async () => {
  const [{ id: by } = {}, { id: other } = {}] = await query('select id from person order by email')
  const [kept, removed, template, used] = Array.from({ length: 4 }, () => randomUUID())
  const said = (name: string) => JSON.stringify({ name_ja: name, name_en: name, audience: { kinds: [name] } })
  await query(`
    insert into audience_group (id, name_ja, name_en, audience, version, made_by, made_at, changed_by, changed_at, removed_by, removed_at) values
      ('${kept}', '今', 'now', '{"kinds": ["now"]}', 3, '${by}', '2027-01-01T00:00Z', '${other}', '2027-01-03T00:00Z', null, null),
      ('${removed}', '架空', 'x', '{}', 1, '${by}', '2027-01-01T00:00Z', '${by}', '2027-01-01T00:00Z', '${other}', '2027-01-04T00:00Z');
    insert into trail (id, at, person_id, who, action, about, details, previous_hash, hash)
    select n, ('2027-01-0' || n || 'T00:00Z')::timestamptz, '${by}', '架空', action, about, details::jsonb, repeat('x', 32)::bytea, decode(lpad(n::text, 64, '0'), 'hex')
    from (values
      (1, 'audience-group.added', '/audiences/${kept}', '{"version": 1, ${said('first').slice(1)}'),
      (2, 'audience-group.changed', '/audiences/${kept}', '{"version": 2, ${said('second').slice(1)}'),
      (3, 'audience-group.changed', '/audiences/${kept}', '{"version": 3, ${said('now').slice(1)}'),
      (5, 'template.removed', '/notice-templates/${template}', '{"name": "x"}')) as line (n, action, about, details);
    insert into notice_template (code, version, kind, severity, name_ja, name_en, subject_ja, subject_en, text_ja, text_en, answer_wanted, made_by, removed_at)
    select code::uuid, version, 'test', 'routine', 'v' || version, 'x', 'x', 'x', 'x', 'x', 'none', '${by}', removed_at::timestamptz
    from (values ('${template}', 1, '2027-01-05T00:00Z'), ('${template}', 2, '2027-01-05T00:00Z'), ('${used}', 1, null)) as t (code, version, removed_at);
    alter table notice disable trigger user;
    update notice set template_id = (select id from notice_template where code = '${template}' and version = 1);
    alter table notice enable trigger user`)

  await migrateThrough('0025', '~')

  assert.deepEqual(
    await query(`select version, name_ja, audience->'kinds'->>0 as kind, made_by, made_at::date::text, removed_at
      from audience_group where id = '${kept}' order by version`),
    [
      { version: 1, name_ja: 'first', kind: 'first', made_by: by, made_at: '2027-01-01', removed_at: null },
      { version: 2, name_ja: 'second', kind: 'second', made_by: by, made_at: '2027-01-02', removed_at: null },
      { version: 3, name_ja: '今', kind: 'now', made_by: other, made_at: '2027-01-03', removed_at: null },
    ],
  )
  assert.deepEqual(
    await query(`select version, name_ja, made_by, removed_at is not null and removed_at = made_at as is_removed
      from audience_group where id = '${removed}' order by version`),
    [
      { version: 1, name_ja: '架空', made_by: by, is_removed: false },
      { version: 2, name_ja: '架空', made_by: other, is_removed: true },
    ],
  )
  assert.deepEqual(
    await query(`select version, name_ja, removed_at is not null as is_removed from notice_template
      where code = '${template}' order by version`),
    [
      { version: 1, name_ja: 'v1', is_removed: false },
      { version: 2, name_ja: 'v2', is_removed: false },
      { version: 3, name_ja: 'v2', is_removed: true },
    ],
  )
  assert.deepEqual(
    await query(`select version from notice_template_now where code = '${used}' and removed_at is null`),
    [{ version: 1 }],
  )
  assert.deepEqual(
    await query('select code, used.version from notice join notice_template as used on used.id = template_id'),
    [{ code: template, version: 1 }],
    'a notice still names the version that it was made from',
  )
})
