import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { root } from '#ground/config/root.ts'
import { asset } from '#ground/html/assets.ts'
import { bcpStates, conditions, damages } from '#ground/market/words.ts'
import type { Person } from '#ground/rights/person.ts'
import { fileReport } from '#status/reports/file-report.ts'
import { allNormal, type ReportForm } from '#status/reports/report-form.ts'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { testMarket, testReport, testSituation } from '#tests/kit/market.ts'
import { testApp } from '#tests/kit/reports-app.tsx'
import { askTest } from '#tests/kit/rounds.ts'
import { start, testTools } from '#tests/kit/tools.ts'
import { lines_per_page } from './board-address.ts'

let store: TestDatabase
let market: Awaited<ReturnType<typeof testMarket>>
before(async () => {
  store = await testDatabase()
  market = await testMarket(store.db)
})
after(() => store.close())

/** A fresh situation in which everyone was asked and these institutions have reported. */
async function story(reports: Record<string, Partial<ReportForm>>, mode: 'actual' | 'exercise' = 'actual') {
  const made = testTools(store.db)
  const scope = await testSituation(store.db, market.desk, mode)
  const everyone = await store.db.selectFrom('institution').select('id').execute()
  await askTest(store.db, market.desk, { ...scope, institution_ids: everyone.map(({ id }) => id) })
  for (const [code, changes] of Object.entries(reports)) {
    const filed = await fileReport(made.tools, market.of(code), { ...scope, ...testReport(changes) })
    if ('failed' in filed) assert.fail(filed.failed)
  }
  const see = (person: Person, query = '', language: 'ja' | 'en' = 'ja') =>
    testApp(made.tools, person, language).get(`/situations/${scope.situation_id}/board${query}`)
  const giveBack = () =>
    store.db
      .updateTable('situation')
      .set({ returned_at: start, returned_by: market.desk.id })
      .where('id', '=', scope.situation_id)
      .execute()
  return { ...made, ...scope, see, giveBack }
}
const includes = (text: string, words: string[]) => {
  for (const word of words) assert.ok(text.includes(word), `${word} is missing in: ${text.slice(0, 2000)}`)
}
const lacks = (text: string, words: string[]) => {
  for (const word of words) assert.ok(!text.includes(word), `${word} is shown`)
}

test('N-1 S0-9 S0-12 S0-16 the secretariat sees counts by market and function, who has not reported, source and age', async () => {
  const { see, pass, situation_id } = await story({
    EXCH: { order_trading: 'stopped', bcp: 'activated', command_centre: 'set_up' },
    'FIRM-1': { custody: 'partial', damage_building: 'partial' },
  })
  pass(10 * 60)
  const { code, text, html } = await see(market.desk)
  assert.equal(code, 200)
  includes(text, [
    '状況ボード',
    '1 / 3機関',
    '1 / 2機関',
    '停止 1',
    '未報告 1',
    '10分前',
    '架空取引所',
    '担当 EXCH',
    '設置済み',
    '発動中',
  ])
  assert.match(html, new RegExp(`data-live="/situations/${situation_id} /activations"`))
  assert.match(html, /<main[^>]*data-refresh-at="2027-01-15T01:00:00.000Z"/, 'when the first report will expire')

  const rows = [...html.matchAll(/<tr role="row"><th scope="row" role="rowheader">([^<]+)/g)].map(([, name]) => name)
  assert.deepEqual(rows.slice(-3), ['架空取引所', '架空証券業協会', '架空清算機構'], 'trouble first')
  const participants = (await see(market.desk, '?view=participants')).text
  includes(participants, ['架空第一証券', '架空第二証券', '保管・振替 一部支障', '一部被害'])
})

test('N-4 S0-28 a report whose next update is overdue turns to "unknown since", at once and everywhere', async () => {
  const { see, pass } = await story({
    'FIRM-1': { order_trading: 'stopped', next_update_minutes: 30, bcp: 'activated' },
  })
  pass(29 * 60)
  includes((await see(market.desk, '?view=participants')).text, ['約定（注文・売買） 停止', '発動中 1'])
  pass(1 * 60)
  const { text } = await see(market.desk, '?view=participants')
  includes(text, ['09:30 JST から不明', '不明 1', '発動中 0'])
  lacks(text, ['約定（注文・売買） 停止', '停止 1'])
  includes(text, ['09:30 JST から不明（最後の報告：停止 09:00 JST ）'])
  includes((await see(market.desk, '?view=participants', 'en')).text, ['Unknown since 09:30 JST'])
})

test('S0-34 the list is narrowed by view, state and BCP through addresses alone', async () => {
  const { see } = await story({ 'FIRM-1': { bcp: 'activated' }, EXCH: { order_trading: 'partial' } })
  const listOf = async (query: string) => {
    const { html } = await see(market.desk, query)
    return html.slice(html.indexOf('id="list"'))
  }
  const activated = await listOf('?view=participants&bcp=activated')
  includes(activated, ['架空第一証券', 'すべて表示する'])
  lacks(activated, ['架空第二証券'])
  const silent = await listOf('?view=infrastructure&state=not_reported')
  includes(silent, ['架空清算機構'])
  lacks(silent, ['架空取引所'])
  includes(await listOf('?view=infrastructure&state=resumed'), ['該当する機関はありません'])
  for (const nonsense of [
    '?view=x&state=y&bcp=constructor&page=-1',
    '?page=99999',
    '?page=3',
    '?view=participants&view=x',
  ])
    assert.equal((await see(market.desk, nonsense)).code, 200, nonsense)
})

test('until the board is returned an institution sees its own row only, and is told what to do', async () => {
  const { see } = await story({ 'FIRM-1': { damage_staff: 'severe' }, EXCH: { order_trading: 'stopped' } })
  const { code, text, main } = await see(market.of('FIRM-1'))
  assert.equal(code, 200)
  includes(text, ['まだ還元されていません', '状況を報告する', '架空第一証券', '重大な被害'])
  lacks(main, ['架空取引所', '停止', '架空第二証券', '未報告'])
})

test('S0-10 S0-30 once returned, a participant sees all counts, the infrastructure by name, and of other participants no name and no word', async () => {
  const { see, giveBack } = await story({
    EXCH: { order_trading: 'partial', bcp: 'activated', damage_systems: 'severe', text: '取引所の内密' },
    'FIRM-1': { damage_staff: 'partial' },
    'FIRM-2': { order_trading: 'stopped', bcp: 'preparing', damage_building: 'severe', text: '第二の内密' },
  })
  await giveBack()
  for (const query of [
    '',
    '?view=participants',
    '?view=participants&state=stopped',
    '?view=participants&bcp=preparing',
  ]) {
    const { main } = await see(market.of('FIRM-1'), query)
    lacks(main, ['架空第二証券', 'FIRM-2', '第二の内密', '取引所の内密', '担当 EXCH', '重大な被害'])
    includes(main, ['2 / 2機関'])
  }
  const infrastructure = (await see(market.of('FIRM-1'))).text
  includes(infrastructure, ['架空取引所', '約定（注文・売買） 一部支障', '発動中'])
  const participants = (await see(market.of('FIRM-1'), '?view=participants')).text
  includes(participants, ['架空第一証券', '（貴機関）', '一部被害', '件数だけ'])
  assert.ok((await see(market.of('FIRM-1'), '', 'en')).text.includes('Status board'))
  assert.ok((await see(market.observer, '?view=participants')).text.includes('架空第二証券'))
})

test('S0-28 an exercise says so on the board and never counts on the standing one', async () => {
  const { see, tools, jobs } = await story({ CLEAR: { clearing: 'stopped' } }, 'exercise')
  const { html } = await see(market.desk)
  assert.match(html, /<title>【訓練】/)
  assert.match(html, /<body data-mode="exercise"/)
  assert.deepEqual(jobs, ['proposals.evaluate'])
  const standing = await testApp(tools, market.desk).get('/board')
  lacks(standing.text, ['清算 停止'])
})

test('the standing board shows the newest actual report of each institution, whatever the situation', async () => {
  const { tools, pass } = await story({ 'FIRM-2': { order_trading: 'partial' } })
  pass(5 * 60)
  const by = market.of('FIRM-2')
  await fileReport(tools, by, { situation_id: null, mode: 'actual', ...testReport({ order_trading: 'resumed' }) })
  const standing = (person: Person, off: 'member-board'[] = []) =>
    testApp({ ...tools, config: { ...tools.config, off } }, person).get('/board?view=participants')
  const desk = await standing(market.desk)
  includes(desk.text, ['約定（注文・売買） 再開', '実際の報告のみ'])
  lacks(desk.text, ['約定（注文・売買） 一部支障'])
  assert.match(desk.html, /data-live="\/board \/situations \/activations"/)

  includes((await standing(by)).text, ['貴機関'])
  const switchedOff = (await standing(by, ['member-board'])).text
  includes(switchedOff, ['いまは各機関に表示していません', '架空第二証券'])
  lacks(switchedOff, ['架空取引所'])
})

test('S0-10 the standing board gives an institution nothing of an emergency that was not returned', async () => {
  const { tools, giveBack, situation_id } = await story({ EXCH: { order_trading: 'stopped' }, 'FIRM-1': {} })
  const standing = async () => (await testApp(tools, market.of('FIRM-1')).get('/board')).main
  const isHeld = async () => {
    const shown = await standing()
    includes(shown, ['まだ還元されていません', '架空第一証券'])
    lacks(shown, ['架空取引所', '停止', '2 / '])
  }
  // What other tests left open is returned.
  await store.db
    .updateTable('situation')
    .set({ returned_at: start, returned_by: market.desk.id })
    .where('id', '!=', situation_id)
    .execute()
  await isHeld()
  await store.db
    .updateTable('situation')
    .set({ closed_at: start, closing_reason: 'over' })
    .where('id', '=', situation_id)
    .execute()
  await isHeld()
  await giveBack()
  includes(await standing(), ['架空取引所', '停止'])
})

test('after closing the board stays as it was at the end', async () => {
  const { see, pass, situation_id } = await story({ 'FIRM-1': { order_trading: 'resumed' } })
  const closed_at = new Date(start.getTime() + 20 * 60_000)
  await store.db
    .updateTable('situation')
    .set({ closed_at, closing_reason: 'over' })
    .where('id', '=', situation_id)
    .execute()
  pass(600 * 60)
  const { text, html } = await see(market.desk, '?view=participants')
  includes(text, ['この事案は終結しました', '09:20 JST', '約定（注文・売買） 再開'])
  lacks(html, ['data-refresh-at'])
  lacks((await see(market.of('FIRM-1'))).text, ['状況を報告する'])
})

test('an institution that has left is on no board; one that joins after the asking is, as not asked', async () => {
  const { see } = await story({})
  const firm = { kind: 'securities_firm', name_en: 'X' } as const
  await store.db
    .insertInto('institution')
    .values([
      { ...firm, code: 'LEFT', name_ja: '退会証券', active_from: '2020-01-01', active_to: '2027-01-14' },
      { ...firm, code: 'NEW', name_ja: '新入証券', active_from: '2027-01-15' },
      { ...firm, code: 'LATER', name_ja: '明日証券', active_from: '2027-01-16' },
    ])
    .execute()
  const { text } = await see(market.desk, '?view=participants')
  includes(text, ['新入証券', '照会なし', '0 / 2機関'])
  lacks(text, ['退会証券', '明日証券'])
})

test('S0-16 the board of 500 institutions accounts for every one, and each of its pages loads in 14 KB', async () => {
  const { tools, situation_id, mode } = await story({})
  const firms = await store.db
    .insertInto('institution')
    .values(
      Array.from({ length: 500 }, (_, index) => ({
        code: `BIG-${1000 + index}`,
        kind: index < 50 ? ('exchange' as const) : ('securities_firm' as const),
        name_ja: `架空${['あおば', 'みどり', 'かなで', 'ひかり', 'つばさ'][index % 5]}${index * 7}証券株式会社`,
        name_en: `Fictional ${['Aoba', 'Midori', 'Kanade', 'Hikari', 'Tsubasa'][index % 5]} ${index * 7} Securities`,
        active_from: '2020-01-01',
      })),
    )
    .returning('id')
    .execute()
  const functions = ['order_trading', 'settlement', 'custody', 'funds'] as const
  const all = firms.flatMap(({ id }) => functions.map((function_code) => ({ institution_id: id, function_code })))
  await store.db.insertInto('institution_function').values(all).execute()
  const joined = firms.map(({ id }) => ({ institution_id: id, market: 'bonds' as const }))
  await store.db.insertInto('institution_market').values(joined).execute()
  const { next_update_minutes: _, ...normal } = allNormal(60)
  await store.db
    .insertInto('report')
    .values(
      firms.slice(0, 450).map(({ id }, index) => ({
        ...normal,
        order_trading: conditions[index % conditions.length] ?? 'unknown',
        damage_building: damages[index % damages.length] ?? 'unknown',
        bcp: bcpStates[index % bcpStates.length] ?? 'lifted',
        institution_id: id,
        situation_id,
        mode,
        supersedes: null,
        next_update_at: new Date(start.getTime() + (index % 9) * 600_000),
        reported_by: market.desk.id,
        reported_at: start,
        idempotency_key: crypto.randomUUID(),
      })),
    )
    .execute()

  const css = readFileSync(new URL(`dist${asset('app.css')}`, root))
  const path = `/situations/${situation_id}/board`
  const seen = new Set<string>()
  for (const language of ['ja', 'en'] as const) {
    const { get } = testApp(tools, market.desk, language)
    for (const view of ['infrastructure', 'participants'])
      for (let number = 1; number <= 500 / lines_per_page; number++) {
        const { html } = await get(`${path}?view=${view}&page=${number}`)
        const bytes = gzipSync(html).length + gzipSync(css).length
        assert.ok(bytes <= 14 * 1024, `${view} ${number}: ${bytes} bytes`)
        for (const [, name] of html.matchAll(/rowheader">([^<]+)</g)) seen.add(`${language} ${name}`)
      }
  }
  const names = [...seen].filter((name) => /証券株式会社|Securities/.test(name))
  assert.equal(names.length, 1000, 'each institution stands on one of the pages, in both languages')
})
