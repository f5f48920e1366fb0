import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hoursAt, reachableNow } from './reachable.ts'

for (const [at, expected] of [
  ['2027-01-15T08:44+09:00', 'night'],
  ['2027-01-15T08:45+09:00', 'business'],
  ['2027-01-15T17:14+09:00', 'business'],
  ['2027-01-15T17:15+09:00', 'night'],
  ['2027-01-15T03:00+09:00', 'night'],
  // A Saturday, the first of the year, a bank holiday that is no national one, a holiday in lieu.
  ['2027-01-16T10:00+09:00', 'holiday'],
  ['2027-01-01T10:00+09:00', 'holiday'],
  ['2025-12-31T10:00+09:00', 'holiday'],
  ['2030-01-03T10:00+09:00', 'holiday'],
  ['2027-03-22T10:00+09:00', 'holiday'],
  ['2027-01-04T10:00+09:00', 'business'],
] as const)
  test(`S0-20 ${at} is ${expected}`, () => {
    assert.equal(hoursAt(new Date(at)), expected)
    assert.equal(reachableNow({ hours: [expected] }, new Date(at)), true)
    assert.equal(reachableNow({ hours: [] }, new Date(at)), false)
  })
