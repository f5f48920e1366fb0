import assert from 'node:assert/strict'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'

const password = 'noroshi-demo-2026'

/** Asks for a page as nobody, and signs in with a demo account on the way there. */
export async function signedIn(context: BrowserContext, origin: string, email: string, next: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${origin}/sign-in?${new URLSearchParams({ next })}`)
  await page.getByLabel('メールアドレス', { exact: false }).first().fill(email)
  await page.locator('[name="password"]').first().fill(password)
  await page.getByRole('button', { name: 'サインインする', exact: true }).click()
  await page.waitForURL(`${origin}${next}`)
  return page
}

/** The page itself shows this text, whatever its menu says; at once or as soon as it has updated itself. */
export async function sees(page: Page, text: string | RegExp) {
  const shown = page.locator('main').getByText(text).filter({ visible: true })
  try {
    await shown.first().waitFor({ timeout: 30_000 })
  } catch {
    assert.fail(`“${text}” is not on ${page.url()}\n${await page.locator('main').innerText()}`)
  }
}

/** Opens a page again until it shows what is on its way there: a mail, a file. */
export async function until(page: Page, open: () => Promise<unknown>, isThere: () => Promise<boolean>) {
  for (let tries = 0; tries < 50; tries++) {
    await open()
    if (await isThere()) return
    await page.waitForLoadState('networkidle')
  }
  assert.fail(`never came: ${page.url()}\n${await page.locator('main').innerText()}`)
}

/** Opens the newest demo mail to this address whose subject has these words, as soon as it has come. */
export async function openMail(page: Page, origin: string, to: string, subject: RegExp, { nth = 1 } = {}) {
  const link = page.getByRole('link', { name: subject })
  await until(
    page,
    () => page.goto(`${origin}/demo/mail?to=${to}`),
    async () => (await link.count()) >= nth,
  )
  await link.first().click()
  await page.waitForURL(/\/demo\/mail\/./)
}

/** Chromium's own authenticator, as a phone has one: it keeps passkeys, and asks its holder. */
export async function addAuthenticator(context: BrowserContext, page: Page, { isUserVerified = true } = {}) {
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
