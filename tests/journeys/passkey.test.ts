import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { openBrowser } from '../browser.ts'
import { type Running, startNoroshi } from '../running.ts'

const phone = { width: 360, height: 740 }
const password = 'noroshi-demo-2026'
const by_passkey = 'パスキーでサインインする'

let noroshi: Running
let browser: Browser
before(async () => {
  noroshi = await startNoroshi()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await noroshi?.close()
})

test('S0-20 a phone registers a passkey, and signs in with it, and with nothing else', async () => {
  const context = await browser.newContext({ viewport: phone, locale: 'ja-JP' })
  const page = await context.newPage()
  const authenticator = await addAuthenticator(context, page)
  await withPassword(page, 'bcp@sokyu.example')

  await page.goto(`${noroshi.origin}/account`)
  await sees(page, 'パスキーはまだありません')
  assert.equal(await page.getByText('このブラウザではパスキーを使えません').isVisible(), false)
  await page.getByLabel('パスキーの名前').fill('当番の電話')
  await page.getByRole('button', { name: 'パスキーを登録する' }).click()
  await sees(page, 'パスキーを登録しました')
  await page.getByRole('link', { name: '当番の電話' }).waitFor()
  await isFit(page)
  // The same device has one already.
  await page.getByRole('button', { name: 'パスキーを登録する' }).click()
  await sees(page, 'この端末のパスキーはすでに登録されています')

  await signOut(page)
  await page.goto(`${noroshi.origin}/sign-in?next=/report`)
  await isFit(page)
  await page.getByRole('button', { name: by_passkey, exact: true }).click()
  await page.waitForURL(`${noroshi.origin}/report`)
  await page.goto(`${noroshi.origin}/account`)
  assert.equal(await page.getByText('未使用').count(), 0)

  // A finger that is not the holder's: nobody comes in.
  await signOut(page)
  await authenticator.isVerified(false)
  await page.goto(`${noroshi.origin}/sign-in`)
  await page.getByRole('button', { name: by_passkey, exact: true }).click()
  await sees(page, '取り消されたか、時間切れ')
  await page.goto(`${noroshi.origin}/home`)
  assert.match(page.url(), /\/sign-in/)
  await context.close()
})

test('a device that does not check its holder gets no passkey', async () => {
  const context = await browser.newContext({ viewport: phone, locale: 'ja-JP' })
  const page = await context.newPage()
  await addAuthenticator(context, page, { isUserVerified: false })
  await withPassword(page, 'bcp@soten.example')
  await page.goto(`${noroshi.origin}/account`)
  await page.getByRole('button', { name: 'パスキーを登録する' }).click()
  await sees(page, '取り消されたか、時間切れ')
  await page.reload()
  await sees(page, 'パスキーはまだありません')
  await context.close()
})

test('without JavaScript there is no dead passkey button, and the page says what to do', async () => {
  const context = await browser.newContext({ viewport: phone, locale: 'ja-JP', javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${noroshi.origin}/sign-in`)
  assert.equal(await page.getByRole('button', { name: by_passkey }).count(), 0)
  await sees(page, 'メールアドレスとパスワードでサインインしてください')
  await withPassword(page, 'audit@assoc.example')
  await page.goto(`${noroshi.origin}/account`)
  assert.equal(await page.getByRole('button', { name: 'パスキーを登録する' }).count(), 0)
  await sees(page, 'パスワードと認証アプリでサインインできます')
  await context.close()
})

/** Chromium's own authenticator, as a phone has one: it keeps passkeys, and asks its holder. */
async function addAuthenticator(context: BrowserContext, page: Page, { isUserVerified = true } = {}) {
  const session: CDPSession = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  })
  return {
    isVerified: (is: boolean) => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: is }),
  }
}

async function withPassword(page: Page, email: string) {
  await page.goto(`${noroshi.origin}/sign-in`)
  await page.getByLabel('メールアドレス').fill(email)
  await page.getByLabel('パスワード', { exact: false }).fill(password)
  await page.getByRole('button', { name: 'サインインする', exact: true }).click()
  await page.waitForURL(/\/home/)
}

async function signOut(page: Page) {
  await page.getByText('メニュー').click()
  await page.getByRole('button', { name: 'サインアウト' }).first().click()
  await page.waitForURL(`${noroshi.origin}/`)
}

async function isFit(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  assert.deepEqual(
    violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]),
    [],
  )
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= phone.width)
}

async function sees(page: Page, text: string) {
  try {
    await page.getByText(text).first().waitFor({ state: 'visible', timeout: 10_000 })
  } catch {
    assert.fail(`“${text}” is not on ${page.url()}\n${await page.locator('main').textContent()}`)
  }
}
