import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageWords, durationWords, untilWords } from './age.ts'
import { fromCivilInput, timeWords, toCivilInput } from './civil.ts'
import { recovery } from './recovery.ts'

const now = new Date('2026-11-20T05:30:00Z')

for (const { at, ja, en } of [
  { at: '2026-11-20T05:05:59Z', ja: '14:05 JST', en: '14:05 JST' },
  { at: '2026-11-19T15:00:00Z', ja: '00:00 JST', en: '00:00 JST' },
  { at: '2026-11-19T14:59:59Z', ja: '11月19日（木） 23:59 JST', en: 'Thu 19 Nov 23:59 JST' },
  { at: '2026-11-20T15:00:00Z', ja: '11月21日（土） 00:00 JST', en: 'Sat 21 Nov 00:00 JST' },
  { at: '2025-12-31T15:00:00Z', ja: '1月1日（木） 00:00 JST', en: 'Thu 1 Jan 00:00 JST' },
  { at: '2025-12-31T14:59:00Z', ja: '2025年12月31日（水） 23:59 JST', en: 'Wed 31 Dec 2025 23:59 JST' },
])
  test(`${at} reads ${ja}: its date when it is not the market's day, its year when not this year`, () => {
    assert.equal(timeWords('ja', new Date(at), now), ja)
    assert.equal(timeWords('en', new Date(at), now), en)
  })

test('a time of today carries its date, and its seconds, where a page asks for them', () => {
  assert.equal(timeWords('ja', now, now, { with_date: true, with_seconds: true }), '11月20日（金） 14:30:00 JST')
})

for (const { seconds, ja, en } of [
  { seconds: -30, ja: 'たった今', en: 'just now' },
  { seconds: 59, ja: 'たった今', en: 'just now' },
  { seconds: 60, ja: '1分前', en: '1 min ago' },
  { seconds: 3599, ja: '59分前', en: '59 min ago' },
  { seconds: 3600, ja: '1時間前', en: '1 h ago' },
  { seconds: 5100, ja: '1時間25分前', en: '1 h 25 min ago' },
  { seconds: 86_400, ja: '24時間前', en: '24 h ago' },
  { seconds: 172_800, ja: '2日前', en: '2 days ago' },
])
  test(`${seconds} seconds ago is ${ja}`, () => {
    const at = now.getTime() - seconds * 1000
    assert.equal(ageWords('ja', at, now.getTime()), ja)
    assert.equal(ageWords('en', at, now.getTime()), en)
  })

test('a deadline counts down, and then says by how much it is overdue', () => {
  const until = (minutes: number) => untilWords('ja', now.getTime() + minutes * 60_000, now.getTime())
  assert.deepEqual(
    [until(85), until(0.5), until(-0.5), until(-25)],
    ['あと1時間25分', 'あと0分', '0分超過', '25分超過'],
  )
  assert.equal(untilWords('en', now.getTime() - 60_000, now.getTime()), '1 min overdue')
})

test('no minutes at all are still said', () => {
  assert.equal(durationWords('ja', 0), '0分')
  assert.equal(durationWords('en', 120), '2 h')
})

test('a time that a person enters is the time of the market, and comes back as it was entered', () => {
  const at = fromCivilInput('2027-01-15T09:30')
  assert.equal(at?.toISOString(), '2027-01-15T00:30:00.000Z')
  assert.equal(toCivilInput(at!), '2027-01-15T09:30')
  for (const wrong of ['', '2027-02-30T09:30', '2027-01-15', '2027-01-15T09:30Z', '2027-01-15T25:00', 'tomorrow'])
    assert.equal(fromCivilInput(wrong), null, wrong)
})

for (const { minutes, remaining, overdue } of [
  { minutes: -5, remaining: 120, overdue: 0 },
  { minutes: 85, remaining: 35, overdue: 0 },
  { minutes: 120, remaining: 0, overdue: 0 },
  { minutes: 145, remaining: 0, overdue: 25 },
])
  test(`${minutes} minutes after the event ${remaining} of 120 remain and ${overdue} are overdue`, () => {
    const stands = recovery(now, 120, new Date(now.getTime() + minutes * 60_000))
    assert.deepEqual([stands.remaining_minutes, stands.overdue_minutes], [remaining, overdue])
    assert.equal(stands.due_at.toISOString(), '2026-11-20T07:30:00.000Z')
  })
