import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { fictionalMarket } from '#demo/market.ts'
import { askForReports, fieldsOf, Visitor } from '#simulate/index.ts'
import { tooWide } from '../kit/axe.ts'
import { openBrowser } from '../kit/browser.ts'
import { type Running, startNoroshi } from '../kit/running.ts'
import { reportForm } from '../kit/samples/status.ts'
import { sees, signedIn } from '../kit/walk.ts'

const password = 'noroshi-demo-2026'
const phone = { width: 360, height: 740 }
const market = fictionalMarket()
const firm = (code: string) => {
  const found = market.find((line) => line.code === code)
  assert.ok(found)
  return { name: found.name_ja, mail: found.contacts[0]?.mail ?? '' }
}

let browser: Browser
let noroshi: Running
before(async () => {
  ;[browser, noroshi] = await Promise.all([openBrowser(), startNoroshi()])
})
after(async () => {
  await browser?.close()
  await noroshi?.close()
})

const visit = async (mail: string) => {
  const visitor = new Visitor(noroshi.origin)
  await visitor.signIn(mail, password)
  return visitor
}

/** What five counterparties say in a drill, and whether they can settle bonds; the fifth has moved to its alternate office. */
const counterparties: [code: string, settlement: string | null, seen: RegExp][] = [
  ['SEC-004', 'normal', /決済 通常/],
  ['SEC-006', 'stopped', /決済 停止/],
  ['SEC-007', null, /未報告/],
  ['SEC-010', 'partial', /決済 一部支障/],
  ['SEC-013', 'resumed', /決済 再開/],
]

async function playDrill(): Promise<void> {
  const desk = await visit('desk@assoc.example')
  const opened = await desk.post('/situations', {
    ...fieldsOf((await desk.get('/command-centre/new')).text, '/situations'),
    ...{ mode: 'exercise', drill: 'yes', hazard: 'earthquake', title_ja: '架空の地震の訓練', reason: '合同訓練' },
    criterion: '00000000-0000-4000-8000-000000000001:1',
  })
  const situation = (opened.location ?? '').replace(/\?.*/, '')
  await askForReports(desk, situation.split('/').at(-1) ?? '')
  for (const [code, settlement] of counterparties) {
    if (settlement === null) continue
    const theirs = await visit(firm(code).mail)
    const { all_normal: _, ...form } = fieldsOf((await theirs.get(`${situation}/report`)).text, `${situation}/report`)
    assert.equal((await theirs.post(`${situation}/report`, { ...form, ...reportForm({ settlement }) })).code, 303)
    if (code !== 'SEC-013') continue
    const listed = (await theirs.get('/contact-points?q=SEC-013')).text
    const [link = ''] = /\/contact-points\/[0-9a-f-]{36}/.exec(listed) ?? []
    const point = fieldsOf((await theirs.get(`${link}/edit`)).text, link)
    const office = { office_name: '大阪オフィス', office_address: '大阪府架空市1-1', office_phone: '03-0000-1234' }
    assert.equal(
      (await theirs.post(link, { ...point, section_ja: '決済部', phone: '03-0000-9001', ...office })).code,
      303,
    )
    const place = fieldsOf((await theirs.get(link)).text, `${link}/place`)
    assert.equal((await theirs.post(`${link}/place`, { ...place, place: 'alternate_office' })).code, 303)
  }
  assert.equal((await desk.post(`${situation}/return`, {})).code, 303)
}

/** What stands in the card of this institution. */
const cardOf = (page: Page, name: string) => page.locator('tbody tr').filter({ hasText: name }).first()

test('a small broker finds on a phone, within three presses from home, which of five counterparties can settle bonds, and where one of them sits now', async () => {
  await playDrill()
  const context = await browser.newContext({ viewport: phone, locale: 'ja-JP', javaScriptEnabled: false })
  const page = await signedIn(context, noroshi.origin, 'bcp@sokyu.example', '/home')

  // The first press.
  await page
    .locator('main')
    .getByRole('link', { name: /業務状況情報を見る/ })
    .click()
  await sees(page, '業務状況情報')
  await sees(page, /還元された状況です/)
  assert.match(await page.title(), /訓練/)
  assert.equal(await tooWide(page), 0)

  // The second: who can settle bonds.
  await page.locator('main select[name="market"]').selectOption('bonds')
  await page.locator('main select[name="function"]').selectOption('settlement')
  await page.getByRole('button', { name: '相手を探す・しぼり込む' }).click()
  for (const [code, , seen] of counterparties) {
    const words = await cardOf(page, firm(code).name).innerText()
    assert.match(words.replaceAll(/\s+/g, ' '), seen, code)
    assert.doesNotMatch(words, /被害|担当 /)
  }
  assert.equal(await tooWide(page), 0)

  // The third: where the one that has moved can be rung.
  await page
    .locator('main')
    .getByRole('link', { name: firm('SEC-013').name })
    .click()
  await sees(page, '代替オフィス')
  await sees(page, '大阪オフィス')
  const number = page.getByRole('link', { name: '03-0000-1234' })
  assert.equal(await number.getAttribute('href'), 'tel:+81300001234')
  assert.equal(await tooWide(page), 0)
  await context.close()
})
