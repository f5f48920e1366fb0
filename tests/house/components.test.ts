import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { createElement } from 'react'
import { ComponentsPage } from '#demo/components-page.tsx'
import { root } from '#ground/config/root.ts'
import type { Mode } from '#ground/db/tables.ts'
import type { Language } from '#ground/html/language.ts'
import { ProblemPage } from '#ground/html/problem-page.tsx'
import { type Reading, render } from '#ground/html/render.tsx'
import { axeFinds, tooWide } from '../kit/axe.ts'
import { openBrowser, shoot } from '../kit/browser.ts'

const now = new Date('2026-11-20T05:30:00Z')
const reading = (language: Language, path: string): Reading => ({
  language,
  now,
  path,
  demo: true,
  reader: {
    id: '00000000-0000-4000-8000-000000000001',
    name_ja: '架空 花子',
    name_en: 'Hanako Kakuu',
    institution_id: '00000000-0000-4000-8000-000000000002',
    roles: ['secretariat'],
  },
  open: [
    {
      id: '1',
      mode: 'actual',
      title_ja: '震度6強の地震（架空県）',
      title_en: 'Earthquake, intensity 6 upper',
      event_at: new Date('2026-11-20T04:05:00Z'),
    },
    {
      id: '2',
      mode: 'exercise',
      title_ja: '合同訓練',
      title_en: 'Joint exercise',
      event_at: new Date('2026-11-19T04:05:00Z'),
    },
  ],
})

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  if (pathname.startsWith('/assets/')) {
    const file = new URL(`dist${pathname}`, root)
    response.setHeader('content-type', pathname.endsWith('.css') ? 'text/css' : 'text/javascript')
    return response.end(await readFile(file).catch(() => ''))
  }
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.setHeader(
    'content-security-policy',
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'",
  )
  const language = searchParams.get('language') === 'en' ? 'en' : 'ja'
  const page =
    pathname === '/problem'
      ? createElement(ProblemPage, { code: 503, reference: 'abc' })
      : createElement(ComponentsPage, { mode: (searchParams.get('mode') ?? 'actual') as Mode })
  const read = reading(language, request.url ?? '/')
  // Twice as much is going on.
  const open = read.open.flatMap((one) => [one, { ...one, id: `${one.id}again` }])
  response.end(render(page, searchParams.has('four') ? { ...read, open } : read))
})

let browser: Browser
let origin: string
before(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
})

/** Buttons, fields, choices and links of the menu that a thumb would miss. */
const tooSmall = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        'button, summary, .dads-button, .dads-input-text, .dads-textarea, .dads-select, .dads-choice, nav li a, .dads-error-summary a, .dads-header__product',
      ),
    ]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44 - 0.1)
      .filter((element) => !element.closest('.dads-step-navigation'))
      .map((element) => `${element.className || element.tagName} ${element.getBoundingClientRect().height}`),
  )

for (const [width, height] of [
  [360, 740],
  // A desk's screen of 1280 × 1024 at 400 %.
  [320, 256],
] as const)
  test(`on ${width} × ${height} the title is in the first screen with two real situations and two drills open`, async () => {
    const page = await browser.newPage({ viewport: { width, height } })
    await page.goto(`${origin}/demo/components?four`)
    const bottomOf = (what: string) =>
      page
        .locator(what)
        .first()
        .evaluate((one) => one.getBoundingClientRect().bottom)
    assert.ok((await bottomOf('h1')) <= height, `${await bottomOf('h1')}`)
    const bands = page.locator('#open-situations')
    assert.equal(await bands.evaluate((one) => one.getBoundingClientRect().height), 44, 'one line')
    await bands.locator('summary').click()
    assert.equal(await bands.getByRole('link').count(), 4)
    assert.equal(await tooWide(page), 0)
    await page.close()
  })

for (const language of ['ja', 'en'] as const)
  for (const mode of ['actual', 'exercise', 'test'] as const)
    test(`components in ${language}, ${mode}: nothing for axe, nothing sideways, every target 44 px high`, async () => {
      const context = await browser.newContext({ reducedMotion: 'reduce' })
      const page = await context.newPage()
      const problems: string[] = []
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
      page.on('pageerror', (error) => problems.push(String(error)))
      for (const width of [320, 360, 1280]) {
        await page.setViewportSize({ width, height: 800 })
        await page.goto(`${origin}/demo/components?language=${language}&mode=${mode}`)
        if (width !== 360) assert.deepEqual(await axeFinds(page), [], `axe at ${width} px`)
        assert.equal(await tooWide(page), 0, `sideways at ${width} px`)
        assert.deepEqual(await tooSmall(page), [], `targets at ${width} px`)
        const pictures = process.env.NOROSHI_PICTURES
        if (pictures) await shoot(page, `${pictures}/components-${language}-${mode}-${width}.png`)
      }
      assert.deepEqual(problems, [])
      await context.close()
    })

test("a page about a problem, and a phone's open menu, leave nothing for axe either", async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${origin}/problem`)
  await page.click('.dads-header__menu summary')
  assert.deepEqual(await axeFinds(page), [])
  assert.deepEqual(await tooSmall(page), [])
  await context.close()
})

test('a page works without scripts: the menu opens, every form says where it goes', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${origin}/demo/components`)
  await page.click('.dads-header__menu summary')
  await page.locator('.dads-header__sheet a[href="/board"]').waitFor({ state: 'visible' })
  assert.equal(await page.locator('form:not([method="post"][action], [method="get"][action])').count(), 0)
  await context.close()
})

test('states stay apart in print and in the colours a reader chose', async () => {
  const context = await browser.newContext({ viewport: { width: 794, height: 1000 } })
  const page = await context.newPage()
  await page.goto(`${origin}/demo/components?mode=exercise`)
  const seen = (selector: string) => page.locator(selector).first().isVisible()
  await page.emulateMedia({ media: 'print' })
  assert.deepEqual(
    [
      await seen('.dads-mode-band'),
      await seen('.dads-chip .dads-icon'),
      await seen('nav.dads-header__pages'),
      await seen('.dads-button'),
    ],
    [true, true, false, false],
  )
  await page.emulateMedia({ media: 'screen', forcedColors: 'active' })
  const border = await page
    .locator('.dads-chip[data-look=not_reported]')
    .first()
    .evaluate((chip) => getComputedStyle(chip).borderStyle)
  assert.equal(border, 'dashed')
  await context.close()
})
