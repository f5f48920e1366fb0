import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { openMemory } from './memory.ts'
import { record } from './record.ts'

let store: TestDatabase
before(async () => {
  store = await testDatabase()
})
after(() => store.close())

const at = new Date('2027-01-15T00:00:00Z')
const change = () =>
  store.db
    .transaction()
    .execute((tx) => record(tx, { program: 'rounds' }, at, { action: 'round.asked', about: '/situations' }))

/** A memory and how often it had something worked out. */
function counting(entries_max: number) {
  const memory = openMemory<number>({ entries_max })
  let count = 0
  const read = (key: string, work = async () => ++count) => memory(store.db, key, at, work)
  return { read, count: () => count }
}

test('what is kept is bounded: what was begun longest ago goes first', async () => {
  const { read, count } = counting(2)
  for (const key of ['one', 'two', 'three', 'three', 'two']) await read(key)
  assert.equal(count(), 3)
  await read('one')
  assert.equal(count(), 4)
})

test('a change while something is worked out is not taken for a part of it', async () => {
  const { read } = counting(2)
  const [begun, value] = [Promise.withResolvers<void>(), Promise.withResolvers<number>()]
  const slow = read('one', () => {
    begun.resolve()
    return value.promise
  })
  await begun.promise
  await change()
  assert.equal(await read('one', async () => 2), 2)
  value.resolve(1)
  assert.equal(await slow, 1)
  assert.equal(await read('one', async () => 3), 2)
})

test('what failed is not kept', async () => {
  const { read } = counting(2)
  await assert.rejects(
    read('one', async () => assert.fail('away')),
    /away/,
  )
  assert.equal(await read('one'), 1)
})
