import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../kit/browser.ts'
import { openLine } from '../kit/line.ts'
import { type Running, startNoroshi } from '../kit/running.ts'

const phone = { width: 360, height: 740 }
const password = 'noroshi-demo-2026'

let browser: Browser
let noroshi: Running
let line: Awaited<ReturnType<typeof openLine>>
before(async () => {
  browser = await openBrowser()
  noroshi = await startNoroshi()
  line = await openLine(noroshi.origin)
})
after(async () => {
  await browser?.close()
  await line?.cut()
  await noroshi?.close()
})

test('N-15 the directory on a phone without a connection: kept, found, old, and gone after the sign-out', async () => {
  const context = await browser.newContext({ viewport: phone, locale: 'ja-JP' })
  const page = await context.newPage()
  const { origin } = line
  await signIn(page, 'desk@assoc.example', '/directory')
  await kept(page)

  // Without a connection the directory opens, says so, and finds a person by their reading, name or number.
  await line.cut()
  await page.reload()
  await page.getByText('オフラインです').waitFor()
  await page.getByText('この端末に残した控えを表示しています。控えはたった今のもので').waitFor()
  await page.getByText('TLP:AMBER').waitFor()
  const shown = page.locator('[data-words]:visible')
  // Everyone, and the contact point of each institution.
  assert.equal(await shown.count(), 120 + 60)
  await page.getByLabel('名簿をしぼり込む').fill('蒼穹')
  await page.waitForFunction(() => document.querySelectorAll('[data-words]:not([hidden])').length === 3)
  assert.ok((await page.locator('a[href="mailto:bcp@sokyu.example"]').count()) === 1)
  await page.getByLabel('名簿をしぼり込む').fill('どこにもいない')
  await page.getByText('当てはまる担当者はいません').waitFor()
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    'the copy fits the width of a phone',
  )
  await page.goto(`${origin}/home`)
  await page.getByText('オフラインです').waitFor()
  // Nothing else is kept of what the portal holds.
  const other = await context.newPage()
  await assert.rejects(other.goto(`${origin}/trail`), /ERR_/)
  await other.close()
  const names = await page.evaluate(async () => {
    const cache = await caches.open('directory')
    return (await cache.keys()).map(({ url }) => new URL(url).pathname).sort()
  })
  assert.equal(names.length, 6)
  assert.deepEqual(names.at(-1), '/directory/offline')
  assert.ok(names.slice(0, 5).every((name) => /^\/assets\/(app|offline|print|reports|waiting)-/.test(name)))

  // A copy of eight days ago is not shown, and is gone.
  await page.evaluate(async () => {
    const cache = await caches.open('directory')
    const old = await cache.match('/directory/offline')
    const headers = { 'content-type': 'text/html', 'x-kept-at': String(Date.now() - 8 * 86_400_000) }
    await cache.put('/directory/offline', new Response(await old?.text(), { headers }))
  })
  await page.goto(`${origin}/directory`)
  await page.getByText('控えは期限切れです').waitFor()
  await line.mend()
  await page.goto(`${origin}/directory`)
  await kept(page)

  // Signing out takes it away; offline there is nothing any more.
  await page.goto(`${origin}/home`)
  await page.getByText('メニュー').click()
  await page.getByRole('button', { name: 'サインアウト' }).first().click()
  await page.waitForURL(`${origin}/`)
  assert.equal(await hasCopy(page), false)
  await line.cut()
  await assert.rejects(page.goto(`${origin}/directory`), /ERR_/)
  await context.close()
})

test('a session that ended elsewhere takes the copy with it, and another person has their own', async () => {
  await line.mend()
  const context = await browser.newContext({ viewport: phone, locale: 'ja-JP' })
  const page = await context.newPage()
  const { origin } = line
  await signIn(page, 'desk@assoc.example', '/directory')
  await kept(page)
  // As if the server had ended the session: the device still has its copy and does not know.
  await context.clearCookies()
  await page.goto(`${origin}/directory`)
  await page.waitForURL(/\/sign-in/)
  await gone(page)

  await signIn(page, 'bcp@sokyu.example', '/directory')
  await kept(page)
  await line.cut()
  await page.reload()
  await page.getByText('オフラインです').waitFor()
  assert.equal(await page.locator('[data-words]').count(), 4 + 60)
  await context.close()
})

async function signIn(page: Page, email: string, next: string) {
  await page.goto(`${line.origin}${next}`)
  await page.getByLabel('メールアドレス').fill(email)
  await page.getByLabel('パスワード').fill(password)
  await page.getByRole('button', { name: 'サインインする', exact: true }).click()
  await page.waitForURL(`${line.origin}${next}`)
}

/** The device has its copy, and the service worker answers for this page. */
async function kept(page: Page) {
  await page.evaluate(async () => {
    const isKept = async () =>
      navigator.serviceWorker.controller !== null &&
      (await caches.has('directory')) &&
      (await (await caches.open('directory')).match('/directory/offline')) !== undefined
    while (!(await isKept())) await new Promise(requestAnimationFrame)
  })
}

/** The device has no copy any more. */
const gone = (page: Page) =>
  page.evaluate(async () => {
    while (await caches.has('directory')) await new Promise(requestAnimationFrame)
  })

const hasCopy = (page: Page): Promise<boolean> => page.evaluate(() => caches.has('directory'))
