import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { composePush } from '#ground/channels/compose-push.ts'
import { isFit } from '../kit/axe.ts'
import { openBrowser } from '../kit/browser.ts'
import { testMessage } from '../kit/messages.ts'
import { type TestPushService, testPushService } from '../kit/push-service.ts'
import { type Running, startNoroshi } from '../kit/running.ts'

const phone = { width: 360, height: 740 }
const password = 'noroshi-demo-2026'
const button = 'この端末に通知を受け取る'

let noroshi: Running
let service: TestPushService
let browser: Browser
before(async () => {
  service = await testPushService()
  noroshi = await startNoroshi({ PUSH_SERVICES: 'localhost' })
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await noroshi?.close()
  await service?.close()
})

test('a phone takes notifications with one press, shows one, and opens only pages of this site', async () => {
  const context = await browser.newContext({ viewport: phone, locale: 'ja-JP' })
  const page = await context.newPage()
  await withPushService(page)
  await signIn(page)
  await page.goto(`${noroshi.origin}/account`)
  await page.getByRole('link', { name: button }).click()
  await page.getByRole('button', { name: button }).waitFor()
  assert.equal(await page.getByText('このブラウザでは通知を受け取れません').isVisible(), false)
  await page.getByLabel('端末の名前').fill('当番の電話')
  await page.getByRole('button', { name: button }).click()
  await page.getByText('この端末に通知を受け取ります').waitFor()
  await page.getByRole('cell', { name: '当番の電話' }).waitFor()
  await isFit(page)

  // The same button again: the same device, once.
  await page.getByRole('button', { name: button }).click()
  await page.getByText('この端末に通知を受け取ります').waitFor()
  assert.equal(await page.getByRole('button', { name: '通知を止める' }).count(), 1)

  const device = await openDevice(context, page)
  const message = { mode: 'exercise', subject: '第一報', link: `${noroshi.origin}/home?from=push` } as const
  const content = (subject: string) =>
    composePush(testMessage({ address: '', ...message, subject }), noroshi.origin).toString()
  await device.deliver(content('第一報'))
  await device.deliver(content('第一報（再送）'))
  // What cannot be read is shown as something all the same.
  await device.deliver('{ not json')
  const [first, again, unread] = await device.shown(3)
  assert.deepEqual(
    [first?.title, first?.requireInteraction, first?.data.path, first?.renotify],
    ['【訓練】第一報', true, '/home?from=push', true],
  )
  // The same notice again replaces it.
  assert.deepEqual([again?.title, again?.tag], ['【訓練】第一報（再送）', first?.tag])
  assert.match(unread?.title ?? '', /Noroshi/)

  const opened = await device.open([
    '/home?from=push',
    'https://evil.example/',
    '//evil.example/',
    'javascript:alert(1)',
    null,
  ])
  const home = `${noroshi.origin}/home`
  assert.deepEqual(opened, [`${home}?from=push`, home, home, home, home])

  await page.getByRole('button', { name: '通知を止める' }).click()
  await page.getByText('プッシュ通知を止めました').waitFor()
  await page.getByText('通知を受け取る端末はまだありません').waitFor()
  await context.close()
})

test('being asked to sign in takes the copy of the directory away, and leaves the notifications', async () => {
  const context = await browser.newContext({ viewport: phone, locale: 'ja-JP' })
  const page = await context.newPage()
  await withPushService(page)
  await signIn(page)
  await page.goto(`${noroshi.origin}/account/notifications`)
  await page.getByRole('button', { name: button }).click()
  await page.getByText('この端末に通知を受け取ります').waitFor()
  await page.evaluate(() => caches.open('directory'))
  await context.clearCookies()
  await page.goto(`${noroshi.origin}/board`)
  await page.waitForURL(/\/sign-in/)
  await page.evaluate(async () => {
    while (await caches.has('directory')) await new Promise(requestAnimationFrame)
  })
  const device = await openDevice(context, page)
  await device.deliver(composePush(testMessage({ address: '', subject: '第二報' }), noroshi.origin).toString())
  assert.equal((await device.shown(1))[0]?.title, '第二報')
  await context.close()
})

test('a phone that forbids notifications is told what to do; without a script the page says what is needed', async () => {
  const context = await browser.newContext({ viewport: phone, locale: 'ja-JP' })
  const page = await context.newPage()
  await page.addInitScript(() => {
    Notification.requestPermission = async () => 'denied'
  })
  await signIn(page)
  await page.goto(`${noroshi.origin}/account/notifications`)
  await page.getByRole('button', { name: button }).click()
  await page.getByText('通知が許可されていません').waitFor()
  await context.close()

  const bare = await browser.newContext({ viewport: phone, locale: 'ja-JP', javaScriptEnabled: false })
  const plain = await bare.newPage()
  await signIn(plain)
  await plain.goto(`${noroshi.origin}/account/notifications`)
  await plain.getByText('このブラウザでは通知を受け取れません').waitFor()
  assert.equal(await plain.getByRole('button', { name: button }).isVisible(), false)
  await bare.close()
})

async function signIn(page: Page) {
  await page.goto(`${noroshi.origin}/sign-in`)
  await page.getByLabel('メールアドレス').fill('bcp@sokyu.example')
  await page.getByLabel('パスワード').fill(password)
  await page.getByRole('button', { name: 'サインインする', exact: true }).click()
  await page.waitForURL(/\/home/)
}

/** The browser of the tests has no push service of its own behind it: it is given the one of the tests. */
async function withPushService(page: Page) {
  const { endpoint, p256dh, auth } = service.subscribe()
  await page.addInitScript(
    ([endpoint, p256dh, auth]) => {
      const bytes = (text = '') =>
        Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0)).buffer
      Notification.requestPermission = async () => 'granted'
      const keys: Record<string, string | undefined> = { p256dh, auth }
      const subscription = (key: string) => ({
        endpoint,
        options: { applicationServerKey: bytes(key) },
        getKey: (name: string) => bytes(keys[name]),
        unsubscribe: async () => true,
      })
      Object.assign(PushManager.prototype, {
        subscribe: async () => {
          const key = document.querySelector<HTMLElement>('[data-push]')?.dataset.push ?? ''
          localStorage.setItem('subscribed', key)
          return subscription(key)
        },
        getSubscription: async () => {
          const key = localStorage.getItem('subscribed')
          return key === null ? null : subscription(key)
        },
      })
    },
    [endpoint, p256dh, auth],
  )
}

type Shown = { title: string; tag?: string; requireInteraction: boolean; renotify?: boolean; data: { path?: string } }

/**
 * The device behind the service worker: hands it a message as the browser does, keeps what it shows, and clicks. The browser of
 * the tests shows no notifications and opens no window without a person's click, so those two are taken note of instead.
 */
async function openDevice(context: BrowserContext, page: Page) {
  const [worker] = context.serviceWorkers()
  assert.ok(worker)
  await worker.evaluate(() => {
    const [shown, opened]: [object[], string[]] = [[], []]
    const scope = self as unknown as { clients: object; registration: object }
    Object.assign(self, { shown, opened })
    Object.assign(scope.registration, {
      showNotification: async (title: string, options: object) => void shown.push({ title, ...options }),
    })
    Object.assign(scope.clients, { openWindow: async (url: string) => void opened.push(url), matchAll: async () => [] })
  })
  const session = await context.newCDPSession(page)
  const registered = new Promise<string>((resolve) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { registrationId, isDeleted } of registrations) if (!isDeleted) resolve(registrationId)
    }),
  )
  await session.send('ServiceWorker.enable')
  const registrationId = await registered
  return {
    deliver: (data: string) =>
      session.send('ServiceWorker.deliverPushMessage', { origin: noroshi.origin, registrationId, data }),
    shown: (count: number) =>
      worker.evaluate(async (count) => {
        const { shown } = self as unknown as { shown: Shown[] }
        while (shown.length < count) await new Promise((done) => setTimeout(done))
        return shown
      }, count),
    open: (paths: (string | null)[]) =>
      worker.evaluate(async (paths) => {
        const { opened } = self as unknown as { opened: string[] }
        for (const [index, path] of paths.entries()) {
          const click = { notification: { data: { path }, close() {} }, waitUntil() {} }
          dispatchEvent(Object.assign(new Event('notificationclick'), click))
          while (opened.length <= index) await new Promise((done) => setTimeout(done))
        }
        return opened
      }, paths),
  }
}
