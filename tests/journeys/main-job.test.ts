import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { root } from '#ground/config/root.ts'
import { openBrowser } from '../kit/browser.ts'
import { type Running, startNoroshi } from '../kit/running.ts'
import { sees, until } from '../kit/walk.ts'

const telegram = fileURLToPath(new URL('tests/telegrams/vxse51-tokyo.xml', root))
const phone = { width: 360, height: 740 }
const password = 'noroshi-demo-2026'

let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

for (const javaScriptEnabled of [true, false])
  test(`S0-10 S0-11 S0-16 S0-37 N-1 the main job on a phone, JavaScript ${javaScriptEnabled ? 'on' : 'off'}: from a telegram to the public page and the end`, async () => {
    const noroshi = await startNoroshi()
    try {
      await mainJob(
        noroshi,
        () => browser.newContext({ viewport: phone, locale: 'ja-JP', javaScriptEnabled }),
        javaScriptEnabled,
      )
    } finally {
      await noroshi.close()
    }
  })

async function mainJob(noroshi: Running, open: () => Promise<BrowserContext>, is_live: boolean) {
  const { origin } = noroshi

  // The public sees calm, and a telegram comes in.
  const investor = await (await open()).newPage()
  await investor.goto(`${origin}/`)
  await sees(investor, '現在、公表中の事案はありません')

  const desk = await signedIn(await open(), origin, 'desk@assoc.example', '/home')
  await sees(desk, '対応中の事案はありません')
  const taken = await noroshi.command('ingest-jma', telegram)
  assert.equal(taken.code, 0, taken.said)
  if (!is_live) await desk.reload()
  await sees(desk, '判断を待っている提案')

  // Software proposes; a person looks, and decides with a reason.
  await desk.getByRole('link', { name: '内容を見て判断する' }).click()
  await sees(desk, '東京都２３区')
  await sees(desk, '震度6弱')
  assert.ok((await desk.getByRole('img', { name: /地図/ }).getAttribute('aria-label'))?.includes('東京都 震度6弱'))
  await desk.getByRole('link', { name: '対策本部を設置する' }).click()
  await desk.getByRole('button', { name: '対策本部を設置する' }).click()
  await sees(desk, '入力内容を確認してください')
  await desk.getByLabel('補足').fill('東京23区で震度6弱。清算・決済の継続を確かめる必要がある。')
  await desk.getByRole('button', { name: '対策本部を設置する' }).click()
  await sees(desk, '設置中')
  const situation = new URL(desk.url()).pathname

  // It asks everyone to report: checked, then sent by real mail.
  await desk.getByRole('link', { name: '全機関に状況報告を依頼する' }).first().click()
  await desk.getByRole('button', { name: '宛先と届き方を確認する' }).click()
  await sees(desk, '実災害の通知です。訓練ではありません。')
  await desk.getByRole('button', { name: '承認を依頼する' }).click()
  await sees(desk, 'ほかの人の承認が必要です')

  // A second person finds it on their home page, reads the same page, and releases it with one button.
  const approver = await signedIn(await open(), origin, 'approver@assoc.example', '/home')
  await sees(approver, '承認待ちの通知')
  await approver.getByRole('link', { name: '被害と業務の状況を報告してください' }).click()
  await approver.getByRole('button', { name: /実災害として\d+機関に通知を送る/ }).click()
  await sees(approver, /機関のうち0機関が回答しました/)

  // A contact opens the link of the mail on a phone, signs in, and one press is the report.
  const contact = await (await open()).newPage()
  await until(
    contact,
    () => contact.goto(`${origin}/demo/mail?to=bcp@sokyu.example`),
    async () => (await contact.getByRole('link', { name: /状況/ }).count()) > 0,
  )
  await contact
    .getByRole('link', { name: /【緊急】/ })
    .first()
    .click()
  await contact
    .getByRole('link', { name: /\/notices\/[0-9a-f-]{36}$/ })
    .first()
    .click()
  await contact.waitForURL(/\/sign-in/)
  await signIn(contact, 'bcp@sokyu.example')
  await contact.waitForURL(/\/inbox\//)
  await contact.getByRole('link', { name: '状況を報告する' }).first().click()
  await contact.waitForURL(`${origin}${situation}/report`)

  const board = await desk.context().newPage()
  await board.goto(`${origin}${situation}/board?view=participants&q=${encodeURIComponent('蒼穹証券')}`)
  const firm = board.getByRole('row').filter({ hasText: '蒼穹証券' })
  await firm.getByText('未報告').first().waitFor()
  await contact.getByRole('button', { name: 'すべて通常・被害なし と報告する' }).click()
  await contact.waitForURL(/\/reports\//)
  await sees(contact, '受け付けました')
  if (!is_live) await board.reload()
  // Live, or after a reload without JavaScript, the board is the same.
  await firm.getByText('通常').first().waitFor()

  // An exchange says otherwise on one screen.
  const exchange = await signedIn(await open(), origin, 'bcp@soten.example', `${situation}/report`)
  await exchange.getByRole('group', { name: '約定（注文・売買）' }).getByRole('radio', { name: '停止' }).check()
  await exchange
    .getByRole('group', { name: 'BCPの発動状況' })
    .getByRole('radio', { name: '発動中', exact: true })
    .check()
  await exchange.getByRole('group', { name: '自機関の対策本部' }).getByRole('radio', { name: '設置済み' }).check()
  await exchange.getByLabel('補足', { exact: true }).fill('主センターの電源を確認中です。')
  await exchange.getByRole('button', { name: '状況を報告する', exact: true }).click()
  await sees(exchange, '受け付けました')

  // The board shows it with its source, and who has not reported.
  await board.goto(`${origin}${situation}/board`)
  await sees(board, '停止')
  await sees(board, '未報告')

  // The public is told what the secretariat chose, checked and confirmed, and nothing before.
  await desk.goto(`${origin}${situation}/publication`)
  await desk.getByLabel('公表する文章（日本語）').fill('地震の影響で、蒼天証券取引所の売買が停止しています。')
  await desk
    .getByLabel('公表する文章（英語）')
    .fill('Because of the earthquake, trading on the Soten Exchange is stopped.')
  await desk.getByRole('button', { name: '公表内容を確かめる' }).click()
  await sees(desk, '公表の前の確認')
  await sees(desk, '蒼天証券取引所の売買が停止しています')
  await investor.reload()
  await sees(investor, '現在、公表中の事案はありません')
  await desk.getByRole('button', { name: 'この内容で一般に公表する' }).click()
  await sees(desk, '公表しました')

  await until(
    investor,
    () => investor.goto(`${origin}/`),
    async () => (await investor.getByText('蒼天証券取引所の売買が停止しています').count()) > 0,
  )
  const feed = await (await fetch(`${origin}/feed.atom`)).text()
  assert.match(feed, /蒼天証券取引所の売買が停止しています/)
  const cap = /href="([^"]*\/cap\/[^"]+\.xml)"/.exec(feed)?.[1]
  assert.match(await (await fetch(new URL(cap ?? '', origin))).text(), /<msgType>Alert<\/msgType>/)
  const told = JSON.stringify(await (await fetch(`${origin}/status.json`)).json())
  assert.match(told, /stopped/)
  assert.doesNotMatch(told, /主センターの電源/, 'free text of a report is never public')
  await investor.goto(`${origin}/en/`)
  await sees(investor, 'Stopped')

  // The board is given back to the institutions; a firm then sees it, before it did not.
  await contact.goto(`${origin}${situation}/board`)
  assert.equal(await contact.getByText('蒼天証券取引所').count(), 0)
  await desk.goto(`${origin}${situation}`)
  await desk.getByRole('link', { name: '関係機関に還元する' }).click()
  await sees(desk, '見られるようになる機関')
  await desk.getByRole('button', { name: '関係機関に還元する' }).click()
  await sees(desk, '還元中')
  await contact.goto(`${origin}${situation}/board`)
  await sees(contact, '蒼天証券取引所')
  assert.equal(await contact.getByText('主センターの電源').count(), 0)

  // Closing closes it everywhere.
  await desk.goto(`${origin}${situation}/close`)
  await desk.getByLabel('終結の理由').fill('全機関の復旧を確認した。')
  await desk.getByRole('button', { name: '終結の内容を確かめる' }).click()
  await sees(desk, '公表ページは、次のとおり変わります')
  await desk.getByRole('button', { name: '事案を終結する' }).click()
  await sees(desk, 'この事案は終結しました')
  await until(
    investor,
    () => investor.goto(`${origin}/`),
    async () => (await investor.getByText('本件への対応は終了しました').count()) > 0,
  )
  await contact.goto(`${origin}${situation}/report`)
  assert.equal(await contact.getByRole('button', { name: 'すべて通常・被害なし と報告する' }).count(), 0)

  // All of it stands in the trail, which is whole.
  const auditor = await signedIn(await open(), origin, 'audit@assoc.example', '/trail')
  for (const line of [
    '電文を受信',
    '設置を提案',
    '対策本部を設置',
    '状況報告を依頼',
    '状況を報告',
    '一般に公表',
    '関係機関への還元を開始',
    '対策本部を廃止',
    '事案を終結',
  ])
    await sees(auditor, line)
  const verdict = await noroshi.command('verify-trail')
  assert.equal(verdict.code, 0, verdict.said)
}

async function signedIn(context: BrowserContext, origin: string, email: string, next: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${origin}${next}`)
  await signIn(page, email)
  await page.waitForURL(`${origin}${next}`)
  return page
}

async function signIn(page: Page, email: string) {
  await page.getByLabel('メールアドレス').fill(email)
  await page.getByLabel('パスワード').fill(password)
  await page.getByRole('button', { name: 'サインインする', exact: true }).click()
}
