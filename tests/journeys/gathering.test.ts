import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { isFit } from '../kit/axe.ts'
import { openBrowser } from '../kit/browser.ts'
import { type Running, startNoroshi } from '../kit/running.ts'
import { openMail, sees, signedIn, until } from '../kit/walk.ts'

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

/** Nothing on this page says that a command centre was set up. */
async function saysNoCentre(page: Page) {
  const said = await page.locator('body').innerText()
  assert.doesNotMatch(
    said,
    /設置中|緊急　発生中|(?<!自機関の)対策本部を設置(?!する|してい|せず)|対策本部の仕事|対策本部を廃止/,
    page.url(),
  )
}

for (const javaScriptEnabled of [true, false])
  test(`a typhoon in one prefecture is worked through without a command centre, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () =>
    worked(() => browser.newContext({ viewport: phone, locale: 'ja-JP', javaScriptEnabled }), javaScriptEnabled))

async function worked(open: () => Promise<BrowserContext>, is_scripted: boolean) {
  const { origin } = noroshi
  // From home, on a phone: who is asked, why, and one press.
  const desk = await signedIn(await open(), origin, 'desk@assoc.example', '/home')
  await desk.locator('main').getByRole('link', { name: '状況の照会を始める（情報収集）' }).first().click()
  await desk.getByRole('radio', { name: /^実災害/ }).check()
  await desk.getByText('台風・大雨・洪水による影響の有無を確かめるため').click()
  await desk.getByText(/^都道府県で選ぶ/).click()
  await desk.getByText(/^大阪府/).click()
  if (is_scripted) await isFit(desk)
  await desk.getByRole('button', { name: '選んだ区分で状況の照会を始める' }).click()
  await sees(desk, '情報収集の事案です')
  await saysNoCentre(desk)
  if (is_scripted) await isFit(desk)
  const situation = new URL(desk.url()).pathname

  // The institutions with a site there are asked, by the same notice that two people release.
  await desk
    .getByRole('link', { name: /照会先の\d+機関に状況報告を依頼する/ })
    .first()
    .click()
  await sees(desk, /市場の対策本部は設置していません/)
  await desk.getByRole('button', { name: '宛先と届き方を確認する' }).click()
  await desk.getByRole('button', { name: '承認を依頼する' }).click()
  await sees(desk, 'ほかの人の承認が必要です')
  const approver = await signedIn(await open(), origin, 'approver@assoc.example', '/home')
  await approver.getByRole('link', { name: '状況を教えてください（情報収集）' }).first().click()
  await approver.getByRole('button', { name: /実災害として\d+機関に通知を送る/ }).click()
  await sees(approver, /機関のうち0機関が回答しました/)

  // One of them answers on the phone by the link of the mail, without signing in.
  const contact = await (await open()).newPage()
  // The newest: the first walk left one of its own.
  await openMail(contact, origin, 'bcp@aoarashi.example', /状況を教えてください/, { nth: is_scripted ? 1 : 2 })
  assert.doesNotMatch(await contact.locator('body').innerText(), /緊急】/)
  await contact
    .getByRole('link', { name: /\/a\/[A-Za-z0-9_-]+$/ })
    .first()
    .click()
  await contact.getByRole('button', { name: 'すべて正常と報告する' }).click()
  await sees(contact, /受け付け|記録しました/)

  // A firm that nobody asked is not alarmed, and finds nothing.
  const firm = await signedIn(await open(), origin, 'bcp@sokyu.example', '/home')
  const home = await firm.locator('body').innerText()
  assert.doesNotMatch(home, /台風|情報収集中|緊急/)
  assert.equal((await firm.goto(`${origin}${situation}`))?.status(), 404)

  // The board counts those who were asked; it is returned to them.
  await desk.goto(`${origin}${situation}/board`)
  await sees(desk, '照会なし')
  await saysNoCentre(desk)
  await desk.goto(`${origin}${situation}`)
  await desk.getByRole('link', { name: '関係機関に還元する' }).click()
  await desk.getByRole('button', { name: '関係機関に還元する' }).click()
  await sees(desk, '還元中')
  const answered = await signedIn(await open(), origin, 'bcp@aoarashi.example', `${situation}/board`)
  await sees(answered, '市場ごとの業務の状況（機関数）')
  await saysNoCentre(answered)

  // It is closed, and nothing ever said that a command centre was set up.
  await desk.goto(`${origin}${situation}/close`)
  await sees(desk, '対策本部は設置していません。終結するのは情報収集です。')
  await desk.getByLabel('終結の理由').fill('影響がないことを確かめた。')
  await desk.getByRole('button', { name: '終結の内容を確かめる' }).click()
  await desk.getByRole('button', { name: '事案を終結する' }).click()
  await sees(desk, 'この事案は終結しました')
  await saysNoCentre(desk)
  await desk.goto(`${origin}${situation}/log`)
  await sees(desk, '状況の照会を開始（情報収集）')
  await saysNoCentre(desk)
  await desk.goto(`${origin}/home`)
  await saysNoCentre(desk)
  const auditor = await signedIn(
    await open(),
    origin,
    'audit@assoc.example',
    `/trail?situation=${situation.split('/')[2]}`,
  )
  await sees(auditor, '事案を終結')
  await saysNoCentre(auditor)
  const investor = await (await open()).newPage()
  await until(
    investor,
    () => investor.goto(`${origin}/`),
    async () => (await investor.getByText('現在、公表中の事案はありません').count()) > 0,
  )
  await saysNoCentre(investor)
  assert.doesNotMatch(await investor.locator('body').innerText(), /台風/)
}
