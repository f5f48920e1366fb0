import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { root } from '#ground/config/root.ts'
import { asset } from '#ground/html/assets.ts'
import type { Person } from '#ground/rights/person.ts'
import { allNormal } from '#status/reports/report-form.ts'
import { askTest } from '#tests/kit/rounds.ts'
import { reportForm, situationForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let now = new Date('2027-01-15T00:00:00Z')
let site: TestSite
let desk: { client: Client; person: Person }
let approver: Client
let member: { client: Client; person: Person }
let other: { client: Client; person: Person }
const names: Record<'own' | 'other' | 'silent' | 'unasked', string> = { own: '', other: '', silent: '', unasked: '' }

const firm = async (code: string) => {
  const found = await site.db
    .selectFrom('institution')
    .innerJoin('person', 'person.institution_id', 'institution.id')
    .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
    .where('role_grant.role', '=', 'bcp_contact')
    .where('institution.code', '=', code)
    .select(['institution.name_ja', 'person.id'])
    .orderBy('person.created_at')
    .limit(1)
    .executeTakeFirstOrThrow()
  return { ...(await site.personOf(found.id)), name_ja: found.name_ja }
}

before(async () => {
  site = await testSite({ clock: () => now })
  const people = await site.people('secretariat', 'secretariat_approver')
  desk = people.secretariat
  approver = people.secretariat_approver.client
  const [own, their, silent, unasked] = [
    await firm('SEC-001'),
    await firm('SEC-002'),
    await firm('SEC-003'),
    await firm('SEC-004'),
  ]
  member = own
  other = their
  Object.assign(names, {
    ...{ own: own.name_ja, other: their.name_ja, silent: silent.name_ja, unasked: unasked.name_ja },
  })
})
after(() => site.close())

/** A situation in which all but SEC-004 were asked, and SEC-002 has said this. */
async function story(said: Record<string, string>, mode: 'actual' | 'exercise' = 'exercise') {
  const { id: criterion } = await site.db.selectFrom('criterion').select('id').limit(1).executeTakeFirstOrThrow()
  const situation = (await site.done(desk.client, '/situations', situationForm(criterion, now, { mode }))).replace(
    /\?.*/,
    '',
  )
  const asked = await site.db.selectFrom('institution').where('code', '<>', 'SEC-004').select('id').execute()
  const situation_id = situation.split('/').at(-1) ?? ''
  const institution_ids = asked.map(({ id }) => id)
  await askTest(site.db, desk.person, { situation_id, mode, institution_ids, at: now })
  const report = (change: Record<string, string> = {}) =>
    site.done(other.client, `${situation}/report`, reportForm({ ...said, ...change }))
  await report()
  const read = (client: Client, query = '') => site.read(client, `${situation}/operating-status${query}`)
  const share = () => site.done(desk.client, `${situation}/return`)
  return { situation, situation_id, mode, report, read, share, end: () => end(situation) }
}
/** Ends it, so that what is told of it does not stand in the way of other tests. */
const end = async (situation: string) => {
  await site.db
    .updateTable('situation')
    .set({ closed_at: now, closing_reason: 'over' })
    .where('id', '=', situation.split('/').at(-1) ?? '')
    .execute()
}
/** The row of an institution, as it is read. */
const rowOf = (words: string, name: string) => {
  const at = words.indexOf(name)
  assert.ok(at >= 0, `${name} is missing in: ${words.slice(0, 1500)}`)
  return words.slice(at, at + 220)
}
/** What members see, as two people of the desk say. */
async function let_see(
  fields: Partial<Record<'shows_functions' | 'shows_bcp' | 'shows_said_at' | 'shows_next_update', string>>,
) {
  const { version } = await site.db
    .selectFrom('member_view')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirstOrThrow()
  await site.done(desk.client, '/member-view', {
    ...{ shows_functions: 'name', shows_bcp: 'name', shows_said_at: 'name', shows_next_update: 'name', ...fields },
    ...{ reason: `協議会の決定 ${version}`, version: String(version) },
  })
  now = new Date(now.getTime() + 1000)
  await site.done(approver, `/member-view/${Number(version) + 1}/agreement`)
  now = new Date(now.getTime() + 1000)
}

test('S0-37 once shared, every member sees each participant by name with its word, who is silent and who was not asked, and nothing more', async () => {
  const { read, share, situation, report, end } = await story({
    ...{ order_trading: 'stopped', settlement: 'partial', bcp: 'activated', damage_building: 'severe' },
    text: '社外秘の補足',
  })
  const before = await read(member.client)
  assert.match(before, /まだ還元されていません.*連絡先情報/)
  assert.ok(!before.includes(names.other))
  await share()
  for (const reader of [member.client, await site.as('observer'), await site.as('council_member')]) {
    const words = await read(reader, '?rows=all')
    assert.match(rowOf(words, names.other), /売買）? 停止.*決済 一部支障.*発動中.*09:\d\d JST.*10:\d\d JST/)
    assert.match(rowOf(words, names.silent), /未報告/)
    assert.match(rowOf(words, names.unasked), /照会なし/)
    assert.ok(!words.includes('社外秘の補足') && !/重大な被害/.test(words))
  }
  assert.match(await read(member.client), /還元された状況です/)
  now = new Date(now.getTime() + 5 * 60_000)
  await report({ order_trading: 'resumed' })
  assert.match(
    rowOf(await read(member.client, '?rows=all'), names.other),
    /再開.*還元の後/,
    'a correction after the sharing says so',
  )
  now = new Date(now.getTime() + 62 * 60_000)
  // Sessions have run out meanwhile: everyone signs in again.
  await site.pass({})
  assert.match(rowOf(await read(member.client, '?rows=all'), names.other), /不明（最後の報告：再開）.*超過/)
  const bcp = await site.read(member.client, `${situation}/bcp-status?view=participants&rows=all`)
  assert.match(bcp, /BCP発動状況情報.*証券関係機関サイト.*市場参加者サイト/)
  assert.match(rowOf(bcp, names.other), /不明/)
  await let_see({ shows_bcp: 'counts' })
  const without = await site.read(member.client, `${situation}/bcp-status?view=participants&rows=all`)
  assert.doesNotMatch(rowOf(without, names.other).slice(0, 60), /不明/, 'as the council has it')
  await let_see({})
  assert.equal((await site.trailOf(situation)).filter(({ action }) => action === 'situation.returned').length, 1)
  await end()
})

test('what the council lets be seen as counts only stands nowhere by name, not even in the file or the database', async () => {
  const { read, share, situation, situation_id, mode, end } = await story({
    order_trading: 'stopped',
    bcp: 'activated',
  })
  await share()
  await let_see({ shows_bcp: 'counts', shows_said_at: 'counts' })
  const words = await read(member.client, '?rows=all')
  assert.match(rowOf(words, names.other), /停止/)
  assert.doesNotMatch(rowOf(words, names.other).slice(0, 120), /発動中/)
  const file = await (await member.client.get(`${situation}/operating-status.csv`)).text()
  assert.ok(file.includes(names.other) && !file.includes('発動中'))
  const told = () =>
    sql<Record<string, unknown>>`
      select told.* from told_to_members(${situation_id}::uuid, ${mode}::mode, ${now}, ${now}) told
      join institution on institution.id = told.institution_id and not institution.is_infrastructure`
  const seen = await told().execute(site.tools.dbOf(member.person, true))
  assert.equal(seen.rows.length, 1)
  assert.deepEqual([seen.rows[0]?.order_trading, seen.rows[0]?.bcp, seen.rows[0]?.said_at], ['stopped', null, null])
  await let_see({
    shows_functions: 'counts',
    shows_bcp: 'counts',
    shows_said_at: 'counts',
    shows_next_update: 'counts',
  })
  const none = await read(member.client)
  assert.match(none, /件数だけを出す設定です/)
  for (const name of [names.other, names.silent]) assert.ok(!none.includes(name))
  assert.equal((await told().execute(site.tools.dbOf(member.person, true))).rows.length, 0)
  await end()
  // What is closed is not opened wider afterwards.
  await let_see({})
  assert.match(await read(member.client), /件数だけを出す設定です/)
})

test('the database gives a member the words of others through one window only: shared, without damage, remarks or people', async () => {
  const { share, situation_id, mode, end } = await story({ order_trading: 'stopped', text: '社外秘' })
  const window = (person: Person | null) =>
    sql<
      Record<string, unknown>
    >`select * from told_to_members(${situation_id}::uuid, ${mode}::mode, ${now}, ${now})`.execute(
      site.tools.dbOf(person, true),
    )
  assert.equal((await window(member.person)).rows.length, 0, 'before it is shared')
  await share()
  const { rows } = await window(member.person)
  assert.equal(rows.length, 1)
  const columns = Object.keys(rows[0] ?? {})
  for (const hidden of [/damage/, /text/, /reported_by/, /resumption/, /command_centre/, /label/, /person/])
    assert.ok(!columns.some((column) => hidden.test(column)), String(hidden))
  assert.equal((await window(null)).rows.length, 0, 'nobody')
  assert.equal((await window({ ...member.person, roles: [] })).rows.length, 0, 'without the right to situations')
  // The wall itself stands as before, also within the transaction that has looked through the window.
  const theirs = await site.tools
    .dbOf(member.person, true)
    .transaction()
    .execute(async (tx) => {
      await sql`select * from told_to_members(${situation_id}::uuid, ${mode}::mode, ${now}, ${now})`.execute(tx)
      return tx
        .selectFrom('report')
        .where('institution_id', '=', other.person.institution_id)
        .select(['damage_building', 'text'])
        .execute()
    })
  assert.deepEqual(theirs, [])
  await end()
})

test('what is real and what is a drill have pages of their own, and what is real waits until it is shared', async () => {
  const drill = await story({ order_trading: 'stopped' })
  await drill.share()
  const standing = await site.read(member.client, '/operating-status')
  assert.match(standing, /【訓練】架空の地震/)
  assert.doesNotMatch(rowOf(standing.split('名称の順')[1] ?? '', names.other), /停止/)
  const real = await story({ settlement: 'stopped' }, 'actual')
  assert.match(
    await site.read(member.client, '/operating-status'),
    /実災害の事案の状況は、事務局が還元するまで出ません/,
  )
  assert.equal((await member.client.get('/operating-status.csv')).status, 404)
  await real.share()
  assert.match(
    rowOf((await site.read(member.client, '/operating-status')).split('名称の順')[1] ?? '', names.other),
    /決済 停止/,
  )
  assert.doesNotMatch(rowOf(await drill.read(member.client), names.other).slice(0, 100), /決済 停止/)
  await drill.end()
  await real.end()
})

test('a member asks who can settle bonds: by market, function and state, by name, on paper and as a file', async () => {
  const { read, share, situation, end } = await story({ settlement: 'normal', order_trading: 'stopped' })
  await share()
  const bonds = '?market=bonds&function=settlement'
  const inBonds = await site.db
    .selectFrom('institution_market')
    .innerJoin('institution', 'institution.id', 'institution_market.institution_id')
    .innerJoin('institution_function as fn', 'fn.institution_id', 'institution.id')
    .where('market', '=', 'bonds')
    .where('function_code', '=', 'settlement')
    .where('is_infrastructure', '=', false)
    .select(['institution.name_ja', 'institution.code'])
    .execute()
  const all = await read(member.client, `${bonds}&rows=all`)
  for (const { name_ja } of inBonds) assert.ok(all.includes(name_ja), name_ja)
  assert.ok(all.includes(`（${inBonds.length}機関）`))
  const is_bonds = inBonds.some(({ name_ja }) => name_ja === names.other)
  const able = await read(member.client, '?function=settlement&state=able')
  assert.match(rowOf(able, names.other), /決済 通常/)
  assert.ok(!rowOf(able, names.other).includes('停止'), 'of the function that was asked for')
  assert.ok(!able.includes(names.silent))
  assert.ok((await read(member.client, `${bonds}&state=able`)).includes(names.other) === is_bonds)
  assert.match(await read(member.client, '?q=SEC-002'), /（1機関）/)
  assert.match(await read(member.client, '?q=xyz'), /当てはまる機関はありません/)
  const file = await (await member.client.get(`${situation}/operating-status.csv${bonds}`)).text()
  assert.equal(file.trim().split('\r\n').length, inBonds.length + 1)
  const page = await site.main(member.client, `${situation}/operating-status?q=SEC-002`)
  assert.match(
    page,
    new RegExp(`href="/contact-points/${other.person.institution_id}"`),
    'to the contact point in one press',
  )
  await end()
})

test('a firm is told what members will see before it files, on the form and behind the link, as the council has it', async () => {
  await let_see({ shows_said_at: 'counts' })
  const form = await site.read(member.client, '/report')
  assert.match(
    form,
    /会員に見えるもの：貴機関の名前、業務の状況、BCPの発動状況、次回の報告の予定。 被害、補足、人、再開見込みは見えません。/,
  )
  const exchange = await site.signIn('bcp@soten.example')
  assert.match(
    await site.read(exchange, '/report'),
    /貴機関の名前、業務の状況、BCPの発動状況、報告の時刻、次回の報告の予定/,
  )
  const filed = await site.done(member.client, '/report', { all_normal: 'yes', idempotency_key: crypto.randomUUID() })
  assert.match(await site.read(member.client, filed), /貴機関の名前、業務の状況、BCPの発動状況、次回の報告の予定/)
  await let_see({})
})

test('with 500 participants each page loads in 12.5 KB, in both languages, and all of them stand somewhere', async () => {
  const { situation, situation_id, share, end } = await story({})
  const { next_update_minutes: _, ...normal } = allNormal(60)
  const firms = await site.db
    .insertInto('institution')
    .values(
      Array.from({ length: 500 }, (_, index) => ({
        ...{ code: `BIG-${1000 + index}`, kind: 'securities_firm' as const, active_from: '2020-01-01' },
        name_ja: `架空${['あおば', 'みどり', 'かなで', 'ひかり', 'つばさ'][index % 5]}${index * 7}証券株式会社`,
        name_en: `Fictional ${['Aoba', 'Midori', 'Kanade', 'Hikari', 'Tsubasa'][index % 5]} ${index * 7} Securities`,
      })),
    )
    .returning('id')
    .execute()
  const functions = ['order_trading', 'settlement', 'custody', 'funds'] as const
  for (const [index, { id }] of firms.entries()) {
    await site.db
      .insertInto('institution_function')
      .values(functions.map((function_code) => ({ institution_id: id, function_code })))
      .execute()
    await site.db.insertInto('institution_market').values({ institution_id: id, market: 'bonds' }).execute()
    if (index % 10 === 0) continue
    const said = {
      ...{ ...normal, institution_id: id, situation_id, mode: 'exercise' as const, supersedes: null },
      order_trading: (['normal', 'partial', 'stopped', 'resumed'] as const)[index % 4] ?? 'normal',
      bcp: (['not_activated', 'preparing', 'activated'] as const)[index % 3] ?? 'activated',
      next_update_at: new Date(now.getTime() + (index % 9) * 600_000),
      ...{ reported_by: desk.person.id, reported_at: now, idempotency_key: crypto.randomUUID() },
    }
    await site.db.insertInto('report').values(said).execute()
  }
  await share()
  const css = gzipSync(readFileSync(new URL(`dist${asset('app.css')}`, root))).length
  const seen = new Set<string>()
  for (const language of ['ja', 'en'])
    for (let number = 1; number <= 22; number++) {
      const answer = await member.client.get(`${situation}/operating-status?page=${number}`, {
        cookie: `${member.client.cookie}; language=${language}`,
      })
      const html = await answer.text()
      const bytes = gzipSync(html).length + css
      assert.ok(bytes <= 12.5 * 1024, `${language} ${number}: ${bytes} bytes`)
      for (const [, name = ''] of html.matchAll(/rowheader"><a [^>]*>([^<]+)</g)) seen.add(`${language} ${name}`)
    }
  assert.equal([...seen].filter((name) => /架空.*証券株式会社|Fictional .* Securities/.test(name)).length >= 1000, true)
  await end()
  assert.deepEqual(site.reported, [])
})
