import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayAt, dayEnd, dueWords } from './day.tsx'

// Half past midnight in the market, the day before in Greenwich.
const now = new Date('2027-01-14T15:30:00Z')

test('the day is the market’s, and ends at its midnight', () => {
  assert.equal(dayAt(now), '2027-01-15')
  assert.equal(dayEnd(now).toISOString(), '2027-01-15T15:00:00.000Z')
})

for (const [due_on, ja, en] of [
  ['2027-01-15', '今日まで', 'due today'],
  ['2027-01-16', 'あと1日', '1 day left'],
  ['2027-03-01', 'あと45日', '45 days left'],
  ['2027-01-14', '1日超過', '1 day overdue'],
  ['2026-01-15', '365日超過', '365 days overdue'],
] as const)
  test(`what is due on ${due_on} is on 15 January 2027 “${en}”`, () => {
    assert.deepEqual([dueWords('ja', due_on, now), dueWords('en', due_on, now)], [ja, en])
  })
