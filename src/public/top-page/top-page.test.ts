import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { createPublicServer, emptySnapshot, renderSite } from '#public/site/index.ts'
import { wordsOf } from '#tests/kit/pages.ts'
import { topPageForm } from '#tests/kit/samples/public.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { mastheadOf } from './queries.ts'

let site: TestSite
let desk: TestSite['nobody']
before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
})
after(() => site.close())

const links = {
  links_authority: '架空の監督官庁 | Fictional agency | https://agency.example/',
  links_central_bank: '架空の中央銀行 | Fictional bank | https://bank.example/',
  links_other_market: '架空の為替市場 | Fictional FX market | https://fx.example/bcp',
}
const is_linked =
  /関連するサイト.*関係機関.*架空取引所.*監督官庁.*架空の監督官庁.*日本銀行.*架空の中央銀行.*ほかの市場.*架空の為替市場/s

const saved = () => site.db.selectFrom('top_page').select(['version', 'operator_ja']).orderBy('version').execute()

test('S0-71 what the desk saves is a version, linked from everybody’s home and the public page, and in the trail; the same press twice is one', async () => {
  const form = topPageForm(links)
  await site.done(desk, '/top-page', form)
  await site.done(desk, '/top-page', form)
  assert.deepEqual(await saved(), [{ version: 1, operator_ja: '架空証券業協会' }])
  const { bcp_contact } = await site.people('bcp_contact')
  assert.match(
    await site.main(bcp_contact.client, '/home'),
    /関連するサイト[\s\S]*href="https:\/\/exchange\.example\/"[^>]*>架空取引所<[\s\S]*ほかの市場[\s\S]*https:\/\/fx\.example\/bcp/,
  )
  assert.match(wordsOf(await site.main(bcp_contact.client, '/home')), is_linked)
  const view = { origin: 'https://market.example', now: new Date(), silent_since: null, demo: false }
  const pages = renderSite(emptySnapshot('actual'), { ...view, masthead: await mastheadOf(site.db) })
  assert.match(wordsOf(String(pages.get('/')?.body)), is_linked)
  const lines = await site.db.selectFrom('trail').where('action', '=', 'top-page.edited').selectAll().execute()
  assert.equal(lines.length, 1)
})

test('the second of two who edit the same version is shown what the first saved, and keeps their own words', async () => {
  const { version } = (await saved()).at(-1) ?? { version: 0 }
  const seen = String(version)
  const deputy = await site.signIn('desk-deputy@assoc.example')
  await site.done(desk, '/top-page', topPageForm({ version: seen, operator_ja: '先の団体' }))
  const answer = await deputy.post('/top-page', topPageForm({ version: seen, operator_ja: '後の団体' }))
  assert.equal(answer.status, 409)
  const page = await answer.text()
  assert.match(wordsOf(page), /ほかの人が先に保存しました.*先の団体/)
  assert.match(page, /value="後の団体"/)
  assert.equal((await saved()).at(-1)?.operator_ja, '先の団体')
})

for (const [what, given, problem] of [
  ['no operator', { operator_ja: ' ' }, /運営する団体の名称を200文字以内で/],
  ['a link of two parts', { links_body: '取引所 | https://a.example/' }, /直す行：取引所 \| https:\/\/a\.example\//],
  ['a link that is a script', { links_body: '取引所 | Exchange | javascript:alert(1)' }, /直す行：取引所/],
  [
    'a link that hides its host',
    { links_body: '取引所 | Exchange | https://exchange.example:x@evil.example/' },
    /直す行：取引所/,
  ],
  [
    'the same address twice',
    { links_authority: '官庁 | Agency | https://exchange.example/' },
    /同じアドレスが2回あります：https:\/\/exchange\.example\//,
  ],
] as const)
  test(`${what} is refused in words, and nothing is saved`, async () => {
    const before = await saved()
    const answer = await desk.post('/top-page', topPageForm({ version: '9', ...given }))
    assert.equal(answer.status, 422)
    assert.match(wordsOf(await answer.text()), problem)
    assert.deepEqual(await saved(), before)
  })

test('S0-32 the public top page says who runs it, where to ask, whose the rules are and where else to look, also after a start without a database', async () => {
  await site.done(desk, '/top-page', topPageForm({ version: String((await saved()).length) }))
  const folder = await mkdtemp(path.join(os.tmpdir(), 'noroshi-top-page-'))
  const now = new Date('2027-01-15T03:00:00Z')
  const settings = { folder, origin: 'https://market.example', clock: () => now }
  try {
    const server = await createPublicServer(settings)
    await server.set(emptySnapshot('actual'))
    server.setMasthead(await mastheadOf(site.db))
    await server.tick(now, true)
    const expected =
      /現在、公表中の事案はありません.*1月15日.*12:00 JST.*現在.*このページについて.*架空証券業協会.*代表電話 03-0000-0000.*取引所と清算機関・振替機関がそれぞれ定め.*関連するサイト.*架空取引所/
    const shown = (one: typeof server, at = '/') => wordsOf(String(one.serve(at)?.body))
    assert.match(shown(server), expected)
    assert.match(shown(server, '/en/'), /As of .*Fictional Securities Dealers Association.*Fictional Exchange/)
    assert.match(wordsOf(await readFile(path.join(folder, 'index.html'), 'utf8')), expected)
    assert.match(shown(await createPublicServer(settings)), expected)
    server.setMasthead(null)
    await server.tick(now, true)
    assert.doesNotMatch(shown(server), /架空/)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
