import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import { keepWorking, shownOn, textOf } from '#tests/kit/invitations.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let desk: TestSite['nobody']
let deputy: TestSite['nobody']
let approver: TestSite['nobody']
let now = Date.now()
const pass = async (ms: number) => {
  now += ms
  await keepWorking(site, now)
  return now
}
const hour = 3_600_000

before(async () => {
  site = await testSite({ clock: () => new Date(now) })
  desk = await site.signIn('desk@assoc.example')
  deputy = await site.signIn('desk-deputy@assoc.example')
  approver = await site.as('secretariat_approver')
})
after(() => site.close())
afterEach(() => assert.deepEqual(site.reported.splice(0), []))

const form = (email: string) => ({
  email,
  reason: 'スマートフォンの紛失',
  identity_check: '名簿の番号にかけ直した',
  idempotency_key: randomUUID(),
})
async function requested(email: string, client = desk) {
  const answer = await client.post('/recoveries', form(email))
  assert.equal(answer.status, 303, textOf(await answer.text()))
  return answer.headers.get('location') ?? ''
}
const openingsOf = async (person_id: string) => {
  const [credentials, sessions] = await Promise.all([
    site.db.selectFrom('credential').select('id').where('person_id', '=', person_id).execute(),
    site.db.selectFrom('session').select('id').where('person_id', '=', person_id).execute(),
  ])
  return [credentials.length, sessions.length]
}
const actions = async () => (await site.trail()).map(({ action }) => action)
const lettersTo = (address: string) => site.db.selectFrom('letter').selectAll().where('address', '=', address).execute()

test('S3-4(11) one of the desk asks, another approves: all that opened the account ends, and a code lets the person set up anew', async () => {
  const { email, id } = await site.accountOf('observer')
  const lost = await site.signIn(email)
  const at = await requested(email)
  assert.deepEqual(await openingsOf(id), [1, 1], 'asking ends nothing')
  assert.equal((await lost.get('/home')).status, 200)
  assert.match(textOf(await (await deputy.get(at)).text()), /サインイン中の端末1台が無効になります/)

  const html = await (await deputy.post(`${at}/approval`)).text()
  const { code, path } = shownOn(html)
  assert.deepEqual(await openingsOf(id), [0, 0])
  assert.equal((await lost.get('/home')).status, 303)
  assert.equal((await site.nobody.post('/sign-in', { email, password: 'noroshi-demo-2026' })).status, 401)
  const answer = await site.nobody.post(path, { code })
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/account'])
  const [session] = await site.db.selectFrom('session').selectAll().where('person_id', '=', id).execute()
  assert.equal(session?.method, 'invitation')
  assert.deepEqual((await actions()).slice(-4), [
    'recovery.requested',
    'recovery.approved',
    'sign-in.refused',
    'recovery.used',
  ])
  const grants = await site.db
    .selectFrom('role_grant')
    .select('role')
    .where('person_id', '=', id)
    .where('removed_at', 'is', null)
    .execute()
  assert.deepEqual(grants, [{ role: 'observer' }])

  const mails = await lettersTo(email)
  assert.deepEqual(mails.map(({ purpose }) => purpose).sort(), ['recovery', 'recovery-notice', 'recovery-notice'])
  assert.ok(mails.some(({ body }) => body.includes(`http://localhost${path}`)))
  for (const { body } of mails) assert.ok(!body.includes(code))
  for (const address of ['desk@assoc.example', 'desk-deputy@assoc.example', 'approver@assoc.example'])
    assert.equal((await lettersTo(address)).length, 2, address)
  assert.ok(!JSON.stringify(await site.trail()).includes(code))
})

test('who asked does not approve, in the page, in the action and in the database', async () => {
  const { email, id } = await site.accountOf('council_member')
  const at = await requested(email)
  const html = await (await desk.get(at)).text()
  assert.match(textOf(html), /あなたはこの申請を承認できません/)
  assert.doesNotMatch(html, /\/approval"/)
  const answer = await desk.post(`${at}/approval`)
  assert.equal(answer.status, 422)
  assert.match(textOf(await answer.text()), /申請した人と、復旧する本人は承認できません/)
  assert.equal((await openingsOf(id))[0], 1)
  const recovery_id = at.split('/')[2]!
  const { requested_by } = await site.db
    .selectFrom('recovery')
    .selectAll()
    .where('id', '=', recovery_id)
    .executeTakeFirstOrThrow()
  await assert.rejects(
    site.db
      .updateTable('recovery')
      .set({ approved_by: requested_by, approved_at: new Date() })
      .where('id', '=', recovery_id)
      .execute(),
    { code: '23514' },
  )
  assert.equal((await desk.post(`${at}/withdrawal`)).status, 303)
})

test('nobody asks for their own recovery, and nobody approves it', async () => {
  const own = await desk.post('/recoveries', form('desk@assoc.example'))
  assert.match(textOf(await own.text()), /自分の復旧は申請できません/)
  const at = await requested('approver@assoc.example')
  assert.equal((await approver.post(`${at}/approval`)).status, 422)
  assert.equal((await desk.post(`${at}/withdrawal`)).status, 303)
  const acts = (await site.trailOf(at)).map(({ action }) => action)
  assert.deepEqual(acts, ['recovery.requested', 'recovery.withdrawn'])
})

test('two approvals at once end the account once and show one code', async () => {
  const { email, id } = await site.accountOf('authority')
  const at = await requested(email)
  const answers = await Promise.all([deputy.post(`${at}/approval`), approver.post(`${at}/approval`)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422])
  const made = await site.db.selectFrom('invitation').select('id').where('person_id', '=', id).execute()
  assert.equal(made.length, 1)
  assert.match(textOf(await (await approver.post(`${at}/approval`)).text()), /すでに承認されています/)
})

test('a request lapses after 24 hours, and a withdrawn one is not approved', async () => {
  const { email, id } = await site.accountOf('command_centre_member')
  const first = await requested(email)
  await pass(24 * hour)
  assert.match(textOf(await (await deputy.post(`${first}/approval`)).text()), /期限が過ぎています/)
  const second = await requested(email)
  await deputy.post(`${second}/withdrawal`)
  assert.match(textOf(await (await deputy.post(`${second}/approval`)).text()), /取り下げられています/)
  assert.equal((await openingsOf(id))[0], 1)
})

test('a code from before the recovery is void', async () => {
  const { email, id } = await site.accountOf('auditor')
  const first = shownOn(await (await deputy.post(`${await requested(email)}/approval`)).text())
  const second = shownOn(await (await deputy.post(`${await requested(email)}/approval`)).text())
  assert.equal((await site.nobody.post(first.path, { code: first.code })).status, 422)
  // A recovery takes two people every time: no new code by one of them.
  assert.equal((await desk.post(`/invitations/${second.id}/code`)).status, 422)
  assert.equal((await site.nobody.post(second.path, { code: second.code })).status, 303)
  assert.equal((await openingsOf(id))[1], 1)
})

test('an unknown address, one who left, and a second request are refused with what was typed', async () => {
  const { email, id } = await site.accountOf('institution_administrator')
  assert.match(textOf(await (await desk.post('/recoveries', form('nobody@x.example'))).text()), /利用者はいません/)
  const at = await requested(email)
  const again = await desk.post('/recoveries', form(email))
  assert.equal(again.status, 422)
  assert.match(await again.text(), /すでにあります[\s\S]*スマートフォンの紛失/)
  await site.db.updateTable('person').set({ left_at: new Date(), left_reason: '退職' }).where('id', '=', id).execute()
  assert.match(textOf(await (await deputy.post(`${at}/approval`)).text()), /利用を終えています/)
  assert.match(textOf(await (await desk.post('/recoveries', form(email))).text()), /利用者はいません/)
})

test('pressing twice asks once', async () => {
  const { email } = await site.accountOf('bcp_contact')
  const once = form(email)
  const answers = [await desk.post('/recoveries', once), await desk.post('/recoveries', once)]
  assert.equal(answers[0]!.headers.get('location'), answers[1]!.headers.get('location'))
  assert.equal((await deputy.post('/recoveries', once)).status, 404)
})
