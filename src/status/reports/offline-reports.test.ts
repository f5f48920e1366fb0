import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isUnseen } from '#delivery/answers/index.ts'
import { trailLines } from '#ground/trail/queries.ts'
import { boardOf } from '#status/board/board.ts'
import { currentReports } from '#status/board/queries.ts'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { testFields, testMarket, testPerson, testReport, testSituation } from '#tests/kit/market.ts'
import { testApp } from '#tests/kit/reports-app.tsx'
import { start, testTools } from '#tests/kit/tools.ts'
import { fileReport } from './file-report.ts'
import { saidAt } from './freshness.ts'
import { judgeWritten } from './writing.ts'

let store: TestDatabase
let market: Awaited<ReturnType<typeof testMarket>>
before(async () => {
  store = await testDatabase()
  market = await testMarket(store.db)
})
after(() => store.close())

const after_start = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
const reportsOf = (situation_id: string) =>
  store.db.selectFrom('report').selectAll().where('situation_id', '=', situation_id).orderBy('reported_at').execute()
const idOf = (answer: { id: string } | { failed: string }) => {
  if ('failed' in answer) assert.fail(answer.failed)
  return answer.id
}

test('N-15 what was written up to 24 hours ago is filed as written then; older, or ahead of the clock, is not', () => {
  const at = after_start(48 * 60)
  const hours = (before: number) => new Date(at.getTime() - before * 3600_000)
  for (const [written_at, expected] of [
    [undefined, null],
    [hours(0), null],
    [hours(24), null],
    [new Date(hours(24).getTime() - 1), 'too_old'],
    [new Date(at.getTime() + 2 * 60_000), null],
    [new Date(at.getTime() + 2 * 60_000 + 1), 'ahead'],
  ] as const)
    assert.equal(judgeWritten(written_at, at), expected, String(written_at))
})

test('N-15 a conflict is what a colleague, or oneself elsewhere, has said since the form was opened', () => {
  const at = after_start(60)
  const by = { id: 'me' }
  const current = { id: 'b', reported_by: 'colleague', reported_at: after_start(30), written_at: null }
  const own = { ...current, reported_by: 'me' }
  for (const [name, said, writing, expected] of [
    ['nothing is claimed', current, {}, false],
    ['nothing is claimed of what waited', current, { written_at: after_start(20) }, true],
    ['it is what was seen', current, { written_upon: 'b' }, false],
    ['a colleague, upon another', current, { written_upon: 'a' }, true],
    ['a colleague, upon nothing', current, { written_upon: null }, true],
    ['own, before', own, { written_upon: 'a', written_at: after_start(40) }, false],
    ['own, since', own, { written_upon: 'a', written_at: after_start(20) }, true],
    ['own, pressed again from another tab', own, { written_upon: 'a' }, false],
    [
      'own, written before and arrived since',
      { ...own, written_at: after_start(10) },
      { written_upon: 'a', written_at: after_start(20) },
      false,
    ],
  ] as const)
    assert.equal(
      isUnseen({ id: said.id, said_by: said.reported_by, said_at: saidAt(said) }, by, writing, at),
      expected,
      name,
    )
})

test('N-15 S0-12 a report that waited keeps both times, holds from when it was written, and the board says how old it is', async () => {
  const { tools, pass } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk)
  const by = market.of('EXCH')
  pass(150 * 60)
  const form = { ...scope, ...testReport({ next_update_minutes: 180 }), written_by: by.id, written_upon: null }
  const id = idOf(await fileReport(tools, by, { ...form, written_at: after_start(30) }))
  const [row] = await reportsOf(scope.situation_id)
  assert.deepEqual(row?.written_at, after_start(30))
  assert.deepEqual(row?.reported_at, after_start(150))
  assert.deepEqual(row?.next_update_at, after_start(30 + 180))
  const [line] = await trailLines(store.db, { about: `/situations/${scope.situation_id}`, limit: 1 })
  assert.deepEqual(line?.details, {
    report_id: id,
    overall: 'normal',
    bcp: 'not_activated',
    written_at: after_start(30).toISOString(),
  })

  const board = boardOf(await currentReports(store.db, { ...scope, now: tools.clock() }), tools.clock())
  const cell = board.cells.find((each) => each.market === 'exchange' && each.function_code === 'order_trading')
  assert.deepEqual(cell?.newest_at, after_start(30), 'an hour on the way makes nothing fresh')
  const filed = await testApp(tools, by).get(`/reports/${id}`)
  assert.match(filed.text, /記入: .*09:30:00 JST.*受付: .*11:30:00 JST/)
  assert.match(filed.text, /つながらない間に書かれ/)
  const shown = await testApp(tools, market.desk).get(`/situations/${scope.situation_id}/board`)
  assert.match(shown.text, /記入 09:30 JST 2時間前/)

  // A clock a minute ahead of ours: written when it arrived.
  idOf(await fileReport(tools, by, { ...form, ...testReport(), written_upon: id, written_at: after_start(151) }))
  assert.deepEqual((await reportsOf(scope.situation_id))[1]?.written_at, after_start(150))
})

test('N-15 S0-15 a report that was taken without its answer is not taken again when it comes out of the queue', async () => {
  const { tools, pass } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk)
  const by = market.of('FIRM-1')
  const form = { ...scope, ...testReport(), written_upon: null }
  const id = idOf(await fileReport(tools, by, form))
  pass(30 * 60)
  const late = { ...form, written_at: after_start(0), written_by: by.id }
  const answers = await Promise.all(Array.from({ length: 12 }, () => fileReport(tools, by, late)))
  assert.deepEqual(new Set(answers.map(idOf)), new Set([id]))
  pass(48 * 60 * 60)
  assert.equal(idOf(await fileReport(tools, by, late)), id, 'what is known is no news, however late it is asked')
  assert.deepEqual(
    (await reportsOf(scope.situation_id)).map(({ written_at }) => written_at),
    [null],
  )
})

test('N-15 a device gets each outcome as a word, and nothing is filed but what is said to be', async () => {
  const { tools, pass } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk)
  const path = `/situations/${scope.situation_id}/report`
  const by = market.of('FIRM-1')
  const colleague = await testPerson(store.db, '同僚 三郎', by.institution_id, ['bcp_contact'])
  const { send } = testApp(tools, by)
  const post = async (changes: Record<string, string>) => {
    const { code, html } = await send(path, await testFields(store.db, by, changes), { accept: 'application/json' })
    return [code, JSON.parse(html)]
  }
  const key = crypto.randomUUID()
  const written_at = start.toISOString()
  pass(10 * 60)
  const own = { written_by: by.id, written_upon: '', written_at }
  assert.deepEqual(await post({ ...own, written_by: colleague.id }), [409, { failed: 'other_person' }])
  assert.deepEqual(await post({ ...own, written_at: 'yesterday' }), [422, { failed: 'invalid' }])
  assert.deepEqual(await post({ ...own, written_upon: 'x' }), [422, { failed: 'invalid' }])
  assert.deepEqual(await post({ ...own, bcp: '' }), [422, { failed: 'invalid' }])
  assert.deepEqual(await post({ ...own, written_at: '2027-01-13T00:00:00Z' }), [409, { failed: 'too_old' }])
  assert.deepEqual(await post({ ...own, written_at: '2027-01-16T00:00:00Z' }), [409, { failed: 'ahead' }])
  assert.deepEqual(await reportsOf(scope.situation_id), [])

  const theirs = idOf(await fileReport(tools, colleague, { ...scope, ...testReport({ bcp: 'activated' }) }))
  assert.deepEqual(await post({ ...own, idempotency_key: key }), [409, { failed: 'conflict', report_id: theirs }])
  const [code, filed] = await post({ ...own, idempotency_key: key, written_upon: theirs })
  assert.deepEqual([code, filed.reported_at], [200, after_start(10).toISOString()])
  assert.deepEqual(Object.keys(filed).sort(), ['id', 'reported_at'])
  // Still waiting in the queue as it was written first: it is the same report.
  assert.deepEqual(await post({ ...own, idempotency_key: key }), [200, filed])
  assert.deepEqual(await post({ ...own, idempotency_key: key, text: '別の内容' }), [409, { failed: 'changed' }])

  await store.db
    .updateTable('situation')
    .set({ closed_at: after_start(10), closing_reason: 'over' })
    .where('id', '=', scope.situation_id)
    .execute()
  assert.deepEqual(await post(own), [409, { failed: 'closed' }])
  assert.equal((await reportsOf(scope.situation_id)).length, 2)
})

test('N-15 without a script a colleague’s report is put beside one’s own, and one button files it all the same', async () => {
  const { tools } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk, 'exercise')
  const path = `/situations/${scope.situation_id}/report`
  const by = market.of('FIRM-1')
  const colleague = await testPerson(store.db, '同僚 四郎', by.institution_id, ['bcp_contact'])
  const { get, post } = testApp(tools, by)
  assert.match((await get(path)).html, /name="written_upon" value=""/)
  const theirs = idOf(await fileReport(tools, colleague, { ...scope, ...testReport({ text: '本店は停電' }) }))

  const mine = await testFields(store.db, by, {
    order_trading: 'stopped',
    text: '支店も停電\n復旧は未定',
    written_upon: '',
  })
  const page = await post(path, mine)
  assert.equal(page.code, 409)
  assert.match(page.html, /<title>【訓練】/)
  for (const words of ['同僚 四郎', '本店は停電', '支店も停電', '約定（注文・売買） 停止', 'まだ送信されていません'])
    assert.ok(page.text.includes(words), words)
  assert.equal((await reportsOf(scope.situation_id)).length, 1)

  const fields = [...page.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as [string, string],
  )
  const sent = await post(path, new URLSearchParams(fields))
  assert.equal(sent.code, 303)
  const [, filed] = await reportsOf(scope.situation_id)
  assert.deepEqual(
    [filed?.supersedes, filed?.order_trading, filed?.text, filed?.written_at],
    [theirs, 'stopped', '支店も停電\n復旧は未定', null],
  )
})

test('N-15 a form shows what an old or foreign report was refused for, and puts nobody’s words before another person', async () => {
  const { tools } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk)
  const path = `/situations/${scope.situation_id}/report`
  const { post } = testApp(tools, market.of('FIRM-1'))
  const fields = (changes: Record<string, string>) => testFields(store.db, market.of('FIRM-1'), changes)
  const old = await post(path, await fields({ text: '昨日の話', written_at: '2027-01-10T00:00:00Z' }))
  assert.equal(old.code, 409)
  assert.match(old.text, /書かれてから24時間を過ぎた報告です.*昨日の話/)
  const foreign = await post(path, await fields({ text: 'ほかの人の話', written_by: market.of('FIRM-2').id }))
  assert.equal(foreign.code, 409)
  assert.match(foreign.text, /別の人が書いたものです/)
  assert.doesNotMatch(foreign.text, /ほかの人の話/)
  assert.deepEqual(await reportsOf(scope.situation_id), [])
})
