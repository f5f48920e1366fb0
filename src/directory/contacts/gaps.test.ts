import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hours } from '#ground/db/tables.ts'
import { gapsOf, hasGaps, type Reachable, reachableNow, respondsFirst } from './gaps.ts'
import { hoursAt, hoursFrom, nationalHolidays } from './market-day.ts'

const jst = (text: string) => new Date(`${text}:00+09:00`)
const contact = (hours: Hours[], first: Reachable['first_responder'] = [], quarantined = [false]): Reachable => ({
  hours,
  first_responder: first,
  addresses: quarantined.map((is) => ({ quarantined_at: is ? jst('2027-01-01T00:00') : null })),
})
const everyHour: Hours[] = ['business', 'night', 'holiday']

for (const [at, hours, why] of [
  ['2027-01-15T08:44', 'night', 'a Friday before the offices open'],
  ['2027-01-15T08:45', 'business', 'as they open'],
  ['2027-01-15T17:14', 'business', 'before they close'],
  ['2027-01-15T17:15', 'night', 'as they close'],
  ['2027-01-15T23:59', 'night', 'the last minute of a market day'],
  ['2027-01-16T00:00', 'holiday', 'Saturday'],
  ['2027-01-17T12:00', 'holiday', 'Sunday'],
  ['2026-12-30T12:00', 'business', 'the last market day of the year'],
  ['2026-12-31T12:00', 'holiday', 'a Thursday on which the exchanges rest'],
  ['2027-01-01T12:00', 'holiday', 'New Year'],
  ['2029-01-02T12:00', 'holiday', 'a Tuesday on which the exchanges rest'],
  ['2029-01-03T12:00', 'holiday', 'a Wednesday on which the exchanges rest'],
  ['2029-01-04T12:00', 'business', 'the first market day of the year'],
  ['2027-03-22T12:00', 'holiday', 'Monday in lieu of the equinox on a Sunday'],
  ['2027-04-29T12:00', 'holiday', 'Showa Day'],
  ['2027-04-30T12:00', 'business', 'between the holidays of Golden Week'],
  ['2026-05-06T12:00', 'holiday', 'Wednesday in lieu of Constitution Day on a Sunday'],
  ['2026-09-22T12:00', 'holiday', 'the day between two holidays'],
] as const)
  test(`S2-18 ${at} is ${hours}: ${why}`, () => {
    assert.equal(hoursAt(jst(at)), hours)
  })

test('S2-18 the hours of a week follow each other without a gap, whenever it begins', () => {
  for (const start of ['2027-01-15T10:00', '2026-12-29T23:30', '2027-04-28T08:45', '2027-01-16T00:00']) {
    const from = jst(start)
    const spans = hoursFrom(from, 7)
    assert.deepEqual(spans[0]?.from, from)
    assert.deepEqual(spans.at(-1)?.to, new Date(from.getTime() + 7 * 86_400_000))
    for (const [index, span] of spans.entries()) {
      assert.ok(span.from < span.to)
      assert.equal(hoursAt(span.from), span.hours)
      if (index > 0) {
        assert.deepEqual(spans[index - 1]?.to, span.from)
        assert.notEqual(spans[index - 1]?.hours, span.hours)
      }
    }
  }
})

const spansOf = (contacts: Reachable[], from: string, days = 7) =>
  gapsOf(contacts, jst(from), days).spans.map(
    ({ from, to, hours }) =>
      `${hours} ${new Date(from.getTime() + 32_400_000).toISOString().slice(5, 16)}–${new Date(to.getTime() + 32_400_000).toISOString().slice(5, 16)}`,
  )

test('S2-18 with somebody at every hour there is no gap', () => {
  const gaps = gapsOf([contact(everyHour, ['night', 'holiday'])], jst('2027-01-15T10:00'))
  assert.deepEqual([gaps.spans, gaps.without_first_responder, gaps.beyond_table], [[], [], false])
  assert.equal(hasGaps(gaps), false)
})

test('S2-18 two people who share the hours leave no gap', () => {
  assert.deepEqual(spansOf([contact(['business']), contact(['night', 'holiday'])], '2027-01-15T10:00'), [])
})

test('S2-18 a roster without holidays has holes over New Year, as long as the exchanges rest', () => {
  assert.deepEqual(spansOf([contact(['business', 'night'])], '2026-12-29T10:00'), ['holiday 12-31T00:00–01-04T00:00'])
})

test('S2-18 a roster without holidays has holes in Golden Week', () => {
  assert.deepEqual(spansOf([contact(['business', 'night'])], '2027-04-28T09:00', 8), [
    'holiday 04-29T00:00–04-30T00:00',
    'holiday 05-01T00:00–05-06T00:00',
  ])
})

test('S2-18 a substitute holiday is a hole, too', () => {
  assert.deepEqual(spansOf([contact(['business', 'night'])], '2027-03-19T09:00', 5), [
    'holiday 03-20T00:00–03-23T00:00',
  ])
})

test('S2-18 a roster without nights has one hole a night', () => {
  assert.deepEqual(spansOf([contact(['business', 'holiday'])], '2027-01-13T12:00', 2), [
    'night 01-13T17:15–01-14T08:45',
    'night 01-14T17:15–01-15T08:45',
  ])
})

test('S2-18 nobody at all is one hole from end to end of each kind of hours', () => {
  assert.equal(spansOf([], '2027-01-15T10:00').length, hoursFrom(jst('2027-01-15T10:00'), 7).length)
})

test('S2-18 who has only quarantined addresses counts as not there; one that works is enough', () => {
  const at = jst('2027-01-15T10:00')
  assert.ok(gapsOf([contact(everyHour, ['night', 'holiday'], [true, true])], at).spans.length > 0)
  assert.deepEqual(gapsOf([contact(everyHour, ['night', 'holiday'], [true, true])], at).without_first_responder, [
    'night',
    'holiday',
  ])
  assert.equal(hasGaps(gapsOf([contact(everyHour, ['night', 'holiday'], [true, false])], at)), false)
  assert.ok(gapsOf([contact(everyHour, ['night', 'holiday'], [])], at).spans.length > 0)
})

test('S2-18 hours without a named first responder are told apart', () => {
  const at = jst('2027-01-15T10:00')
  const missing = (first: Reachable['first_responder']) =>
    gapsOf([contact(everyHour, first)], at).without_first_responder
  assert.deepEqual(missing([]), ['night', 'holiday'])
  assert.deepEqual(missing(['night']), ['holiday'])
  assert.deepEqual(missing(['night', 'holiday']), [])
})

test('S2-18 beyond the table of holidays the answer says so', () => {
  assert.equal(nationalHolidays.to, '2050-12-31')
  assert.equal(gapsOf([contact(everyHour)], jst('2050-12-24T23:59')).beyond_table, false)
  assert.equal(gapsOf([contact(everyHour)], jst('2050-12-25T00:00')).beyond_table, false)
  assert.equal(gapsOf([contact(everyHour)], jst('2050-12-25T00:01')).beyond_table, true)
  // 2051: only weekends and the exchanges' rest are known.
  assert.equal(hoursAt(jst('2051-01-03T12:00')), 'holiday')
  assert.equal(hoursAt(jst('2051-05-03T12:00')), 'business')
})

test('S2-18 a day that the caller says is a holiday is one', () => {
  const holidays = { has: (day: string) => day === '2027-01-15', to: '2027-12-31' }
  assert.equal(hoursAt(jst('2027-01-15T12:00'), holidays), 'holiday')
  assert.deepEqual(gapsOf([contact(['business', 'night'])], jst('2027-01-15T00:00'), 1, holidays).spans.length, 1)
})

test('S2-18 reachable now: the hours of the moment, and an address that works', () => {
  const [day, night, holiday] = [jst('2027-01-15T10:00'), jst('2027-01-15T20:00'), jst('2027-01-16T10:00')]
  const worker = contact(['business', 'night'], ['night'])
  assert.deepEqual(
    [day, night, holiday].map((at) => reachableNow(worker, at)),
    [true, true, false],
  )
  assert.deepEqual(
    [day, night, holiday].map((at) => respondsFirst(worker, at)),
    [false, true, false],
  )
  assert.equal(reachableNow(contact(everyHour, ['night'], [true]), night), false)
  assert.equal(respondsFirst(contact(everyHour, ['night'], [true]), night), false)
})
