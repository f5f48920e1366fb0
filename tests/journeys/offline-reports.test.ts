import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../browser.ts'
import { isReady, type OfflineSite, openOfflineSite, openPhone, signIn } from '../offline-site.ts'

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

const all_normal = 'すべて通常・被害なし と報告する'

/** On the report page of a new situation, with everything on the phone that it needs without a connection. */
async function atReport(mode: 'actual' | 'exercise' = 'actual') {
  const situation = await market.openSituation(mode)
  const context = await openPhone(browser, market)
  const page = await context.newPage()
  await signIn(page, market, `${situation}/report`)
  await isReady(page)
  return { situation, context, page }
}

const sees = (page: Page, words: string) => page.getByText(words).first().waitFor()

test('N-15 S0-15 a report made without a connection says “not yet sent” wherever one looks, and files itself once when it is back', async () => {
  const { situation, context, page } = await atReport()
  const { line } = market
  await line.cut()
  await page.getByRole('button', { name: all_normal }).click()
  await page.getByRole('heading', { name: 'まだ送信されていません' }).waitFor()
  await sees(page, 'すべての業務が通常、被害なし')
  assert.ok((await page.locator('a[href^="tel:"]').count()) > 0, 'the secretariat can be called')
  assert.deepEqual(await market.reportsOf(situation), [])

  // The tab is closed; the phone opens the portal again, still without a connection.
  await page.close()
  const again = await context.newPage()
  await again.goto(`${line.origin}/home`)
  await again.waitForURL(`${line.origin}/report/waiting`)
  await again.getByRole('heading', { name: 'まだ送信されていません' }).waitFor()

  await line.mend()
  await again.evaluate(() => dispatchEvent(new Event('online')))
  await again.getByRole('heading', { name: '送信されました' }).waitFor()
  const [report, ...others] = await market.reportsOf(situation)
  assert.deepEqual(others, [])
  assert.ok(report?.written_at && report.written_at < report.reported_at)
  const minutes = (report.next_update_at.getTime() - report.written_at.getTime()) / 60_000
  assert.ok(Number.isInteger(minutes), 'it holds from when it was written')
  await again.getByRole('link', { name: '受け付けた報告を見る' }).click()
  await again.waitForURL(`${line.origin}/reports/${report.id}`)
  await sees(again, 'つながらない間に書かれ')
  await again.goto(`${line.origin}/home`)
  assert.equal(await again.locator('#waiting').count(), 0)
  await context.close()
})
