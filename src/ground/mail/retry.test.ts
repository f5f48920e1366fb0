import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterAttempt, attempts_max } from './retry.ts'
import type { Outcome } from './transport.ts'

const now = new Date('2027-01-15T00:00:00Z')
const outcome = (kind: Outcome['kind']) => ({ kind, answer: '', is_server_lost: false })

for (const { attempts, seconds } of [
  { attempts: 1, seconds: 5 },
  { attempts: 2, seconds: 30 },
  { attempts: 3, seconds: 120 },
  { attempts: 4, seconds: 600 },
  { attempts: attempts_max - 1, seconds: 600 },
])
  test(`after attempt ${attempts} a deferred mail waits ${seconds} s`, () => {
    const { state, next_try_at } = afterAttempt(outcome('deferred'), attempts, now)
    assert.equal(state, 'waiting')
    assert.equal(next_try_at.getTime() - now.getTime(), seconds * 1000)
  })

for (const { kind, attempts, state } of [
  { kind: 'sent', attempts: 1, state: 'sent' },
  { kind: 'refused', attempts: 1, state: 'failed' },
  { kind: 'perhaps', attempts: 1, state: 'perhaps' },
  { kind: 'deferred', attempts: attempts_max, state: 'failed' },
  { kind: 'held', attempts: attempts_max, state: 'waiting' },
] as const)
  test(`attempt ${attempts} that is ${kind} leaves the delivery ${state}`, () => {
    assert.equal(afterAttempt(outcome(kind), attempts, now).state, state)
  })

test('a mail that is put off is tried for a day, and counts every time', () => {
  let now_ms = now.getTime()
  for (let attempts = 1; attempts < attempts_max; attempts++) {
    const { next_try_at, counts } = afterAttempt(outcome('deferred'), attempts, new Date(now_ms))
    assert.equal(counts, true)
    now_ms = next_try_at.getTime()
  }
  assert.ok(now_ms - now.getTime() >= 23.9 * 3_600_000)
})

for (const [channel, severity, was_doubted, state, seconds] of [
  ['mail', 'urgent', false, 'waiting', 45],
  ['sms', 'urgent', false, 'waiting', 45],
  ['voice', 'urgent', false, 'waiting', 45],
  ['mail', 'urgent', true, 'perhaps', 0],
  ['sms', 'urgent', true, 'perhaps', 0],
  ['mail', 'important', false, 'perhaps', 0],
  ['mail', 'routine', false, 'perhaps', 0],
  ['voice', 'routine', false, 'perhaps', 0],
  ['web_push', 'routine', true, 'waiting', 5],
  ['webhook', 'important', true, 'waiting', 5],
  ['file_drop', 'urgent', true, 'waiting', 5],
] as const)
  test(`what is in doubt on ${channel}, ${severity}${was_doubted ? ', once more' : ''}: ${state}`, () => {
    const after = afterAttempt(outcome('perhaps'), 1, now, { channel, severity, was_doubted })
    assert.deepEqual([after.state, after.next_try_at.getTime() - now.getTime()], [state, seconds * 1000])
  })
