import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { demoPassword } from '#access/sign-in/index.ts'
import { createProbes } from '#app/probes.ts'
import { fieldsOf, Visitor } from '#simulate/index.ts'
import { openLine } from './line.ts'
import { testSite } from './site.ts'

export const contact_mail = 'bcp@sokyu.example'
const phone = { width: 360, height: 740 }

/** A market behind a line that can be cut, and whose answers can be lost on the way; its database can be asked. */
export async function openOfflineSite() {
  const line = await openLine()
  const site = await testSite({ origin: line.origin })
  const listener = getRequestListener(site.app.fetch)
  const probes = createProbes(() => true)
  probes.ready(async () => [])
  let loses_answer = false
  let is_silent = false
  const posts: string[] = []
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (probes.handle(request, response)) return
    if (request.method === 'POST' && request.url?.endsWith('/report')) {
      posts.push(request.url)
      if (is_silent) return
      // What was asked for is done, and nobody hears of it.
      if (loses_answer)
        response.writeHead = () => {
          response.destroy()
          return response
        }
    }
    void listener(request, response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  line.leadTo(origin)
  const desk = new Visitor(origin)
  await desk.signIn('desk@assoc.example', demoPassword)
  return {
    site,
    line,
    desk,
    /** The reports that reached the server, by path. */
    posts,
    loseAnswers: (loses: boolean) => void (loses_answer = loses),
    /** Takes the report and neither does anything nor answers. */
    beSilent: (silent: boolean) => void (is_silent = silent),
    async openSituation(mode: 'actual' | 'exercise' = 'actual'): Promise<string> {
      const { location, text } = await desk.post('/situations', {
        ...fieldsOf((await desk.get('/command-centre/new')).text, '/situations'),
        mode,
        hazard: 'system_failure',
        title_ja: '清算システムの停止',
        title_en: 'Clearing system failure',
        reason: '試しのため',
        // Beside the real ones of the tests before.
        drill: 'yes',
        criterion: '00000000-0000-4000-8000-000000000001:1',
      })
      if (!location) throw new Error(text.replace(/<[^>]+>/g, ' '))
      return location
    },
    reportsOf: (situation: string) =>
      site.db
        .selectFrom('report')
        .selectAll()
        .where('situation_id', '=', situation.split('/')[2] ?? '')
        .orderBy('reported_at')
        .execute(),
    async close() {
      await line.cut()
      server.closeAllConnections()
      server.close()
      await site.close()
    },
  }
}
export type OfflineSite = Awaited<ReturnType<typeof openOfflineSite>>

export async function openPhone(
  browser: Browser,
  { line }: OfflineSite,
  { language = 'ja', ...options }: { language?: 'ja' | 'en'; javaScriptEnabled?: boolean } = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: phone, locale: 'ja-JP', ...options })
  await context.addCookies([{ name: 'language', value: language, url: line.origin }])
  return context
}

export async function signIn(page: Page, { line }: OfflineSite, next: string, mail = contact_mail) {
  if (!page.url().includes('/sign-in')) await page.goto(`${line.origin}/sign-in?next=${encodeURIComponent(next)}`)
  await page.locator('#email').fill(mail)
  await page.locator('#password').fill(demoPassword)
  await page.locator('form:has(#password) button').click()
  await page.waitForURL(`${line.origin}${next}`)
}

/** The device can keep a report of this page, and the worker has the page of what waits. */
export const isReady = (page: Page) =>
  page.evaluate(async () => {
    const isKept = async () =>
      navigator.serviceWorker.controller !== null && (await caches.match('/report/waiting')) !== undefined
    while (!(await isKept())) await new Promise(requestAnimationFrame)
  })
