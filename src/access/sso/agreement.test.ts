import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { type Oidc, oidcClient, startOidc } from '#tests/kit/oidc.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { openBrowser } from '#tests/kit/sso-browser.ts'
import { changeSettings } from '#tests/kit/sso-settings.ts'

let site: TestSite
let idp: Oidc
/** Who sets the provider up, also as the identity provider's own administrator; and another of the desk. */
let desk: Awaited<ReturnType<TestSite['personOf']>>
let approver: Awaited<ReturnType<TestSite['personOf']>>
let approver_mail: string
let before_letters: string[]
const domain = 'assoc.example'

before(async () => {
  site = await testSite()
  idp = await startOidc()
  ;({ secretariat: desk, secretariat_approver: approver } = await site.people('secretariat', 'secretariat_approver'))
  approver_mail = (await site.accountOf('secretariat_approver')).email
})
after(async () => {
  await idp.close()
  await site.close()
})
beforeEach(async () => {
  for (const { id } of await site.db.selectFrom('sso_provider').where('removed_at', 'is', null).select('id').execute())
    await site.done(desk.client, `/sso/${id}/removal`, { confirm: domain })
  before_letters = (await letters()).map(({ id }) => id)
})

async function addInUse() {
  const form = { institution_id: desk.person.institution_id, domain, issuer: idp.issuer, ...oidcClient }
  const added = await desk.client.post('/sso', { kind: 'oidc', ...form })
  assert.equal(added.status, 303)
  const path = added.headers.get('location')!
  idp.register(`http://localhost/sign-in/sso/callback/${path.split('/').at(-1)}`)
  await site.done(desk.client, `${path}/activation`, { is_active: 'yes' })
  return path
}
async function comesIn(email: string) {
  idp.state.account = { sub: email, email, email_verified: true }
  return openBrowser(site).post('/sign-in/sso', { mail: email, next: '/home' })
}
const letters = () =>
  site.db.selectFrom('letter').where('purpose', '=', 'workplace-sign-in').select(['id', 'address', 'subject']).execute()
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

test('one person of the desk cannot come in as another by a provider of their own; by words, and in the trail', async () => {
  await addInUse()
  for (const email of [approver_mail, (await site.accountOf('auditor')).email]) {
    const { answer } = await comesIn(email)
    assert.equal(answer.status, 403)
    const page = await answer.text()
    assert.match(page, /まだこの方法で入れません/)
    assert.match(page, /パスキーまたはパスワードでサインインしてください/)
    const line = (await site.trail()).at(-1)!
    assert.deepEqual([line.action, line.details.reason], ['sign-in.refused', 'desk_not_agreed'])
  }
  const sessions = await site.db.selectFrom('session').where('method', '=', 'sso').selectAll().execute()
  assert.deepEqual([sessions, await site.db.selectFrom('sso_subject').selectAll().execute()], [[], []])
  // Everybody else of the institution comes in as before.
  assert.equal((await comesIn((await site.accountOf('observer')).email)).url.pathname, '/home')
})

test('people of the desk come in once another of it has agreed, who cannot be the one who set it up', async () => {
  const path = await addInUse()
  const own = await desk.client.post(`${path}/agreement`)
  assert.equal(own.status, 409)
  assert.match(await own.text(), /設定を追加した人は同意できません/)
  assert.equal((await comesIn(approver_mail)).answer.status, 403)

  const seen = await (await approver.client.get(path)).text()
  assert.match(seen, /追加した人：/)
  assert.doesNotMatch(seen, new RegExp(`action="${path}/(activation|removal|test)"`))
  for (const _ of [1, 2]) await site.done(approver.client, `${path}/agreement`)
  assert.match(await (await desk.client.get(path)).text(), /が同意しました/)
  assert.equal((await site.trailOf(path)).filter(({ action }) => action === 'sso.agreed').length, 1)
  assert.equal((await comesIn(approver_mail)).url.pathname, '/home')

  // What was agreed to is what was set up: other settings ask anew, whoever wrote them.
  const id = path.split('/').at(-1)!
  await changeSettings(site, id, { client_id: 'another' })
  assert.doesNotMatch(await (await desk.client.get(path)).text(), /が同意しました/)
})

test('S0-30 the database takes no agreement of who set the provider up, nor in another’s name, nor other settings', async () => {
  const path = await addInUse()
  const provider_id = path.split('/').at(-1)!
  const { settings } = await site.db
    .selectFrom('sso_provider as provider')
    .where('id', '=', provider_id)
    .select(sql<string>`sso_settings(provider)`.as('settings'))
    .executeTakeFirstOrThrow()
  const row = { provider_id, settings, agreed_at: new Date() }
  const as = (who: typeof desk) => site.tools.dbOf(who.person, false)
  for (const [who, agreed_by] of [
    [desk, desk.person.id],
    [desk, approver.person.id],
    [approver, desk.person.id],
  ] as const)
    await assert.rejects(
      as(who)
        .insertInto('sso_agreement')
        .values({ ...row, agreed_by })
        .execute(),
      /row-level security/,
    )
  await assert.rejects(
    as(desk)
      .updateTable('sso_provider')
      .set({ issuer: 'https://evil.example' })
      .where('id', '=', provider_id)
      .execute(),
    /permission denied/,
  )
  await as(approver)
    .insertInto('sso_agreement')
    .values({ ...row, agreed_by: approver.person.id })
    .execute()
})

test('all of the desk and the auditors are told by letter what is done to a provider, also when it is removed', async () => {
  const path = await addInUse()
  await site.done(approver.client, `${path}/agreement`)
  await site.done(desk.client, `${path}/activation`, { is_active: 'no' })
  await site.done(desk.client, `${path}/removal`, { confirm: domain })
  const told = (await letters()).filter(({ id }) => !before_letters.includes(id))
  for (const did of ['追加しました', '使い始めました', '同意しました', '止めました', '削除しました']) {
    const to = told.filter(({ subject }) => subject.includes(did)).map(({ address }) => address)
    assert.deepEqual(to.sort(), await deskAndAuditors(), did)
  }
})
