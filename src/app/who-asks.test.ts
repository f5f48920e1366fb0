import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { tokenOf } from '#access/sign-in/index.ts'
import { openAuth } from '#ground/auth/auth.ts'
import { openSituations } from '#status/situations/index.ts'
import { openTestSituation } from '#tests/kit/rounds.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { whoAsks } from './who-asks.ts'

let site: TestSite
let cookie: string
let id: string
const name = 'noroshi.session_token'

before(async () => {
  site = await testSite()
  const account = await site.accountOf('command_centre_member')
  cookie = (await site.signIn(account.email)).cookie!
  id = account.id
})
after(() => site.close())

const valueIn = (text: string) => decodeURIComponent(text.slice(text.indexOf('=') + 1))
const written = (value: string) => `${name}=${encodeURIComponent(value)}`
const signed = (token: string, secret: string) =>
  `${token}.${createHmac('sha256', secret).update(token).digest('base64')}`

/** Who it is, as better-auth says and as we say: the two must never differ. */
async function asked(cookies: string) {
  const theirs = await site.auth.api.getSession({ headers: new Headers({ cookie: cookies }) })
  const token = await tokenOf(site.auth, cookies)
  const ours = token === undefined ? undefined : await whoAsks(site.db, token)
  return { theirs: theirs?.session.id, ours: ours?.session.id }
}

test('a session is found by our own question exactly where the sign-in library finds it', async () => {
  const value = valueIn(cookie)
  const [token = '', signature = ''] = value.split('.')
  const { secret } = site.tools.config
  const own = await site.db.selectFrom('session').select('id').where('token', '=', token).executeTakeFirstOrThrow()
  const good: Record<string, string> = {
    'as it was set': cookie,
    'among others': `language=en; ${cookie}; a=b`,
    'not encoded': `${name}=${value}`,
    'in quotes': `${name}="${encodeURIComponent(value)}"`,
    'first of two': `${cookie}; ${written(signed('other', secret))}`,
  }
  for (const [what, cookies] of Object.entries(good))
    assert.deepEqual(await asked(cookies), { theirs: own.id, ours: own.id }, what)
  const otherThan = (letter: string | undefined) => (letter === 'x' ? 'y' : 'x')
  const bad: Record<string, string> = {
    'no cookie': 'language=en',
    'nothing at all': '',
    'an empty value': `${name}=`,
    'no signature': written(token),
    'an empty signature': written(`${token}.`),
    'no token': written(`.${signature}`),
    'a signature cut short': written(value.slice(0, -1)),
    'a signature with one letter more': written(`${value}=`),
    'a signature of another letter': written(`${token}.${otherThan(signature[0])}${signature.slice(1)}`),
    'another token under this signature': written(`${token.slice(0, -1)}${otherThan(token.at(-1))}.${signature}`),
    'a token signed with another secret': written(signed(token, `${secret}x`)),
    'a token signed with no secret': written(signed(token, ' ')),
    'a token that nobody has, signed': written(signed('x'.repeat(32), secret)),
    'an empty token, signed': written(signed('', secret)),
    'a token with a dot, signed': written(signed(`${token}.x`, secret)),
    'letters that are no letters': `${name}=%E0%A4%A.${signature}`,
    'the name of https on http': `__Secure-${cookie}`,
    'another name': cookie.replace('session_token', 'session_data'),
    'second of two': `${written(signed('other', secret))}; ${cookie}`,
  }
  for (const [what, cookies] of Object.entries(bad))
    assert.deepEqual(await asked(cookies), { theirs: undefined, ours: undefined }, what)
})

test('behind https only the cookie of https counts', async () => {
  const { secret } = site.tools.config
  const auth = openAuth({ db: site.db, secret, origin: 'https://bcp.example' })
  const token = valueIn(cookie).split('.')[0]
  assert.equal(await tokenOf(auth, cookie), undefined)
  assert.equal(await tokenOf(auth, `__Secure-${cookie}`), token)
  for (const [cookies, isThere] of [
    [cookie, false],
    [`__Secure-${cookie}`, true],
  ] as const)
    assert.equal((await auth.api.getSession({ headers: new Headers({ cookie: cookies }) })) !== null, isThere)
})

test('one statement tells all: the roles held now, the settings, the open situations', async () => {
  const token = (await tokenOf(site.auth, cookie))!
  const known = (await whoAsks(site.db, token))!
  const row = await site.db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const { name_ja, name_en, institution_id } = row
  // A member of the command centre holds the role while one is set up.
  assert.deepEqual(known.person, { id, name_ja, name_en, institution_id, roles: [] })
  const { secretariat } = await site.people('secretariat')
  await openTestSituation(site.db, secretariat.person, 'exercise')
  assert.deepEqual((await whoAsks(site.db, token))?.person.roles, ['command_centre_member'])
  assert.deepEqual([known.is_demo, known.session.method, known.session.stored], [true, 'password', null])
  assert.deepEqual((await whoAsks(site.db, token))?.open, await openSituations(site.db))
  await site.db
    .insertInto('setting')
    .values({ name: 'session.idle_minutes', value: JSON.stringify(30), changed_by: id, changed_at: new Date() })
    .execute()
  const removed = { removed_at: new Date(), removed_by: id, removal_reason: '' }
  await site.db.updateTable('role_grant').set(removed).where('person_id', '=', id).execute()
  const then = (await whoAsks(site.db, token))!
  assert.deepEqual([then.person.roles, then.session.stored], [[], { 'session.idle_minutes': 30 }])
})

test('a session past its last end is gone, and one whose person has left opens nothing', async () => {
  const other = await site.as('auditor')
  const token = (await tokenOf(site.auth, other.cookie!))!
  const { id: gone } = await site.accountOf('auditor')
  const left = (left_at: Date | null) => site.db.updateTable('person').set({ left_at }).where('id', '=', gone).execute()
  await left(new Date())
  assert.equal(await whoAsks(site.db, token), undefined)
  await left(null)
  assert.equal((await whoAsks(site.db, token))?.person.id, gone)
  const expires_at = new Date(Date.now() - 1)
  await site.db.updateTable('session').set({ expires_at }).where('token', '=', token).execute()
  assert.equal(await whoAsks(site.db, token), undefined)
  assert.deepEqual(await site.db.selectFrom('session').selectAll().where('token', '=', token).execute(), [])
})
