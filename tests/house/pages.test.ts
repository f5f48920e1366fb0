import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { Visitor } from '#simulate/index.ts'
import { openBrowser } from '../kit/browser.ts'
import { type Running, startNoroshi } from '../kit/running.ts'
import { openShown, people, type ShownPage, type Who } from '../kit/shown-page.ts'
import { testSite } from '../kit/site.ts'
import { stands } from '../kit/stands.ts'
import { playStory } from '../kit/story.ts'

/** What a phone on a slow line loads before it can read: HTML and style sheet, compressed. */
const first_load_bytes_max = 14 * 1024
const password = 'noroshi-demo-2026'
const languages = ['ja', 'en'] as const

let noroshi: Running
let browser: Browser
let pages: ShownPage[]
before(async () => {
  noroshi = await startNoroshi()
  browser = await openBrowser()
  pages = await playStory(noroshi)
})
after(async () => {
  await browser?.close()
  await noroshi?.close()
})

/** The public page has an address in each language; everything else follows the reader's choice. */
const addressIn = (language: 'ja' | 'en', path: string) =>
  language === 'en' ? path.replace(/^\/(exercise\/)?$/, '/$1en/') : path

for (const language of languages)
  test(`S0-27 S0-28 S0-40 axe finds nothing on any page in ${language}, and none scrolls sideways at 320 px`, async () => {
    const problems: string[] = []
    const contexts = new Map<Who, BrowserContext>()
    for (const shown of pages) {
      const { name, path, who } = shown
      const context = contexts.get(who) ?? (await contextOf(who, language))
      contexts.set(who, context)
      const page = await context.newPage()
      await openShown(page, noroshi.origin + addressIn(language, path), shown)
      const { violations } = await new AxeBuilder({ page }).analyze()
      for (const { id, nodes } of violations)
        problems.push(
          `${name} ${path}: ${id}: ${nodes
            .map(({ html }) => html.slice(0, 160))
            .slice(0, 3)
            .join(' | ')}`,
        )
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      if (width > 320) problems.push(`${name} ${path}: is ${width} px wide at 320 px`)
      await lengthen(page)
      const stretched = await page.evaluate(() => document.documentElement.scrollWidth)
      if (stretched > 320) problems.push(`${name} ${path}: is ${stretched} px wide with long words and times`)
      // The list of CAP messages is one page in both languages.
      if (path !== '/cap/') assert.equal(await page.locator('html').getAttribute('lang'), language, path)
      await page.close()
    }
    for (const context of contexts.values()) await context.close()
    assert.deepEqual(problems, [])
  })

/** Addresses that the story does not open: why, and where their page is looked at instead. */
const not_in_the_story: Record<string, string> = {
  '/healthz': 'a word for machines',
  '/readyz': 'a word for machines',
  '/assets/:name{[a-zA-Z0-9-]+\\.(?:css|js)}': 'a file',
  '/service-worker.js': 'a file',
  '/noroshi.webmanifest': 'a file',
  '/live': 'a stream',
  '/notices/:id/attachments/:attachment': 'a file',
  '/telegrams/:id/xml': 'a file',
  '/roster/import/sample.csv': 'a file',
  '/roster/import/institutions.csv': 'a file',
  '/roster/import/contacts.csv': 'a file',
  '/sign-in/sso/metadata/:id': 'a file',
  '/notices/:id/mail': 'the mail itself, as mail programs show it',
  '/demo/mail/:name/html': 'the mail itself, as mail programs show it',
  '/situations/:id/ask': 'leads on to the notice that asks',
  '/sign-in/sso/callback/:id': 'leads on; who is refused there is shown as workplace-refused',
  '/roster/import/:id': 'institutions-import-check arrives there',
  '/sign-in/code': 'half signed in: tests/journeys/passkey.test.ts',
  '/sign-in/confirm': 'in a session that is older: tests/journeys/confirm.test.ts',
  '/account/set-up': 'before anything is set up: tests/journeys/passkey.test.ts',
  '/account/passkeys/:id': 'with a passkey, which a device makes: tests/journeys/passkey.test.ts',
}

test('the story opens every page that there is', async () => {
  const site = await testSite()
  const routes = site.app.routes.filter(({ method, path }) => method === 'GET' && !path.endsWith('*'))
  await site.close()
  const paths = [...new Set(routes.map(({ path }) => path))]
  const where = 'tests/kit/story.ts: show it; or say why not in `not_in_the_story` of tests/house/pages.test.ts.'
  const shown = new Set(pages.map(({ path }) => routeOf(path.replace(/\?.*/, ''), paths)))
  stands(
    paths.filter((path) => !shown.has(path)),
    Object.keys(not_in_the_story),
    where,
  )
})

/** The route that answers an address: the one with the fewest blanks in it. */
function routeOf(address: string, routes: readonly string[]): string | undefined {
  const answers = routes.filter((route) =>
    new RegExp(`^${route.replace(/:[a-z]+(\{.*?\})?(?=\/|$)/g, '[^/]+')}$`).test(address),
  )
  return answers.sort((one, other) => one.split(':').length - other.split(':').length)[0]
}

test('S0-29 N-15 the first load of every page is at most 14 KB compressed, HTML and style sheet', async () => {
  const visitors = new Map<Who, Visitor>()
  const tooLarge: string[] = []
  for (const { name, path, who } of pages) {
    const visitor = visitors.get(who) ?? new Visitor(noroshi.origin)
    const mail = people[who]
    if (mail && !visitors.has(who)) await visitor.signIn(mail, password)
    visitors.set(who, visitor)
    const { text } = await visitor.get(path)
    const sheets = [...text.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href = '']) => href)
    assert.ok(sheets.length > 0, `${path} has a style sheet`)
    const css = await Promise.all(sheets.map(async (href) => (await fetch(new URL(href, noroshi.origin))).text()))
    const bytes = gzipSync(text).length + css.reduce((sum, sheet) => sum + gzipSync(sheet).length, 0)
    if (bytes > first_load_bytes_max) tooLarge.push(`${name}: ${bytes} bytes`)
  }
  assert.deepEqual(tooLarge, [])
})

test('S0-28 every page of an exercise says so, at both ends and in its title', async () => {
  const contact = new Visitor(noroshi.origin)
  await contact.signIn(people.desk, password)
  for (const { path } of pages.filter(({ name }) => name.endsWith('exercise') && !name.startsWith('report'))) {
    const { text } = await contact.get(path)
    assert.match(text, /<title>【訓練】/, path)
    assert.ok((text.match(/これは訓練です/g) ?? []).length >= 2, path)
  }
})

/** Puts a name of 60 letters without a space behind every text but figures, and the date of another year before every time. */
const lengthen = (page: Page) =>
  page.evaluate(() => {
    const isEnglish = document.documentElement.lang === 'en'
    for (const time of document.querySelectorAll('main .dads-time:not([data-counts])'))
      time.textContent = isEnglish ? 'Wed 23 Dec 2026, 00:13 JST' : '2026年12月23日（水） 00:13 JST'
    const fixed = 'script, style, svg, option, textarea, time, .dads-tlp, .dads-chip__count, td[data-numeric]'
    const texts = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text; text = texts.nextNode())
      if ((text.textContent ?? '').trim().length > 1 && !text.parentElement?.closest(fixed))
        text.textContent += 'InterkontinentalwertpapierhandelsgesellschaftaktiengesellschaftX'
  })

async function contextOf(who: Who, language: 'ja' | 'en'): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 320, height: 640 },
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
  })
  await context.addCookies([{ name: 'language', value: language, url: noroshi.origin }])
  const mail = people[who]
  if (!mail) return context
  const page = await context.newPage()
  await page.goto(`${noroshi.origin}/sign-in`)
  await page.locator('#email').fill(mail)
  await page.locator('#password').fill(password)
  await page.locator('form:has(#password) button').click()
  await page.waitForURL(/\/home/)
  await page.close()
  return context
}
