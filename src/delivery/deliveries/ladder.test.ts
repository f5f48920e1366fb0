import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LadderStep } from '#ground/db/tables.ts'
import { dueSteps, forgotten_minutes, stepsOf } from './ladder.ts'

const opened_at = new Date('2027-01-15T00:00:00Z')
const after = (minutes: number) => new Date(opened_at.getTime() + minutes * 60_000)
const steps: LadderStep[] = [
  { after_minutes: 0, to: 'primary', channels: ['mail'] },
  { after_minutes: 5, to: 'primary', channels: ['sms'] },
  { after_minutes: 10, to: 'deputies', channels: ['mail', 'sms'] },
  { after_minutes: 20, to: 'all', channels: ['voice'] },
  { after_minutes: 30, to: 'all', channels: ['call'] },
]
const taken = (next: number, minutes: number) => {
  const { take, ...rest } = dueSteps(steps, { next, opened_at, now: after(minutes) })
  return { take: take.map(({ step, channels }) => `${step} ${channels.join(' ')}`), ...rest }
}

for (const { what, next, minutes, take, following, at } of [
  { what: 'at once', next: 0, minutes: 0, take: ['0 mail'], following: 1, at: 5 },
  { what: 'a moment before its time', next: 1, minutes: 4.99, take: [], following: 1, at: 5 },
  { what: 'on its time', next: 1, minutes: 5, take: ['1 sms'], following: 2, at: 10 },
  { what: 'a little late', next: 1, minutes: 11, take: ['1 sms', '2 mail sms'], following: 3, at: 20 },
  { what: 'the last one', next: 4, minutes: 30, take: ['4 call'], following: 5, at: null },
  { what: 'nothing after the last', next: 5, minutes: 999, take: [], following: 5, at: null },
  {
    what: 'after three hours away each channel once',
    next: 1,
    minutes: 190,
    take: ['1 sms', '2 mail sms', '3 voice', '4 call'],
    following: 5,
    at: null,
  },
  { what: 'after a day away nothing', next: 1, minutes: 31 + forgotten_minutes, take: [], following: 5, at: null },
])
  test(`a ladder is taken ${what}`, () => {
    assert.deepEqual(taken(next, minutes), { take, next: following, at: at === null ? null : after(at) })
  })

test('of steps that were missed, what a later one says to the same people is not said twice', () => {
  const again: LadderStep[] = [
    { after_minutes: 0, to: 'primary', channels: ['mail'] },
    { after_minutes: 60, to: 'primary', channels: ['mail'] },
    { after_minutes: 120, to: 'all', channels: ['mail', 'sms'] },
  ]
  const { take, next, at } = dueSteps(again, { next: 0, opened_at, now: after(180) })
  assert.deepEqual(
    take.map(({ step }) => step),
    [2],
  )
  assert.deepEqual([next, at], [3, null])
})

test('what nobody has to answer goes to all at once over every channel of the first minute, and is not followed up', () => {
  assert.deepEqual(stepsOf(steps, 'none'), [{ after_minutes: 0, to: 'all', channels: ['mail'] }])
  const shuffled = [...steps].reverse()
  assert.deepEqual(stepsOf(shuffled, 'acknowledge'), steps)
  assert.deepEqual(shuffled, [...steps].reverse(), 'the ladder itself stays as it was')
})

test('fault 9: taken minute by minute, each step is taken once and in its minute', () => {
  const when: Record<string, number> = {}
  let next = 0
  for (let minute = 0; minute <= 60; minute++) {
    const due = dueSteps(steps, { next, opened_at, now: after(minute) })
    for (const { step } of due.take) {
      assert.equal(when[step], undefined)
      when[step] = minute
    }
    next = due.next
  }
  assert.deepEqual(when, { 0: 0, 1: 5, 2: 10, 3: 20, 4: 30 })
})
