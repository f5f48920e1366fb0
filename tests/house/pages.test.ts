import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { Visitor } from '#simulate/index.ts'
import { axeFinds, sticksOut, tooWide } from '../kit/axe.ts'
import { openBrowser } from '../kit/browser.ts'
import { toBeShown } from '../kit/plain-pages.ts'
import { type Running, startNoroshi } from '../kit/running.ts'
import { expected } from '../kit/samples.ts'
import { openShown, people, type ShownPage, type Who } from '../kit/shown-page.ts'
import { stands } from '../kit/stands.ts'
import { playStory } from '../kit/story.ts'
import { homeOf } from './homes.ts'

/**
 * What a phone on a slow line loads before it can read, HTML and style sheet, compressed: 14 KB are allowed. The pages of
 * the story keep 1.5 KB clear of it, for other ids, longer names and the next line of the menu.
 */
const first_load_bytes_max = 12.5 * 1024
/**
 * Larger still: a whole market on one board or in one round; the regions of Japan, three times, whose names are the same every
 * time; whom a notice is for, by ten ways to say so; and all that pages are made of, side by side.
 */
const larger_bytes_max: Record<string, number> = {
  'board-participants': 13.75 * 1024,
  'round-exercise': 13.25 * 1024,
  'institution-edit': 13.9 * 1024,
  'institutions-new': 13.25 * 1024,
  'notice-official': 12.75 * 1024,
  'notice-wrong': 12.75 * 1024,
  'demo-components': 12.75 * 1024,
}
const password = 'noroshi-demo-2026'
const languages = ['ja', 'en'] as const
type Language = (typeof languages)[number]

let noroshi: Running
let browser: Browser
let pages: ShownPage[]
before(async () => {
  noroshi = await startNoroshi()
  ;[browser, pages] = await Promise.all([openBrowser(), playStory(noroshi)])
})
after(async () => {
  await browser?.close()
  await noroshi?.close()
})

/** The public page has an address in each language; everything else follows the reader's choice. */
const addressIn = (language: Language, path: string) =>
  language === 'en' ? path.replace(/^\/(exercise\/)?$/, '/$1en/') : path

for (const language of languages)
  test(`S0-40 in ${language} axe finds nothing on any page, none scrolls sideways at 320 px, and each loads first well within 14 KB`, async () => {
    const problems: string[] = []
    const left = pages.values()
    const contexts: Contexts = new Map()
    const tabs = Array.from({ length: 3 }, () => openTabs(contexts, language))
    // Each tab takes the next page that is left, so that the server draws one while the browser looks at another.
    await Promise.all(
      tabs.map(async (tabOf) => {
        for (const shown of left) {
          const found = await look(await tabOf(shown.who), language, shown)
          problems.push(...found.map((problem) => `${shown.name} ${shown.path}: ${problem}`))
        }
      }),
    )
    for (const context of contexts.values()) await (await context).close()
    assert.deepEqual(problems, [])
  })

/** All that is wrong with a page, in one visit. */
async function look(page: Page, language: Language, shown: ShownPage): Promise<string[]> {
  const html = await openShown(page, noroshi.origin + addressIn(language, shown.path), shown)
  const bytes = gzipSync(html).length + (await sheetBytes(html))
  const problems = await axeFinds(page)
  const wide = await tooWide(page)
  const wideWith = wide > 0 && (await sticksOut(page))
  await lengthen(page)
  const stretched = await tooWide(page)
  const said = await page.locator('html').getAttribute('lang')
  if (bytes > (larger_bytes_max[shown.name] ?? first_load_bytes_max)) problems.push(`${bytes} bytes to load first`)
  if (wide > 0) problems.push(`${wide} px too wide at 320 px: ${wideWith}`)
  if (stretched > 0) problems.push(`${stretched} px too wide with long words and times: ${await sticksOut(page)}`)
  // The list of CAP messages is one page in both languages.
  if (shown.path !== '/cap/' && said !== language) problems.push(`is in ${said}`)
  return problems
}

const sheets = new Map<string, Promise<number>>()
/** Of the sheet for a screen: a browser loads the one for paper (`media`) after all that is to be read. */
async function sheetBytes(html: string): Promise<number> {
  const hrefs = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href = '']) => href)
  assert.ok(hrefs.length > 0, 'no style sheet')
  const measure = async (href: string) => gzipSync(await (await fetch(new URL(href, noroshi.origin))).text()).length
  for (const href of hrefs) if (!sheets.has(href)) sheets.set(href, measure(href))
  const sizes = await Promise.all(hrefs.map((href) => sheets.get(href) ?? 0))
  return sizes.reduce((sum, bytes) => sum + bytes, 0)
}

test('the story opens every page that there is, under a name of its own', () => {
  const routes = Object.keys(expected.pages)
  const where = (path: string) =>
    `${homeOf(path)}: let \`shown\` show it; or say in \`unshown\` why not, and where it is looked at instead.`
  const shown = new Set(pages.map(({ path }) => routeOf(path.replace(/\?.*/, ''), routes)))
  stands(
    toBeShown,
    toBeShown.filter((path) => shown.has(path)),
    where,
  )
  stands(
    Object.keys(expected.unshown),
    routes.filter((path) => expected.unshown[path] && !shown.has(path)),
    (path) => `It is no page, or the story opens it: \`unshown\` of ${homeOf(path)}.`,
  )
  const names = pages.map(({ name }) => name)
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  )
})

/** The route that answers an address: the one with the fewest blanks in it. */
function routeOf(address: string, routes: readonly string[]): string | undefined {
  const answers = routes.filter((route) =>
    new RegExp(`^${route.replace(/:[a-z]+(\{.*?\})?(?=\/|$)/g, '[^/]+')}$`).test(address),
  )
  return answers.sort((one, other) => one.split(':').length - other.split(':').length)[0]
}

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
    const is_english = document.documentElement.lang === 'en'
    for (const time of document.querySelectorAll('main .dads-time:not([data-counts])'))
      time.textContent = is_english ? 'Wed 23 Dec 2026, 00:13 JST' : '2026年12月23日（水） 00:13 JST'
    // A telephone number stays as long as it is.
    const fixed =
      'script, style, svg, option, textarea, time, .dads-tlp, .dads-chip__count, td[data-numeric], .dads-number, a[href^="tel:"]'
    const texts = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text; text = texts.nextNode())
      if ((text.textContent ?? '').trim().length > 1 && !text.parentElement?.closest(fixed))
        text.textContent += 'InterkontinentalwertpapierhandelsgesellschaftaktiengesellschaftX'
  })

type Contexts = Map<Who, Promise<BrowserContext>>

/** A tab for each reader, each of whom signs in once. */
function openTabs(contexts: Contexts, language: Language): (who: Who) => Promise<Page> {
  const tabs = new Map<Who, Page>()
  return async (who) => {
    const context = contexts.get(who) ?? signedIn(who, language)
    contexts.set(who, context)
    const tab = tabs.get(who) ?? (await (await context).newPage())
    tabs.set(who, tab)
    return tab
  }
}

async function signedIn(who: Who, language: Language): Promise<BrowserContext> {
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
