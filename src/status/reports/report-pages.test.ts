import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { root } from '#ground/config/root.ts'
import { asset } from '#ground/html/assets.ts'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { testFields, testMarket, testReport, testSituation } from '#tests/kit/market.ts'
import { testApp } from '#tests/kit/reports-app.tsx'
import { askTest } from '#tests/kit/rounds.ts'
import { start, testTools } from '#tests/kit/tools.ts'
import { fileReport } from './file-report.ts'

let store: TestDatabase
let market: Awaited<ReturnType<typeof testMarket>>
before(async () => {
  store = await testDatabase()
  market = await testMarket(store.db)
})
after(() => store.close())

const reportsOf = (situation_id: string) =>
  store.db.selectFrom('report').selectAll().where('situation_id', '=', situation_id).execute()
const keysOn = (html: string) =>
  [...html.matchAll(/name="idempotency_key" value="([^"]+)"/g)].map(([, key]) => key ?? '')
const checkedOn = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<input [^>]*checked=""[^>]*>/g)].map(([tag]) => [
      /name="([^"]*)"/.exec(tag)?.[1],
      /value="([^"]*)"/.exec(tag)?.[1],
    ]),
  )
const ask = (situation_id: string, mode: 'actual' | 'exercise', institution_id: string) =>
  askTest(store.db, market.desk, { situation_id, mode, institution_ids: [institution_id] })

test('S0-27 S0-28 from the link to a filed "all normal" it is one press, and the page says for what, for whom and by when', async () => {
  const { tools } = testTools(store.db)
  const { situation_id } = await testSituation(store.db, market.desk, 'exercise', 45)
  const by = market.of('FIRM-1')
  await ask(situation_id, 'exercise', by.institution_id)
  const { get, post } = testApp(tools, by)

  const form = await get(`/situations/${situation_id}/report`)
  assert.equal(form.code, 200)
  assert.match(form.html, /<body data-mode="exercise"/)
  assert.match(form.html, /<title>【訓練】/)
  for (const word of [
    '【訓練】',
    '首都直下地震',
    '架空第一証券',
    '回答期限',
    '09:30 JST',
    'あと30分',
    'すべて通常・被害なし と報告する',
  ])
    assert.ok(form.text.includes(word), word)
  const [key = '', other = ''] = keysOn(form.html)
  assert.notEqual(key, other)

  const press = new URLSearchParams({ all_normal: 'yes', idempotency_key: key })
  const answers = await Promise.all([1, 2, 3].map(() => post(`/situations/${situation_id}/report`, press)))
  answers.push(await post(`/situations/${situation_id}/report`, press))
  assert.deepEqual(
    answers.map(({ code }) => code),
    [303, 303, 303, 303],
  )
  assert.equal(new Set(answers.map(({ location }) => location)).size, 1, 'a double press and a retry file it once')

  const [row, ...others] = await reportsOf(situation_id)
  assert.deepEqual(others, [])
  assert.deepEqual(
    [row?.order_trading, row?.custody, row?.clearing, row?.damage_staff, row?.bcp, row?.command_centre, row?.mode],
    ['normal', 'normal', null, 'none', 'not_activated', 'not_set_up', 'exercise'],
  )
  assert.deepEqual(row?.next_update_at, new Date(start.getTime() + 45 * 60_000))

  const filed = await get(answers[0]?.location ?? '')
  for (const word of ['報告を受け付けました', '09:00:00 JST', '09:45 JST', 'だれに見えるか', '訂正・更新を報告する'])
    assert.ok(filed.text.includes(word), word)
  assert.match(filed.html, /<body data-mode="exercise"/)
})

test('S0-15 everything said on the one screen is kept, and stands in the form next time', async () => {
  const { tools, pass } = testTools(store.db)
  const { situation_id } = await testSituation(store.db, market.desk)
  const by = market.of('FIRM-1')
  const { get, post } = testApp(tools, by)
  const path = `/situations/${situation_id}/report`
  const first = await post(
    path,
    await testFields(store.db, by, {
      order_trading: 'stopped',
      clearing: 'stopped',
      damage_systems: 'severe',
      bcp: 'activated',
      command_centre: 'set_up',
      resumption_at: '2027-01-15T13:30',
      text: '本店が停電しています。\r\n<b>代替</b>オフィスへ移動中',
      next_update_minutes: '30',
      institution_id: market.of('FIRM-2').institution_id,
      unknown_field: 'x',
    }),
  )
  const [row] = await reportsOf(situation_id)
  assert.deepEqual(
    [
      row?.order_trading,
      row?.clearing,
      row?.damage_systems,
      row?.bcp,
      row?.command_centre,
      row?.resumption_at?.toISOString(),
      row?.text,
      row?.institution_id,
    ],
    [
      'stopped',
      null,
      'severe',
      'activated',
      'set_up',
      '2027-01-15T04:30:00.000Z',
      '本店が停電しています。\n<b>代替</b>オフィスへ移動中',
      by.institution_id,
    ],
  )
  const shown = await get(first.location ?? '')
  assert.ok(shown.html.includes('&lt;b&gt;代替&lt;/b&gt;'))

  pass(25 * 60)
  const again = await get(path)
  assert.ok(
    again.text.includes('担当 FIRM-1') && again.text.includes('25分前'),
    'says whose the words in it are, and how old',
  )
  assert.deepEqual(checkedOn(again.html), {
    order_trading: 'stopped',
    custody: 'normal',
    damage_building: 'none',
    damage_systems: 'severe',
    damage_staff: 'none',
    damage_external: 'none',
    bcp: 'activated',
    command_centre: 'set_up',
  })
  const second = await post(path, await testFields(store.db, by, { order_trading: 'resumed' }))
  const old = await get(first.location ?? '')
  assert.ok(old.text.includes('この報告の後に、新しい報告があります'))
  assert.ok(old.html.includes(`href="${second.location}"`))
  const history = (await get(second.location ?? '')).html
  assert.match(history, /<del>停止・BCP 発動中<\/del>/, 'what was said before stays legible, struck through')
})

test('S0-28 a first report begins at "unknown", never at "normal"', async () => {
  const { tools } = testTools(store.db)
  const { situation_id } = await testSituation(store.db, market.desk)
  const { html } = await testApp(tools, market.of('EXCH')).get(`/situations/${situation_id}/report`)
  assert.deepEqual(checkedOn(html), {
    order_trading: 'unknown',
    market_data: 'unknown',
    damage_building: 'unknown',
    damage_systems: 'unknown',
    damage_staff: 'unknown',
    damage_external: 'unknown',
  })
})

test('the same page sent again with other words is not taken for a repeat', async () => {
  const { tools } = testTools(store.db)
  const { situation_id } = await testSituation(store.db, market.desk)
  const by = market.of('FIRM-2')
  const { post } = testApp(tools, by)
  const fields = await testFields(store.db, by)
  await post(`/situations/${situation_id}/report`, fields)
  fields.set('order_trading', 'stopped')
  const answer = await post(`/situations/${situation_id}/report`, fields)
  assert.equal(answer.code, 409)
  assert.ok(answer.text.includes('この画面からの報告は、すでに受け付けています'))
  assert.equal(checkedOn(answer.html).order_trading, 'stopped')
  assert.equal((await reportsOf(situation_id)).length, 1)
  fields.set('idempotency_key', keysOn(answer.html)[0] ?? '')
  assert.equal((await post(`/situations/${situation_id}/report`, fields)).code, 303)
  assert.equal((await reportsOf(situation_id)).length, 2)
})

const wrong: { title: string; change: (fields: URLSearchParams) => void; field: string }[] = [
  { title: 'a missing answer', change: (fields) => fields.delete('bcp'), field: 'bcp' },
  {
    title: 'a value that there is not',
    change: (fields) => fields.set('order_trading', 'fine'),
    field: 'order_trading',
  },
  { title: 'a repeated name', change: (fields) => fields.append('custody', 'stopped'), field: 'custody' },
  { title: 'a text too long', change: (fields) => fields.set('text', 'あ'.repeat(4001)), field: 'text' },
  { title: 'two million characters', change: (fields) => fields.set('text', 'x'.repeat(2_000_000)), field: 'text' },
  {
    title: 'a day that there is not',
    change: (fields) => fields.set('resumption_at', '2027-02-30T10:00'),
    field: 'resumption_at',
  },
  {
    title: 'a resumption before the event',
    change: (fields) => fields.set('resumption_at', '2027-01-15T08:30'),
    field: 'resumption_at',
  },
  {
    title: 'a resumption in another age',
    change: (fields) => fields.set('resumption_at', '9999-12-31T23:59'),
    field: 'resumption_at',
  },
  {
    title: 'an interval that there is not',
    change: (fields) => fields.set('next_update_minutes', '5'),
    field: 'next_update_minutes',
  },
  { title: 'a broken key', change: (fields) => fields.set('idempotency_key', 'mine'), field: 'idempotency_key' },
  {
    title: 'names that objects have',
    change: (fields) => {
      fields.set('bcp', 'constructor')
      fields.set('__proto__', 'x')
    },
    field: 'bcp',
  },
]
for (const { title, change, field } of wrong)
  test(`bad input: ${title} is answered with the person's own words and a link to the field`, async () => {
    const { tools } = testTools(store.db)
    const { situation_id } = await testSituation(store.db, market.desk)
    const by = market.of('FIRM-1')
    const fields = await testFields(store.db, by, { damage_staff: 'partial', text: '要員が足りません' })
    change(fields)
    const { code, html } = await testApp(tools, by).post(`/situations/${situation_id}/report`, fields)
    assert.equal(code, 422)
    const links = [...html.matchAll(/<a href="#([^"]+)">/g)].map(([, name]) => name).filter((name) => name !== 'main')
    assert.deepEqual(links, [field])
    assert.match(html, new RegExp(`id="${field}"`))
    assert.equal(checkedOn(html).damage_staff, 'partial')
    if (field !== 'text') assert.ok(html.includes('要員が足りません'))
    assert.ok(html.length < 200_000)
    assert.deepEqual(await reportsOf(situation_id), [])
  })

for (const [title, body, type] of [
  ['not a form at all', '{"bcp":"activated"}', 'application/json'],
  ['half a character', 'text=%ED%A0%80&all_normal=yes', 'application/x-www-form-urlencoded'],
  [
    'a broken multipart',
    '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nabc',
    'multipart/form-data; boundary=x',
  ],
  ['nothing', '', 'application/x-www-form-urlencoded'],
] as const)
  test(`bad input: ${title} files nothing and is no error of ours`, async () => {
    const { tools } = testTools(store.db)
    const { situation_id } = await testSituation(store.db, market.desk)
    const { code } = await testApp(tools, market.of('FIRM-1')).post(
      `/situations/${situation_id}/report`,
      new TextEncoder().encode(body),
      type,
    )
    assert.equal(code, 422)
    assert.deepEqual(await reportsOf(situation_id), [])
  })

test('S0-30 who does not report is refused, a closed situation says so, and what is unknown is not found', async () => {
  const { tools } = testTools(store.db)
  const { situation_id } = await testSituation(store.db, market.desk)
  const path = `/situations/${situation_id}/report`
  const by = market.of('FIRM-1')
  for (const person of [market.desk, market.observer]) {
    assert.equal((await testApp(tools, person).get(path)).code, 403)
    assert.equal((await testApp(tools, person).post(path, await testFields(store.db, by))).code, 403)
  }
  const { get, post } = testApp(tools, by)
  for (const nowhere of [
    `/situations/${crypto.randomUUID()}/report`,
    '/situations/nonsense/report',
    '/reports/nonsense',
  ])
    assert.equal((await get(nowhere)).code, 404, nowhere)

  await store.db
    .updateTable('situation')
    .set({ closed_at: start, closing_reason: 'over' })
    .where('id', '=', situation_id)
    .execute()
  assert.ok((await get(path)).text.includes('この事案は終結しました'))
  const late = await post(path, await testFields(store.db, by, { text: '遅れました' }))
  assert.equal(late.code, 409)
  assert.ok(late.text.includes('遅れました'), 'what was written is given back')
  assert.deepEqual(await reportsOf(situation_id), [])
})

test('S0-19 peacetime reports hold a day, point at an open situation, and can be switched off', async () => {
  const { tools } = testTools(store.db)
  const by = market.of('CLEAR')
  const { situation_id } = await testSituation(store.db, market.desk)
  const { get, post } = testApp(tools, by)
  const form = await get('/report')
  assert.ok(form.html.includes(`href="/situations/${situation_id}/report"`))
  const { location } = await post(
    '/report',
    new URLSearchParams({ all_normal: 'yes', idempotency_key: keysOn(form.html)[0] ?? '' }),
  )
  const [row] = await store.db.selectFrom('report').selectAll().where('situation_id', 'is', null).execute()
  assert.equal(location, `/reports/${row?.id}`)
  assert.deepEqual([row?.mode, row?.next_update_at], ['actual', new Date(start.getTime() + 86_400_000)])

  const off = testApp(testTools(store.db, ['peacetime-reports']).tools, by)
  assert.equal((await off.get('/report')).code, 404)
  assert.equal((await off.post('/report', await testFields(store.db, by))).code, 404)
})

test('S0-30 a report is read by its own institution and by who may see all; to others it does not exist', async () => {
  const { tools } = testTools(store.db)
  const scope = await testSituation(store.db, market.desk)
  const filed = await fileReport(tools, market.of('FIRM-1'), { ...scope, ...testReport({ text: '内密の事情' }) })
  if ('failed' in filed) assert.fail(filed.failed)
  for (const [person, code] of [
    [market.of('FIRM-1'), 200],
    [market.desk, 200],
    [market.observer, 200],
    [market.of('FIRM-2'), 404],
    [market.of('EXCH'), 404],
  ] as const) {
    const answer = await testApp(tools, person).get(`/reports/${filed.id}`)
    assert.equal(answer.code, code)
    assert.equal(answer.html.includes('内密の事情'), code === 200)
  }
})

test('S0-40 the report page of an institution with every function loads in 14 KB, in both languages', async () => {
  const { tools } = testTools(store.db)
  const by = market.of('ASSOC')
  for (const function_code of ['order_trading', 'clearing', 'settlement', 'custody', 'market_data', 'funds'] as const)
    await store.db
      .insertInto('institution_function')
      .values({ institution_id: by.institution_id, function_code })
      .execute()
  const { situation_id } = await testSituation(store.db, market.desk, 'exercise')
  const css = readFileSync(new URL(`dist${asset('app.css')}`, root))
  for (const language of ['ja', 'en'] as const) {
    const { html } = await testApp(tools, by, language).get(`/situations/${situation_id}/report`)
    const bytes = gzipSync(html).length + gzipSync(css).length
    assert.ok(bytes <= 14 * 1024, `${bytes} bytes`)
  }
})
