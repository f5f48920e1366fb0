import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { toCivilInput } from '#ground/html/civil.ts'
import { type TestSite, testSite } from '../kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
let desk: Client
let exchange: Client
let firm: Client
let situation = ''

before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
  exchange = await site.signIn('bcp@soten.example')
  firm = await site.signIn('bcp@sokyu.example')
  const criterion = await site.db.selectFrom('criterion').select('id').limit(1).executeTakeFirstOrThrow()
  situation = await take(desk, '/situations', {
    criterion: `${criterion.id}:1`,
    mode: 'actual',
    hazard: 'earthquake',
    title_ja: '架空の地震',
    event_at: toCivilInput(new Date(Date.now() - 600_000)),
    recovery_minutes: '120',
    update_minutes: '30',
    reason: '試験',
  })
})
after(() => site.close())

async function take(client: Client, at: string, form: Record<string, string>) {
  const answer = await client.post(at, { ...form, idempotency_key: randomUUID() })
  assert.equal(answer.status, 303, `${at}: ${(await answer.text()).replace(/<[^>]*>/g, ' ').slice(300, 900)}`)
  return (answer.headers.get('location') ?? '').replace(/\?.*/, '')
}
const text = (client: Client, at: string) => site.main(client, at)
const told = {
  order_trading: 'stopped',
  clearing: 'normal',
  settlement: 'normal',
  custody: 'normal',
  market_data: 'normal',
  funds: 'normal',
  damage_building: 'severe',
  damage_systems: 'none',
  damage_staff: 'none',
  damage_external: 'none',
  bcp: 'activated',
  command_centre: 'set_up',
  next_update_minutes: '60',
}

test('S0-10 a firm sees of a returned board the exchange by name and no other firm, though it may read neither report', async () => {
  await take(exchange, `${situation}/report`, { ...told, text: '取引所の補足' })
  const other = await site.signIn('deputy@sokyu.example')
  await take(other, `${situation}/report`, { ...told, text: '自社の補足' })
  const before = await text(firm, `${situation}/board`)
  assert.doesNotMatch(before, /蒼天|創天/)
  await take(desk, `${situation}/return`, {})
  const returned = await text(firm, `${situation}/board`)
  const { name_ja } = await site.db
    .selectFrom('institution')
    .select('name_ja')
    .where('code', '=', 'EXC-1')
    .executeTakeFirstOrThrow()
  assert.match(returned, new RegExp(`${name_ja}[\\s\\S]*?停止`))
  assert.match(returned, /TLP:AMBER</)
  assert.doesNotMatch(returned, /取引所の補足/)
})

test('N-3 remarks for the secretariat alone are withheld from an authority, and the report itself is not', async () => {
  const report = await take(exchange, `${situation}/report`, { ...told, text: '極秘の補足', label: 'red' })
  const authority = await site.as('authority')
  const [own, central, seen] = await Promise.all([exchange, desk, authority].map((each) => text(each, report)))
  assert.match(own!, /極秘の補足/)
  assert.match(central!, /TLP:RED[\s\S]*極秘の補足/)
  assert.doesNotMatch(seen!, /極秘の補足/)
  assert.match(seen!, /TLP:RED[\s\S]*読めません/)
  assert.match(seen!, /停止/)
  assert.equal((await firm.get(report)).status, 404)
})

test('N-3 a label that does not exist is refused, and nothing is filed', async () => {
  const answer = await exchange.post(`${situation}/report`, { ...told, label: 'clear', idempotency_key: randomUUID() })
  assert.equal(answer.status, 422)
})

for (const [label, readers] of Object.entries({
  clear: ['desk', 'authority', 'observer', 'firm'],
  green: ['desk', 'authority', 'observer', 'firm'],
  amber: ['desk', 'authority'],
  amber_strict: ['desk', 'authority'],
  red: ['desk'],
}))
  test(`S0-18 an official notice labelled ${label} is read by ${readers.join(', ')}, in the list, in its file and on its page`, async () => {
    const title = `架空の通達 ${label}`
    const notice = await take(desk, '/official-notices', {
      issuer: '架空市場監督庁',
      issued_on: '2027-01-15',
      title,
      body: '本文',
      label,
    })
    const people = { desk, firm, authority: await site.as('authority'), observer: await site.as('observer') }
    for (const [name, client] of Object.entries(people)) {
      const mayRead = readers.includes(name)
      assert.equal((await client.get(notice)).status, mayRead ? 200 : 404, name)
      for (const list of ['/official-notices', '/official-notices.csv'])
        assert.equal((await text(client, list)).includes(title), mayRead, `${name} ${list}`)
    }
    assert.deepEqual(site.reported, [])
  })
