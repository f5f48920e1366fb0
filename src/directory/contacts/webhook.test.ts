import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { webhookSecret } from '#ground/channels/webhook-secret.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let now = new Date('2027-01-15T09:00:00Z')
let admin: TestSite['nobody']
let desk: TestSite['nobody']
let institution_id: string
let id: string
const at = () => `/contacts/addresses/${id}`

before(async () => {
  site = await testSite({ clock: () => now })
  admin = await site.as('institution_administrator')
  desk = await site.as('secretariat')
  institution_id = (await site.accountOf('institution_administrator')).institution_id
  const contact = await site.db
    .selectFrom('contact')
    .where('institution_id', '=', institution_id)
    .select('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  const address = 'https://hooks.firm.example/bcp'
  const row = { contact_id: contact.id, institution_id, means: 'webhook' as const, address, look: address, rank: 20 }
  id = (await site.db.insertInto('contact_address').values(row).returning('id').executeTakeFirstOrThrow()).id
})
after(() => site.close())

const secretOf = (generation: number) => webhookSecret(site.tools.config.secret, { contact_address_id: id, generation })
const shown = async (client = admin) => (await site.main(client, at())).replaceAll('&#x27;', "'")

test('who may edit an address sees the secret of its webhook, and only to look at it writes nothing', async () => {
  for (const client of [admin, desk]) assert.ok((await shown(client)).includes(`<code>${secretOf(1)}</code>`))
  assert.deepEqual(await endpoint(), undefined)
  for (const role of ['auditor', 'authority', 'observer'] as const) {
    const answer = await (await site.as(role)).get(at())
    assert.deepEqual([answer.status, (await answer.text()).includes('whsec')], [403, false])
  }
})

test('a new secret is made once, however often one presses, and both are shown for a day', async () => {
  const form = { generation: '1' }
  const answers = await Promise.all([1, 2].map(() => admin.post(`${at()}/rotation`, form)))
  assert.deepEqual(
    answers.map(({ status, headers }) => [status, headers.get('location')]),
    [
      [303, `${at()}?done=rotated`],
      [303, `${at()}?done=rotated`],
    ],
  )
  assert.equal((await endpoint())?.generation, 2)
  const lines = (await site.trail()).filter(({ action }) => action === 'webhook.secret-rotated')
  assert.deepEqual(
    lines.map(({ details }) => [details.address_id, details.generation]),
    [[id, 2]],
  )
  assert.ok(!JSON.stringify(lines).includes('whsec'))
  const page = await shown()
  assert.ok(page.includes(secretOf(2)) && page.includes(secretOf(1)))
  now = new Date(now.getTime() + 24 * 3_600_000)
  admin = await site.as('institution_administrator')
  const later = await shown()
  assert.ok(later.includes(secretOf(2)) && !later.includes(secretOf(1)))
})

test('a new secret asks for a fresh proof of who one is', async () => {
  now = new Date(now.getTime() + 20 * 60_000)
  const asked = await admin.post(`${at()}/rotation`, { generation: '2' })
  assert.equal(asked.status, 401)
  assert.equal((await endpoint())?.generation, 2)
  const proved = await admin.post(`${at()}/rotation`, { generation: '2', confirm_password: 'noroshi-demo-2026' })
  assert.equal(proved.status, 303)
  assert.equal((await endpoint())?.generation, 3)
})

test('a webhook that was stopped says why, and is used again once somebody says so', async () => {
  await site.db
    .updateTable('webhook_endpoint')
    .set({ disabled_at: now, disabled_reason: '410 <b>gone</b>' })
    .where('contact_address_id', '=', id)
    .execute()
  assert.match(await shown(), /送信は停止中です.*410 &lt;b&gt;gone/s)
  for (const _ of [1, 2]) assert.equal((await admin.post(`${at()}/enabling`)).status, 303)
  assert.equal((await endpoint())?.disabled_at, null)
  const lines = (await site.trail()).filter(({ action }) => action === 'webhook.enabled')
  assert.equal(lines.length, 1)
  assert.doesNotMatch(await shown(), /送信は停止中です/)
})

test('strange generations change nothing, and an address that is no webhook has no secret', async () => {
  for (const generation of ['', '2', '99', '-1', 'x', '1e1', "3'"])
    assert.equal((await admin.post(`${at()}/rotation`, { generation })).status, 303)
  assert.equal((await endpoint())?.generation, 3)
  const mail = await site.db
    .selectFrom('contact_address')
    .where('institution_id', '=', institution_id)
    .where('means', '=', 'mail')
    .select('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  for (const act of ['rotation', 'enabling'])
    assert.equal((await admin.post(`/contacts/addresses/${mail.id}/${act}`, { generation: '1' })).status, 404)
  assert.doesNotMatch(await site.main(admin, `/contacts/addresses/${mail.id}`), /whsec_/)
})

const endpoint = () =>
  site.db.selectFrom('webhook_endpoint').where('contact_address_id', '=', id).selectAll().executeTakeFirst()
