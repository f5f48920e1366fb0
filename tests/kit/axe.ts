import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>

/** What axe finds wrong on a page as it stands: each rule, with the first places where it is broken. */
export async function axeFinds(page: Page): Promise<string[]> {
  const places_max = 3
  return (await violationsOn(page)).map(({ id, nodes }) => {
    const places = nodes.slice(0, places_max).map(({ html }) => html.slice(0, 200))
    return `${id}: ${places.join(' | ')}`
  })
}

/** How many pixels of it one would have to scroll sideways for. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** The innermost elements that reach beyond the screen, for who has to mend it. */
export const sticksOut = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const beyond = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5,
    )
    const innermost = beyond.filter((element) => !beyond.some((other) => other !== element && element.contains(other)))
    return innermost
      .slice(0, 2)
      .map(({ outerHTML }) => outerHTML.slice(0, 150))
      .join(' | ')
  })

/** Nothing for axe to find, and nothing to scroll sideways. */
export async function isFit(page: Page): Promise<void> {
  assert.deepEqual(await axeFinds(page), [], page.url())
  assert.equal(await tooWide(page), 0, `${page.url()} is too wide: ${await sticksOut(page)}`)
}

const axe = readFileSync(
  createRequire(import.meta.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
)

async function violationsOn(page: Page): Promise<Results['violations']> {
  // Only the builder looks into frames; for a page without any it does twice the work, half of it in a second page.
  if (page.frames().length > 1) return (await new AxeBuilder({ page }).analyze()).violations
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(on: Document, options: object): Promise<Results> } }
    return (await axe.run(document, { resultTypes: ['violations'] })).violations
  })
}
