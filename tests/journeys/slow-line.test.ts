import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../kit/browser.ts'
import { isReady, type OfflineSite, openOfflineSite, openPhone, signIn } from '../kit/offline-site.ts'

/** A line of the second generation: milliseconds there and back, bytes a second. */
const second_generation = {
  offline: false,
  latency: 800,
  downloadThroughput: 250_000 / 8,
  uploadThroughput: 50_000 / 8,
}
const first_load_bytes_max = 14 * 1024

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

/** A phone on a slow line with nothing kept from before, which counts every byte of the bodies that come in. */
async function openSlowly(javaScriptEnabled: boolean) {
  const context = await openPhone(browser, market, { javaScriptEnabled })
  const page = await context.newPage()
  await signIn(page, market, '/home')
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.clearBrowserCache')
  await session.send('Network.emulateNetworkConditions', second_generation)
  const loaded: { url: string; bytes: number }[] = []
  const urls = new Map<string, string>()
  session.on('Network.requestWillBeSent', ({ requestId, request }) => void urls.set(requestId, request.url))
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) =>
    loaded.push({ url: urls.get(requestId) ?? '', bytes: encodedDataLength }),
  )
  const sum = (which = (_url: string) => true) =>
    loaded.reduce((all, { url, bytes }) => all + (which(url) ? bytes : 0), 0)
  return { context, page, sum, loaded }
}

const files = async (page: Page, situation: string) => {
  await page.getByRole('button', { name: 'すべて通常・被害なし と報告する' }).click()
  await page.waitForURL(/\/reports\//)
  await page.getByText('報告を受け付けました').waitFor()
  assert.equal((await market.reportsOf(situation)).length, 1)
}

test('N-15 the report page opens and files on a 2G line without JavaScript, within 14 KB', async () => {
  const situation = await market.openSituation()
  const { context, page, sum, loaded } = await openSlowly(false)
  await page.goto(`${market.line.origin}${situation}/report`)
  const bytes = sum()
  assert.ok(bytes > 5_000 && bytes <= first_load_bytes_max, `${bytes} bytes: ${JSON.stringify(loaded)}`)
  await files(page, situation)
  await context.close()
})

test('N-15 with JavaScript it stands within 14 KB too; what keeps a report comes once it stands', async () => {
  const situation = await market.openSituation()
  const { context, page, sum, loaded } = await openSlowly(true)
  await page.goto(`${market.line.origin}${situation}/report`)
  const bytes = sum((url) => !/\/assets\/reports-|\/service-worker|\/report\/waiting/.test(url))
  assert.ok(bytes > 5_000 && bytes <= first_load_bytes_max, `${bytes} bytes: ${JSON.stringify(loaded)}`)
  const order = await page.evaluate(async () => {
    while (!performance.getEntriesByType('resource').some(({ name }) => name.includes('/assets/reports-')))
      await new Promise(requestAnimationFrame)
    const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    const kept = performance.getEntriesByType('resource').find(({ name }) => name.includes('/assets/reports-'))
    return { stands: page?.loadEventStart ?? Number.POSITIVE_INFINITY, begins: kept?.startTime ?? 0 }
  })
  assert.ok(order.begins >= order.stands, JSON.stringify(order))
  await isReady(page)
  await files(page, situation)
  await context.close()
})
