// Takes a picture of every page at 360 and 1280 px, in Japanese and for some in English, from the running program.
// npm run screenshots            the few that the documents show, into docs/pictures/
// npm run screenshots -- FOLDER  all of them, into that folder
// npm run screenshots -- FOLDER WORD…  those whose name has one of the words
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { openBrowser, shoot } from './kit/browser.ts'
import { startNoroshi } from './kit/running.ts'
import { openShown, people, type Who } from './kit/shown-page.ts'
import { playStory } from './kit/story.ts'

const [folder = 'docs/pictures', ...words] = process.argv.slice(2)
const shown = [
  'public-1280',
  'home-1280',
  'board-1280',
  'report-360',
  'proposal-1280',
  'sign-in-360',
  'contacts-360',
  'directory-1280',
  'attestation-1280',
  'rights-1280',
  'notice-check-exercise-1280',
  'notice-sent-1280',
  'round-1280',
]
/** Long lists are cut off in the documents. */
const shown_height_max = 2600
const is_for_documents = folder === 'docs/pictures'
const password = 'noroshi-demo-2026'

mkdirSync(folder, { recursive: true })
const noroshi = await startNoroshi()
const browser = await openBrowser()
try {
  const pages = await playStory(noroshi)
  for (const language of ['ja', 'en'] as const) {
    if (is_for_documents && language === 'en') continue
    for (const width of [360, 1280]) {
      const signedIn = new Map<Who, Awaited<ReturnType<typeof contextOf>>>()
      for (const shown_page of pages) {
        const { name, path: page_path, who } = shown_page
        const picture = `${name}-${width}`
        if (is_for_documents && !shown.includes(picture)) continue
        if (words.length > 0 && !words.some((word) => picture.includes(word))) continue
        if (!signedIn.has(who)) signedIn.set(who, await contextOf(who, width, language))
        const page = await signedIn.get(who)!.newPage()
        const is_public = /^\/(cap\/|exercise\/)?$/.test(page_path)
        const path_in_language =
          language === 'en' && is_public
            ? page_path.replace(/^\/(exercise\/)?/, '/$1en/').replace('/en/cap/', '/cap/')
            : page_path
        await openShown(page, noroshi.origin + path_in_language, shown_page)
        await shoot(page, path.join(folder, language === 'en' ? `${picture}-en.png` : `${picture}.png`), {
          height_max: is_for_documents ? shown_height_max : undefined,
        })
        await page.close()
      }
      for (const context of signedIn.values()) await context.close()
    }
  }
} finally {
  await browser.close()
  await noroshi.close()
}

async function contextOf(who: Who, width: number, language: 'ja' | 'en') {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
  })
  await context.addCookies([{ name: 'language', value: language, url: noroshi.origin }])
  const mail = people[who]
  if (mail) {
    const page = await context.newPage()
    await page.goto(`${noroshi.origin}/sign-in`)
    await page.locator('#email').fill(mail)
    await page.locator('#password').fill(password)
    await page.locator('form:has(#password) button').click()
    await page.waitForURL(/\/home/)
    await page.close()
  }
  return context
}
