import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { toCivilInput } from '#ground/html/civil.ts'
import { Visitor } from '#simulate/index.ts'
import { isFit } from '../kit/axe.ts'
import { openBrowser } from '../kit/browser.ts'
import { type Running, startNoroshi } from '../kit/running.ts'
import { sees, signedIn, until } from '../kit/walk.ts'

const desktop = { width: 1280, height: 800 }
const password = 'noroshi-demo-2026'

let noroshi: Running
let browser: Browser
before(async () => {
  noroshi = await startNoroshi()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await noroshi?.close()
})

type Deeds = Awaited<ReturnType<typeof letThemAct>>

test('S0-30 an auditor sees who could see what and who did, and can change nothing', async () => {
  const { origin } = noroshi
  const deeds = await letThemAct()
  const open = () => browser.newContext({ viewport: desktop, locale: 'ja-JP' })
  await takePack(await signedIn(await open(), origin, 'desk@assoc.example', '/pack'))

  const auditor = await signedIn(await open(), origin, 'audit@assoc.example', '/home')
  await isReadable(auditor)
  await whoCould(auditor, deeds)
  await whoDid(auditor, deeds)
  await changesNothing(auditor, deeds)
})

/** A role is given and taken, a report read, the directory taken along, and somebody tries what is not theirs. */
async function letThemAct() {
  const desk = await visitor('desk@assoc.example')
  const find = async (what: string, email: string) =>
    new RegExp(`href="(/${what}/[0-9a-f-]{36})"`).exec((await desk.get(`/${what}?q=${email}`)).text)?.[1] ?? ''
  const person = await find('people', 'deputy@sokyu.example')
  const exchange = await find('institutions', 'EXC-1')
  assert.ok(person && exchange)
  const given = { role: 'institution_administrator', reason: '管理者の休暇の代行' }
  assert.equal((await desk.post(`${person}/roles`, given)).code, 303)
  const held_at = new Date()
  const grants = [...(await desk.get(person)).text.matchAll(/href="(\/grants\/[0-9a-f-]{36}\/end)"[^>]*>([^<]*)/g)]
  const grant = grants.find(([, , words]) => words?.includes('機関管理者'))?.[1] ?? ''
  assert.equal((await desk.post(grant, { reason: '休暇が終わったため' })).code, 303)

  const filed = await (await visitor('bcp@soten.example')).post('/report', {
    all_normal: 'yes',
    idempotency_key: crypto.randomUUID(),
  })
  const report = (filed.location ?? '').replace(/\?.*/, '')
  assert.equal((await (await visitor('observer@reg.example')).get(report)).code, 200)
  assert.equal((await desk.post('/roster/export', { contents: 'both', format: 'xlsx' })).code, 200)
  assert.equal((await desk.post('/directory/export', { format: 'vcard' })).code, 200)

  const curious = await visitor('bcp@sokyu.example')
  assert.equal((await curious.get(exchange)).code, 404)
  assert.equal((await curious.get(report)).code, 404)
  assert.equal((await curious.get('/rights')).code, 403)
  return { person, exchange, report, grant, held_at }
}

/** The secretariat takes the newest pack, as soon as there is one. */
async function takePack(desk: Page) {
  const take = desk.getByRole('button', { name: '持ち出し資料を受け取る（PDF）' })
  if ((await take.count()) === 0) await desk.getByRole('button', { name: '持ち出し資料を今作る' }).click()
  await until(
    desk,
    () => desk.goto(`${noroshi.origin}/pack`),
    async () => (await take.count()) > 0,
  )
  const [download] = await Promise.all([desk.waitForEvent('download'), take.click()])
  assert.match(download.suggestedFilename(), /^noroshi-pack-.*\.pdf$/)
}

async function whoCould(auditor: Page, { held_at }: Deeds) {
  await auditor.getByRole('navigation', { name: '主なページ' }).getByText('準備・管理').click()
  await auditor.getByRole('link', { name: '権限', exact: true }).first().click()
  await sees(auditor, '機関管理者')
  await sees(auditor, 'TLP:AMBER')
  await isReadable(auditor)
  await auditor.getByRole('link', { name: '過去の時点の権限を見る' }).click()
  await auditor.getByLabel('日時', { exact: false }).fill(toCivilInput(held_at))
  await auditor.getByLabel('役割', { exact: true }).selectOption('institution_administrator')
  await auditor.getByRole('button', { name: '権限を調べる' }).click()
  const held = auditor.getByRole('row').filter({ hasText: '管理者の休暇の代行' })
  await held.waitFor()
  const words = await held.innerText()
  assert.match(words, /蒼穹証券/)
  assert.match(words, /休暇が終わったため/, 'why it ended')
  await sees(auditor, 'この日時に対策本部は設置されていませんでした')
  await isReadable(auditor)
  // On the day before nobody had been given anything.
  await auditor.getByLabel('日時', { exact: false }).fill('2020-01-01T09:00')
  await auditor.getByRole('button', { name: '権限を調べる' }).click()
  await sees(auditor, 'この日時に役割を持つ人はいませんでした')
  await isReadable(auditor)
}

async function whoDid(auditor: Page, { report, exchange }: Deeds) {
  const { origin } = noroshi
  await auditor.goto(`${origin}/rights`)
  await auditor.getByRole('link', { name: '閲覧記録を見る' }).click()
  await auditor.getByRole('textbox', { name: 'ページ' }).fill(report)
  await auditor.getByRole('button', { name: '閲覧記録を探す' }).click()
  const read = auditor.getByRole('row').filter({ hasText: '/reports/' })
  assert.equal(await read.count(), 1, 'the authority, and nobody who was refused')
  await isReadable(auditor)

  await auditor.getByRole('link', { name: '監査証跡へ戻る' }).click()
  for (const line of ['役割を付与', '役割を解除', '連絡先を書き出し', '持ち出し資料を取得'])
    await auditor.getByRole('row').filter({ hasText: line }).first().waitFor()
  const denied = auditor.getByRole('row').filter({ hasText: '権限のない操作を拒否' })
  for (const path of [report, exchange])
    assert.equal(await denied.filter({ has: auditor.locator(`a[href="${path}"]`) }).count(), 1, path)
  assert.ok(await denied.filter({ hasText: '蒼穹証券' }).first().isVisible())
  await isReadable(auditor)
  for (const path of [
    '/recoveries',
    '/break-glass',
    report,
    exchange,
    '/directory',
    '/institutions',
    '/attestations',
  ]) {
    await auditor.goto(origin + path)
    await isReadable(auditor)
  }
}

/** Whatever form is sent in the auditor's name is refused, and nothing of it is done. */
async function changesNothing(auditor: Page, { person, exchange, grant }: Deeds) {
  const visited = await visitor('audit@assoc.example')
  const key = { idempotency_key: crypto.randomUUID() }
  const forms: [string, Record<string, string>][] = [
    [`${person}/roles`, { role: 'auditor', reason: '試み' }],
    [`${person}/end`, { reason: '試み' }],
    [grant, { reason: '試み' }],
    [exchange, { name_ja: '試み' }],
    [`${exchange}/contacts`, { name_ja: '試み', address_0: 'a@kabu.example', means_0: 'mail' }],
    [
      '/invitations',
      { institution_code: 'SEC-001', name_ja: '試み', email: 'a@kabu.example', roles: 'auditor', ...key },
    ],
    ['/recoveries', { email: 'bcp@sokyu.example', reason: '試み', identity_check: '電話', ...key }],
    ['/attestations', { text_ja: '試み', text_en: 'x', answer_by: '2099-01-01T00:00', ...key }],
    ['/situations', { title_ja: '試み', ...key }],
    ['/official-notices', { title: '試み', ...key }],
    ['/roster/export', { contents: 'both', format: 'xlsx' }],
    ['/settings', { confirm_minutes: '60' }],
    ['/rights/confirmations', {}],
    ['/break-glass/sets', {}],
    ['/pack', {}],
    ['/sso', {}],
  ]
  for (const [path, form] of forms) assert.equal((await visited.post(path, form)).code, 403, path)
  await auditor.goto(`${noroshi.origin}/trail`)
  const newest = (await auditor.locator('main tbody tr').allInnerTexts()).slice(0, forms.length)
  assert.ok(
    newest.every((line) => line.includes('権限のない操作を拒否')),
    newest.join('\n'),
  )
  const verdict = await noroshi.command('verify-trail')
  assert.equal(verdict.code, 0, verdict.said)
}

/** A page without faults for who cannot see well, and without a button that would change something. */
async function isReadable(page: Page) {
  await isFit(page)
  const posts = await page.locator('main form[method="post"]').evaluateAll((all) => all.map((form) => form.outerHTML))
  // What they may see of the directory, they may take along.
  assert.deepEqual(
    posts.filter((form) => !/action="\/(directory|trail)\/export"/.test(form)),
    [],
    page.url(),
  )
}

async function visitor(email: string): Promise<Visitor> {
  const visitor = new Visitor(noroshi.origin)
  await visitor.signIn(email, password)
  return visitor
}
