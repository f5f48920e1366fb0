import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext } from 'playwright-core'
import { isFit } from '../kit/axe.ts'
import { openBrowser } from '../kit/browser.ts'
import { type Running, startNoroshi } from '../kit/running.ts'
import { sees, signedIn as signInAt } from '../kit/walk.ts'

const phone = { width: 360, height: 740 }
const desktop = { width: 1280, height: 900 }

let browser: Browser
let noroshi: Running
before(async () => {
  browser = await openBrowser()
  noroshi = await startNoroshi()
})
after(async () => {
  await noroshi?.close()
  await browser?.close()
})

const signedIn = (context: BrowserContext, email: string, path: string) =>
  signInAt(context, noroshi.origin, email, path)

test('the bond market’s BCP is activated and lifted by two of its own body while there is no command centre, and everyone sees it', async () => {
  const open = (viewport = phone, javaScriptEnabled = true) =>
    browser.newContext({ viewport, locale: 'ja-JP', javaScriptEnabled })
  // Each market stands alone, with its own body and its own criteria; nothing is activated.
  const desk = await signedIn(await open(desktop), 'desk@assoc.example', '/activations')
  for (const market of ['取引所取引', '公社債', '証券市場全体']) await sees(desk, market)
  await sees(desk, '発動・解除の記録はまだありません')
  await isFit(desk)
  await desk.goto(`${noroshi.origin}/activations/markets/bonds/entries/new`)
  await isFit(desk)
  await desk.goto(`${noroshi.origin}/activations`)
  const member = await signedIn(await open(), 'bcp@sokyu.example', '/home')
  await sees(member, 'どの市場のBCPも発動していません')
  await sees(member, '対応中の事案はありません')

  // One of the body's own people enters its decision on a phone, without a script; it waits.
  const one = await signedIn(await open(phone, false), 'bcp@mizukagami.example', '/activations/markets/bonds')
  await sees(one, '公社債市場BCP対策会議（架空）')
  await one.getByRole('link', { name: '発動・解除を入力する' }).click()
  await one.getByLabel('理由').fill('主要な参加者の照合が止まり、当日の決済が完了しないおそれがある。')
  await one.getByRole('button', { name: '入力して確認を待つ' }).click()
  await sees(one, 'もう1人の確認を待っています')
  await member.goto(`${noroshi.origin}/activations`)
  await sees(member, '発動していない')

  // A second one finds it among what waits, and confirms.
  const other = await signedIn(await open(), 'deputy@mizukagami.example', '/home')
  await other.getByRole('link', { name: /自機関の会議体の発動・解除の入力を確認する/ }).click()
  await sees(other, '照合が止まり')
  await isFit(other)
  await other.getByRole('button', { name: 'この内容を確認して確定する' }).click()
  await sees(other, '決定主体の機関が自ら入力')

  // The desk's open page shows it by itself; a member and an auditor see it, and no situation was opened.
  await desk.getByRole('row').filter({ hasText: '公社債' }).getByText('発動中').first().waitFor()
  const auditor = await signedIn(await open(desktop), 'audit@assoc.example', '/board')
  for (const page of [member, auditor]) {
    await page.goto(`${noroshi.origin}/board`)
    await page.getByRole('listitem').filter({ hasText: '公社債' }).getByText('発動中').waitFor()
    await isFit(page)
  }
  await member.goto(`${noroshi.origin}/home`)
  await sees(member, '対応中の事案はありません')
  await member.getByRole('listitem').filter({ hasText: '取引所取引' }).getByText('発動していない').waitFor()

  // It is lifted the same way, and the history tells all.
  await one.goto(`${noroshi.origin}/activations/markets/bonds`)
  await one.getByRole('link', { name: '発動・解除を入力する' }).click()
  assert.ok(await one.getByRole('radio', { name: '解除' }).isChecked())
  await one.getByLabel('理由').fill('照合が再開し、積み残しの決済が完了した。')
  await one.getByRole('button', { name: '入力して確認を待つ' }).click()
  await other.goto(one.url())
  await other.getByRole('button', { name: 'この内容を確認して確定する' }).click()
  await desk.goto(`${noroshi.origin}/activations/markets/bonds`)
  await sees(desk, '照合が再開し')
  const history = await desk.locator('section[aria-labelledby="history"]').innerText()
  assert.match(history, /解除[\s\S]*照合が再開し[\s\S]*発動[\s\S]*照合が止まり/)
  await isFit(desk)
  await auditor.goto(`${noroshi.origin}/trail`)
  await sees(auditor, '市場のBCPの解除を確認')
  await sees(auditor, '市場のBCPの発動を確認')
})
