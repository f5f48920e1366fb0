import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { formMark, mark_field } from '#ground/auth/form-mark.ts'
import { refill, type Typed } from '#ground/html/refill.ts'
import { roles } from '#ground/rights/person.ts'
import { fieldsOf } from '#simulate/index.ts'
import { wordsOf } from '../kit/pages.ts'
import { expected, openSamples } from '../kit/samples.ts'
import { sameOrigin, type TestSite, testSite, withCookies } from '../kit/site.ts'
import { addressOf, oneOfEverything } from '../kit/things.ts'

/** Nothing that somebody typed is gone because their session was over: of every form, and of every page that has one. */
let site: TestSite
let people: Awaited<ReturnType<TestSite['people']>>
let ids: Record<string, string>
before(async () => {
  site = await testSite()
  people = await site.people(...roles)
  ids = await oneOfEverything(await openSamples(site), people.bcp_contact)
})
after(() => site.close())

const words = 'だれかが 書いた言葉'

test('what is sent to any address of a form when nobody is signed in waits for its person', async () => {
  const lost: string[] = []
  for (const [path, allowed] of Object.entries(expected.forms)) {
    if (allowed === 'anyone') continue
    const { client, person } = people[allowed[0]!]
    const body = new URLSearchParams({ [mark_field]: formMark(site.tools.config.secret, person.id), words })
    const answer = await site.nobody.send('POST', addressOf(path, ids), body, sameOrigin)
    const to = answer.headers.get('location') ?? ''
    const again = site.client(withCookies(client.cookie, answer))
    const home = answer.status === 303 && to.startsWith('/sign-in?') ? await (await again.get('/home')).text() : ''
    if (!home.includes(words)) lost.push(`${path}: ${answer.status} ${to}`)
  }
  assert.deepEqual(lost, [])
  assert.deepEqual(site.reported, [])
})

test('every form that a page has can be filled in again as it was sent', async () => {
  const lost: string[] = []
  let forms = 0
  for (const [path, row] of Object.entries(expected.pages)) {
    const role = roles.find((each) => row[each] === 200)
    if (!role || path === '/live' || path.endsWith('.csv')) continue
    const html = await (await people[role].client.get(addressOf(path, ids))).text()
    for (const [form] of html.matchAll(/<form\b[^>]*method="post"[\s\S]*?<\/form>/g)) {
      const action = (/action="([^"]*)"/.exec(form)?.[1] ?? '').replaceAll('&amp;', '&')
      const written = new Set([...form.matchAll(/<textarea[^>]*name="([^"]+)"/g)].map(([, name = '']) => name))
      const typed: Typed = Object.entries(fieldsOf(form, /action="([^"]*)"/.exec(form)?.[1] ?? '')).map(
        ([name, value]) => [name, written.has(name) ? words : value],
      )
      const filled = refill(html, action, typed)
      const is_there = filled !== null && (written.size === 0 || wordsOf(filled).includes(words))
      if (!is_there) lost.push(`${path}: the form for ${action}`)
      forms++
    }
  }
  assert.ok(forms > 100)
  assert.deepEqual(lost, [])
})

for (const path of ['/nope', '/feed.xml', '/cap/x.xml', '/situations/1/nope', '/.env'])
  test(`${path}, which no route knows, is a 404 for everybody, and where there is one nothing is said of its things`, async () => {
    for (const client of [site.nobody, people.auditor.client]) {
      const answer = await client.get(path)
      assert.equal(answer.status, 404)
      assert.match(await answer.text(), /ページが見つかりません/)
    }
    // Whether there is such a thing or not, nobody is told who has not signed in.
    for (const known of [addressOf('/situations/:id', ids), '/situations/00000000-0000-4000-8000-000000000000'])
      assert.equal((await site.nobody.get(known)).status, 303)
  })
