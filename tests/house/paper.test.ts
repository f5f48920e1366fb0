import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { demoMailFolder } from '#demo/mail-server.ts'
import { root } from '#ground/config/root.ts'
import { roles } from '#ground/rights/person.ts'
import { openBrowser } from '../kit/browser.ts'
import type { Reader } from '../kit/samples/wing.ts'
import { expected, fillTables, firmOf, openSamples, tables } from '../kit/samples.ts'
import { type TestSite, testSite } from '../kit/site.ts'
import { addressOf, oneOfEverything } from '../kit/things.ts'
import { routes } from './homes.ts'
import { holding } from './imports.ts'
import { sliceOf } from './plan.ts'

/** Of a long list so many pages are turned. */
const pages_turned_max = 4

let site: TestSite
let browser: Browser
let paper: Page
const as = {} as Record<Reader, TestSite['nobody']>
/** Every page that shows a part of a list when one row a page is asked for. */
const lists: { route: string; client: TestSite['nobody']; address: string; html: string }[] = []

before(async () => {
  ;[site, browser] = await Promise.all([testSite(), openBrowser()])
  const people = await site.people(...roles)
  for (const role of roles) as[role] = people[role].client
  const firms = [people.bcp_contact, await firmOf(site, { code: 'SEC-002' })]
  const make = await openSamples(site)
  await fillTables(make, firms)
  const ids = await oneOfEverything(make, people.bcp_contact)
  // A list of one row is never cut: two of everything of which there can be two.
  const again = await openSamples(site)
  for (const table of tables) for (const firm of firms) await again.of(firm, table).catch(() => '')
  // What only comes from outside.
  await site.db
    .updateTable('contact_address')
    .set({ refused_at: make.at, refusal: '550 unknown' })
    .where('means', '=', 'mail')
    .execute()
  await mkdir(demoMailFolder(site.tools.config.data), { recursive: true })
  for (const number of [1, 2])
    await writeFile(
      path.join(demoMailFolder(site.tools.config.data), `20270115T00300000${number}-00000${number}-0123abcd.eml`),
      `To: bcp@sokyu.example\r\nSubject: ${number}\r\n\r\nx\r\n`,
    )
  await as.secretariat.post(`/rounds/${ids['/rounds']}/calls`)
  // What members see of each other is there once it was shared.
  await as.secretariat.post(`/situations/${ids['/situations']}/return`)
  paper = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  for (const [route, row] of Object.entries(expected.pages)) {
    // A specimen of each part, and files, are no lists.
    if (route === '/demo/components' || route.endsWith('.csv')) continue
    const readers = roles.filter((role) => row[role] === 200)
    for (const reader of readers) {
      const address = addressOf(route, ids)
      const html = await (await as[reader].get(`${address}?rows=1`)).text()
      if (!html.includes('class="dads-pagination"')) continue
      lists.push({ route, client: as[reader], address, html })
      break
    }
  }
})
after(async () => {
  await browser?.close()
  await site?.close()
})

/** What stands in the first cells of a list and in a timeline, or, where it is neither, its headings. */
const rowsOf = (html: string) => {
  const [, main = ''] = /<main[^>]*>(.*)<\/main>/s.exec(html) ?? []
  const heads = [...main.matchAll(/<tr role="row"><th scope="row"[^>]*>(.*?)<\/th>/gs)].map(([, cell = '']) => cell)
  const entries = [...main.matchAll(/<li class="dads-timeline__entry">.*?<\/li>/gs)].map(([entry]) => entry)
  return heads.length + entries.length > 0
    ? [...heads, ...entries]
    : [...main.matchAll(/<(?:h3|article|li)\b.*?<\/(?:h3|article|li)>/gs)].map(([one]) => one)
}
const plain = (html: string) => html.replaceAll('&amp;', '&')
const linkTo = (html: string, pattern: RegExp) => plain(pattern.exec(html)?.[1] ?? '')

test('every slice that asks for a part of a list has a page here on which one is cut', () => {
  const asking = holding(/\b(partAsked|wantedIn)\(/).filter((file) => !file.startsWith('src/ground/lists/'))
  const found = new Set(
    lists.flatMap(({ route }) => routes.filter(({ path: each }) => each === route).map(({ slice }) => slice)),
  )
  assert.deepEqual(
    [...new Set(asking.map(sliceOf))].filter((slice) => !found.has(slice)),
    [],
  )
})

test('whatever goes to other pages of a list says beside its caption which part this is', () => {
  const parts = holding(/<(Pagination|ShowAll)\b/).filter((file) => file !== 'src/ground/lists/listing.tsx')
  const silent = new Set(holding(/<ListPart\b|t\.older_missing/))
  assert.deepEqual(
    parts.filter((file) => !silent.has(file) && !file.startsWith('src/demo/')),
    [],
  )
})

test('a printed list that is cut says so in words that stand on the paper', async () => {
  for (const { route, html } of lists) {
    await print(html)
    const said = await paper.locator('main small.dads-print-only').allInnerTexts()
    assert.ok(
      said.some((text) => /この紙にありません|この紙にはありません|ここにありません/.test(text)),
      `${route}: ${said}`,
    )
    assert.equal(await paper.locator('.dads-pagination a:visible').count(), 0, route)
  }
})

test('asked for all, a list has the rows of every one of its pages, and says that it is whole', async () => {
  for (const { route, client, html } of lists) {
    const at = linkTo(html, /href="([^"]*[?&](?:amp;)?rows=all[^"]*)"/)
    assert.ok(at, `${route} offers no way to all rows`)
    const answer = await client.get(at)
    assert.equal(answer.status, 200, route)
    const all = await answer.text()
    const every = new Map(Object.entries(Object.groupBy(rowsOf(all), (row) => row)))
    let next = html
    for (let turned = 0; turned < pages_turned_max && next; turned++) {
      for (const row of rowsOf(next)) assert.ok(every.has(row), `${route}: ${row} is on a page and not among all`)
      const onward = linkTo(next, /rel="next" href="([^"]+)"/) || linkTo(next, /href="([^"]+)" rel="next"/)
      next = onward && (await (await client.get(onward)).text())
    }
    assert.ok(rowsOf(all).length > rowsOf(html).length, `${route} has no more rows than one page of one row`)
    assert.match(all, /全[\d,]+件|番号 /, route)
    assert.doesNotMatch(all, /この紙には?ありません/, route)
  }
})

/** A page as it comes out of the printer: with its sheets, and media print. */
async function print(html: string) {
  const styled = html.replace(/<link rel="stylesheet"(?: media="print")? href="([^"]+)"\/>/g, (_, href: string) => {
    const css = readFileSync(new URL(`dist${href}`, root), 'utf8')
    return `<style>${css}</style>`
  })
  await paper.emulateMedia({ media: 'print' })
  await paper.setContent(styled.replaceAll(/<script[^>]*><\/script>/g, ''))
}
