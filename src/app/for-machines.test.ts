import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readSettings } from '#ground/config/config.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { createApp } from './app.tsx'

let site: TestSite
before(async () => {
  site = await testSite({ clock: () => new Date('2027-01-15T09:00:00Z') })
})
after(() => site.close())

test('robots may read what is published, and nothing else', async () => {
  const text = await (await site.nobody.get('/robots.txt')).text()
  assert.match(text, /^User-agent: \*\nAllow: \/\$\n/)
  assert.match(text, /\nDisallow: \/\n$/)
  for (const path of ['/home', '/sign-in', '/a/', '/exercise/']) assert.ok(!text.includes(`Allow: ${path}`))
})

test('browsers that ask for the sign of the tab by its old address get it', async () => {
  const answer = await site.nobody.get('/favicon.ico')
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'image/svg+xml'])
  assert.match(await answer.text(), /^<svg /)
})

test('where weaknesses may be told is said when it is set, and only then', async () => {
  assert.equal((await site.nobody.get('/.well-known/security.txt')).status, 404)
  const { auth, hub } = site
  const config = { ...site.tools.config, security_contact: 'mailto:security@assoc.example' }
  const app = createApp({ tools: { ...site.tools, config }, auth, hub, report: () => assert.fail() })
  const text = await (await app.request('/.well-known/security.txt')).text()
  assert.deepEqual(text.split('\n').slice(0, 2), [
    'Contact: mailto:security@assoc.example',
    'Expires: 2027-07-14T00:00:00Z',
  ])
  assert.throws(() => readSettings({ SECURITY_CONTACT: 'security@assoc.example' }), /SECURITY_CONTACT/)
})

test('over https the names of our cookies hold browsers to it, and what has another name is not believed', async () => {
  const { auth, hub } = site
  const app = createApp({
    tools: { ...site.tools, origin: 'https://bcp.example' },
    auth,
    hub,
    report: () => assert.fail(),
  })
  const body = new URLSearchParams({ language: 'en', back: '/' })
  const answer = await app.request('/language', { method: 'POST', body })
  assert.match(
    answer.headers.getSetCookie()[0] ?? '',
    /^__Host-language=en; .*Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  const page = async (cookie: string) => (await app.request('/sign-in', { headers: { cookie } })).text()
  assert.match(await page('__Host-language=en'), /<html lang="en"/)
  assert.match(await page('language=en'), /<html lang="ja"/)
  const back = await app.request('/sign-in/sso/answer')
  assert.match(
    back.headers.getSetCookie()[0] ?? '',
    /^__Secure-noroshi-sso\.way=; Max-Age=0; Path=\/sign-in\/sso; .*Secure/,
  )
})
