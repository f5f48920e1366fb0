import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demoPassword } from '#access/sign-in/demo-password.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

const next_password = '改札 ひまわり 鉛筆削り 七つの丘'
const form = (changes: Record<string, string> = {}) => ({
  current_password: demoPassword,
  password: next_password,
  password_again: next_password,
  ...changes,
})
const goOn = (answer: Response) =>
  site.client(
    answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; '),
  )

for (const [what, changes, words] of [
  ['a wrong current password', { current_password: 'not the right one' }, /現在のパスワードが違います/],
  [
    'a short one',
    { password: '十四文字しかないので短い！', password_again: '十四文字しかないので短い！' },
    /15文字以上/,
  ],
  ['a long one', { password: 'あ'.repeat(129), password_again: 'あ'.repeat(129) }, /128文字以内/],
  ['two that differ', { password_again: `${next_password}!` }, /一致していません/],
  ['nothing', { current_password: '', password: '', password_again: '' }, /15文字以上/],
] as const)
  test(`a password is not changed with ${what}`, async () => {
    const person = await site.as('observer')
    const answer = await person.post('/account/password', form(changes))
    assert.equal(answer.status, 422)
    const html = await answer.text()
    assert.match(html, words)
    assert.ok(!html.includes(next_password), 'what was typed is not given back')
    assert.ok(!(await site.trail()).some(({ action }) => action === 'password.changed'))
    await site.as('observer')
    assert.deepEqual(site.reported, [])
  })

test('S3-4(11) a changed password ends every other session, and is told by mail without a secret', async () => {
  const { id, email } = await site.accountOf('auditor')
  const [mine, other] = [await site.signIn(email), await site.signIn(email)]
  const answer = await mine.post('/account/password', form())
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/account?done=password'])
  assert.equal((await goOn(answer).get('/trail')).status, 200)
  for (const old of [mine, other]) assert.equal((await old.get('/trail')).status, 303)
  const line = (await site.trail()).at(-1)
  assert.deepEqual(
    [line?.action, line?.person_id, line?.details],
    ['password.changed', id, { first: false, session: 'password' }],
  )
  const [letter, ...more] = await site.db.selectFrom('letter').selectAll().where('address', '=', email).execute()
  assert.deepEqual([letter?.purpose, letter?.label, more], ['sign-in-changed', 'red', []])
  assert.ok(!letter?.body.includes(next_password) && !letter?.body.includes('http'))
  const sessions = await site.db.selectFrom('session').select('method').where('person_id', '=', id).execute()
  assert.deepEqual(sessions, [{ method: 'password' }])

  assert.equal((await site.nobody.post('/sign-in', { email, password: demoPassword })).status, 401)
  await site.signIn(email, next_password)
})

test('who was invited sets a first password without one from before', async () => {
  const { id, email } = await site.accountOf('council_member')
  const person = await site.signIn(email)
  await site.db.deleteFrom('credential').where('person_id', '=', id).execute()
  const page = await (await person.get('/account/password')).text()
  assert.match(page, /パスワードを設定する/)
  assert.doesNotMatch(page, /name="current_password"/)
  assert.match(await (await person.get('/account/second-factor')).text(), /先にパスワードを設定してください/)
  assert.equal((await person.post('/account/password', form({ current_password: '' }))).status, 303)
  assert.deepEqual((await site.trail()).at(-1)?.details, { first: true, session: 'password' })
  await site.signIn(email, next_password)
})
