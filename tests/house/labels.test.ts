import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { officialNoticeForm } from '../kit/samples/library.ts'
import { reportForm, situationForm } from '../kit/samples/status.ts'
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
  situation = await take(desk, '/situations', situationForm(criterion.id, site.tools.clock()))
})
after(() => site.close())

const take = async (client: Client, at: string, form: Record<string, string>) =>
  (await site.done(client, at, form)).replace(/\?.*/, '')
const text = (client: Client, at: string) => site.main(client, at)
const told = (change: Record<string, string>) =>
  reportForm({
    ...{ order_trading: 'stopped', damage_building: 'severe', bcp: 'activated', command_centre: 'set_up' },
    ...change,
  })

test('S0-10 a firm sees of a returned board the exchange by name and no other firm, though it may read neither report', async () => {
  await take(exchange, `${situation}/report`, told({ text: '取引所の補足' }))
  const other = await site.signIn('deputy@sokyu.example')
  await take(other, `${situation}/report`, told({ text: '自社の補足' }))
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
  const report = await take(exchange, `${situation}/report`, told({ text: '極秘の補足', label: 'red' }))
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
  const answer = await exchange.post(`${situation}/report`, told({ label: 'clear' }))
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
    const notice = await take(desk, '/official-notices', officialNoticeForm({ title, label }))
    const people = { desk, firm, authority: await site.as('authority'), observer: await site.as('observer') }
    for (const [name, client] of Object.entries(people)) {
      const may_read = readers.includes(name)
      assert.equal((await client.get(notice)).status, may_read ? 200 : 404, name)
      for (const list of ['/official-notices', '/official-notices.csv'])
        assert.equal((await site.whole(client, list)).includes(title), may_read, `${name} ${list}`)
    }
    assert.deepEqual(site.reported, [])
  })
