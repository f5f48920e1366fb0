import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import type { Browser, Page, Route } from 'playwright-core'
import { isFit } from '../kit/axe.ts'
import { openBrowser } from '../kit/browser.ts'
import { isReady, type OfflineSite, openOfflineSite, openPhone, signIn } from '../kit/offline-site.ts'

let browser: Browser
let market: OfflineSite
before(async () => {
  browser = await openBrowser()
  market = await openOfflineSite()
})
after(async () => {
  await browser?.close()
  await market?.close()
})
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  await market.line.cut()
  await market.line.mend()
})

const all_normal = 'すべて通常・被害なし と報告する'
/** Loads again; while the browser still puts up its own page of the error, there is none to load, and it is asked once more. */
async function again(page: Page): Promise<void> {
  try {
    await page.reload()
  } catch (error) {
    if (!String(error).includes('Not attached to an active page')) throw error
    await again(page)
  }
}
/** One choice of every question, so that the form is whole. */
const choose = (page: Page) =>
  page.evaluate(() => {
    for (const field of document.querySelectorAll('fieldset'))
      field.querySelector<HTMLInputElement>('input[type="radio"]')?.click()
  })
const note = (page: Page) => page.getByLabel('補足', { exact: true })

/** On the report page of a phone that was never here before, whose script that keeps reports does not come until told. */
async function atReport() {
  const situation = await market.openSituation()
  const context = await openPhone(browser, market)
  const page = await context.newPage()
  await signIn(page, market, '/home')
  const late: Route[] = []
  let end: ((route: Route) => Promise<void>) | undefined
  const asked = new Promise<void>((come) =>
    page.route('**/assets/reports-*', (route) => {
      if (end) return end(route)
      late.push(route)
      come()
    }),
  )
  await page.goto(`${market.line.origin}${situation}/report`)
  await asked
  /** What becomes of the request for the script, and of those that follow. */
  const settle = async (how: (route: Route) => Promise<void>) => {
    end = how
    await Promise.all(late.splice(0).map(how))
  }
  return { situation, page, settle }
}

test('N-15 a report that is submitted before its script has come, without a connection, is said not to be sent; its words stay', async () => {
  const { situation, page, settle } = await atReport()
  await choose(page)
  await note(page).fill('本店は停電、支店で継続')
  await market.line.cut()
  const press = page.getByRole('button', { name: '状況を報告する', exact: true })
  await press.click()
  await settle((route) => route.abort('internetdisconnected'))
  const alert = page.getByRole('alert').filter({ hasText: 'まだ送信されていません' })
  await alert.waitFor()
  assert.ok((await alert.locator('a[href^="tel:"]').count()) > 0, 'the secretariat can be called')
  assert.equal(await note(page).inputValue(), '本店は停電、支店で継続')
  assert.deepEqual(await market.reportsOf(situation), [])
  await isFit(page)

  await press.click()
  await alert.waitFor()
  await market.line.mend()
  await settle((route) => route.continue())
  await press.click()
  await page.waitForURL(/\/reports\//)
  const [report, ...others] = await market.reportsOf(situation)
  assert.deepEqual([report?.text, others], ['本店は停電、支店で継続', []])
})

test('N-15 a report that is submitted while its script is on the way waits for it, and is kept when the line breaks then', async () => {
  const { situation, page, settle } = await atReport()
  await page.getByRole('button', { name: all_normal }).click()
  await page.getByRole('button', { name: '送信中…' }).waitFor()
  assert.deepEqual(await market.reportsOf(situation), [])
  await settle(async (route) => {
    const script = await route.fetch()
    await market.line.cut()
    await route.fulfill({ response: script })
  })
  await page.locator('[data-report="unsent"]').waitFor()
  await market.line.mend()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.locator('[data-report="filed"]').waitFor()
  assert.equal((await market.reportsOf(situation)).length, 1)
})

test('N-15 a script that is there no more, since the program is a newer one, holds no report up', async () => {
  const { situation, page, settle } = await atReport()
  await page.getByRole('button', { name: all_normal }).click()
  await settle((route) => route.fulfill({ status: 404 }))
  await page.waitForURL(/\/reports\//)
  assert.equal((await market.reportsOf(situation)).length, 1)
})

test('N-15 without JavaScript and without a connection the browser says so itself, and loading again sends the same words once', async () => {
  const situation = await market.openSituation()
  const context = await openPhone(browser, market, { javaScriptEnabled: false })
  const page = await context.newPage()
  await signIn(page, market, '/home')
  await page.goto(`${market.line.origin}${situation}/report`)
  for (const question of await page.locator('fieldset').all())
    await question.locator('input[type="radio"]').first().check()
  await note(page).fill('支店で継続')
  await market.line.cut()
  const told = page.waitForEvent('framenavigated', (frame) => frame.url().startsWith('chrome-error:'))
  await page.getByRole('button', { name: '状況を報告する', exact: true }).click({ noWaitAfter: true })
  await told
  assert.deepEqual(await market.reportsOf(situation), [])
  await market.line.mend()
  await again(page)
  await page.waitForURL(/\/reports\//)
  const [report, ...others] = await market.reportsOf(situation)
  assert.deepEqual([report?.text, others], ['支店で継続', []])
})

test('N-15 what was not sent for 7 days is deleted from the device, by whichever clock keeps it longer', async () => {
  const situation = await market.openSituation()
  const context = await openPhone(browser, market)
  const page = await context.newPage()
  await signIn(page, market, `${situation}/report`)
  await isReady(page)
  await market.line.cut()
  await page.getByRole('button', { name: all_normal }).click()
  await page.locator('[data-report="unsent"]').waitFor()
  await page.evaluate(
    (day) =>
      new Promise<void>((done) => {
        const request = indexedDB.open('reports')
        request.onsuccess = () => {
          const transaction = request.result.transaction('reports', 'readwrite')
          const store = transaction.objectStore('reports')
          const all = store.getAll()
          all.onsuccess = () => {
            const [report] = all.result
            const now = Date.now()
            const filed = (days: number) => ({ path: '/reports/x', reported_at: now - days * day })
            const copies = [
              { key: 'six days', written_at: now - 6 * day, kept_at: now - 6 * day },
              { key: 'eight days', written_at: now - 8 * day, kept_at: now - 8 * day },
              { key: 'a clock that was ahead', written_at: now - 9 * day, kept_at: now - 1000 },
              { key: 'a clock that was behind', written_at: now - 1000, kept_at: 0 },
              { key: 'arrived an hour ago', written_at: now - day, kept_at: now - day, filed: filed(1 / 24) },
              { key: 'arrived long ago', written_at: now - 2 * day, kept_at: now - 2 * day, filed: filed(1.1) },
            ]
            store.clear()
            for (const copy of copies) store.put({ ...report, ...copy })
          }
          transaction.oncomplete = () => done()
        }
      }),
    86_400_000,
  )
  await page.goto(`${market.line.origin}/report/waiting`)
  await page.locator('[data-report]').first().waitFor()
  const keys = await page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        const request = indexedDB.open('reports')
        request.onsuccess = () => {
          const keys = request.result.transaction('reports').objectStore('reports').getAllKeys()
          keys.onsuccess = () => done(keys.result.map(String).sort())
        }
      }),
  )
  assert.deepEqual(keys, ['a clock that was ahead', 'a clock that was behind', 'arrived an hour ago', 'six days'])
})
