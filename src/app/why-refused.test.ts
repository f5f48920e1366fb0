import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

/** What is told of the one request that `ask` makes, and what its reader gets. */
async function told(ask: () => Promise<Response>) {
  site.refusals.length = 0
  const answer = await ask()
  return { status: answer.status, page: await answer.text(), lines: [...site.refusals] }
}

test('a refusal says who may not do what, with the roles that count now, and the answer says none of it', async () => {
  const { bcp_contact: firm } = await site.people('bcp_contact')
  const { status, page, lines } = await told(() => firm.client.get('/trail'))
  assert.equal(status, 403)
  assert.deepEqual(lines, [`403 GET /trail: ${firm.person.name_ja} may not trail.read (roles now: bcp_contact)`])
  assert.doesNotMatch(page, /trail\.read|roles now/)
  assert.ok(page.includes('この操作の権限がありません'))
})

test('who holds a role that does not count in peacetime is told so', async () => {
  const { command_centre_member: member } = await site.people('command_centre_member')
  const { lines } = await told(() => member.client.get('/notices'))
  assert.match(
    lines.join(),
    /^403 .*\(roles now: none; command_centre_member counts while a command centre is set up\)$/,
  )
})

test('a thing that is not there for this reader is named, and so is a page that nobody has', async () => {
  const { auditor } = await site.people('auditor')
  const id = crypto.randomUUID()
  const name = auditor.person.name_ja
  const thing = await told(() => auditor.client.get(`/situations/${id}`))
  assert.deepEqual(thing.lines, [`404 GET /situations/${id}: situation ${id}, for ${name} (roles now: auditor)`])
  const page = await told(() => auditor.client.get('/nothing'))
  assert.deepEqual(page.lines, [`404 GET /nothing: no such page, for ${name} (roles now: auditor)`])
})

test('a refusal stays one line, whoever typed what is in it, and is told of nobody, too', async () => {
  const { auditor } = await site.people('auditor')
  const { lines } = await told(() => auditor.client.get('/situations/x%0A500%20forged'))
  assert.equal(lines.length, 1)
  assert.doesNotMatch(lines.join(), /\n/)
  const elsewhere = await told(() => site.nobody.post('/sign-in', {}, { 'sec-fetch-site': 'cross-site' }))
  assert.deepEqual(elsewhere.lines, ['403 POST /sign-in: form from cross-site (nobody is signed in)'])
})
