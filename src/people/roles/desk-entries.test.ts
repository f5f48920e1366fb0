import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { invitationForm, sendForm, shownOn } from '#tests/kit/invitations.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
let desk: Client
let approver: Client
let auditor: Client

before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
  approver = await site.as('secretariat_approver')
  auditor = await site.as('auditor')
})
after(() => site.close())

const held = async (person_id: string) =>
  (
    await site.db
      .selectFrom('role_grant')
      .where('person_id', '=', person_id)
      .where('removed_at', 'is', null)
      .select('role')
      .orderBy('role')
      .execute()
  ).map(({ role }) => role)
const newest = () =>
  site.db.selectFrom('desk_entry').selectAll().orderBy('asked_at', 'desc').limit(1).executeTakeFirstOrThrow()
const letters = () =>
  site.db.selectFrom('letter').where('purpose', '=', 'desk-entry').select(['address', 'subject', 'body']).execute()
const deskAndAuditors = async () => {
  const rows = await site.db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .where('role', 'in', ['secretariat', 'secretariat_approver', 'auditor'])
    .where('removed_at', 'is', null)
    .where('left_at', 'is', null)
    .select('email')
    .distinct()
    .execute()
  return rows.map(({ email }) => email).sort()
}
const invitedToDesk = async (email: string) => {
  const form = invitationForm({ institution_code: 'ASSOC', email, roles: 'secretariat' })
  const page = await (await sendForm(desk, '/invitations', form)).text()
  assert.match(page, /事務局のもう1人の同意を待っています/)
  return shownOn(page)
}

test('S3-4(11) who is invited to the desk comes in only when another of the desk has agreed, and all of it are told', async () => {
  const { path, code } = await invitedToDesk('new.desk@assoc.example')
  assert.deepEqual((await letters()).map(({ address }) => address).sort(), await deskAndAuditors())
  assert.match((await letters())[0]?.body ?? '', /同意するまで、役割は働きません[\s\S]*It does not count until another/)

  const early = await site.nobody.post(path, { code })
  assert.equal(early.status, 409)
  assert.match(await early.text(), /まだ入れません。コードは合っています/)
  assert.equal(
    await site.db.selectFrom('person').where('email', '=', 'new.desk@assoc.example').executeTakeFirst(),
    undefined,
  )

  const { id } = await newest()
  const own = await desk.post(`/desk-entries/${id}/agreement`, {})
  assert.equal(own.status, 409)
  assert.match(await own.text(), /求めた人と本人は同意できません/)
  assert.equal((await auditor.post(`/desk-entries/${id}/agreement`, {})).status, 403)
  assert.match(await site.main(approver, '/desk-entries'), /架空 花子[\s\S]*同意待ち/)
  await site.done(approver, `/desk-entries/${id}/agreement`, {})
  await site.done(approver, `/desk-entries/${id}/agreement`, {})
  const acts = (await site.trail()).map(({ action }) => action).filter((action) => action.startsWith('desk-entry.'))
  assert.deepEqual(acts, ['desk-entry.asked', 'desk-entry.agreed'])
  assert.equal((await site.nobody.post(path, { code })).status, 303)
  const person = await site.db
    .selectFrom('person')
    .where('email', '=', 'new.desk@assoc.example')
    .select('id')
    .executeTakeFirstOrThrow()
  assert.deepEqual(await held(person.id), ['secretariat'])
})

test('what another of the desk does not agree to gives no way in and no role', async () => {
  const { path, code } = await invitedToDesk('no.desk@assoc.example')
  const { id } = await newest()
  await site.done(approver, `/desk-entries/${id}/refusal`, {})
  assert.equal((await site.nobody.post(path, { code })).status, 422)
  assert.match(await site.main(desk, '/desk-entries'), /不同意/)
  assert.equal((await site.trail()).filter(({ action }) => action === 'desk-entry.refused').length, 1)
  const late = await approver.post(`/desk-entries/${id}/agreement`, {})
  assert.equal(late.status, 409)
  assert.match(await late.text(), /すでに不同意とされています/)
})

test('S0-30 a role of the desk counts from the second person on; asked twice it waits once', async () => {
  const { id, email } = await site.accountOf('observer')
  for (const _ of [1, 2]) await site.done(desk, `/people/${id}/roles`, { role: 'auditor', reason: '試験' })
  assert.deepEqual(await held(id), ['observer'])
  assert.match(await site.main(desk, `/people/${id}`), /監査担当者の役割は、ほかの事務局員の同意を待っています/)
  assert.equal((await (await site.signIn(email)).get('/trail')).status, 403)
  const entries = await site.db.selectFrom('desk_entry').where('person_id', '=', id).select('id').execute()
  assert.equal(entries.length, 1)
  const answers = await Promise.all([1, 2].map(() => approver.post(`/desk-entries/${entries[0]?.id}/agreement`, {})))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 303],
  )
  assert.deepEqual(await held(id), ['auditor', 'observer'])
})

test('S0-30 the database itself gives no role of the desk by one person, nor lets one agree for themselves', async () => {
  const [by, { id }] = [await site.accountOf('secretariat'), await site.accountOf('council_member')]
  const db = site.tools.dbOf({ ...by, roles: ['secretariat'] }, false)
  const granted = { person_id: id, reason: '試験', granted_by: by.id, granted_at: new Date() }
  await assert.rejects(
    db
      .insertInto('role_grant')
      .values({ ...granted, role: 'auditor' })
      .execute(),
    /row-level security/,
  )
  await db
    .insertInto('role_grant')
    .values({ ...granted, role: 'council_member' })
    .execute()
    .catch(() => {})
  const entry = { id: crypto.randomUUID(), person_id: id, invitation_id: null, roles: ['auditor' as const] }
  const asked = { ...entry, reason: '試験', asked_by: by.id, asked_at: new Date() }
  await db.insertInto('desk_entry').values(asked).execute()
  await assert.rejects(
    db.updateTable('desk_entry').set({ agreed_by: by.id, agreed_at: new Date() }).where('id', '=', entry.id).execute(),
    /by_another/,
  )
})

test('S3-4(11) where there is nobody else of the desk, the second comes in at once, marked and told', async () => {
  const { id } = await site.accountOf('secretariat')
  await site.db
    .updateTable('role_grant')
    .set({ removed_at: new Date(), removal_reason: '試験' })
    .where('role', 'in', ['secretariat', 'secretariat_approver'])
    .where('person_id', '<>', id)
    .execute()
  const form = invitationForm({
    institution_code: 'ASSOC',
    email: 'second@assoc.example',
    roles: 'secretariat_approver',
  })
  const page = await (await sendForm(desk, '/invitations', form)).text()
  assert.doesNotMatch(page, /同意を待っています/)
  const { path, code } = shownOn(page)
  assert.match(await site.main(auditor, '/desk-entries'), /1人で成立（ほかに事務局員がいなかった）/)
  const warned = (await letters()).filter(({ subject }) => subject.includes('1人で付与'))
  assert.deepEqual(warned.map(({ address }) => address).sort(), await deskAndAuditors())
  assert.equal((await site.nobody.post(path, { code })).status, 303)
})
