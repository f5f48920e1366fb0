import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differences } from './difference.ts'
import { published } from './sample.ts'
import { PublicSituation } from './snapshot.ts'

const bonds = {
  ...{ market: 'bonds', market_ja: '公社債', market_en: 'Bonds', step: 'activated' as const },
  ...{ body_ja: '架空の会議', body_en: 'Fictional meeting' },
  ...{ decided_at: '2026-11-21T01:25:00.000Z', effective_at: '2026-11-21T01:28:00.000Z' },
}
const base = { ...published(2).situations[0]!, activations: [bonds] }
type Leaf = { place: (string | number)[]; value: unknown }
const leavesOf = (value: unknown, place: (string | number)[] = []): Leaf[] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([key, inner]) =>
        leavesOf(inner, [...place, Array.isArray(value) ? Number(key) : key]),
      )
    : [{ place, value }]

/** The same situation with one value changed to another that is allowed there. */
function changed({ place, value }: Leaf): PublicSituation {
  const copy = structuredClone(base)
  const last = place.at(-1)!
  const parent = place.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy)
  const others: Record<string, unknown> = {
    condition: value === 'unknown' ? 'normal' : 'unknown',
    bcp: 'lifted',
    hazard: 'cyber',
    command_centre: 'dissolved',
    market: 'off_exchange',
    step: 'lifted',
    function_code: 'funds',
    closing_ja: '終了',
    closing_en: 'Over',
  }
  const other =
    others[last] ??
    (String(last).endsWith('_at') || last === 'as_of'
      ? new Date(Date.parse(typeof value === 'string' ? value : base.event_at) + 1).toISOString()
      : typeof value === 'number'
        ? value + 1
        : `${value} 改`)
  ;(parent as Record<string, unknown>)[last] = other
  return PublicSituation.parse(copy)
}

test('N-3 what is the same has no differences', () => {
  assert.deepEqual(differences(base, structuredClone(base), 'ja'), [])
})

const names_a_row = new Set(['market_ja', 'market_en', 'market', 'function_code', 'name_ja', 'name_en', 'number'])
for (const leaf of leavesOf(base).filter(({ place }) => place[0] !== 'id' && place[0] !== 'mode'))
  test(`N-3 a change of ${leaf.place.join('.')} is there, exactly once, in both languages`, () => {
    const lines = differences(base, changed(leaf), 'ja')
    // A BCP goes by the name of its market, a function by the code.
    const renamed = names_a_row.has(String(leaf.place.at(-1))) && leaf.place.join() !== 'activations,0,market'
    assert.equal(lines.length, renamed ? 2 : 1)
    for (const { what_ja, what_en, before, after } of lines) {
      assert.ok(what_ja.length > 0 && what_en.length > 0 && what_ja !== what_en)
      assert.notEqual(before, after)
    }
    const back = differences(changed(leaf), base, 'ja')
    const sides = (list: typeof lines) => list.map((line) => [line.before, line.after].map(String).sort().join()).sort()
    assert.deepEqual(sides(back), sides(lines), 'and the way back is the same line, turned round')
  })

test('every field of a public situation is among those changed above', () => {
  const covered = new Set(leavesOf(base).map(({ place }) => place[0]))
  assert.deepEqual([...covered].sort(), Object.keys(PublicSituation.shape).sort())
})

test('N-3 the lines read as people say it', () => {
  const after = structuredClone(base)
  after.functions[0]!.condition = 'resumed'
  after.functions.pop()
  after.participants = null
  after.next_update_at = null
  const lines = differences(base, after, 'ja')
  assert.deepEqual(lines[0], {
    what_ja: '次の更新予定',
    what_en: 'Next update due',
    before: '2026-11-21 11:30 JST',
    after: null,
  })
  assert.deepEqual(lines[1], {
    what_ja: '取引所取引／約定（注文・売買）：状況',
    what_en: 'Exchange trading / Orders and trading: State',
    before: '停止',
    after: '再開',
  })
  assert.match(lines[2]!.before!, /^状況：通常\nいつの情報か：.*\n.*架空国債清算機関/s)
  assert.match(differences(base, after, 'en')[2]!.before!, /^State: Normal\nAs of: /)
  assert.deepEqual(
    lines.slice(3).map(({ what_en, before, after: now }) => [what_en, before, now]),
    [
      ['Participants: asked', '40', null],
      ['Participants: reported', '25', null],
      ['Participants: normal', '18', null],
      ['Participants: running on the alternative', '2', null],
      ['Participants: partial', '3', null],
      ['Participants: stopped', '1', null],
      ['Participants: unknown', '1', null],
    ],
  )
})

test('N-3 of a first publication everything is new', () => {
  const lines = differences(null, base, 'en')
  assert.ok(lines.length > 12)
  for (const { before, after } of lines) assert.ok(before === null && after !== null)
})

test('N-3 two institutions of one name are two', () => {
  const twins = structuredClone(base)
  twins.institutions.push({ ...twins.institutions[0]!, condition: 'normal' })
  const after = structuredClone(twins)
  after.institutions[0]!.condition = 'partial'
  assert.equal(differences(base, twins, 'ja').length, 1)
  assert.deepEqual(
    differences(twins, after, 'ja').map(({ before, after }) => [before, after]),
    [['停止', '一部支障']],
  )
})

test('S0-28 two different situations are never compared', () => {
  assert.throws(() => differences({ ...base, mode: 'exercise' }, base, 'ja'), /same situation/)
})
