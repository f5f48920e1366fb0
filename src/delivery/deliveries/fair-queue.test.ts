import assert from 'node:assert/strict'
import { test } from 'node:test'
import { destinationOf, fairQueue } from './fair-queue.ts'
import type { Claimed } from './messages.ts'

const limits = { at_once_max: 3, refusals_max: 4, rest_ms: 5000 }
let number = 0
const to = (address: string, severity: Claimed['severity'] = 'urgent') =>
  ({ delivery_id: String(++number), address, severity }) as Claimed
const all = (queue: ReturnType<typeof fairQueue>) => {
  const taken: string[] = []
  for (let message = queue.take(); message; message = queue.take()) taken.push(message.address)
  return taken
}

test('no more than three are in hand for one destination, and the others go past them', () => {
  const queue = fairQueue(limits, () => 0)
  queue.push([...Array.from({ length: 10 }, (_, index) => to(`c${index}@Slow.example`)), to('a@fast.example')])
  assert.deepEqual(all(queue), ['c0@Slow.example', 'c1@Slow.example', 'c2@Slow.example', 'a@fast.example'])
})

test('a destination that takes its time gets one at a time', () => {
  let now = 0
  const queue = fairQueue(limits, () => now)
  const [one, other, third] = [to('a@slow.example'), to('b@slow.example'), to('c@slow.example')]
  queue.push([one])
  assert.equal(queue.take(), one)
  now = 3000
  queue.push([other, third])
  assert.equal(queue.take(), undefined)
  queue.done(one, 'sent')
  assert.equal(queue.take(), other)
})

test('many refusals for now in a row make a destination rest, while a taken mail says that all is well', () => {
  let now = 0
  const queue = fairQueue(limits, () => now)
  const refuse = (kind: 'deferred' | 'sent') => {
    const message = to('a@busy.example')
    queue.push([message])
    assert.equal(queue.take(), message)
    queue.done(message, kind)
  }
  for (const kind of [
    'deferred',
    'deferred',
    'deferred',
    'sent',
    'deferred',
    'deferred',
    'deferred',
    'deferred',
  ] as const)
    refuse(kind)
  const [waits, goes] = [to('b@busy.example'), to('b@other.example')]
  queue.push([waits, goes])
  assert.deepEqual(all(queue), ['b@other.example'])
  assert.deepEqual(queue.resting(), [waits])
  assert.equal(queue.length, 0)
  now = 5000
  queue.push([waits])
  assert.equal(queue.take(), waits)
})

test('what is urgent goes before what came earlier', () => {
  const queue = fairQueue(limits, () => 0)
  queue.push([to('a@x.example', 'routine'), to('b@y.example', 'routine')])
  queue.push([to('c@z.example', 'urgent')])
  assert.deepEqual(all(queue), ['c@z.example', 'a@x.example', 'b@y.example'])
})

test('of a busy destination no more are fetched once twenty wait, and of a free one always', () => {
  const queue = fairQueue(limits, () => 0)
  queue.push(Array.from({ length: 25 }, () => to('a@busy.example')))
  assert.deepEqual(queue.busy(), [])
  all(queue)
  assert.deepEqual(queue.busy(), ['busy.example'])
  assert.deepEqual(fairQueue(undefined).busy(), [])
})

test('a destination is what stands behind the last @, whatever its case', () => {
  assert.equal(destinationOf('"a@b"@Firm.Example'), 'firm.example')
  assert.equal(destinationOf('+819000000000'), '+819000000000')
})
