import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stepDue } from './steps.ts'

const started_at = new Date('2027-01-04T01:00:00Z')
// A Friday, 17:00 in Tokyo.
const answer_by = new Date('2027-01-22T08:00:00Z')

for (const [now, done, expected] of [
  ['2027-01-05T00:00:00Z', [], null],
  ['2027-01-15T07:59:00Z', [], null],
  ['2027-01-15T08:00:00Z', ['start'], 'week'],
  ['2027-01-16T08:00:00Z', ['start', 'week'], null],
  ['2027-01-21T08:00:00Z', ['start', 'week'], 'day'],
  ['2027-01-21T08:00:00Z', ['start'], 'day'],
  ['2027-01-22T23:59:00Z', ['start', 'day'], null],
  ['2027-01-23T00:00:00Z', ['start', 'day'], 'after'],
  ['2027-01-23T00:00:00Z', ['start', 'after'], null],
  ['2027-02-23T00:00:00Z', ['start', 'after', 'hand'], null],
] as const)
  test(`N-10 at ${now}, after ${done.join(', ') || 'nothing'}, the reminder due is ${expected}`, () => {
    assert.equal(stepDue({ started_at, answer_by, done: new Set(done) }, new Date(now)), expected)
  })

test('N-10 a round of five days has no reminder of seven days before', () => {
  const short = { started_at: new Date('2027-01-18T00:00:00Z'), answer_by, done: new Set(['start']) }
  assert.equal(stepDue(short, new Date('2027-01-19T00:00:00Z')), null)
  assert.equal(stepDue(short, new Date('2027-01-21T09:00:00Z')), 'day')
})
