import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demoPassword } from '#access/sign-in/index.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let now = new Date('2027-01-15T00:00:00Z')
before(async () => {
  site = await testSite({ clock: () => now })
})
after(() => site.close())

const lastLine = async () => (await site.trail()).at(-1)!
const isIn = async (client: TestSite['nobody']) => (await client.get('/home')).status === 200

test('the secretariat signs a person out on every device, with a reason; the person may sign in again', async () => {
  const desk = await site.as('secretariat')
  const { id, email } = await site.accountOf('bcp_contact')
  const [phone, laptop] = [await site.signIn(email), await site.signIn(email)]
  const bystander = await site.as('auditor')
  const at = `/people/${id}/sessions/end`

  const asked = await desk.post(at, { sign_out_reason: ' ' })
  const page = await asked.text()
  assert.equal(asked.status, 422)
  assert.match(page, /href="#sign_out_reason"/)
  assert.match(page, /<details[^>]*open=""/)
  assert.ok(await isIn(phone))

  const done = await desk.post(at, { sign_out_reason: '電話を紛失' })
  assert.equal(done.headers.get('location'), `/people/${id}`)
  assert.deepEqual([await isIn(phone), await isIn(laptop), await isIn(bystander)], [false, false, true])
  const { action, about, details } = await lastLine()
  assert.deepEqual([action, about], ['session.ended-of-person', `/people/${id}`])
  assert.deepEqual(details, { reason: '電話を紛失', sessions: 2 })
  assert.ok(await isIn(await site.signIn(email)))
})

test('an administrator signs out their own people, nobody elsewhere and nobody of the desk', async () => {
  const { id: own_id, institution_id } = await site.accountOf('institution_administrator')
  const admin = await site.as('institution_administrator')
  const other = await site.as('institution_administrator')
  const elsewhere = await site.db
    .selectFrom('person')
    .where('institution_id', '!=', institution_id)
    .select('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  const reason = { sign_out_reason: '試験' }
  assert.equal((await admin.post(`/people/${elsewhere.id}/sessions/end`, reason)).status, 403)
  assert.equal((await (await site.as('auditor')).post(`/people/${own_id}/sessions/end`, reason)).status, 403)
  // Oneself: the session in use goes on, the other ends.
  assert.equal((await admin.post(`/people/${own_id}/sessions/end`, reason)).status, 303)
  assert.deepEqual([await isIn(admin), await isIn(other)], [true, false])

  const { institution_id: association } = await site.accountOf('secretariat')
  await site.db.updateTable('person').set({ institution_id: association }).where('id', '=', own_id).execute()
  const { id: desk_id } = await site.accountOf('secretariat')
  assert.equal((await admin.post(`/people/${desk_id}/sessions/end`, reason)).status, 403)
  await site.db.updateTable('person').set({ institution_id }).where('id', '=', own_id).execute()
})

test('the secretariat signs everyone out at once, but for the session in use, and it stands in the trail', async () => {
  const desk = await site.as('secretariat')
  const others = [await site.as('secretariat'), await site.as('bcp_contact'), await site.as('auditor')]
  const at = '/settings/sessions/end'
  const asked = await desk.post(at, { sign_out_reason: '理由' })
  const page = await asked.text()
  assert.equal(asked.status, 422)
  assert.match(page, /href="#sure"/)
  assert.match(page, /理由<\/textarea>/)
  assert.match(page, /name="idle_minutes"[^>]*value="60"|value="60"[^>]*name="idle_minutes"/)
  assert.equal((await others[2]!.post(at, { sign_out_reason: 'x', sure: 'yes' })).status, 403)
  for (const other of others) assert.ok(await isIn(other))

  const done = await desk.post(at, { sign_out_reason: '端末の大量紛失', sure: 'yes' })
  assert.match(done.headers.get('location')!, /^\/settings\?ended=\d+$/)
  for (const other of others) assert.ok(!(await isIn(other)))
  assert.ok(await isIn(desk))
  const { action, details } = await lastLine()
  assert.equal(action, 'session.ended-of-everyone')
  assert.equal(details.reason, '端末の大量紛失')
  assert.ok(Number(details.sessions) >= 3 && Number(details.people) >= 3)
  assert.match(await (await desk.get('/settings?ended=3')).text(), /3件のサインインを終了しました/)
})

test('acts on roles, accounts and sessions of others ask for a proof when the last one is old', async () => {
  const desk = await site.as('secretariat')
  const { id } = await site.accountOf('observer')
  const { id: grant } = await site.db
    .selectFrom('role_grant')
    .where('person_id', '=', id)
    .select('id')
    .executeTakeFirstOrThrow()
  now = new Date(now.getTime() + 20 * 60_000)
  const acts = [
    `/people/${id}/roles`,
    `/people/${id}/end`,
    `/people/${id}/sessions/end`,
    `/grants/${grant}/end`,
    '/rights/confirmations',
    '/recoveries',
    '/settings/sessions/end',
    '/account/sessions/end-others',
    `/account/sessions/${crypto.randomUUID()}/end`,
  ]
  for (const act of acts) {
    const asked = await desk.post(act, { reason: '試験' })
    assert.equal(asked.status, 401, act)
    assert.match(await asked.text(), new RegExp(`action="${act}"`))
  }
  const role = { role: 'auditor', reason: '試験', confirm_password: demoPassword }
  const { id: of_desk } = await site.accountOf('secretariat_approver')
  const answer = await desk.post(`/people/${of_desk}/roles`, role)
  assert.equal(answer.status, 422, 'it went on to the act, which refuses an auditor who changes things')
})
