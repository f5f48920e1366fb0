import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTurns } from './turns.ts'

test('who waits goes in turn, and nobody is failed while the line moves', async () => {
  const turns = openTurns(2, 60_000)
  const order: number[] = []
  await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      await turns.take()
      order.push(index)
      await new Promise(setImmediate)
      turns.give()
    }),
  )
  assert.deepEqual(
    order,
    Array.from({ length: 50 }, (_, index) => index),
  )
})

test('a line that stands still is told so, and works again afterwards', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const turns = openTurns(1, 5000)
  await turns.take()
  const waiting = [turns.take(), turns.take()]
  t.mock.timers.tick(4999)
  turns.give()
  await waiting[0]
  const last = assert.rejects(waiting[1] ?? assert.fail(), /timeout/)
  t.mock.timers.tick(5000)
  await last
  turns.give()
  await turns.take()
})

test('what has befallen one befalls all who wait', async () => {
  const turns = openTurns(1, 60_000)
  await turns.take()
  const waiting = [turns.take(), turns.take()].map((one) => assert.rejects(one, /away/))
  turns.failAll(new Error('the database is away'))
  await Promise.all(waiting)
})
