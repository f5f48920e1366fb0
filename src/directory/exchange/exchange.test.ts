import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readPerson } from '#access/sign-in/index.ts'
import type { Person } from '#ground/rights/person.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
let firm: Client
let exchange: Client
let third: Client
const people = {} as Record<'firm' | 'exchange' | 'third', Person>
const ids = {} as Record<'firm' | 'exchange', string>

before(async () => {
  site = await testSite()
  const mails = { firm: 'bcp@sokyu.example', exchange: 'bcp@soten.example', third: await mailOf('SEC-002') }
  firm = await site.signIn(mails.firm)
  exchange = await site.signIn(mails.exchange)
  third = await site.signIn(mails.third)
  for (const [name, email] of Object.entries(mails)) {
    const { id } = await site.db.selectFrom('person').where('email', '=', email).select('id').executeTakeFirstOrThrow()
    people[name as 'firm'] = (await readPerson(site.db, id))!
  }
  ids.firm = people.firm.institution_id
  ids.exchange = people.exchange.institution_id
})
after(() => site.close())

const mailOf = async (code: string) => {
  const { mail } = await site.db
    .selectFrom('contact_card as contact')
    .innerJoin('institution', 'institution.id', 'contact.institution_id')
    .where('institution.code', '=', code)
    .where('contact.rank', '=', 1)
    .select('contact.mail')
    .executeTakeFirstOrThrow()
  return mail ?? ''
}
const text = async (answer: Response | Promise<Response>) => (await answer).text()
const actions = async () => (await site.trail()).map(({ action }) => action).filter((each) => /^exchange/.test(each))
const propose = (client: Client, institution_id: string, reason = '緊急時に直接連絡するため') =>
  client.post('/exchange', { institution_id, reason })

/** What each wall lets a person of one institution see of another's people: by search, by export, and without any condition. */
async function sees(client: Client, who: Person, other: Person, mail: string) {
  const page = await text(client.get(`/directory?q=${encodeURIComponent(mail)}`))
  const copy = await text(client.get('/directory/offline'))
  const file = await text(client.post('/directory/export', { format: 'csv' }))
  const contacts = await site.tools.dbOf(who, true).selectFrom('contact').select('institution_id').execute()
  const addresses = await site.tools.dbOf(who, true).selectFrom('contact_address').select('institution_id').execute()
  const has = (rows: { institution_id: string }[]) =>
    rows.some(({ institution_id }) => institution_id === other.institution_id)
  return {
    search: page.includes(`mailto:${mail}`),
    offline: copy.includes(`mailto:${mail}`),
    export: file.includes(mail),
    contacts: has(contacts),
    addresses: has(addresses),
  }
}
const nothing = { search: false, offline: false, export: false, contacts: false, addresses: false }
// Their own people only may be exported.
const all = { search: true, offline: true, export: false, contacts: true, addresses: true }
const walls = async () => ({
  firm: await sees(firm, people.firm, people.exchange, 'bcp@soten.example'),
  exchange: await sees(exchange, people.exchange, people.firm, 'bcp@sokyu.example'),
  third: await sees(third, people.third, people.firm, 'bcp@sokyu.example'),
})

let path: string

test('S2-20 before an exchange no institution sees another’s contacts', async () => {
  assert.deepEqual(await walls(), { firm: nothing, exchange: nothing, third: nothing })
  assert.equal((await firm.get(`/institutions/${ids.exchange}`)).status, 404)
})

test('S2-20 the other institution is found by its name, and a proposal without a reason is refused', async () => {
  assert.match(await text(firm.get('/exchange')), /交換している機関はまだありません/)
  const page = await text(firm.get(`/exchange/new?q=${encodeURIComponent('蒼天')}`))
  assert.match(page, new RegExp(`value="${ids.exchange}"`))
  const refused = await propose(firm, ids.exchange, ' ')
  assert.equal(refused.status, 422)
  assert.match(await refused.text(), /理由を500文字以内で入力してください/)
  assert.equal((await propose(firm, ids.firm)).status, 422)
  assert.equal((await propose(firm, crypto.randomUUID())).status, 422)
})

test('S2-20 a proposal alone shows nothing to either side', async () => {
  const pressed = await Promise.all([propose(firm, ids.exchange), propose(firm, ids.exchange)])
  path = pressed[0].headers.get('location') ?? ''
  assert.equal(pressed[1].headers.get('location'), path)
  assert.deepEqual(await walls(), { firm: nothing, exchange: nothing, third: nothing })
  assert.match(await text(exchange.get('/home')), /連絡先の交換の提案が1件/)
  assert.doesNotMatch(await site.main(third, '/home'), /連絡先の交換の提案/)
  // Proposed from the other side as well, it is the same one.
  assert.equal((await propose(exchange, ids.firm)).headers.get('location'), path)
})

test('S2-20 who proposed cannot agree for the other, and a third institution finds nothing there', async () => {
  assert.equal((await firm.post(`${path}/agreement`)).status, 409)
  for (const at of [path, `${path}/agreement`, `${path}/end`, `${path}/confirmation`]) {
    const answer = at === path ? await third.get(at) : await third.post(at, { reason: 'x' })
    assert.equal(answer.status, 404, at)
  }
  assert.deepEqual(await walls(), { firm: nothing, exchange: nothing, third: nothing })
})

test('S2-20 once both have agreed each sees the other’s contacts, and nobody else does', async () => {
  assert.match(await text(exchange.get(path)), /当機関の担当者2人の氏名・電話・メールが相手に見え/)
  await Promise.all([exchange.post(`${path}/agreement`), exchange.post(`${path}/agreement`)])
  assert.deepEqual(await walls(), { firm: all, exchange: all, third: nothing })
  assert.match(await text(firm.get(path)), /bcp@soten\.example/)
  assert.match(await text(exchange.get(path)), /bcp@sokyu\.example/)
  // Sites and the whole entry stay with those who see the directory.
  assert.equal((await firm.get(`/institutions/${ids.exchange}`)).status, 404)
  assert.deepEqual(await actions(), ['exchange.proposed', 'exchange.agreed'])
})

test('S2-20 everyone whose details are now seen by another institution is told so by mail, once', async () => {
  const letters = await site.db.selectFrom('letter').where('purpose', '=', 'exchange').selectAll().execute()
  const expected = await site.db
    .selectFrom('contact_card')
    .where('institution_id', 'in', [ids.firm, ids.exchange])
    .where('mail', 'is not', null)
    .select('mail')
    .execute()
  assert.deepEqual(letters.map(({ address }) => address).sort(), expected.map(({ mail }) => mail).sort())
  const name = async (id: string) =>
    (await site.db.selectFrom('institution').where('id', '=', id).select('name_ja').executeTakeFirstOrThrow()).name_ja
  const told = letters.find(({ address }) => address === 'bcp@sokyu.example')
  assert.ok(told?.subject.includes(await name(ids.exchange)))
  assert.match(told?.body ?? '', /氏名、役職、電話番号、メールアドレスを見られます/)
  assert.match(told?.body ?? '', /can see your name/)
  const agreed = (await site.trailOf(path)).find(({ action }) => action === 'exchange.agreed')
  assert.equal(agreed?.details.told, expected.length)
})

test('S2-20 every year both confirm again; what is overdue says so', async () => {
  await site.db
    .updateTable('contact_exchange')
    .set({ proposing_confirmed_at: new Date(Date.now() - 366 * 86_400_000) })
    .execute()
  assert.match(await text(firm.get('/exchange')), /期限を過ぎています/)
  assert.equal((await firm.post(`${path}/confirmation`)).status, 303)
  assert.equal((await firm.post(`${path}/confirmation`)).status, 303)
  assert.doesNotMatch(await site.main(firm, '/exchange'), /期限を過ぎています/)
  assert.equal((await actions()).filter((each) => each === 'exchange.confirmed').length, 1)
})

test('S2-20 either side ends it at once, with a reason that stays', async () => {
  assert.equal((await exchange.post(`${path}/end`, { reason: '' })).status, 422)
  assert.equal((await exchange.post(`${path}/end`, { reason: '担当の変更' })).status, 303)
  assert.equal((await exchange.post(`${path}/end`, { reason: 'もう一度' })).status, 303)
  assert.deepEqual(await walls(), { firm: nothing, exchange: nothing, third: nothing })
  const page = await text(firm.get(path))
  assert.match(page, /担当の変更/)
  assert.doesNotMatch(page, /bcp@soten\.example/)
  assert.equal((await firm.post(`${path}/confirmation`)).status, 409)
  assert.equal((await actions()).filter((each) => each === 'exchange.ended').length, 1)
})

test('S2-20 a proposal is declined with its reason, and may be made again', async () => {
  const again = (await propose(firm, ids.exchange)).headers.get('location') ?? ''
  assert.notEqual(again, path)
  assert.equal((await exchange.post(`${again}/end`, { reason: '事務局を通してください' })).status, 303)
  assert.match(await text(firm.get(again)), /見送り[\s\S]*事務局を通してください/)
  assert.equal((await exchange.post(`${again}/agreement`)).status, 409)
  assert.deepEqual(await walls(), { firm: nothing, exchange: nothing, third: nothing })
  assert.deepEqual(site.reported, [])
})

test('S2-20 the database lets nobody exchange for another institution', async () => {
  const asThird = site.tools.dbOf(people.third, false)
  const row = {
    proposing_id: ids.firm,
    answering_id: ids.exchange,
    reason: 'x',
    proposed_by: people.third.id,
    proposed_at: new Date(),
    proposing_confirmed_at: new Date(),
  }
  await assert.rejects(asThird.insertInto('contact_exchange').values(row).execute(), /row-level security/)
  assert.equal((await asThird.selectFrom('contact_exchange').selectAll().execute()).length, 0)
  const { numUpdatedRows } = await asThird.updateTable('contact_exchange').set({ reason: 'y' }).executeTakeFirst()
  assert.equal(Number(numUpdatedRows), 0)
})
