import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { ReactElement } from 'react'
import { root } from '#ground/config/root.ts'
import { openBrowser } from '#tests/kit/browser.ts'
import { asset } from './assets.ts'
import { Details } from './details.tsx'
import type { Language } from './language.ts'
import { Layout } from './layout.tsx'
import { render } from './render.tsx'
import { DataTable } from './table.tsx'
import { Age, AgeBeside, Time, Until } from './time.tsx'

const now = new Date('2027-01-15T01:47:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const reader = {
  id: 'x',
  name_ja: '千夜 とわ',
  name_en: 'Towa Chiya',
  institution_id: 'x',
  roles: ['secretariat' as const],
}
const drill = { id: 'd', mode: 'exercise' as const, title_ja: '停止の訓練', title_en: 'Drill', event_at: ago(30) }

let browser: Browser
let paper: Page
before(async () => {
  browser = await openBrowser()
  paper = await (
    await browser.newContext({ javaScriptEnabled: false, viewport: { width: 700, height: 900 } })
  ).newPage()
  await paper.emulateMedia({ media: 'print' })
})
after(() => browser?.close())

async function print(page: ReactElement, language: Language = 'ja') {
  const html = render(page, { language, now, path: '/list', reader, open: [drill], demo: false })
  const css = (name: string) => readFileSync(new URL(`dist${asset(name)}`, root), 'utf8')
  const sheets = `<style>${css('app.css')}</style><style media="print">${css('print.css')}</style>`
  await paper.setContent(html.replaceAll(/<link rel="stylesheet"[^>]*>/g, '').replace('</head>', `${sheets}</head>`))
}

const Table = ({ figures = false }: { figures?: boolean }) => (
  <DataTable
    caption="一覧"
    figures={figures}
    rows={[{ id: '1' }]}
    rowKey={({ id }) => id}
    columns={[
      { head: '機関', cell: () => 'みなと総合証券' },
      { head: '電話', cell: () => <a href="tel:+81300000001">03-0000-0001</a> },
      { head: '長い', cell: () => '長い文'.repeat(200) },
    ]}
  />
)

for (const [mode, word] of [
  ['actual', '実災害'],
  ['exercise', '訓練'],
  ['test', '試験'],
] as const)
  test(`the head of a table that is repeated on every sheet says ${word}, what it is, its label, its moment and who printed it`, async () => {
    await print(
      <Layout title="未回答の機関" about="架空の地震" mode={mode} label="amber_strict">
        <Table />
      </Layout>,
    )
    const line = paper.locator('thead tr.dads-sheet')
    assert.ok(await line.isVisible())
    const said = await line.innerText()
    for (const part of [
      word,
      '未回答の機関　架空の地震',
      'TLP:AMBER+STRICT',
      '1月15日（金） 10:47 JST時点',
      '印刷 千夜 とわ',
    ])
      assert.ok(said.includes(part), `${part}: ${said}`)
    assert.equal(await paper.locator('thead').evaluate((head) => getComputedStyle(head).display), 'table-header-group')
    assert.equal(await paper.locator('body').evaluate((body) => getComputedStyle(body).getPropertyValue('page')), mode)
  })

test('on a screen, in small tables, and where a page is about nothing secret, the line is not there', async () => {
  await print(
    <Layout title="一覧" mode="actual" label="green">
      <Table figures />
    </Layout>,
  )
  assert.equal(await paper.locator('.dads-sheet').count(), 0)
  await print(
    <Layout title="一覧">
      <Table />
    </Layout>,
  )
  assert.equal(await paper.locator('.dads-sheet').count(), 0)
  await paper.emulateMedia({ media: 'screen' })
  await print(
    <Layout title="一覧" mode="exercise">
      <Table />
    </Layout>,
  )
  assert.equal(await paper.locator('.dads-sheet').isVisible(), false)
  await paper.emulateMedia({ media: 'print' })
})

for (const language of ['ja', 'en'] as const)
  test(`in ${language} an age is printed as its time, once`, async () => {
    await print(
      <Layout title="x">
        <p id="alone">
          <Age at={ago(10)} /> <Until at={ago(-49)} />
        </p>
        <p id="beside">
          <Time at={ago(10)} />
          <AgeBeside at={ago(10)} />
        </p>
      </Layout>,
      language,
    )
    const printed = (id: string) =>
      paper.locator(`#${id} time`).evaluateAll((times) =>
        times
          .filter((time) => time.checkVisibility())
          .map((time) => ({
            text: Number.parseFloat(getComputedStyle(time).fontSize) > 0 ? time.textContent : '',
            after: getComputedStyle(time, '::after').content,
          })),
      )
    assert.deepEqual(await printed('alone'), [
      { text: '', after: '"10:37 JST"' },
      { text: '', after: '"11:36 JST"' },
    ])
    assert.deepEqual(await printed('beside'), [{ text: '10:37 JST', after: 'none' }])
    assert.equal((await paper.locator('#beside').innerText()).trim(), '10:37 JST')
  })

test('what is folded is printed, bands of what goes on elsewhere and what can only be pressed are not', async () => {
  await print(
    <Layout title="x">
      <Details summary="もっと">
        <p id="folded">拠点のある機関</p>
      </Details>
      <Details summary="探す" id="find">
        <search>
          <form>
            <button type="submit">探す</button>
          </form>
        </search>
      </Details>
    </Layout>,
  )
  assert.ok(((await paper.locator('#folded').boundingBox())?.height ?? 0) > 0)
  for (const gone of ['#find', '#open-situations', '.dads-find', '.dads-header__waiting'])
    assert.equal(await paper.locator(`${gone}:visible`).count(), 0, gone)
})

test('names and telephone numbers do not break inside a word, however long the other columns are', async () => {
  await print(
    <Layout title="x" mode="actual">
      <Table />
    </Layout>,
  )
  const lines = (selector: string) =>
    paper.locator(selector).evaluate((one) => {
      const range = document.createRange()
      range.selectNodeContents(one)
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
    })
  assert.equal(await lines('a[href^="tel:"]'), 1)
  assert.ok((await lines('tbody th')) <= 2)
})
