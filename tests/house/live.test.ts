import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { createElement } from 'react'
import { root } from '#ground/config/root.ts'
import { render } from '#ground/html/render.tsx'
import { openBrowser } from '../kit/browser.ts'
import { LivePage } from '../kit/live-page.tsx'

let figure: number
let looks: number
let posted: Promise<void>
let arrived: () => void
let status: number
let refresh_ms: number | undefined
let listeners: Set<ServerResponse>
let server: Server
let port: number
let browser: Browser
let context: BrowserContext
let page: Page

function start(at: number): Promise<void> {
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname.startsWith('/assets/')) {
      response.setHeader('content-type', pathname.endsWith('.css') ? 'text/css' : 'text/javascript')
      response.end(await readFile(new URL(`dist${pathname}`, root)).catch(() => ''))
    } else if (pathname === '/live') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('retry: 200\nevent: ready\ndata: ready\n\n')
      listeners.add(response)
      response.on('close', () => listeners.delete(response))
    } else if (request.method === 'POST') {
      // No content: the reader stays on the page.
      response.writeHead(204).end()
      arrived()
    } else {
      if (request.headers['x-live']) looks++
      const now = new Date()
      const refresh_at = refresh_ms === undefined ? undefined : new Date(now.getTime() + refresh_ms)
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
      const element = createElement(LivePage, { figure, ...(refresh_at && { refresh_at }) })
      response.end(render(element, { language: 'ja', now, path: '/board', reader: null, open: [], demo: false }))
    }
  })
  return new Promise((listening) =>
    server.listen(at, '127.0.0.1', () => {
      port = (server.address() as AddressInfo).port
      listening()
    }),
  )
}
async function stop() {
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
}
const changed = () => {
  for (const listener of listeners) listener.write('event: changed\ndata: /board\n\n')
}

before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())
beforeEach(async () => {
  figure = 1
  looks = 0
  ;({ promise: posted, resolve: arrived } = Promise.withResolvers<void>())
  status = 200
  refresh_ms = undefined
  listeners = new Set()
  await start(0)
  context = await browser.newContext({ viewport: { width: 360, height: 800 } })
  context.setDefaultTimeout(10_000)
  page = await context.newPage()
  await page.goto(`http://127.0.0.1:${port}/board`)
  // The first look follows the connection by itself.
  while (looks === 0) await page.waitForResponse((response) => response.url().endsWith('/board')).catch(() => {})
})
afterEach(async () => {
  await context.close()
  await stop()
})

test('a page changes by itself, and what the reader is busy with stays as it is', async () => {
  await page.click('#more summary')
  await page.fill('#begun-text', '書きかけ')
  figure = 2
  changed()
  await page.waitForFunction(() => document.getElementById('figure')?.textContent === '報告 2件')
  assert.equal(await page.title(), '報告 2｜狼煙 Noroshi')
  assert.equal(await page.evaluate(() => document.querySelector('details')?.open), true)
  assert.match((await page.textContent('#more')) ?? '', /通常 2件/)
  assert.equal(await page.inputValue('#begun-text'), '書きかけ')
  assert.equal(await page.inputValue('#begun [name=key]'), 'begun-1')
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'begun-text')
  assert.equal(await page.inputValue('#untouched [name=key]'), 'untouched-2')
  assert.equal(await page.textContent('#live'), '画面を更新しました。')
})

test('a lost connection is said plainly, and taken back when the page is up to date again', async () => {
  await stop()
  await page.waitForSelector('#live[data-state="lost"]')
  assert.match((await page.textContent('#live')) ?? '', /最新ではない可能性があります/)
  figure = 3
  await start(port)
  await page.waitForFunction(() => document.getElementById('figure')?.textContent === '報告 3件')
  await page.waitForSelector('#live[data-state="updated"]')
})

test('a server in trouble leaves the page as it was and says that it may be old', async () => {
  status = 503
  figure = 4
  changed()
  await page.waitForSelector('#live[data-state="lost"]')
  assert.equal(await page.textContent('#figure'), '報告 1件')
})

test('a page looks again when time alone changes it', async () => {
  refresh_ms = 300
  changed()
  figure = 5
  await page.waitForFunction(() => document.getElementById('figure')?.textContent === '報告 5件')
  figure = 6
  await page.waitForFunction(() => document.getElementById('figure')?.textContent === '報告 6件')
})

test('a form pressed twice is sent once, and its button says that it is being sent', async () => {
  const sent = await page.evaluate(() => {
    const passed: boolean[] = []
    document.addEventListener('submit', (event) => passed.push(!event.defaultPrevented))
    const button = document.querySelector<HTMLButtonElement>('#begun button')
    button?.click()
    button?.click()
    return passed
  })
  assert.deepEqual(sent, [true, false])
  await posted
  const button = page.locator('#begun button')
  assert.equal(await button.textContent(), '送信中…')
  assert.equal(await button.getAttribute('aria-disabled'), 'true')
})
