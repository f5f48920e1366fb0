import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { isFit } from '../kit/axe.ts'
import { openBrowser } from '../kit/browser.ts'
import { type Running, startNoroshi } from '../kit/running.ts'
import { sees, signedIn } from '../kit/walk.ts'

const phone = { width: 360, height: 740 }

let browser: Browser
let noroshi: Running
before(async () => {
  browser = await openBrowser()
  noroshi = await startNoroshi()
})
after(async () => {
  await browser?.close()
  await noroshi?.close()
})

/** A key that sends the form: the next page is there when it is done. */
async function enter(page: Page, field: string) {
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST')
  await page.locator(`[name="${field}"]`).press('Enter')
  await answered
  await page.waitForLoadState('load')
}

for (const javaScriptEnabled of [false, true])
  test(`on a phone with JavaScript ${javaScriptEnabled ? 'on' : 'off'}, Enter looks for an institution, and goes on from every other field`, async () => {
    const context = await browser.newContext({ viewport: phone, locale: 'ja-JP', javaScriptEnabled })
    const write = '/notices/new?kind=command_centre'
    const page = await signedIn(context, noroshi.origin, 'desk@assoc.example', write)
    await page.getByText('事案なし（訓練）').click()
    await page.locator('[name="subject_ja"]').fill('架空の連絡')
    await page.locator('[name="text_ja"]').fill('一行目\n二行目')
    await page.getByText('機関を1つずつ選ぶ（0）').click()
    await page.locator('[name="find_institutions"]').fill('ｓｏｋｙｕ')
    await enter(page, 'find_institutions')

    // What was found is on the screen, and nothing typed is gone.
    const found = page.locator('#found-institutions')
    await sees(page, '「ｓｏｋｙｕ」に当たる機関：1。')
    assert.equal(await found.evaluate((one) => document.activeElement === one), true)
    const below = () => found.evaluate((one) => one.getBoundingClientRect().top)
    while ((await below()) > phone.height) await setImmediate()
    assert.equal(await page.locator('[name="text_ja"]').inputValue(), '一行目\n二行目')
    assert.equal(await page.getByRole('radio', { name: '事案なし（訓練）' }).isChecked(), true)
    await page.getByText('蒼穹証券').click()
    if (javaScriptEnabled) await isFit(page)

    // A button of its own does the same for those who are left out; the fold opens where something is chosen.
    await page.getByText('除く機関を選ぶ（0）').click()
    await page.locator('[name="find_without"]').fill('SEC-00')
    await page.getByRole('button', { name: '除く機関を探す' }).click()
    await sees(page, '「SEC-00」に当たる機関：9。')
    assert.equal(await page.locator('[name="institutions"][value="SEC-001"]').isChecked(), true)

    // From any other field Enter goes on: here to what is still missing, with all that was chosen.
    await enter(page, 'subject_ja')
    await sees(page, '入力内容を確認してください')
    await page.locator('[name="subject_en"]').fill('Fictional')
    await page.locator('[name="text_en"]').fill('Fictional')
    await page.getByRole('button', { name: '宛先と届き方を確認する' }).click()
    await sees(page, '1機関に【訓練】と付いて届きます')
    await sees(page, '機関名を見る（1）')
    await context.close()
  })
