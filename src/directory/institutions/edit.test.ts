import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']
let site: TestSite
let desk: Client
let admin: Client
let own: string
let other: string

before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
  admin = await site.as('institution_administrator')
  own = await idOf('SEC-001')
  other = await idOf('SEC-002')
})
after(() => site.close())

const idOf = async (code: string) =>
  (await site.db.selectFrom('institution').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id
const row = (id: string) => site.db.selectFrom('institution').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const sitesOf = (id: string) =>
  site.db.selectFrom('site').selectAll().where('institution_id', '=', id).orderBy('id').execute()
const markets = async (id: string) =>
  (await site.db.selectFrom('institution_market').select('market').where('institution_id', '=', id).execute()).map(
    ({ market }) => market,
  )
const send = (client: Client, at: string, form: URLSearchParams) =>
  client.send('POST', at, form, { 'sec-fetch-site': 'same-origin' })

/** The fields that a browser would send from this page. */
function fieldsOf(page: string): URLSearchParams {
  const form = new URLSearchParams()
  const plain = (text: string) =>
    text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&')
  for (const [tag] of page.matchAll(/<select\b.*?<\/select>|<textarea\b.*?<\/textarea>|<input\b[^>]*>/gs)) {
    const [head = ''] = /^<[^>]*>/.exec(tag) ?? []
    const name = /\bname="([^"]*)"/.exec(head)?.[1]
    if (!name || (/type="(?:checkbox|radio)"/.test(head) && !/\bchecked/.test(head))) continue
    const chosen = /<option[^>]*\bselected=""[^>]*>/.exec(tag)?.[0] ?? /<option[^>]*>/.exec(tag)?.[0] ?? head
    form.append(name, plain(/\bvalue="([^"]*)"/.exec(chosen)?.[1] ?? ''))
  }
  return form
}
const formOf = async (client: Client, id: string) => {
  const answer = await client.get(`/institutions/${id}/edit`)
  assert.equal(answer.status, 200)
  return fieldsOf((await answer.text()).replace(/^.*<main/s, ''))
}
/** Fills in, checks, and presses what the check shows. */
async function edit(client: Client, id: string, change: Record<string, string>) {
  const form = await formOf(client, id)
  for (const [name, value] of Object.entries(change)) form.set(name, value)
  const check = await send(client, `/institutions/${id}/check`, form)
  const page = await check.text()
  if (check.status !== 200) return { status: check.status, page, form }
  const seen = /name="seen" value="([^"]*)"/.exec(page)?.[1] ?? ''
  form.set('seen', seen)
  const done = await send(client, `/institutions/${id}`, form)
  return { status: done.status, page, form, after: await done.text() }
}

test('the form of an institution, sent as it is, changes nothing', async () => {
  const before = [await row(own), await sitesOf(own), await markets(own), (await site.trail()).length]
  const { status, page } = await edit(desk, own, {})
  assert.match(page, /変わるところはありません/)
  assert.equal(status, 303)
  assert.deepEqual([await row(own), await sitesOf(own), await markets(own), (await site.trail()).length], before)
})

test('the secretariat changes an entry after a check, and the trail has it field by field', async () => {
  const { status, page } = await edit(desk, own, {
    lei: '5493001kjtiigc8y1r12',
    mic: 'xsky',
    reading: 'そうきゅうしょうけんかぶしきがいしゃ',
    parent_code: 'EXC-1',
    active_to: '2030-03-31',
    reason: '合併のため',
    site_2_kind: 'alternate_office',
    site_2_address: '愛知県名古屋市架空町1',
    site_2_area: '451',
  })
  assert.equal(status, 303)
  assert.match(page, /そうきゅうしょうけんかぶしきがいしゃ.*5493001KJTIIGC8Y1R12/s)
  const { lei, mic, reading, parent_id, active_to } = await row(own)
  assert.deepEqual(
    [lei, mic, reading, active_to],
    ['5493001KJTIIGC8Y1R12', 'XSKY', 'そうきゅうしょうけんかぶしきがいしゃ', '2030-03-31'],
  )
  assert.equal(parent_id, await idOf('EXC-1'))
  assert.equal((await sitesOf(own)).length, 3)
  const line = (await site.trail()).at(-1)
  assert.equal(line?.action, 'institution.edited')
  assert.equal(line?.details.reason, '合併のため')
  const changes = line?.details.changes as { field: string; before: string; after: string }[]
  assert.deepEqual(
    changes.map(({ field }) => field),
    ['reading', 'lei', 'mic', 'parent_code', 'active_to', 'sites'],
  )
  const shown = await (await desk.get(`/institutions/${own}`)).text()
  for (const word of [/EXC-1 蒼天証券取引所/, /5493001KJTIIGC8Y1R12/, /2030-03-31/, /TLP:AMBER\+STRICT/, /最終確認/])
    assert.match(shown, word)
  assert.match(await (await desk.get(`/institutions/${await idOf('EXC-1')}`)).text(), /子機関.*SEC-001 蒼穹証券/s)
})

test('a date or a parent changes only with a reason; the words typed are kept', async () => {
  const { status, page } = await edit(desk, other, { active_to: '2031-01-01', name_en: 'Kept & words' })
  assert.equal(status, 422)
  assert.match(page, /href="#reason"/)
  assert.match(page, /Kept &amp; words/)
  assert.equal((await row(other)).active_to, null)
})

for (const [field, value] of [
  ['lei', '5493001KJTIIGC8Y1R13'],
  ['lei', '5493001KJTIIGC8Y1R12'],
  ['mic', 'XT'],
  ['reading', '漢字'],
  ['name_ja', ' '],
  ['name_ja', 'a\u202eb'],
  ['kind', 'moon'],
  ['parent_code', 'NOBODY'],
  ['parent_code', 'SEC-002'],
  ['active_from', '2027-02-30'],
  ['active_to', '1999-01-01'],
  ['site_0_area', '999'],
  ['site_0_address', ''],
  ['site_0_kind', 'castle'],
] as const)
  test(`a bad ${field} is named, and nothing changes: ${JSON.stringify(value)}`, async () => {
    const before = [await row(other), await sitesOf(other)]
    const { status, page } = await edit(desk, other, { [field]: value, reason: '試験' })
    assert.equal(status, 422)
    assert.match(page, new RegExp(`href="#${field}"`))
    assert.deepEqual([await row(other), await sitesOf(other)], before)
  })

test('no circle of parents, however long', async () => {
  const codes = ['SEC-010', 'SEC-011', 'SEC-012']
  for (const [index, code] of codes.slice(0, -1).entries()) {
    const { status } = await edit(desk, await idOf(code), { parent_code: codes[index + 1]!, reason: '試験' })
    assert.equal(status, 303)
  }
  const { status, page } = await edit(desk, await idOf('SEC-012'), { parent_code: 'SEC-010', reason: '試験' })
  assert.equal(status, 422)
  assert.match(page, /親機関をたどると、この機関に戻ります/)
})

test('a site goes when it is ticked, and another institution’s site cannot be taken along', async () => {
  const before = await sitesOf(other)
  const centre = before.findIndex(({ kind }) => kind === 'data_centre')
  const foreign = (await sitesOf(own))[0]!
  const { status } = await edit(desk, other, {
    [`site_${centre}_remove`]: 'yes',
    site_3_id: foreign.id,
    site_3_kind: 'branch',
    site_3_address: '架空支店',
    site_3_area: '350',
  })
  assert.equal(status, 303)
  const after = await sitesOf(other)
  assert.deepEqual(after.map(({ kind }) => kind).sort(), ['branch', 'head_office'])
  assert.ok(after.some(({ id }) => before.some((site) => site.id === id)))
  assert.deepEqual(
    (await sitesOf(own)).find(({ id }) => id === foreign.id),
    foreign,
  )
})

test('S0-30 people of an institution change its reading, English name and sites, and nothing else whatever they send', async () => {
  const page = await (await admin.get(`/institutions/${own}/edit`)).text()
  for (const field of ['kind', 'name_ja', 'lei', 'mic', 'parent_code', 'active_from', 'active_to', 'reason'])
    assert.doesNotMatch(page, new RegExp(`name="${field}"`))
  const before = await row(own)
  const { status } = await edit(admin, own, {
    name_en: 'Sokyu New',
    reading: 'ソウキュウ',
    id: other,
    code: 'EVIL',
    kind: 'exchange',
    name_ja: '別の名',
    lei: '7LTWFZYICNSX8D621K86',
    mic: 'EVIL',
    parent_code: '',
    active_from: '1990-01-01',
    active_to: '',
    markets: 'bonds',
    functions: 'clearing',
    confirmed_at: '2027-01-01',
    is_infrastructure: 'true',
    institution_id: other,
  })
  assert.equal(status, 303)
  const { sought, ...after } = await row(own)
  const { sought: _, ...unchanged } = before
  assert.deepEqual(after, { ...unchanged, name_en: 'Sokyu New', reading: 'ソウキュウ' })
  assert.match(sought, /sokyunew ソウキュウ/)
  assert.deepEqual((await markets(own)).sort(), ['bonds', 'exchange', 'off_exchange'])
  for (const at of [`/institutions/${other}/check`, `/institutions/${other}`])
    assert.equal((await admin.post(at, { name_en: 'x' })).status, 403)
})

test('S0-30 the database itself keeps the association’s fields from the people of an institution', async () => {
  const person = await site.accountOf('institution_administrator')
  const db = site.tools.dbOf({ ...person, roles: ['institution_administrator'] }, false)
  const set = (values: object) => db.updateTable('institution').set(values).where('id', '=', own).execute()
  for (const values of [
    { kind: 'exchange' },
    { code: 'EVIL' },
    { active_to: null },
    { lei: null },
    { parent_id: null },
  ])
    await assert.rejects(set(values), /only the secretariat/)
  await set({ reading: 'そうきゅう' })
  await db.updateTable('institution').set({ reading: 'x' }).where('id', '=', other).execute()
  assert.notEqual((await row(other)).reading, 'x')
})

test('two who edit at once: the second sees that it changed, and nothing is lost', async () => {
  const form = await formOf(desk, other)
  const check = await (await send(desk, `/institutions/${other}/check`, form)).text()
  form.set('seen', /name="seen" value="([^"]*)"/.exec(check)?.[1] ?? 'old')
  form.set('name_en', 'Mine')
  await site.db.updateTable('institution').set({ reading: 'ほかのひと' }).where('id', '=', other).execute()
  const answer = await send(desk, `/institutions/${other}`, form)
  assert.equal(answer.status, 409)
  assert.match(await answer.text(), /確かめている間に登録内容が変わりました.*ほかのひと/s)
  assert.equal((await row(other)).reading, 'ほかのひと')
})

test('an institution is added after a check, once, however often it is pressed', async () => {
  const form = new URLSearchParams({
    idempotency_key: randomUUID(),
    code: 'new-1',
    kind: 'securities_firm',
    name_ja: '新星証券',
    name_en: 'Shinsei Fictional',
    active_from: '2027-04-01',
    markets: 'exchange',
    functions: 'order_trading',
    site_0_kind: 'head_office',
    site_0_address: '東京都港区架空町9',
    site_0_area: '350',
  })
  form.append('markets', 'bonds')
  assert.equal((await desk.get('/institutions/new')).status, 200)
  const check = await (await send(desk, '/institutions/check', form)).text()
  assert.match(check, /新星証券.*この機関を追加する/s)
  assert.equal(
    await site.db.selectFrom('institution').select('id').where('code', '=', 'NEW-1').executeTakeFirst(),
    undefined,
  )
  const first = await send(desk, '/institutions', form)
  const again = await send(desk, '/institutions', form)
  assert.deepEqual([first.status, again.status], [303, 303])
  assert.equal(first.headers.get('location'), again.headers.get('location'))
  const id = await idOf('NEW-1')
  assert.deepEqual((await markets(id)).sort(), ['bonds', 'exchange'])
  assert.equal((await sitesOf(id)).length, 1)
  assert.equal((await site.trail()).filter(({ action }) => action === 'institution.added').length, 1)

  form.set('idempotency_key', randomUUID())
  const taken = await send(desk, '/institutions', form)
  assert.equal(taken.status, 422)
  assert.match(await taken.text(), /この機関コードは使われています/)
  const back = await send(desk, '/institutions/check', new URLSearchParams([...form, ['back', 'yes']]))
  assert.match(await back.text(), /value="新星証券"/)
  const { rows } = await sql<{ n: string }>`select count(*) as n from institution where code = 'NEW-1'`.execute(site.db)
  assert.equal(rows[0]?.n, '1')
})
