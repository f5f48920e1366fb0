import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderCapIndex } from './cap-index.tsx'
import { renderPage } from './html-page.tsx'
import { renderJson } from './json.ts'
import { minutesLater, published, told_at, view } from './sample.ts'
import { closed_kept_days, emptySnapshot } from './snapshot.ts'

const ja = (...[snapshot, now, more]: [Parameters<typeof renderPage>[0], Date, Partial<ReturnType<typeof view>>?]) =>
  renderPage(snapshot, { ...view(now, more), language: 'ja' })
const en = (...[snapshot, now, more]: [Parameters<typeof renderPage>[0], Date, Partial<ReturnType<typeof view>>?]) =>
  renderPage(snapshot, { ...view(now, more), language: 'en' })
/** What a person reads, without markup. */
const read = (page: string) =>
  page
    .replace(/^.*?<body/s, '<body')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')

test('S0-32 in calm the top page says that nothing is published, in both languages', () => {
  assert.match(read(ja(emptySnapshot('actual'), told_at)), /現在、公表中の事案はありません.*まだ公表はありません。/)
  assert.match(
    read(en(emptySnapshot('actual'), told_at)),
    /No emergency is being reported.*Nothing has been published yet\./,
  )
})

test('S0-32 S0-11 in an emergency the top page says what is happening, function by function, and who says so', () => {
  const page = read(ja(published(1), told_at))
  for (const words of [
    '公表中の事案：1件',
    '首都直下地震 <対応中> & 確認中',
    '取引所の売買を停止しています。',
    '取引所取引：約定（注文・売買） 停止 （3機関中1機関）',
    '公社債：決済 通常',
    '架空国債清算機関',
    '発動中',
    '報告を求めた40社のうち、25社が報告',
    '未報告 15',
  ])
    assert.ok(page.replaceAll(' ', '').includes(words.replaceAll(' ', '')), words)
  assert.match(read(en(published(1), told_at)), /Exchange trading: Orders and trading Stopped/)
})

test('the page leads with what is said: the title, the words, then how it stands, then how old the page is', () => {
  const page = read(ja(published(1), minutesLater(5)))
  assert.match(
    page,
    /公表中の事案：1件 首都直下地震 <対応中> & 確認中 取引所の売買を停止しています。 事象 .*市場・機能別の状況.*最終公表 10:30 JST/,
  )
})

test('S0-12 the page says when it was published and made, and each line how old it is', () => {
  const page = read(ja(published(1), minutesLater(5)))
  assert.match(page, /最終公表 10:30 JST ?（ ?5分前 ?）/)
  assert.match(page, /このページの作成 11月21日（土） 10:35 JST/)
  assert.match(page, /10:20 JST （ 11:20 JST まで有効）/)
})

test('N-4 what has expired is unknown since then, never its last value', () => {
  const expiry = new Date('2026-11-21T02:20:00Z')
  const before = read(ja(published(1), new Date(expiry.getTime() - 1)))
  const after = read(ja(published(1), expiry))
  assert.ok(before.includes('停止 ') && before.includes('発動中'))
  assert.match(after, /約定（注文・売買） 不明 （ 11:20 JST から） ?（最後の報告： ?停止 ?10:20 JST ?）/)
  assert.ok(!/約定（注文・売買） 停止/.test(after) && !after.includes('発動中'), 'nothing stale is said as if it held')
  assert.match(after, /決済 通常/, 'what has not expired stays')
  assert.match(read(en(published(1), expiry)), /Unknown since 11:20 JST/)
})

test('N-4 when the system behind it falls silent, the page says so and since when', () => {
  const since = minutesLater(10)
  assert.match(read(ja(published(1), minutesLater(30), { silent_since: since })), /10:40 JST から応答していません/)
  assert.match(read(en(published(1), minutesLater(30), { silent_since: since })), /has not answered since 10:40 JST/)
  assert.ok(!read(ja(published(1), minutesLater(30))).includes('応答していません'))
})

test('S0-28 a corrected text stays readable, struck through, with its times', () => {
  const page = ja(published(2), minutesLater(40))
  assert.match(page, /<del[^>]*>.*取引所の売買を停止しています。.*<\/del>/)
  assert.match(read(page), /訂正： 11:00 JST に.*取引所の売買は継続しています。.*11:00 JST に訂正されました/)
  assert.ok(!read(ja(published(1), minutesLater(40))).includes('訂正：'))
  assert.match(renderCapIndex(published(2), view(told_at)), /訂正：首都直下地震.*<del>第一報：[^<]*<\/del> 訂正済み/)
})

test('S0-28 the last words that stood are read after the closing, too, on the page and by programs', () => {
  const now = minutesLater(160)
  assert.match(
    read(ja(published(3), now)),
    /すべての機能が再開しました。 終結の前の公表（ 11:00 JST ） 取引所の売買は継続しています。/,
  )
  assert.match(read(en(published(3), now)), /Published before it ended.*11:00 JST\W+Trading on the exchange goes on\./)
  const [closed] = JSON.parse(renderJson(published(3), view(now))).closed
  assert.equal(closed.text.en, 'Trading on the exchange goes on.')
  assert.deepEqual(
    closed.earlier.map(({ corrected_at }: { corrected_at: string | null }) => corrected_at !== null),
    [false, true],
  )
})

test('a closed situation stays for thirty days, without its table, then leaves', () => {
  const closed_at = minutesLater(150)
  const day = 24 * 60
  const page = read(ja(published(3), minutesLater(5, closed_at)))
  assert.match(page, /現在、公表中の事案はありません.*終結した事案.*すべての機能が再開しました。/)
  assert.ok(!page.includes('市場・機能別の状況'))
  assert.ok(read(ja(published(3), minutesLater(closed_kept_days * day - 1, closed_at))).includes('首都直下地震'))
  assert.ok(!read(ja(published(3), minutesLater(closed_kept_days * day, closed_at))).includes('首都直下地震'))
})

test('S0-28 every page of an exercise is one in its title, heading and text, and is kept out of search engines', () => {
  for (const page of [
    ja(published(1, 'exercise'), told_at),
    renderCapIndex(published(1, 'exercise'), view(told_at)),
    renderCapIndex(emptySnapshot('exercise'), view(told_at)),
  ]) {
    assert.match(page, /<title>【訓練】/)
    assert.match(page, /<h1>【訓練】/)
    assert.match(page, /<meta name="robots" content="noindex, nofollow"\/>/)
    assert.match(read(page), /これは訓練です。/)
  }
  assert.match(en(published(1, 'test'), told_at), /<title>\[TEST\] .*<h1>\[TEST\] /s)
  assert.ok(!ja(published(1), told_at).includes('noindex'))
})

test('the page links to the feed, the messages, the JSON, the other language and the sign-in; links stay in their mode', () => {
  const page = ja(published(1, 'exercise'), told_at)
  for (const href of ['/exercise/feed.atom', '/exercise/cap/', '/exercise/status.json', '/exercise/en/'])
    assert.ok(page.includes(`href="${href}"`), href)
  assert.ok(page.includes('href="https://market.example/sign-in"'))
  assert.ok(!/href="\/(en\/|cap\/|feed\.atom|status\.json)?"/.test(page), 'no link out of the exercise')
})

test('no inline script or style, which the policy of the page would refuse', () => {
  const page = ja(published(2), told_at, { silent_since: told_at, demo: true })
  assert.ok(!/ style=| on[a-z]+=|<style/.test(page))
  assert.deepEqual(page.match(/<script(?![^>]*src=)/g), null)
})

test('the list of CAP messages names each, and can be empty', () => {
  assert.match(renderCapIndex(published(2), view(told_at)), /href="\/cap\/noroshi-actual-20261121-2\.xml"/)
  assert.match(
    read(renderCapIndex(emptySnapshot('actual'), view(told_at))),
    /発行したメッセージはまだありません。.*No message/,
  )
})

test('N-4 the JSON says the same for programs: mode, times, and unknown once expired', () => {
  const now = new Date('2026-11-21T02:20:00Z')
  const status = JSON.parse(renderJson(published(1), view(now, { silent_since: minutesLater(10) })))
  assert.deepEqual(
    [status.version, status.mode, status.published_at, status.generated_at, status.is_updating, status.silent_since],
    [1, 'actual', told_at.toISOString(), now.toISOString(), false, minutesLater(10).toISOString()],
  )
  const [trading, settlement] = status.open[0].functions
  assert.deepEqual(
    [trading.condition, trading.unknown_since, trading.last_condition],
    ['unknown', '2026-11-21T02:20:00.000Z', 'stopped'],
  )
  assert.deepEqual([settlement.condition, settlement.unknown_since, settlement.last_condition], ['normal', null, null])
  const [exchange] = status.open[0].institutions
  assert.deepEqual([exchange.condition, exchange.bcp, exchange.resumption_at], ['unknown', 'unknown', null])
  assert.equal(JSON.parse(renderJson(emptySnapshot('test'), view(now))).published_at, null)
})
