import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import type { Browser, BrowserContext } from 'playwright-core'
import { demoPassword } from '#access/sign-in/index.ts'
import { isFit } from '../kit/axe.ts'
import { openBrowser } from '../kit/browser.ts'
import { type TestSite, testSite } from '../kit/site.ts'

const width = 360
let ahead_ms = 0
let server: Server
let origin: string
let site: TestSite
let browser: Browser

before(async () => {
  server = createServer((request, response) => void getRequestListener(site.app.fetch)(request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  site = await testSite({ origin, clock: () => new Date(Date.now() + ahead_ms) })
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  server?.closeAllConnections()
  server?.close()
  await site?.close()
})

const sessionToken = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => name.endsWith('noroshi.session_token'))?.value

test('a dangerous act asks who it is, and a passkey lets it go on with what was typed', async () => {
  const context = await browser.newContext({ viewport: { width, height: 740 }, locale: 'ja-JP' })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel('メールアドレス').fill((await site.accountOf('secretariat')).email)
  await page.getByLabel('パスワード').fill(demoPassword)
  await page.getByRole('button', { name: 'サインインする', exact: true }).click()
  await page.waitForURL(/\/home/)
  await page.goto(`${origin}/account`)
  await page.getByRole('button', { name: 'パスキーを登録する' }).click()
  await page.getByText('パスキーを登録しました').waitFor()

  await page.goto(`${origin}/settings`)
  ahead_ms += 20 * 60_000
  await page.locator('[name="idle_minutes"]').fill('55')
  await page.getByLabel('変更の理由').fill('夜間の当番に合わせる')
  await page.getByRole('button', { name: '設定を変更する' }).click()
  await page.getByText('入力した内容はそのまま引き継がれます').waitFor()
  const by_passkey = page.getByRole('button', { name: 'パスキーで確認して続ける' })
  await by_passkey.waitFor()
  await isFit(page)

  // A finger that is not the holder's proves nothing.
  await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await by_passkey.click()
  await page.getByText('取り消されたか、時間切れ').waitFor()
  await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
  const before = await sessionToken(context)
  await by_passkey.click()
  await page.getByText('設定を変更しました').waitFor()
  assert.equal(await page.locator('[name="idle_minutes"]').inputValue(), '55')
  assert.notEqual(await sessionToken(context), before)
  assert.deepEqual(site.reported, [])
  await context.close()
})
