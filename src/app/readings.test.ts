import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { openProgram } from '#ground/db/database.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { lines_a_minute } from './denials.ts'
import { openReadings } from './readings.ts'

let site: TestSite
const began = new Date()
let now = began
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
const institution = async (code: string) =>
  (await site.db.selectFrom('institution').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id
const readings = async (person_id: string) => {
  await site.readings.settled()
  return site.db.selectFrom('reading').where('person_id', '=', person_id).selectAll().orderBy('about').execute()
}
const denied = async () => (await site.trail()).filter(({ action }) => action === 'access.denied')

before(async () => {
  site = await testSite({ clock: () => now })
})
beforeEach(() => {
  now = new Date(now.getTime() + 120_000)
})
after(() => site.close())

test('S3-4(6) who read a page about another institution is noted: one row a day, with how often and when', async () => {
  const { id } = await site.accountOf('authority')
  const authority = await site.as('authority')
  const firm = await institution('SEC-001')
  const first_at = now
  assert.equal((await authority.get(`/institutions/${firm}`)).status, 200)
  pass(1)
  await authority.get(`/institutions/${firm.toUpperCase()}`)
  // A page that brings itself up to date is seen on, not asked for again.
  pass(1)
  await authority.get(`/institutions/${firm}`, { 'x-live': '1' })
  await authority.head(`/institutions/${firm}`)
  const [row, ...more] = await readings(id)
  assert.equal(more.length, 0)
  assert.deepEqual(
    [row?.about, row?.label, row?.times, row?.first_at, row?.last_at],
    [`/institutions/${firm}`, 'amber', 2, first_at, now],
  )
  pass(24 * 60)
  await (await site.as('authority')).get(`/institutions/${firm}`)
  assert.deepEqual(
    (await readings(id)).map(({ times }) => times),
    [2, 1],
  )
  now = new Date(now.getTime() - 24 * 60 * 60_000)
})

test('what is one’s own, was refused, is not there, or is for every member, is not noted', async () => {
  const { id, institution_id } = await site.accountOf('bcp_contact')
  const contact = await site.as('bcp_contact')
  const filed = await contact.post('/report', { all_normal: 'yes', idempotency_key: crypto.randomUUID() })
  for (const path of [
    `/institutions/${institution_id}`,
    filed.headers.get('location') ?? '',
    `/institutions/${await institution('SEC-002')}`,
    '/trail',
    '/home',
    '/situations',
  ])
    await contact.get(path)
  assert.deepEqual(await readings(id), [])

  const desk = await site.as('secretariat')
  const by = await site.accountOf('secretariat')
  await desk.get(filed.headers.get('location') ?? '')
  await desk.get('/board')
  await contact.get('/board')
  assert.deepEqual(
    (await readings(by.id)).map(({ about, label }) => [about, label]),
    [
      ['/board', 'amber_strict'],
      [filed.headers.get('location'), 'amber_strict'],
    ],
  )
  assert.deepEqual(
    (await readings(id)).map(({ about, label }) => [about, label]),
    [['/board', 'amber']],
  )
})

test('S3-4(6) auditors find readings by person, page and day; nobody changes one', async () => {
  const auditor = await site.as('auditor')
  const { id, name_ja } = await site.accountOf('authority')
  const find = async (query: Record<string, string>) => {
    const answer = await auditor.get(`/trail/readings?${new URLSearchParams(query)}`)
    return { code: answer.status, rows: ((await answer.text()).match(/<tr role="row"/g)?.length ?? 1) - 1 }
  }
  assert.deepEqual(await find({ person: id }), { code: 200, rows: 2 })
  assert.deepEqual(await find({ person: name_ja, about: '/institutions/' }), { code: 200, rows: 2 })
  assert.deepEqual(await find({ person: id, day: '2001-01-01' }), { code: 200, rows: 0 })
  assert.deepEqual(await find({ about: '\0/nowhere' }), { code: 200, rows: 0 })
  assert.equal((await find({ day: '2027-02-30' })).code, 422)
  assert.equal((await find({ page: '2' })).rows, 0)
  const [row] = await readings(id)
  assert.equal((await find({ day: row?.day ?? '', person: id })).rows, 1)
  await assert.rejects(site.db.deleteFrom('reading').execute(), /permission denied/)
  await assert.rejects(site.db.updateTable('reading').set({ about: '/x' }).execute(), /permission denied/)
})

test('a reading is kept while the database is away, and noted once when it is back', async () => {
  const reported: unknown[] = []
  const { id } = await site.accountOf('observer')
  let is_away = true
  // A port at which nothing listens.
  const away = openProgram({ url: 'postgres://nobody@127.0.0.1:9/none' }, 1)
  const whole = new Proxy(away, {
    get: (_, name) => {
      const db = is_away ? away : site.tools.whole
      const value = Reflect.get(db, name)
      return typeof value === 'function' ? value.bind(db) : value
    },
  })
  const readings = openReadings({ ...site.tools, whole, report: (error) => reported.push(error) })
  const context = {
    var: { reader: { id, institution_id: '', roles: ['secretariat'] } },
    req: { method: 'GET', path: '/rights', header: () => undefined },
    res: { status: 200 },
  }
  for (const _ of [1, 2]) {
    await readings.watch(context as never, async () => {})
    await readings.settled()
  }
  is_away = false
  await readings.settled()
  await away.destroy()
  assert.deepEqual(reported, [])
  const rows = await site.db
    .selectFrom('reading')
    .where('person_id', '=', id)
    .where('about', '=', '/rights')
    .selectAll()
    .execute()
  assert.deepEqual(
    rows.map(({ times }) => times),
    [2],
  )
})

test('a page is answered whether or not its reading can be written', async () => {
  const reported: unknown[] = []
  const broken = openReadings({ ...site.tools, whole: site.tools.dbOf(null, true), report: (e) => reported.push(e) })
  const [reader] = await site.db.selectFrom('person').selectAll().limit(1).execute()
  const context = {
    var: { reader: { ...reader, roles: ['secretariat'] } },
    req: { method: 'GET', path: '/rights', header: () => undefined },
    res: { status: 200 },
  }
  await broken.watch(context as never, async () => {})
  await broken.settled()
  assert.match(String(reported[0]), /read-only transaction|row-level security/)
  assert.equal(reported.length, 1)
})

test('fault 19: who asks for what is not there for them leaves a line', async () => {
  const contact = await site.as('bcp_contact')
  const { id } = await site.accountOf('bcp_contact')
  const theirs = `/institutions/${await institution('SEC-003')}`
  const nowhere = `/reports/${crypto.randomUUID()}`
  for (const path of [theirs, nowhere]) {
    assert.equal((await contact.get(path)).status, 404)
    const line = (await denied()).at(-1)
    assert.deepEqual([line?.person_id, line?.about, line?.details], [id, path, { method: 'GET', found: false }])
  }
  // A word that is no id, a page that is none, and somebody who is not signed in say nothing about anyone.
  const lines = (await denied()).length
  for (const path of ['/reports/x', '/nowhere', `/nowhere/${crypto.randomUUID()}`])
    assert.equal((await contact.get(path)).status, 404)
  assert.equal((await site.nobody.get(theirs)).status, 303)
  assert.equal((await denied()).length, lines)
})

test('who tries many addresses leaves twenty lines a minute, and one that says how many more', async () => {
  const council = await site.as('council_member')
  const { id } = await site.accountOf('council_member')
  const before = (await denied()).length
  const tries = lines_a_minute + 7
  for (let n = 0; n < tries; n++) assert.equal((await council.get(`/reports/${crypto.randomUUID()}`)).status, 404)
  assert.equal((await denied()).length, before + lines_a_minute)
  // Another reader is not kept silent by that, and no right at all is always a line.
  await (await site.as('observer')).get(`/reports/${crypto.randomUUID()}`)
  await council.get('/people')
  assert.equal((await denied()).length, before + lines_a_minute + 2)

  pass(1)
  await council.get(`/reports/${crypto.randomUUID()}`)
  const [more, next] = (await denied()).slice(-2)
  assert.deepEqual([more?.person_id, more?.details], [id, { found: false, more: 7 }])
  assert.deepEqual(next?.details, { method: 'GET', found: false })

  for (let n = 0; n < tries; n++) await council.get(`/reports/${crypto.randomUUID()}`)
  await site.denials.close()
  assert.deepEqual((await denied()).at(-1)?.details, { found: false, more: 8 })
})

test('who is refused at one address again and again leaves one line a minute, and one that says how often more', async () => {
  const council = await site.as('council_member')
  const path = `/reports/${crypto.randomUUID()}`
  const before = (await denied()).length
  for (let n = 0; n < 9; n++) {
    assert.equal((await council.get('/people')).status, 403)
    assert.equal((await council.get(path)).status, 404)
  }
  await council.get('/settings')
  assert.deepEqual(
    (await denied()).slice(before).map(({ about }) => about),
    ['/people', path, '/settings'],
  )
  pass(1)
  await council.get('/people')
  const [people, reports, next, ...more] = (await denied()).slice(before + 3)
  assert.deepEqual([people?.about, people?.details], ['/people', { more: 8 }])
  assert.deepEqual([reports?.about, reports?.details], [path, { found: false, more: 8 }])
  assert.deepEqual([next?.about, next?.details, more], ['/people', { method: 'GET' }, []])
})
