import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { setSchemaValidator } from 'samlify'
import { isFit } from '../kit/axe.ts'
import { openBrowser } from '../kit/browser.ts'
import { type Oidc, oidcClient, startOidc } from '../kit/oidc.ts'
import { type Running, startNoroshi } from '../kit/running.ts'
import { openSaml } from '../kit/saml.ts'

const password = 'noroshi-demo-2026'
const narrow = { width: 320, height: 640 }

let noroshi: Running
let browser: Browser
let oidc: Oidc
let saml: Server
/** Our metadata, as the SAML provider's administrators were given it. */
let sp = ''
let entry_point = ''
let idp: ReturnType<typeof openSaml>

before(async () => {
  // The provider's side trusts our requests; the program checks what it gets in a process of its own.
  setSchemaValidator({ validate: async () => 'fine' })
  noroshi = await startNoroshi()
  browser = await openBrowser()
  oidc = await startOidc()
  saml = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', entry_point)
    if (!url.searchParams.has('SAMLRequest')) return void response.end('Here people log in.')
    const { acs, form } = await idp.answer(url, sp, { name_id: 'desk-1', email: 'desk@assoc.example' })
    const fields = Object.entries(form).map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
    response.setHeader('content-type', 'text/html')
    response.end(`<form method="post" action="${acs}">${fields.join('')}<button>Log in</button></form>`)
  })
  await new Promise<void>((resolve) => saml.listen(0, '127.0.0.1', resolve))
  entry_point = `http://127.0.0.1:${(saml.address() as AddressInfo).port}/sso`
  idp = openSaml('https://idp.assoc.example/metadata', entry_point)
})
after(async () => {
  saml?.closeAllConnections()
  saml?.close()
  await oidc?.close()
  await browser?.close()
  await noroshi?.close()
})

async function setUp() {
  const page = await (await browser.newContext({ viewport: narrow, locale: 'ja-JP' })).newPage()
  await page.goto(`${noroshi.origin}/sign-in?next=/sso`)
  await page.locator('[name="email"]').first().fill('desk@assoc.example')
  await page.locator('[name="password"]').first().fill(password)
  await page.getByRole('button', { name: 'サインインする', exact: true }).click()
  await isFit(page)

  await page.getByRole('link', { name: 'OpenID Connectを追加する' }).click()
  await page.getByRole('button', { name: '設定を追加する' }).click()
  await isFit(page)
  await page.getByLabel('機関※必須').selectOption({ label: '蒼穹証券' })
  await page.locator('[name="domain"]').fill('sokyu.example')
  await page.locator('[name="issuer"]').fill(oidc.issuer)
  await page.locator('[name="client_id"]').fill(oidcClient.client_id)
  await page.locator('[name="client_secret"]').fill(oidcClient.client_secret)
  await page.getByRole('button', { name: '設定を追加する' }).click()
  oidc.register((await page.locator('dd', { hasText: '/sign-in/sso/callback/' }).first().textContent()) ?? '')
  await isFit(page)
  await page.getByRole('button', { name: '利用を始める' }).click()

  await page.goto(`${noroshi.origin}/sso/new?kind=saml`)
  await isFit(page)
  const association = page.locator('[name="institution_id"] option', { hasText: '協会' }).first()
  await page.locator('[name="institution_id"]').selectOption((await association.getAttribute('value')) ?? '')
  await page.locator('[name="domain"]').fill('assoc.example')
  const file = { name: 'metadata.xml', mimeType: 'text/xml', buffer: Buffer.from(idp.metadata()) }
  await page.locator('[name="metadata"]').setInputFiles(file)
  await page.getByRole('button', { name: '設定を追加する' }).click()
  await isFit(page)
  await page.getByRole('button', { name: '利用を始める' }).click()
  const address = await page.getByRole('link', { name: 'メタデータ（XML）' }).getAttribute('href')
  sp = await (await fetch(address ?? '')).text()
  await agree(page.url())
  await page.goto(`${noroshi.origin}/sso`)
  await isFit(page)
  await page.context().close()
}

/** Another of the desk agrees that its people come in by the association's provider. */
async function agree(provider_page: string) {
  const page = await (await browser.newContext({ viewport: narrow, locale: 'ja-JP' })).newPage()
  await page.goto(`${noroshi.origin}/sign-in?next=${new URL(provider_page).pathname}`)
  await page.locator('[name="email"]').first().fill('approver@assoc.example')
  await page.locator('[name="password"]').first().fill(password)
  await page.getByRole('button', { name: 'サインインする', exact: true }).click()
  await page.getByRole('button', { name: '事務局の人にも使うことに同意する' }).click()
  await page.getByText('が同意しました').waitFor()
  await isFit(page)
  await page.context().close()
}

for (const javaScriptEnabled of [true, false])
  test(`signing in with the workplace's account in a browser, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
    if (javaScriptEnabled) await setUp()
    const open = async () =>
      (await browser.newContext({ viewport: narrow, locale: 'ja-JP', javaScriptEnabled })).newPage()

    oidc.state.account = { sub: 'contact-1', email: 'bcp@sokyu.example', email_verified: true }
    const contact = await open()
    await contact.goto(`${noroshi.origin}/sign-in?next=/official-notices`)
    await contact.getByLabel('勤務先のメールアドレス').fill('bcp@sokyu.example')
    await contact.getByRole('button', { name: '勤務先の画面へ進む' }).click()
    await contact.waitForURL(`${noroshi.origin}/official-notices`)

    const desk = await open()
    await desk.goto(`${noroshi.origin}/sign-in?next=/trail`)
    await desk.getByLabel('勤務先のメールアドレス').fill('desk@assoc.example')
    await desk.getByRole('button', { name: '勤務先の画面へ進む' }).click()
    // The provider's form comes from another site, and the browser keeps our cookies back from it.
    await desk.getByRole('button', { name: 'Log in' }).click()
    await desk.waitForURL(`${noroshi.origin}/trail`)
    assert.match((await desk.locator('h1').textContent()) ?? '', /監査証跡/)

    oidc.state.account = { sub: 'stranger', email: 'stranger@sokyu.example', email_verified: true }
    const stranger = await open()
    await stranger.goto(`${noroshi.origin}/sign-in/sso`)
    await stranger.getByLabel('勤務先のメールアドレス').fill('me@nowhere.example')
    await stranger.getByRole('button', { name: '勤務先の画面へ進む' }).click()
    if (javaScriptEnabled) await isFit(stranger)
    await stranger.getByLabel('勤務先のメールアドレス').fill('stranger@sokyu.example')
    await stranger.getByRole('button', { name: '勤務先の画面へ進む' }).click()
    await stranger.getByText('サインインできませんでした').first().waitFor()
    if (javaScriptEnabled) await isFit(stranger)
    for (const page of [contact, desk, stranger]) await page.context().close()
  })
