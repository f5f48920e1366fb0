import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { isFit } from '../kit/axe.ts'
import { openBrowser } from '../kit/browser.ts'
import { freePort, openLine } from '../kit/line.ts'
import { type Running, startNoroshi } from '../kit/running.ts'
import { addAuthenticator, openMail, sees, signedIn } from '../kit/walk.ts'

const phone = { width: 360, height: 740 }
const hanako = 'hanako.new@sokyu.example'

let browser: Browser
let noroshi: Running
let line: Awaited<ReturnType<typeof openLine>>
before(async () => {
  browser = await openBrowser()
  line = await openLine()
  // A passkey is made for the address that people type: that of the line.
  const port = await freePort()
  noroshi = await startNoroshi({ PORT: String(port), PUBLIC_ORIGIN: line.origin })
  line.leadTo(`http://127.0.0.1:${port}`)
})
after(async () => {
  await browser?.close()
  await line?.cut()
  await noroshi?.close()
})

test('S0-20 S0-22 S0-30 N-15 a firm’s contact is invited, signs in with a passkey on a phone, corrects her numbers, confirms the entry, and is found offline', async () => {
  const { origin } = line
  const desk = await signedIn(
    await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' }),
    origin,
    'desk@assoc.example',
    '/institutions?q=SEC-001',
  )
  const { institution, code } = await invite(desk)
  const round = await askAll(desk)

  const context = await browser.newContext({ viewport: phone, locale: 'ja-JP' })
  const page = await context.newPage()
  await addAuthenticator(context, page)
  await comeIn(page, code)
  await signOut(page)
  await page.goto(`${origin}/sign-in?next=/contacts`)
  await page.getByRole('button', { name: 'パスキーでサインインする', exact: true }).click()
  await page.waitForURL(`${origin}/contacts`)

  await correct(page)
  await verifyMail(page)
  await confirm(page, round)
  await findOffline(page)

  // The secretariat sees who confirmed the entry, and that the institution has answered the round.
  await desk.goto(`${origin}${institution}`)
  await sees(desk, /最終確認/)
  await sees(desk, '（架空 花子）')
  await desk.goto(`${origin}${round}`)
  await sees(desk, '1 / 60機関')
  await sees(desk, 'まだ回答していない機関（59）')
  await desk.goto(`${origin}/trail`)
  for (const line of ['利用者を招待', 'パスキーを登録', '連絡先を変更', '連絡手段を確認', '登録内容を確認'])
    await sees(desk, line)
})

/** The secretariat enters a new contact and invites her from the page of her institution. */
async function invite(desk: Page) {
  const { origin } = line
  await desk.getByRole('link', { name: '蒼穹証券' }).first().click()
  const institution = new URL(desk.url()).pathname
  await desk.goto(`${origin}${institution}/contacts/new`)
  await desk.getByLabel('氏名', { exact: false }).first().fill('架空 花子')
  await desk.getByLabel('よみ（かな）').fill('かくう はなこ')
  await desk.locator('[name="address_0"]').fill(hanako)
  await desk.locator('[name="means_1"]').selectOption('mobile')
  await desk.locator('[name="address_1"]').fill('090-0000-1111')
  await desk.getByRole('button', { name: '連絡先を保存する' }).click()
  await desk.waitForURL(/done=saved/)

  await desk.goto(`${origin}${institution}`)
  await desk.getByRole('link', { name: /招待する.*花子/ }).click()
  assert.equal(await desk.locator('[name="email"]').inputValue(), hanako)
  assert.equal(await desk.locator('[name="name_ja"]').inputValue(), '架空 花子')
  await isFit(desk)
  await desk.getByLabel('招待する理由').fill('前任者の異動による交代')
  await desk.getByRole('button', { name: '招待して、コードを表示する' }).click()
  await sees(desk, 'この画面に一度だけ表示されます')
  await isFit(desk)
  const code = /[A-Z]{4}-[A-Z]{4}-[A-Z]{4}/.exec(await desk.locator('main').innerText())?.[0] ?? ''
  assert.ok(code)
  return { institution, code }
}

/** The secretariat asks every institution to confirm its entry. */
async function askAll(desk: Page): Promise<string> {
  await desk.goto(`${line.origin}/attestations/new`)
  await desk.getByRole('button', { name: '宛先と文面を確認する' }).click()
  await desk.getByRole('button', { name: /人に登録内容の確認を依頼する/ }).click()
  await desk.waitForURL(/\/attestations\/[0-9a-f-]{36}$/)
  return new URL(desk.url()).pathname
}

/** She opens the link of the mail, enters the code that she was told, and sets up a passkey before anything else. */
async function comeIn(page: Page, code: string) {
  const { origin } = line
  await openMail(page, origin, hanako, /招待/)
  await isFit(page)
  assert.equal(await page.getByText(code).count(), 0, 'the code is not in the mail')
  await page
    .getByRole('link', { name: /\/invitations\// })
    .first()
    .click()
  await sees(page, 'コードを入力してください')
  await isFit(page)
  await page.getByLabel('コード', { exact: false }).first().fill('ACDE-FHJK-LMNP')
  await page.getByRole('button', { name: 'コードを確かめて進む' }).click()
  await sees(page, '進めませんでした')
  await page.getByLabel('コード', { exact: false }).first().fill(code.toLowerCase().replaceAll('-', ' '))
  await page.getByRole('button', { name: 'コードを確かめて進む' }).click()
  await page.waitForURL(/\/account/)
  // Nothing else opens before that.
  await page.goto(`${origin}/directory`)
  await page.waitForURL(`${origin}/account/set-up`)
  await isFit(page)
  await page.getByLabel('パスキーの名前').fill('花子の電話')
  await page.getByRole('button', { name: 'パスキーを登録する' }).click()
  await page.waitForURL(`${origin}/home`)
}

/** On the call tree of her institution she finds herself and corrects her number. */
async function correct(page: Page) {
  await isFit(page)
  await page.getByRole('link', { name: '自分の連絡先を直す' }).click()
  await isFit(page)
  const number = page.locator('[name="address_1"]')
  assert.equal(await number.inputValue(), '090-0000-1111')
  await number.fill('12')
  await page.getByRole('button', { name: '連絡先を保存する' }).click()
  await sees(page, '電話番号として成り立ちません')
  await isFit(page)
  await number.fill('０９０－００００－２２２２')
  await page.getByRole('button', { name: '連絡先を保存する' }).click()
  await sees(page, '保存しました')
  await sees(page, '090-0000-2222')
}

/** She proves that she reads the mail at her address. */
async function verifyMail(page: Page) {
  const { origin } = line
  await page.goto(`${origin}/contacts`)
  await page.getByRole('link', { name: new RegExp(`確認する.*${hanako}`) }).click()
  const at = page.url()
  await isFit(page)
  await page.getByRole('button', { name: '確認コードを送る' }).click()
  await sees(page, '確認コードを送りました')
  await openMail(page, origin, hanako, /確認コード/)
  const code = /\b\d{8}\b/.exec(await page.locator('blockquote').innerText())?.[0] ?? ''
  await page.goto(at)
  await page.getByLabel('確認コード', { exact: false }).fill(code)
  await page.getByRole('button', { name: 'コードを確かめる' }).click()
  await page.waitForURL(/done=verified/)
  await isFit(page)
}

/** She says that the entry is right, and answers the secretariat's round from the home page. */
async function confirm(page: Page, round: string) {
  const { origin } = line
  await page.goto(`${origin}/contacts`)
  await page.getByRole('button', { name: 'この内容で間違いありません' }).click()
  await sees(page, '確認しました。ありがとうございます。')
  await isFit(page)
  await page.goto(`${origin}/home`)
  await isFit(page)
  await page.getByRole('link', { name: '登録内容を確認する' }).click()
  await page.waitForURL(`${origin}${round}/answer`)
  await isFit(page)
  await sees(page, '090-0000-2222')
  await page.getByRole('button', { name: 'この内容で間違いありません' }).click()
  await sees(page, '回答を受け付けました')
  await isFit(page)
}

/** The line is cut: the copy on the phone knows her corrected number and her colleagues, until she signs out. */
async function findOffline(page: Page) {
  const { origin } = line
  await page.goto(`${origin}/directory`)
  await page.evaluate(async () => {
    const isKept = async () =>
      navigator.serviceWorker.controller !== null &&
      (await (await caches.open('directory')).match('/directory/offline')) !== undefined
    while (!(await isKept())) await new Promise(requestAnimationFrame)
  })
  await line.cut()
  await page.reload()
  await sees(page, 'オフラインです')
  const shown = page.locator('[data-words]:not([hidden])')
  await page.getByLabel('名簿をしぼり込む').fill('かくう')
  await page.waitForFunction(() => document.querySelectorAll('[data-words]:not([hidden])').length === 1)
  assert.match(await shown.innerText(), /架空 花子/)
  assert.equal(await shown.locator('a[href="tel:+819000002222"]').count(), 1)
  assert.equal(await shown.getByText('090-0000-1111').count(), 0)
  await page.getByLabel('名簿をしぼり込む').fill('bcp@sokyu.example')
  await page.waitForFunction(() => document.querySelectorAll('[data-words]:not([hidden])').length === 1)
  await isFit(page)

  await line.mend()
  await page.goto(`${origin}/home`)
  await signOut(page)
  assert.equal(await page.evaluate(() => caches.has('directory')), false)
  await line.cut()
  await assert.rejects(page.goto(`${origin}/directory`), /ERR_/)
  await line.mend()
}

async function signOut(page: Page) {
  await page.getByText('メニュー').click()
  await page.getByRole('button', { name: 'サインアウト' }).first().click()
  await page.waitForURL(`${line.origin}/`)
}
