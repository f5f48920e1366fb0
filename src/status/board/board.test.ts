import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FunctionCode, InstitutionKind, Market } from '#ground/db/tables.ts'
import { overall, worst, worstFirst } from '#status/reports/overall.ts'
import { allNormal } from '#status/reports/report-form.ts'
import { boardOf, type Cell } from './board.ts'
import { memberBoard } from './member-board.ts'
import type { CurrentReport } from './row.ts'
import { type BoardRow, bcpColumns } from './row.ts'

const now = new Date('2027-01-15T05:00:00Z')
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

type Given = {
  kind?: InstitutionKind
  markets?: Market[]
  functions?: FunctionCode[]
  report?: Partial<CurrentReport> | null
  is_asked?: boolean
}
const row = (
  code: string,
  {
    kind = 'securities_firm',
    markets = ['exchange'],
    functions = ['order_trading'],
    report = {},
    is_asked = true,
  }: Given = {},
): BoardRow => {
  const { next_update_minutes: _, ...normal } = allNormal(60)
  const is_infrastructure = !['securities_firm', 'special_member'].includes(kind)
  return {
    institution: {
      id: code,
      code,
      kind,
      name_ja: `架空${code}`,
      name_en: code,
      is_infrastructure: is_infrastructure,
      sought: code,
      markets,
      functions,
    },
    report: report && {
      ...normal,
      id: `report-${code}`,
      reported_at: at(-10),
      written_at: null,
      next_update_at: at(50),
      reported_by_ja: `担当${code}`,
      reported_by_en: null,
      via: 'portal',
      is_on_behalf: false,
      answers_asking: null,
      ...report,
    },
    awaited: null,
    is_asked,
  }
}
const cellOf = (rows: BoardRow[], market: Market = 'exchange', code: FunctionCode = 'order_trading'): Cell => {
  const cell = boardOf(rows, now).cells.find((each) => each.market === market && each.function_code === code)
  return cell ?? assert.fail('no such cell')
}
const nothing = {
  ...{ stopped: 0, partial: 0, unknown: 0, not_reported: 0, not_asked: 0 },
  ...{ alternative: 0, resumed: 0, normal: 0, no_functions: 0 },
}

for (const { title, rows, expected } of [
  { title: 'an empty market', rows: [], expected: { total: 0, counts: nothing, worst: null } },
  {
    title: 'one normal report',
    rows: [row('A')],
    expected: { total: 1, counts: { ...nothing, normal: 1 }, worst: 'normal' },
  },
  {
    title: 'S0-16 one normal, one that has not reported: never all normal',
    rows: [row('A'), row('B', { report: null })],
    expected: { total: 2, counts: { ...nothing, normal: 1, not_reported: 1 }, worst: 'not_reported' },
  },
  {
    title: 'N-4 one that has expired a minute ago counts as unknown',
    rows: [row('A'), row('B', { report: { next_update_at: at(-1) } })],
    expected: { total: 2, counts: { ...nothing, normal: 1, unknown: 1 }, worst: 'unknown', unknown_since: at(-1) },
  },
  {
    title: 'N-4 at the very moment a report expires it no longer holds',
    rows: [row('A', { report: { next_update_at: now, order_trading: 'stopped' } })],
    expected: { total: 1, counts: { ...nothing, unknown: 1 }, worst: 'unknown', unknown_since: now },
  },
  {
    title: 'resumed is counted on its own, and known trouble is the worst',
    rows: [
      row('A', { report: { order_trading: 'resumed' } }),
      row('B', { report: { order_trading: 'partial' } }),
      row('C', { report: { order_trading: 'unknown' } }),
      row('D', { report: { order_trading: 'stopped' } }),
    ],
    expected: { total: 4, counts: { ...nothing, resumed: 1, partial: 1, unknown: 1, stopped: 1 }, worst: 'stopped' },
  },
  {
    title: 'on the alternative is counted on its own: better than disrupted, worse than back and normal',
    rows: [
      row('A', { report: { order_trading: 'alternative' } }),
      row('B', { report: { order_trading: 'resumed' } }),
      row('C'),
    ],
    expected: { total: 3, counts: { ...nothing, alternative: 1, resumed: 1, normal: 1 }, worst: 'alternative' },
  },
  {
    title: 'trouble beside what is on the alternative is the worst, and so is silence',
    rows: [row('A', { report: { order_trading: 'alternative' } }), row('B', { report: null })],
    expected: { total: 2, counts: { ...nothing, alternative: 1, not_reported: 1 }, worst: 'not_reported' },
  },
  {
    title: 'institutions of another market or without the function are not counted',
    rows: [row('A', { markets: ['bonds'] }), row('B', { functions: ['custody'] }), row('C')],
    expected: { total: 1, counts: { ...nothing, normal: 1 }, worst: 'normal' },
  },
  {
    title: 'a function that the last report could not speak of is not reported',
    rows: [row('A', { report: { order_trading: null } })],
    expected: { total: 1, counts: { ...nothing, not_reported: 1 }, worst: 'not_reported' },
  },
] as { title: string; rows: BoardRow[]; expected: Partial<Cell> }[])
  test(`N-1 cell: ${title}`, () => {
    const cell = cellOf(rows)
    assert.deepEqual({ ...cell, ...expected }, cell)
  })

test('N-1 S0-12 a cell says how old its oldest and newest word is, and whose it is when it is one’s only', () => {
  const one = row('A', { report: { reported_at: at(-30) } })
  const alone = cellOf([one])
  assert.equal(alone.only?.name_ja, '架空A')
  const both = cellOf([one, row('B', { report: { reported_at: at(-5) } }), row('C', { report: null })])
  assert.deepEqual([both.only, both.oldest_at, both.newest_at], [null, at(-30), at(-5)])
  const silent = cellOf([row('C', { report: null })])
  assert.deepEqual([silent.oldest_at, silent.newest_at], [null, null])
})

test('S0-16 every count of every cell and view adds up to its institutions', () => {
  const reports: (Partial<CurrentReport> | null)[] = [
    null,
    {},
    { next_update_at: at(-1) },
    ...(['stopped', 'partial', 'resumed', 'unknown'] as const).map((order_trading) => ({ order_trading })),
    { bcp: 'activated' },
    { bcp: 'preparing' },
    { bcp: 'lifted' },
  ]
  const rows = reports.flatMap((report, index) => [
    row(`F${index}`, { report, markets: ['exchange', 'bonds'], functions: ['order_trading', 'custody'] }),
    row(`X${index}`, { report, kind: 'exchange', functions: ['market_data'] }),
  ])
  const board = boardOf(rows, now)
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0)
  for (const cell of board.cells) assert.equal(sum(cell.counts), cell.total, `${cell.market} ${cell.function_code}`)
  for (const view of Object.values(board.views)) {
    assert.equal(view.total, reports.length)
    assert.equal(sum(view.overall), view.total)
    assert.equal(sum(view.bcp), view.total)
  }
  assert.equal(board.lines.length, rows.length)
})

test('S0-34 S0-37 BCP activation and operating status in two views', () => {
  const board = boardOf(
    [
      row('X', { kind: 'exchange', report: { bcp: 'activated', command_centre: 'set_up', order_trading: 'stopped' } }),
      row('A', { report: { bcp: 'preparing' } }),
      row('B', { report: { bcp: 'activated', next_update_at: at(-1) } }),
      row('C', { report: null }),
    ],
    now,
  )
  const none = Object.fromEntries(bcpColumns.map((column) => [column, 0]))
  assert.deepEqual(board.views.infrastructure.bcp, { ...none, activated: 1 })
  assert.equal(board.views.infrastructure.command_centres, 1)
  assert.equal(board.views.infrastructure.overall.stopped, 1)
  assert.deepEqual(board.views.participants.bcp, { ...none, preparing: 1, unknown: 1, not_reported: 1 })
})

test('N-4 nothing of an expired report is shown as if it still held', () => {
  const [line] = boardOf(
    [
      row('A', {
        report: {
          next_update_at: at(-1),
          bcp: 'activated',
          command_centre: 'set_up',
          resumption_at: at(60),
          damage_staff: 'severe',
        },
      }),
    ],
    now,
  ).lines
  assert.deepEqual(
    [
      line?.unknown_since,
      line?.functions,
      line?.overall,
      line?.damage,
      line?.bcp,
      line?.command_centre,
      line?.resumption_at,
    ],
    [
      at(-1),
      [{ code: 'order_trading', state: 'unknown', last: 'normal' }],
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      null,
    ],
  )
})

test('the list begins with the worst trouble, then who is unknown or has not reported; who was not asked is last', () => {
  const board = boardOf(
    [
      row('A'),
      row('B', { report: { order_trading: 'resumed' } }),
      row('C', { report: { damage_building: 'partial' } }),
      row('D', { report: { next_update_at: at(-1) } }),
      row('E', { report: { order_trading: 'partial' } }),
      row('F', { report: { order_trading: 'stopped' } }),
      row('H', { report: null }),
      row('G', { report: null }),
      row('I', { report: { next_update_at: at(-1), order_trading: 'stopped' } }),
      row('J', { report: null, is_asked: false }),
    ],
    now,
  )
  assert.deepEqual(
    board.lines.map((line) => line.institution.code),
    ['F', 'E', 'I', 'D', 'G', 'H', 'C', 'B', 'A', 'J'],
  )
})

test('who was not asked is not asked, never not reported, and in no denominator; who reports unasked stands beside', () => {
  const board = boardOf(
    [row('A'), row('B', { report: null }), row('C', { report: null, is_asked: false }), row('D', { is_asked: false })],
    now,
  )
  const { tally, overall: counts, bcp } = board.views.participants
  assert.deepEqual(tally, { asked: 2, reported: 1, not_reported: 1, not_asked: 1, unasked: 1 })
  assert.deepEqual([counts.normal, counts.not_reported, counts.not_asked, bcp.not_asked], [2, 1, 1, 1])
  assert.equal(cellOf([row('A'), row('C', { report: null, is_asked: false })]).worst, 'not_asked', 'never all normal')
})

test('what has expired keeps its last word, the worst of them in a cell', () => {
  const rows = [
    row('A', { report: { next_update_at: at(-1), order_trading: 'stopped', reported_at: at(-40) } }),
    row('B', { report: { next_update_at: at(-2) } }),
  ]
  const stopped = { condition: 'stopped', at: at(-40) }
  assert.deepEqual(cellOf(rows).last, stopped)
  assert.deepEqual(boardOf(rows, now).lines[0]?.last, stopped)
  // An authority has no functions: its damage does not show in its last word either.
  const authority = row('W', {
    kind: 'regulator',
    functions: [],
    report: { next_update_at: at(-1), damage_staff: 'severe' },
  })
  assert.equal(memberBoard(boardOf([authority], now), 'A').lines[0]?.last?.condition, 'unknown')
})

test('the board says when time alone will change it next', () => {
  const rows = [
    row('A', { report: { next_update_at: at(20) } }),
    row('B', { report: { next_update_at: at(5) } }),
    row('C', { report: { next_update_at: at(-5) } }),
  ]
  assert.deepEqual(boardOf(rows, now).refresh_at, at(5))
  assert.equal(boardOf([row('C', { report: null })], now).refresh_at, null)
})

test('overall: the worst function, of an authority without functions the worst damage', () => {
  const base = { ...allNormal(60) }
  assert.equal(overall({ ...base, custody: 'partial', funds: 'resumed' }), 'partial')
  assert.equal(overall({ ...base, damage_building: 'severe' }), 'normal')
  const none = { order_trading: null, clearing: null, settlement: null, custody: null, market_data: null, funds: null }
  assert.equal(overall({ ...base, ...none }), 'normal')
  assert.equal(overall({ ...base, ...none, damage_staff: 'unknown' }), 'unknown')
  assert.equal(overall({ ...base, ...none, damage_staff: 'severe' }), 'stopped')
  assert.equal(worst([]), null)
  for (const [index, state] of worstFirst.entries()) assert.equal(worst(worstFirst.slice(index)), state)
})

test('S0-10 an institution sees counts, the infrastructure’s conditions and BCP, its own line, and of others nothing', () => {
  const whole = boardOf(
    [
      row('X', {
        kind: 'exchange',
        report: {
          order_trading: 'partial',
          damage_building: 'severe',
          command_centre: 'set_up',
          resumption_at: at(60),
          bcp: 'activated',
        },
      }),
      row('W', { kind: 'regulator', functions: [], report: { damage_staff: 'severe' } }),
      row('A', { report: { damage_systems: 'partial' } }),
      row('B', {
        functions: ['custody'],
        report: { order_trading: null, custody: 'stopped', damage_building: 'severe' },
      }),
    ],
    now,
  )
  const seen = memberBoard(whole, 'A')

  assert.deepEqual(seen.views, whole.views)
  assert.deepEqual(
    seen.cells.map(({ counts }) => counts),
    whole.cells.map(({ counts }) => counts),
  )
  assert.deepEqual(
    seen.lines.map((line) => line.institution.code),
    ['A', 'X', 'W'],
  )
  const [own, exchange, regulator] = seen.lines
  assert.equal(own?.damage, 'partial')
  assert.equal(own?.report_id, 'report-A')
  assert.deepEqual(
    [
      exchange?.functions,
      exchange?.bcp,
      exchange?.damage,
      exchange?.report_id,
      exchange?.reported_by_ja,
      exchange?.command_centre,
      exchange?.resumption_at,
    ],
    [[{ code: 'order_trading', state: 'partial' }], 'activated', null, null, null, null, null],
  )
  assert.equal(regulator?.overall, 'no_functions', 'the condition of one without functions would tell of its damage')
  const custody = seen.cells.find((cell) => cell.market === 'exchange' && cell.function_code === 'custody')
  assert.deepEqual([custody?.total, custody?.only], [1, null], 'counted, not named')
  assert.doesNotMatch(JSON.stringify(seen), /架空B|担当[BXW]|severe/)
})
