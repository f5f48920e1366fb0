import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBeyondClock, isPassedOver, minutesUntil, nextRepeat } from './rules.ts'
import { type Part, summarize } from './summary.ts'

const began = new Date('2027-01-15T00:00:00Z')
const at = (minutes: number) => new Date(began.getTime() + minutes * 60_000)

for (const { title, due, now, next } of [
  { title: 'in time', due: 30, now: 30, next: 60 },
  { title: 'a little late', due: 30, now: 31.5, next: 60 },
  { title: 'at the very next time', due: 30, now: 60, next: 90 },
  { title: 'five intervals late', due: 30, now: 185, next: 210 },
])
  test(`S2-13 the next asking stays on its grid: ${title}`, () => {
    assert.deepEqual(nextRepeat(at(due), 30, at(now)), at(next))
  })

for (const { title, said, passed } of [
  { title: 'who has said nothing is asked', said: null, passed: false },
  { title: 'who promised 18:00 is not asked before', said: [5, 60], passed: true },
  { title: 'whose promise is over is asked', said: [5, 29], passed: false },
  { title: 'at the very minute that was promised, one is asked', said: [5, 30], passed: false },
  { title: 'what was said before the round began is no answer to it', said: [-5, 600], passed: false },
] as { title: string; said: [number, number] | null; passed: boolean }[])
  test(`S2-13 ${title}`, () => {
    const last = said && { reported_at: at(said[0]), next_update_at: at(said[1]) }
    assert.equal(isPassedOver(last, began, at(30)), passed)
  })

test('a time that only a clock ahead of ours can have set is known by its distance', () => {
  assert.equal(isBeyondClock(at(30), 30, at(0)), false)
  assert.equal(isBeyondClock(at(31), 30, at(0)), true)
})

for (const { share, answered, asked, minutes } of [
  { share: 0.5, answered: [9, 1, 5], asked: 4, minutes: 5 },
  { share: 1, answered: [9, 1, 5], asked: 4, minutes: null },
  { share: 1, answered: [3, 4], asked: 2, minutes: 4 },
  { share: 0.5, answered: [], asked: 0, minutes: null },
])
  test(`${share * 100} % of ${asked} with answers after ${answered} minutes: ${minutes}`, () => {
    assert.equal(minutesUntil(share, answered, asked), minutes)
  })

test('a round is counted up by who answered any of its askings, when they first did, and who left the last one open', () => {
  const part = (institution_id: string, asking: number, minutes: number | null, more: Partial<Part> = {}): Part => ({
    ...{ institution_id, name_ja: institution_id, name_en: institution_id, asking, has_left: false },
    answered_at: minutes === null ? null : at(minutes),
    via: minutes === null ? null : 'portal',
    is_on_behalf: minutes === null ? null : false,
    ...more,
  })
  const parts = [
    // Answered the first, had a promise, was asked in the third.
    ...[part('A', 1, 10), part('A', 3, 70)],
    // Silent, then reported by phone.
    ...[part('B', 1, null), part('B', 2, 40, { via: 'call', is_on_behalf: true })],
    // Answered once and then fell silent.
    ...[part('C', 1, 20), part('C', 2, null)],
    part('D', 1, null),
    // Left the market without a word: named, and in no figure.
    ...[part('E', 1, null, { has_left: true }), part('E', 2, null, { has_left: true })],
  ]
  assert.deepEqual(summarize(parts, { why: 'by_hand', asked_at: began, failed_deliveries: 2 }), {
    ...{ why: 'by_hand', askings: 3, asked: 4, answered: 3, again: 1, on_behalf: 1 },
    ...{ minutes_to_50: 20, minutes_to_80: null, minutes_to_100: null },
    ...{ by_way: { portal: 2, call: 1 }, failed_deliveries: 2 },
    missing: [{ name_ja: 'D', name_en: 'D' }],
    left: [{ name_ja: 'E', name_en: 'E' }],
  })
})
