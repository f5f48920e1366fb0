import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Role } from '#ground/db/tables.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { createFirst } from './create-first.ts'
import { firstAccount } from './first-account.ts'

let site: TestSite
let desk: TestSite['nobody']
let admin: TestSite['nobody']
let admin_id: string
// Sessions end by the clock of the machine.
let now = new Date()

before(async () => {
  site = await testSite({ clock: () => now })
  desk = await site.as('secretariat')
  admin = await site.as('institution_administrator')
  admin_id = (await site.accountOf('institution_administrator')).id
})
after(() => site.close())

const textOf = async (answer: Response) =>
  (await answer.text())
    .replace(/^[\s\S]*<main/, '<main')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
/** Someone new of an institution, with these roles. */
async function somebody(code: string, ...roles: Role[]) {
  const { id: institution_id } = await site.db
    .selectFrom('institution')
    .where('code', '=', code)
    .select('id')
    .executeTakeFirstOrThrow()
  const name_ja = `架空 ${crypto.randomUUID().slice(0, 8)}`
  const person = await site.db
    .insertInto('person')
    // Of a demo, who come in with a password alone.
    .values({ institution_id, name_ja, email: `${crypto.randomUUID()}@people.example`, created_at: now, is_demo: true })
    .returning(['id', 'name_ja', 'email', 'institution_id'])
    .executeTakeFirstOrThrow()
  for (const role of roles)
    await site.db.insertInto('role_grant').values({ person_id: person.id, role, granted_at: now }).execute()
  return person
}
const grantsOf = (person_id: string) =>
  site.db.selectFrom('role_grant').where('person_id', '=', person_id).selectAll().orderBy('granted_at').execute()
const held = async (person_id: string) =>
  (await grantsOf(person_id)).filter(({ removed_at }) => !removed_at).map(({ role }) => role)
const lastLine = async () => (await site.trail()).at(-1)!
const contactIn = (code: string) =>
  site.db
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
    .where('institution.code', '=', code)
    .where('role', '=', 'bcp_contact')
    .where('person.left_at', 'is', null)
    .select(['person.id', 'person.email', 'person.name_ja', 'role_grant.id as grant_id', 'person.institution_id'])
    .orderBy('person.created_at')
    .limit(1)
    .executeTakeFirstOrThrow()

test('the secretariat finds everyone, an administrator their own people, and when they last signed in', async () => {
  const { id, name_ja } = await contactIn('SEC-002')
  const found = await textOf(await desk.get(`/people?q=${encodeURIComponent(name_ja)}`))
  assert.match(found, new RegExp(`${name_ja}.*BCP連絡担当者 まだありません`))
  assert.match(
    await textOf(await desk.get('/people?q=ＡＤＭＩＮ＠ｓｏｋｙｕ')),
    /機関管理者 \d+月\d+日（.） \d\d:\d\d JST/,
  )
  assert.match(await textOf(await desk.get('/people?page=2')), /2 \/ 3ページ/)
  assert.match(await textOf(await desk.get('/people?q=%00nobody')), /当てはまる人はいません/)

  const own = await textOf(await admin.get('/people'))
  assert.match(own, /admin@sokyu\.example/)
  assert.doesNotMatch(own, /@(assoc|soten)\.example/)
  assert.match(await textOf(await admin.get(`/people?q=${encodeURIComponent(name_ja)}`)), /当てはまる人はいません/)
  assert.equal((await admin.get(`/people/${id}`)).status, 404)
})

test('S0-30 S3-4(6) a role is granted with its reason, counts from the next request, and stands in history and trail', async () => {
  const { id, email } = await contactIn('SEC-003')
  const person = await site.signIn(email)
  assert.equal((await person.get('/people')).status, 403)
  const sent = await desk.post(`/people/${id}/roles`, { role: 'institution_administrator', reason: ' 着任 ' })
  assert.deepEqual([sent.status, sent.headers.get('location')], [303, `/people/${id}`])
  assert.equal((await person.get('/people')).status, 200)

  const by = await site.accountOf('secretariat')
  const grant = (await grantsOf(id)).find(({ role }) => role === 'institution_administrator')!
  assert.deepEqual([grant.granted_by, grant.reason], [by.id, '着任'])
  const { action, about, details, person_id } = await lastLine()
  assert.deepEqual([action, about, person_id], ['role.granted', `/people/${id}`, by.id])
  assert.deepEqual(details, { role: 'institution_administrator', reason: '着任' })
  assert.match(await textOf(await desk.get(`/people/${id}`)), /機関管理者 \d+月\d+日（.） \d\d:\d\d JST .* 着任/)

  // Twice is once.
  const lines = (await site.trail()).length
  assert.equal((await desk.post(`/people/${id}/roles`, { role: 'institution_administrator', reason: 'x' })).status, 303)
  assert.equal((await site.trail()).length, lines)

  const ended = await desk.post(`/grants/${grant.id}/end`, { reason: '異動' })
  assert.deepEqual([ended.status, ended.headers.get('location')], [303, `/people/${id}`])
  assert.equal((await person.get('/people')).status, 403)
  assert.equal((await person.get('/home')).status, 200)
  assert.deepEqual((await site.trail()).findLast(({ action }) => action === 'role.ended')?.details, {
    role: 'institution_administrator',
    reason: '異動',
  })
  assert.equal((await desk.post(`/grants/${grant.id}/end`, { reason: 'もう一度' })).status, 303)
  assert.equal((await desk.get(`/grants/${grant.id}/end`)).status, 303)
  const again = (await grantsOf(id)).find((each) => each.id === grant.id)!
  assert.equal(again.removal_reason, '異動')
  // A role that was ended may be granted again; both stand in the history.
  await desk.post(`/people/${id}/roles`, { role: 'institution_administrator', reason: '復帰' })
  assert.equal((await grantsOf(id)).filter(({ role }) => role === 'institution_administrator').length, 2)
})

for (const [what, form, field] of [
  ['no role', { reason: '着任' }, 'role'],
  ['a role that is none', { role: 'king', reason: '着任' }, 'role'],
  ['no reason', { role: 'observer', reason: ' \r\n ' }, 'reason'],
  ['a reason too long', { role: 'observer', reason: 'あ'.repeat(501) }, 'reason'],
] as const)
  test(`a grant with ${what} comes back with the person’s own words`, async () => {
    const { id } = await contactIn('SEC-004')
    const answer = await desk.post(`/people/${id}/roles`, form)
    const html = await answer.text()
    assert.equal(answer.status, 422)
    assert.match(html, new RegExp(`<a href="#${field}">`))
    if (form.reason === '着任') assert.match(html, />着任<\/textarea>/)
    assert.deepEqual(await held(id), ['bcp_contact'])
  })

for (const [code, has, role, words] of [
  ['SEC-005', [], 'secretariat', /協会に所属する人だけ/],
  ['SEC-005', [], 'secretariat_approver', /協会に所属する人だけ/],
  ['SEC-005', [], 'auditor', /協会に所属する人だけ/],
  ['SEC-005', [], 'authority', /監督当局と中央銀行/],
  ['ASSOC', [], 'authority', /監督当局と中央銀行/],
  ['ASSOC', ['auditor'], 'secretariat', /兼ねることができません/],
  ['ASSOC', ['auditor'], 'bcp_contact', /兼ねることができません/],
  ['ASSOC', ['institution_administrator'], 'auditor', /兼ねることができません/],
] as const)
  test(`S0-30 ${role} is refused to someone of ${code} who holds ${has.join() || 'nothing'}, with the reason`, async () => {
    const { id } = await somebody(code, ...has)
    const answer = await desk.post(`/people/${id}/roles`, { role, reason: '試験' })
    assert.equal(answer.status, 422)
    assert.match(await textOf(answer), words)
    assert.deepEqual(await held(id), has)
  })

for (const [code, has, role] of [
  ['REG', [], 'authority'],
  ['CB', [], 'authority'],
  ['ASSOC', ['observer'], 'auditor'],
  ['SEC-005', ['bcp_contact'], 'council_member'],
  ['SEC-005', ['bcp_contact'], 'command_centre_member'],
] as const)
  test(`${role} is granted to someone of ${code} who holds ${has.join() || 'nothing'}`, async () => {
    const { id } = await somebody(code, ...has)
    assert.equal((await desk.post(`/people/${id}/roles`, { role, reason: '試験' })).status, 303)
    await agreeTo(id)
    assert.deepEqual((await held(id)).sort(), [...has, role].sort())
  })

/** A role of the desk takes a second person. */
async function agreeTo(person_id: string) {
  const waiting = await site.db
    .selectFrom('desk_entry')
    .where('person_id', '=', person_id)
    .where('agreed_at', 'is', null)
    .select('id')
    .execute()
  for (const { id } of waiting)
    assert.equal((await (await site.as('secretariat_approver')).post(`/desk-entries/${id}/agreement`)).status, 303)
}

test('S0-30 nobody grants a role to themselves', async () => {
  const { id } = await site.accountOf('secretariat')
  assert.doesNotMatch(await site.main(desk, `/people/${id}`), /action="\/people\/[^"]*\/roles"/)
  const answer = await desk.post(`/people/${id}/roles`, { role: 'secretariat_approver', reason: '試験' })
  assert.equal(answer.status, 422)
  assert.match(await textOf(answer), /自分自身に役割を付与することはできません/)
  assert.deepEqual(await held(id), ['secretariat'])
})

test('S0-30 an administrator grants and ends institution roles of their own people, and nothing else', async () => {
  const mine = await somebody('SEC-001', 'council_member')
  const theirs = await somebody('SEC-002', 'bcp_contact')
  const post = async (at: string, form: Record<string, string>) =>
    (await admin.post(at, { reason: '試験', ...form })).status
  assert.equal(await post(`/people/${mine.id}/roles`, { role: 'bcp_contact' }), 303)
  assert.equal(await post(`/people/${mine.id}/roles`, { role: 'institution_administrator' }), 303)
  for (const role of ['secretariat', 'council_member', 'authority', 'auditor', 'command_centre_member'])
    assert.equal(await post(`/people/${mine.id}/roles`, { role }), 403, role)
  assert.equal(await post(`/people/${theirs.id}/roles`, { role: 'bcp_contact' }), 403)
  assert.equal(await post(`/people/${theirs.id}/end`, {}), 403)

  const [council] = await grantsOf(mine.id)
  assert.equal(council?.role, 'council_member')
  assert.equal(await post(`/grants/${council?.id}/end`, {}), 403)
  assert.equal((await admin.get(`/grants/${council?.id}/end`)).status, 404)
  const [their] = await grantsOf(theirs.id)
  assert.equal(await post(`/grants/${their?.id}/end`, {}), 403)
  const contact = (await grantsOf(mine.id)).find(({ role }) => role === 'bcp_contact')!
  assert.equal((await admin.get(`/grants/${contact.id}/end`)).status, 200)
  assert.equal(await post(`/grants/${contact.id}/end`, {}), 303)
  assert.deepEqual((await held(mine.id)).sort(), ['council_member', 'institution_administrator'])
  // Leave the firm with one administrator again.
  assert.equal(await post(`/people/${mine.id}/end`, {}), 303)
  assert.deepEqual(await held(mine.id), [])
})

test('an administrator of the association does not end accounts of its desk', async () => {
  const { id } = await somebody('ASSOC')
  await site.db.insertInto('role_grant').values({ person_id: id, role: 'institution_administrator' }).execute()
  const credential = await site.db.selectFrom('credential').select('password').limit(1).executeTakeFirstOrThrow()
  await site.db
    .insertInto('credential')
    .values({ person_id: id, account_id: id, provider_id: 'credential', password: credential.password })
    .execute()
  const { email } = await site.db.selectFrom('person').where('id', '=', id).select('email').executeTakeFirstOrThrow()
  const own = await site.signIn(email)
  const approver = await site.accountOf('secretariat_approver')
  assert.equal((await own.post(`/people/${approver.id}/end`, { reason: '試験' })).status, 403)
  assert.doesNotMatch(await site.main(own, `/people/${approver.id}`), /\/end"/)
  assert.deepEqual(await held(approver.id), ['secretariat_approver'])
})

test('S0-30 the last administrator of an institution cannot remove themselves; the secretariat can', async () => {
  const id = admin_id
  const [grant] = await grantsOf(id)
  for (const at of [`/grants/${grant?.id}/end`, `/people/${id}/end`]) {
    const answer = await admin.post(at, { reason: '退任' })
    assert.equal(answer.status, 422)
    const html = await answer.text()
    assert.match(html, /最後の機関管理者です/)
    assert.match(html, />退任<\/textarea>/)
  }
  assert.deepEqual(await held(id), ['institution_administrator'])
  assert.equal((await desk.post(`/grants/${grant?.id}/end`, { reason: '試験' })).status, 303)
  assert.deepEqual(await held(id), [])
  await desk.post(`/people/${id}/roles`, { role: 'institution_administrator', reason: '戻す' })
})

test('S0-30 the last of the secretariat is never removed, not even when two remove each other at once', async () => {
  const secretariat = await site.db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .where('role', '=', 'secretariat')
    .where('removed_at', 'is', null)
    .select(['person.email', 'person.id as person_id', 'role_grant.id'])
    .orderBy('person.created_at')
    .execute()
  assert.equal(secretariat.length, 2)
  const [first, second] = secretariat
  const deputy = await site.signIn(second!.email)
  const codes = await Promise.all([
    desk.post(`/grants/${second?.id}/end`, { reason: '同時' }),
    deputy.post(`/grants/${first?.id}/end`, { reason: '同時' }),
  ])
  // One is refused: as the last, or because it had lost the right meanwhile.
  assert.equal(codes.filter(({ status }) => status === 303).length, 1)
  const left = (
    await Promise.all(secretariat.map(async (each) => ({ ...each, roles: await held(each.person_id) })))
  ).find(({ roles }) => roles.length > 0)!
  desk = left.person_id === first?.person_id ? desk : deputy
  for (const at of [`/grants/${left.id}/end`, `/people/${left.person_id}/end`]) {
    const answer = await desk.post(at, { reason: '最後' })
    assert.equal(answer.status, 422)
    assert.match(await textOf(answer), /事務局の最後の1人です/)
  }
  const other = secretariat.find(({ person_id }) => person_id !== left.person_id)!
  assert.equal(
    (await desk.post(`/people/${other.person_id}/roles`, { role: 'secretariat', reason: '戻す' })).status,
    303,
  )
  await agreeTo(other.person_id)
})

test('S0-30 S3-4(6) who leaves is out at once and everywhere, and stays in the call tree, unconfirmed, until replaced', async () => {
  const { id, email, institution_id, name_ja } = await contactIn('SEC-006')
  const [phone, laptop] = [await site.signIn(email), await site.signIn(email)]
  await site.db.updateTable('contact').set({ confirmed_at: now }).where('person_id', '=', id).execute()
  const check = await textOf(await desk.get(`/people/${id}/end`))
  assert.match(check, /解除される役割 BCP連絡担当者 終わるサインイン 2件 名簿に残る担当 1件/)
  assert.equal((await desk.post(`/people/${id}/end`, { reason: '' })).status, 422)
  assert.equal((await phone.get('/home')).status, 200)

  assert.equal((await desk.post(`/people/${id}/end`, { reason: '退職' })).status, 303)
  for (const each of [phone, laptop]) assert.equal((await each.get('/home')).status, 303)
  await assert.rejects(site.signIn(email), /401/)
  assert.deepEqual(await held(id), [])
  const count = async (table: 'session' | 'credential') =>
    (await site.db.selectFrom(table).where('person_id', '=', id).select('id').execute()).length
  assert.deepEqual([await count('session'), await count('credential')], [0, 0])
  const line = (await site.trail()).findLast(({ action }) => action === 'person.left')!
  assert.deepEqual(line.details, { reason: '退職', roles: ['bcp_contact'], contacts: 1, sessions: 2 })

  const [contact] = await site.db.selectFrom('contact').where('person_id', '=', id).selectAll().execute()
  assert.deepEqual([contact?.removed_at, contact?.confirmed_at], [null, null])
  assert.match(await (await desk.get(`/institutions/${institution_id}`)).text(), new RegExp(name_ja))
  const page = await textOf(await desk.get(`/people/${id}`))
  assert.match(page, /利用は終了しています.*退職.*名簿には担当者として残っています/)
  assert.match(await textOf(await desk.get(`/people?q=${encodeURIComponent(email)}`)), /利用終了 \d+月\d+日/)

  const lines = (await site.trail()).length
  assert.equal((await desk.post(`/people/${id}/end`, { reason: 'もう一度' })).status, 303)
  assert.equal((await site.trail()).length, lines)
  assert.equal((await desk.get(`/people/${id}/end`)).status, 303)
  const again = await desk.post(`/people/${id}/roles`, { role: 'bcp_contact', reason: '復帰' })
  assert.equal(again.status, 422)
  assert.match(await textOf(again), /利用を終了した人に/)
})

test('the first account is opened in an empty house once, with its institution, and nothing is half done', async () => {
  const words = { code: 'ASSOC', institution: '架空協会', name: '架空 一郎', mail: 'First@Desk.example' }
  const inhabited = await createFirst(site.tools, words)
  assert.equal(inhabited.done, false)
  assert.match(inhabited.said.join(), /someone of the secretariat already/)
  assert.deepEqual((await createFirst(site.tools, { ...words, mail: 'x', code: 'a' })).said, [
    '--code: 2 to 20 of the characters 0-9 A-Z -',
    '--mail is no mail address',
  ])

  // As if nobody had come yet.
  const leave = (removed_at: Date | null) =>
    site.db
      .updateTable('role_grant')
      .set({ removed_at, removal_reason: removed_at && '試験' })
      .where('role', '=', 'secretariat')
      .where('granted_at', '<=', now)
      .execute()
  await leave(now)
  const before = { people: await peopleCount(), lines: (await site.trail()).length }
  assert.match((await createFirst(site.tools, { ...words, code: 'EXC-1' })).said.join(), /no association/)
  assert.match(
    (await createFirst(site.tools, { ...words, mail: 'bcp@soten.example' })).said.join(),
    /this mail address/,
  )
  await assert.rejects(
    firstAccount(site.tools, { ...words, code: 'NEW' }, () => Promise.reject(new Error('no mail server'))),
    /no mail server/,
  )
  assert.deepEqual({ people: await peopleCount(), lines: (await site.trail()).length }, before)

  const opened = await createFirst(site.tools, { ...words, code: 'NEW-1' })
  assert.equal(opened.done, true, opened.said.join())
  const [, address = '', code = ''] = /(\/invitations\/\S+) {2}(\S+)$/.exec(opened.said.at(-1) ?? '') ?? []
  const entered = await site.nobody.post(address, { code })
  assert.equal(entered.status, 303)
  const cookie = entered.headers.getSetCookie().map((line) => line.split(';')[0])
  const first = site.client(cookie.join('; '))
  // The code opens nothing but the way to a passkey or an app.
  assert.equal((await first.get('/people')).headers.get('location'), '/account/set-up')
  const line = (await site.trail()).find(({ action }) => action === 'person.first-opened')!
  assert.deepEqual([line.who, line.details], ['command-line', { institution: 'NEW-1', role: 'secretariat' }])
  assert.doesNotMatch(JSON.stringify(await site.trail()), new RegExp(code))
  assert.equal((await createFirst(site.tools, { ...words, mail: 'second@desk.example' })).done, false)
  now = new Date(now.getTime() + 1000)
})
const peopleCount = async () => (await site.db.selectFrom('person').select('id').execute()).length
