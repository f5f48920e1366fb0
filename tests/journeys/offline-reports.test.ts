import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { fieldsOf } from '#simulate/index.ts'
import { fileReport } from '#status/reports/file-report.ts'
import { isFit } from '../kit/axe.ts'
import { openBrowser } from '../kit/browser.ts'
import { testPerson, testReport } from '../kit/market.ts'
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
  market.loseAnswers(false)
  market.beSilent(false)
  await market.line.cut()
  await market.line.mend()
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
  await isFit(page)

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
})

/** On the page of a report that could not be sent. */
async function withWaiting(mode: 'actual' | 'exercise' = 'actual') {
  const opened = await atReport(mode)
  await market.line.cut()
  await opened.page.getByRole('button', { name: all_normal }).click()
  await opened.page.locator('[data-report="unsent"]').waitFor()
  return opened
}

/** What the browser does when the worker has asked to be told of a connection. */
async function sync(context: BrowserContext, page: Page) {
  const session = await context.newCDPSession(page)
  const known = new Promise<string>((found) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [{ registrationId } = { registrationId: '' }] = registrations
      if (registrationId) found(registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await known
  const { origin } = market.line
  await session.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId, tag: 'reports', lastChance: false })
  await session.detach()
}

const isOnline = (page: Page) => page.evaluate(() => void dispatchEvent(new Event('online')))
const isBack = async (page: Page) => {
  await market.line.mend()
  await isOnline(page)
}

test('N-15 S0-15 two tabs and the worker send at the same moment, and it arrives once', async () => {
  const { situation, context, page } = await withWaiting()
  const other = await context.newPage()
  await other.goto(`${market.line.origin}/report/waiting`)
  await other.locator('[data-report="unsent"]').waitFor()
  const before = market.posts.length
  await market.line.mend()
  await Promise.all([isOnline(page), isOnline(other), sync(context, page), isOnline(page), isOnline(other)])
  for (const each of [page, other]) await each.locator('[data-report="filed"]').waitFor()
  assert.equal((await market.reportsOf(situation)).length, 1)
  assert.equal(market.posts.length - before, 1, 'it was sent once')
})

test('N-15 the worker sends what waits when no page of the portal is open, and the next page says so', async () => {
  const { situation, context, page } = await withWaiting('exercise')
  await page.close()
  const plain = await context.newPage()
  await market.line.mend()
  await plain.goto(`${market.line.origin}/healthz`)
  await sync(context, plain)
  const reader = await context.newPage()
  await reader.goto(`${market.line.origin}/home`)
  await reader.locator('#waiting [data-state="filed"]').waitFor()
  const [report, ...others] = await market.reportsOf(situation)
  assert.deepEqual([report?.mode, others], ['exercise', []])
  await isFit(reader)
  const strip = reader.locator('#waiting')
  assert.match((await strip.textContent()) ?? '', /送信されました.*訓練 清算システムの停止 訓練.*記入.*受付/)
  await strip.getByRole('button', { name: '確認したので消す' }).click()
  await strip.waitFor({ state: 'detached' })
})

test('N-15 S0-15 a report that was taken while its answer was lost waits on the phone and is not taken again', async () => {
  const { situation, page } = await atReport()
  market.loseAnswers(true)
  await page.getByRole('button', { name: all_normal }).click()
  await page.locator('[data-report="unsent"]').waitFor()
  assert.equal((await market.reportsOf(situation)).length, 1)
  market.loseAnswers(false)
  await page.getByRole('button', { name: 'いま送ってみる' }).click()
  await page.locator('[data-report="filed"]').waitFor()
  assert.equal((await market.reportsOf(situation)).length, 1)
  const lines = await market.site.db
    .selectFrom('trail')
    .where('action', '=', 'report.filed')
    .where('about', '=', situation)
    .select('id')
    .execute()
  assert.equal(lines.length, 1)
})

test('N-15 a server that does not answer counts as no connection after ten seconds; pages opened before say so, and it is tried again', async () => {
  const { situation, context, page } = await atReport()
  const opened_before = await context.newPage()
  await opened_before.goto(`${market.line.origin}/home`)
  market.beSilent(true)
  await page.getByRole('button', { name: all_normal }).click()
  await page.locator('[data-report="unsent"]').waitFor()
  await opened_before.locator('#waiting [data-state="unsent"]').waitFor()
  assert.deepEqual(await market.reportsOf(situation), [])
  // Nobody presses anything, and no event tells of the connection.
  market.beSilent(false)
  await page.locator('[data-report="filed"]').waitFor()
  await opened_before.locator('#waiting [data-state="filed"]').waitFor()
  assert.equal((await market.reportsOf(situation)).length, 1)
})

test('N-15 a colleague reported meanwhile: both are shown, nothing is filed, and the person decides', async () => {
  const { situation, page } = await withWaiting()
  const { site } = market
  const own = await site.db
    .selectFrom('person')
    .selectAll()
    .where('email', '=', 'bcp@sokyu.example')
    .executeTakeFirstOrThrow()
  const colleague = await testPerson(site.db, '同僚 五郎', own.institution_id, ['bcp_contact'])
  const situation_id = situation.split('/')[2] ?? ''
  const form = testReport({ order_trading: 'stopped', text: '本店は停電' })
  await fileReport(site.tools, colleague, { situation_id, mode: 'actual', ...form })

  await isBack(page)
  await page.getByRole('heading', { name: '先にほかの報告が届いています' }).waitFor()
  assert.equal((await market.reportsOf(situation)).length, 1)
  await page.getByRole('button', { name: '送る前に内容を確かめる' }).click()
  await sees(page, '先に同僚 五郎さんの報告が届いています')
  await sees(page, '本店は停電')
  await sees(page, 'ご自分の報告（まだ送信されていません）')
  await isFit(page)
  // The line breaks once more at the worst moment: what was decided is kept, too.
  await market.line.cut()
  await page.getByRole('button', { name: '自分の報告を最新として送る' }).click()
  await page.locator('[data-report="unsent"]').waitFor()
  await isBack(page)
  await page.locator('[data-report="filed"]').waitFor()
  const [theirs, mine, ...others] = await market.reportsOf(situation)
  assert.deepEqual([mine?.supersedes, mine?.reported_by, others], [theirs?.id, own.id, []])
  assert.ok(mine?.written_at)
})

/** On the page of a report that can never be sent: its situation was closed meanwhile. */
async function withClosed(mode: 'actual' | 'exercise' = 'actual') {
  const opened = await withWaiting(mode)
  const path = `${opened.situation}/close`
  const form = fieldsOf((await market.desk.get(path)).text, path)
  const check = await market.desk.post(path, { ...form, closing_reason: '全機関の復旧を確認した。' })
  const closed = await market.desk.post(path, fieldsOf(check.text, path))
  assert.equal(closed.code, 303)
  await isBack(opened.page)
  await opened.page.getByRole('heading', { name: '送信されませんでした：事案が終結しています' }).waitFor()
  return opened
}

test('N-15 a situation that was closed meanwhile takes nothing, and the person is told and keeps the words', async () => {
  const { situation, page } = await withClosed()
  await sees(page, 'すべての業務が通常、被害なし')
  assert.deepEqual(await market.reportsOf(situation), [])
  const discard = page.getByRole('button', { name: 'この報告を破棄する' })
  await discard.click()
  await page.getByRole('button', { name: 'もう一度押すと' }).click()
  await page.locator('[data-report]').waitFor({ state: 'detached' })
})

test('N-15 after the session has ended it waits for its writer: not sent as another person, sent after their sign-in', async () => {
  const { situation, context, page } = await withWaiting()
  await context.clearCookies()
  await isBack(page)
  await page.getByRole('heading', { name: 'サインインが必要です' }).waitFor()
  await page.getByRole('link', { name: 'サインインして送る' }).click()
  await page.waitForURL(/\/sign-in/)
  await sees(page, 'まだ送信されていない報告が1件あります')

  await signIn(page, market, '/report/waiting', 'bcp@soten.example')
  await page.getByRole('heading', { name: '別の人がサインインしています' }).waitFor()
  assert.equal(await page.getByText('すべての業務が通常').count(), 0, 'another person does not read it')
  await page.goto(`${market.line.origin}/home`)
  await sees(page, '別の人がサインインしています')
  await isFit(page)
  assert.deepEqual(await market.reportsOf(situation), [])

  await context.clearCookies()
  await page.goto(`${market.line.origin}/sign-in?next=%2Freport%2Fwaiting`)
  await signIn(page, market, '/report/waiting')
  await page.locator('[data-report="filed"]').waitFor()
  assert.equal((await market.reportsOf(situation)).length, 1)
})

test('N-15 a sign-out would delete what waits: it says so, and is done only once the person has decided', async () => {
  const { page } = await withClosed('exercise')
  await page.getByText('メニュー').click()
  const leave = page.locator('form[action="/sign-out"] button').locator('visible=true')
  await leave.click()
  const question = page.getByRole('alertdialog')
  await question.getByText('未送信の報告が1件あります。サインアウトすると消えます').waitFor()
  assert.match((await question.textContent()) ?? '', /訓練 清算システムの停止 訓練/)
  await isFit(page)
  await question.getByRole('button', { name: 'サインアウトしない' }).click()
  assert.equal(await page.locator('[data-report]').count(), 1)
  await page.getByText('メニュー').click()
  await leave.click()
  await question.getByRole('button', { name: '報告を捨ててサインアウトする' }).click()
  // The public page, which has no place in this program without a public server.
  await page.waitForURL(`${market.line.origin}/`)
  await page.goto(`${market.line.origin}/report/waiting`)
  await sees(page, 'この端末に、未送信の報告はありません')
})

test('N-15 ten wait at most: an eleventh is not said to be kept, and stays in its form', async () => {
  const { page } = await withClosed()
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const request = indexedDB.open('reports')
        request.onsuccess = () => {
          const transaction = request.result.transaction('reports', 'readwrite')
          const store = transaction.objectStore('reports')
          const all = store.getAll()
          all.onsuccess = () => {
            for (let number = 1; number < 10; number++) store.put({ ...all.result[0], key: crypto.randomUUID() })
          }
          transaction.oncomplete = () => done()
        }
      }),
  )
  await page.goto(`${market.line.origin}/report`)
  await isReady(page)
  await market.line.cut()
  await page.getByLabel('補足', { exact: true }).fill('11件目')
  await page.getByRole('button', { name: all_normal }).click()
  await page.getByRole('heading', { name: '報告を端末に残せませんでした' }).waitFor()
  assert.equal(await page.getByLabel('補足', { exact: true }).inputValue(), '11件目')
})
