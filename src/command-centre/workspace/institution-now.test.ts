import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '#tests/kit/browser.ts'
import type { Making } from '#tests/kit/samples/making.ts'
import { firmOf, openSamples } from '#tests/kit/samples.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let browser: Browser
let desk: TestSite['nobody']
let contact: TestSite['nobody']
let make: Making
let id: string
let page: string

before(async () => {
  ;[site, browser] = await Promise.all([testSite(), openBrowser()])
  make = await openSamples(site)
  desk = make.desk.client
  const firm = await firmOf(site, { code: 'SEC-001' })
  contact = firm.client
  id = firm.person.institution_id
  page = `/institutions/${id}`
})
after(async () => {
  await browser?.close()
  await site?.close()
})

test('in peacetime the page of an institution says that no situation is open', async () => {
  const main = await site.main(desk, page)
  assert.match(main, /いまの状況.*対応中の事案はありません/s)
  assert.doesNotMatch(main, /代わりに報告する/)
})

test('an institution that rings up is found in one press; its page says how it stands and leads to all that is to be done', async () => {
  const round = await make.one('round')
  const found = await desk.get(`/find?${new URLSearchParams({ q: '蒼穹' })}`)
  assert.deepEqual([found.status, found.headers.get('location')], [303, page])
  const silent = await site.main(desk, page)
  assert.match(silent, /いまの状況.*実災害.*未報告.*状況照会に未回答です/s)
  for (const path of [`/rounds/${round}/report-for/${id}`, `/rounds/${round}/institutions/${id}`]) {
    assert.ok(silent.includes(`href="${path}"`), path)
    assert.equal((await desk.get(path)).status, 200)
  }
  assert.ok(silent.includes(`href="/rounds/${round}?q=SEC-001"`))
  assert.match(silent, /tel:\+81/)

  await site.done(desk, `/rounds/${round}/calls`, { institution_id: id })
  assert.match(await site.main(desk, page), /href="\/calls\/[0-9a-f-]{36}">電話連絡リストの1番目（全1件）/)

  await site.done(contact, `/situations/${await make.one('situation')}/report`, {
    all_normal: 'yes',
    idempotency_key: crypto.randomUUID(),
  })
  const told = await site.main(desk, page)
  assert.match(told, /通常.*状況照会に回答済みです/s)
  assert.doesNotMatch(told, /未報告|電話連絡リストの/)
})

test('its own people see how it stands, and nothing of what is for the desk', async () => {
  const own = await site.main(contact, page)
  assert.match(own, /いまの状況.*通常/s)
  assert.doesNotMatch(own, /代わりに報告する|電話連絡リスト|\/rounds\//)
})

test('who may not report for others is not offered it', async () => {
  const authority = await site.main(await site.as('authority'), page)
  assert.match(authority, /いまの状況.*通常/s)
  assert.doesNotMatch(authority, /代わりに報告する|\/calls\//)
})

test('a search that means several institutions, or none, goes to the directory; more than it shows it says', async () => {
  for (const q of ['証券', 'そのような機関はない', ''])
    assert.match((await desk.get(`/find?${new URLSearchParams({ q })}`)).headers.get('location') ?? '', /^\/directory/)
  const many = await site.main(desk, `/directory?${new URLSearchParams({ q: '証券' })}`)
  assert.match(many, /当てはまる機関はほかにもあります.*href="\/institutions\?q=/s)
  assert.doesNotMatch(await site.main(desk, '/directory?q=SEC-001'), /当てはまる機関はほかにもあります/)
})

test('the box that finds an institution is on every page of who may see the directory, and of nobody else', async () => {
  for (const path of ['/home', '/board', '/trail'])
    assert.match(await site.whole(desk, path), /<form[^>]*action="\/find".*?aria-label="機関を探す"/s)
  assert.doesNotMatch(await site.whole(contact, '/home'), /action="\/find"|find-[A-Z0-9]+\.js/)
  assert.equal((await contact.get('/find?q=x')).status, 403)
})

for (const width of [360, 1280])
  test(`at ${width} px the key "/" goes to the box, from there to the institution; switched off it does nothing`, async () => {
    const context = await browser.newContext({ viewport: { width, height: 740 }, serviceWorkers: 'block' })
    await context.route('**/*', async (route) => {
      const { pathname, search } = new URL(route.request().url())
      const answer = await desk.get(pathname + search)
      const headers = Object.fromEntries(answer.headers)
      await route.fulfill({ status: answer.status, headers, body: Buffer.from(await answer.arrayBuffer()) })
    })
    const tab = await context.newPage()
    await tab.goto('http://localhost/rights')
    const box = tab.locator('.dads-find input:visible')
    await tab.keyboard.press('/')
    assert.equal(await box.evaluate((one) => one === document.activeElement), true)
    await tab.keyboard.type('a/b')
    assert.equal(await box.inputValue(), 'a/b')

    await tab.goto('http://localhost/account')
    await tab.locator('#find-key label').click()
    await tab.goto('http://localhost/rights')
    await tab.keyboard.press('/')
    assert.equal(await tab.evaluate(() => document.activeElement?.tagName), 'BODY')
    await context.close()
  })
