import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { isFit } from '../kit/axe.ts'
import { openBrowser } from '../kit/browser.ts'
import { appCode } from '../kit/passkey.ts'
import { type Running, startNoroshi } from '../kit/running.ts'
import { addAuthenticator, sees } from '../kit/walk.ts'

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

test('a phone registers a passkey, and signs in with it, and with nothing else', async () => {
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

for (const [email, javaScriptEnabled] of [
  ['desk-deputy@assoc.example', true],
  ['approver@assoc.example', false],
] as const)
  test(`a phone sets up an app and signs in with its code, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
    const context = await browser.newContext({ viewport: phone, locale: 'ja-JP', javaScriptEnabled })
    const page = await context.newPage()
    await withPassword(page, email)
    await page.goto(`${noroshi.origin}/account/password`)
    if (javaScriptEnabled) await isFit(page)
    await page.goto(`${noroshi.origin}/account/second-factor`)
    await page.getByLabel('現在のパスワード').fill(password)
    await page.getByRole('button', { name: '登録を始める' }).click()
    await page.getByRole('img', { name: /QRコード/ }).waitFor()
    if (javaScriptEnabled) await isFit(page)
    const secret = ((await page.locator('main code').textContent()) ?? '').replaceAll(' ', '')
    await page.getByLabel('6桁のコード').fill(appCode(secret))
    await page.getByRole('button', { name: '認証アプリを登録する' }).click()
    await sees(page, '二度と表示できません')
    assert.equal(await page.locator('ol code').count(), 10)
    if (javaScriptEnabled) await isFit(page)
    await page.getByRole('link', { name: '保管したので、次へ進む' }).click()
    await sees(page, '残り10個')

    await signOut(page)
    await withPassword(page, email, /\/sign-in\/code/)
    if (javaScriptEnabled) await isFit(page)
    await page.getByLabel('6桁のコード').fill('123')
    await page.getByRole('button', { name: 'サインインする', exact: true }).click()
    await sees(page, 'コードが違います')
    // The code of the next half minute, which a clock that is a little behind takes: this one's was used a moment ago.
    await page.getByLabel('6桁のコード').fill(appCode(secret, 1))
    await page.getByRole('button', { name: 'サインインする', exact: true }).click()
    await sees(page, '対応中の事案はありません')
    await context.close()
  })

async function withPassword(page: Page, email: string, onward = /\/home/) {
  await page.goto(`${noroshi.origin}/sign-in`)
  await page.getByLabel('メールアドレス').fill(email)
  await page.getByLabel('パスワード', { exact: false }).fill(password)
  await page.getByRole('button', { name: 'サインインする', exact: true }).click()
  await page.waitForURL(onward)
}

async function signOut(page: Page) {
  await page.getByText('メニュー').click()
  await page.getByRole('button', { name: 'サインアウト' }).first().click()
  await page.waitForURL(`${noroshi.origin}/`)
}
