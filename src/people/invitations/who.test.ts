import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { invitationForm, sendForm, shownOn, textOf } from '#tests/kit/invitations.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let secretariat: TestSite['nobody']
let administrator: TestSite['nobody']
before(async () => {
  site = await testSite()
  secretariat = await site.as('secretariat')
  administrator = await site.as('institution_administrator')
})
after(() => site.close())
afterEach(() => assert.deepEqual(site.reported.splice(0), []))

const send = (client: TestSite['nobody'], changes: Record<string, string | string[]>) =>
  sendForm(client, '/invitations', invitationForm(changes))
const refusal = async (answer: Response) => {
  const html = await answer.text()
  assert.equal(answer.status, 422, textOf(html))
  return textOf(html)
}
const invitations = () => site.db.selectFrom('invitation').selectAll().execute()
const person = (email: string) =>
  site.db.selectFrom('person').selectAll().where('email', '=', email).executeTakeFirstOrThrow()

test('S0-30 an administrator invites for their own institution only, and to its two roles only', async () => {
  const before = (await invitations()).length
  assert.equal((await send(administrator, { institution_code: 'SEC-002', email: 'a@other.example' })).status, 403)
  for (const role of [
    'secretariat',
    'observer',
    'auditor',
    'command_centre_member',
    'institution_administrator,secretariat',
  ]) {
    const answer = await send(administrator, { email: 'a@sokyu.example', roles: role.split(',') })
    assert.match(await refusal(answer), /与えられない役割/)
  }
  assert.equal((await invitations()).length, before)
  const answer = await send(administrator, {
    email: 'a@sokyu.example',
    roles: ['bcp_contact', 'institution_administrator'],
  })
  assert.equal(answer.status, 200)
})

test('the database itself lets an administrator neither invite elsewhere nor to other roles', async () => {
  const by = await site.accountOf('institution_administrator')
  const db = site.tools.dbOf({ ...by, roles: ['institution_administrator'] }, false)
  const other = await site.db
    .selectFrom('institution')
    .select('id')
    .where('code', '=', 'SEC-002')
    .executeTakeFirstOrThrow()
  const values = {
    institution_id: by.institution_id,
    name_ja: '架空',
    name_en: null,
    email: 'wall@sokyu.example',
    roles: ['bcp_contact' as const],
    reason: '試験',
    contact_id: null,
    invited_by: by.id,
    invited_at: new Date(),
    code_hash: 'x',
    expires_at: new Date(),
  }
  const key = () => ({ idempotency_key: crypto.randomUUID() })
  await db
    .insertInto('invitation')
    .values({ ...values, ...key() })
    .execute()
  for (const change of [
    { institution_id: other.id },
    { roles: ['secretariat' as const] },
    { kind: 'recovery' as const, person_id: by.id },
    { invited_by: (await site.accountOf('secretariat')).id },
  ])
    await assert.rejects(
      db
        .insertInto('invitation')
        .values({ ...values, ...key(), email: 'wall2@sokyu.example', ...change })
        .execute(),
      /row-level security/,
    )
})

test('an administrator sees and handles the invitations of their own institution only', async () => {
  const answer = await send(secretariat, {
    institution_code: 'SEC-003',
    email: 'b@third.example',
    name_ja: '架空 次郎',
  })
  const { id } = shownOn(await answer.text())
  const own = await send(secretariat, { email: 'c@sokyu.example', name_ja: '架空 三郎' })
  shownOn(await own.text())
  const list = textOf(await (await administrator.get('/invitations')).text())
  assert.match(list, /架空 三郎/)
  assert.doesNotMatch(list, /架空 次郎|b@third\.example/)
  assert.equal((await administrator.post(`/invitations/${id}/code`)).status, 404)
  assert.equal((await administrator.post(`/invitations/${id}/withdrawal`)).status, 404)
  assert.match(textOf(await (await secretariat.get('/invitations')).text()), /架空 次郎/)
})

test('people of the desk are of the association, authorities are authorities', async () => {
  for (const [institution_code, role] of [
    ['SEC-001', 'secretariat'],
    ['SEC-001', 'auditor'],
    ['ASSOC', 'authority'],
  ] as const)
    assert.match(
      await refusal(await send(secretariat, { institution_code, roles: role, email: 'd@x.example' })),
      /役割/,
    )
  assert.equal(
    (await send(secretariat, { institution_code: 'REG', roles: 'authority', email: 'd@reg.example' })).status,
    200,
  )
})

test('an account of the own institution is refused by name; of another’s a firm learns nothing, and comes by no second one', async () => {
  const colleague = await site.accountOf('institution_administrator')
  assert.match(
    await refusal(await send(administrator, { email: colleague.email })),
    new RegExp(`${colleague.name_ja}のアカウントです`),
  )
  const { email } = await site.accountOf('observer')
  const association = await site.db
    .selectFrom('institution')
    .selectAll()
    .where('code', '=', 'ASSOC')
    .executeTakeFirstOrThrow()
  await sameAsUnknown(email)
  assert.equal((await person(email)).institution_id, association.id)
  assert.match(await refusal(await send(secretariat, { email })), new RegExp(association.name_ja))
})

/** Asks for an address that is somebody's elsewhere and for one that is nobody's: the page is the same, and the first opens nothing. */
async function sameAsUnknown(email: string) {
  const [known = '', unknown = ''] = await Promise.all(
    [email, `nobody-${crypto.randomUUID()}@x.example`].map(async (to) => {
      const answer = await send(administrator, { email: to })
      assert.equal(answer.status, 200)
      return (await answer.text()).replaceAll(to, 'ADDRESS')
    }),
  )
  const words = (html: string) =>
    textOf(html)
      .replace(shownOn(html).code, '')
      .replace(/使える期限.*/s, '')
  assert.equal(words(known).length > 100, true)
  assert.equal(words(known).replace(/電話での読み方.*/s, ''), words(unknown).replace(/電話での読み方.*/s, ''))
  const { path, code } = shownOn(known)
  assert.equal((await site.nobody.post(path, { code })).status, 422)
}

test('the proved address of a contact elsewhere opens nothing to a firm; the mailbox of many is refused', async () => {
  const contact = await site.db
    .selectFrom('contact_address')
    .innerJoin('institution', 'institution.id', 'contact_address.institution_id')
    .where('institution.code', '=', 'SEC-004')
    .where('means', '=', 'mail')
    .selectAll('contact_address')
    .select('institution.name_ja')
    .executeTakeFirstOrThrow()
  await site.db.updateTable('person').set({ email: 'moved@x.example' }).where('email', '=', contact.address).execute()
  await site.db.updateTable('contact_address').set({ verified_at: new Date() }).where('id', '=', contact.id).execute()
  await sameAsUnknown(contact.address)
  assert.match(await refusal(await send(secretariat, { email: contact.address })), new RegExp(contact.name_ja))
  await site.db.updateTable('contact_address').set({ is_role_mailbox: true }).where('id', '=', contact.id).execute()
  assert.match(
    await refusal(await send(secretariat, { institution_code: 'SEC-004', email: contact.address })),
    /共有のアドレス/,
  )
})

test('an address is nobody’s before somebody came in by it: another house’s invitation stands in nobody’s way', async () => {
  assert.equal((await send(administrator, { email: 'twice@sokyu.example' })).status, 200)
  assert.match(await refusal(await send(administrator, { email: 'Twice@Sokyu.example ' })), /すでに招待/)
  const right = await send(secretariat, { institution_code: 'SEC-002', email: 'twice@sokyu.example' })
  const { path, code } = shownOn(await right.text())
  assert.equal((await site.nobody.post(path, { code })).status, 303)
  const { code: of } = await site.db
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .where('email', '=', 'twice@sokyu.example')
    .select('code')
    .executeTakeFirstOrThrow()
  assert.equal(of, 'SEC-002')
  const open = await site.db
    .selectFrom('invitation')
    .where('email', '=', 'twice@sokyu.example')
    .where('ended_at', 'is', null)
    .select('id')
    .execute()
  assert.deepEqual(
    open.map(({ id }) => `/invitations/${id}`),
    [path],
  )
})

test('an address that only looks like one in use is asked about, with both shown', async () => {
  const admin = await site.accountOf('institution_administrator')
  const alike = admin.email.replace('m', 'rn')
  const html = await (await send(administrator, { email: alike })).text()
  assert.match(textOf(html), new RegExp(`入力したアドレス ${alike} 登録されているアドレス ${admin.email}`))
  assert.match(html, new RegExp(`name="is_another"[^>]*value="${admin.email}"`))
  assert.equal((await send(administrator, { email: alike, is_another: 'yes' })).status, 422)
  assert.equal((await send(administrator, { email: alike, is_another: admin.email })).status, 200)
})

test('a person who had left is invited again: the same account, without anything that opened it before', async () => {
  const { email } = await site.accountOf('council_member')
  const before = await person(email)
  assert.equal((await send(administrator, { email })).status, 422, 'while they are here')
  await site.db
    .updateTable('person')
    .set({ left_at: new Date(), left_reason: '退職' })
    .where('id', '=', before.id)
    .execute()
  const { path, code } = shownOn(await (await send(administrator, { email, name_ja: '架空 戻子' })).text())
  const demo = await site.nobody.post('/sign-in', { email, password: 'noroshi-demo-2026' })
  assert.equal(demo.status, 401)
  assert.equal((await site.nobody.post(path, { code })).status, 303)
  const now = await person(email)
  assert.deepEqual([now.id, now.left_at, now.name_ja], [before.id, null, '架空 戻子'])
  const credentials = await site.db.selectFrom('credential').selectAll().where('person_id', '=', before.id).execute()
  assert.equal(credentials.length, 0)
  const grants = await site.db
    .selectFrom('role_grant')
    .selectAll()
    .where('person_id', '=', before.id)
    .where('removed_at', 'is', null)
    .execute()
  assert.deepEqual(
    grants.map(({ role }) => role),
    ['bcp_contact'],
  )
})

test('who left one institution is taken in at another by the secretariat only', async () => {
  const contact = await site.db
    .selectFrom('person')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .where('institution.code', '=', 'SEC-005')
    .selectAll('person')
    .executeTakeFirstOrThrow()
  await site.db
    .updateTable('person')
    .set({ left_at: new Date(), left_reason: '転籍' })
    .where('id', '=', contact.id)
    .execute()
  await sameAsUnknown(contact.email)
  // What a firm wrote in vain is taken back by the secretariat, which can do what the firm cannot.
  const vain = (await invitations()).find(({ email, ended_at }) => email === contact.email && !ended_at)
  await site.done(secretariat, `/invitations/${vain?.id}/withdrawal`, {})
  await site.db
    .updateTable('contact_address')
    .set({ removed_at: new Date() })
    .where('address', '=', contact.email)
    .execute()
  const { path, code } = shownOn(await (await send(secretariat, { email: contact.email })).text())
  assert.equal((await site.nobody.post(path, { code })).status, 303)
  const moved = await person(contact.email)
  assert.equal(moved.institution_id, (await site.accountOf('institution_administrator')).institution_id)
  const linked = await site.db
    .selectFrom('contact')
    .where('person_id', '=', contact.id)
    .select('institution_id')
    .execute()
  assert.ok(linked.every(({ institution_id }) => institution_id === moved.institution_id))
})

test('who left after coming in by an invitation does not come in by it again', async () => {
  const { path, code } = shownOn(await (await send(administrator, { email: 'short@sokyu.example' })).text())
  assert.equal((await site.nobody.post(path, { code })).status, 303)
  await site.db
    .updateTable('person')
    .set({ left_at: new Date(), left_reason: '退職' })
    .where('email', '=', 'short@sokyu.example')
    .execute()
  assert.equal((await site.nobody.post(path, { code })).status, 422)
})

for (const [what, changes, message] of [
  ['no name', { name_ja: ' ' }, /氏名を100文字以内/],
  ['no address', { email: '' }, /メールアドレスを半角/],
  ['an address in letters that look Latin', { email: 'аdmin@sokyu.example' }, /メールアドレスを半角/],
  ['an address with a line end', { email: 'a@b.example\r\nBcc: x@y.example' }, /メールアドレスを半角/],
  ['no role', { roles: [] }, /役割を1つ以上/],
  ['a role that is none', { roles: 'owner' }, /役割を1つ以上/],
  ['no reason', { reason: '' }, /理由を500文字以内/],
  ['an institution that is none', { institution_code: 'NONE' }, /機関コードを名簿のとおりに/],
] as const)
  test(`an invitation with ${what} comes back with what was typed`, async () => {
    const html = await (await send(secretariat, { ...changes, name_en: 'Typed Name' } as Record<string, string>)).text()
    assert.match(textOf(html), message)
    assert.match(html, /value="Typed Name"/)
  })
