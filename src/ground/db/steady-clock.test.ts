import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { openSteadyClock } from './steady-clock.ts'

let store: TestDatabase
before(async () => {
  store = await testDatabase()
})
after(() => store.close())

const hour = 3_600_000
const start = Date.parse('2027-01-15T00:00:00Z')

/** A pair of clocks: one that only goes on, and one that anybody may set. */
async function machines({ ahead_ms = 0 } = {}) {
  let even = 0
  let set = ahead_ms
  let answer_ms = 0
  let is_away = false
  const clock = await openSteadyClock(store.db, {
    of_database: async () => {
      if (is_away) throw new Error('away')
      const at = start + even + set
      even += answer_ms
      return at
    },
    even: () => even,
  })
  clock.close()
  return {
    clock,
    set: (by: number) => void (set += by),
    slow: (ms: number) => void (answer_ms = ms),
    away: (is: boolean) => void (is_away = is),
    /** Lets time pass, with a look at the database every ten seconds. */
    async pass(ms: number) {
      for (let left = ms; left > 0; left -= 10_000) {
        even += Math.min(left, 10_000)
        await clock.measure()
      }
    },
    /** How far it is from the time that really passed. */
    off: () => clock.now().getTime() - start - even,
  }
}

for (const [what, by] of [
  ['three hours on', 3 * hour],
  ['three hours back', -3 * hour],
  ['a step back of a second', -1000],
] as const)
  test(`fault 9: the database's clock is set ${what}: thirty minutes stay thirty minutes`, async () => {
    const { clock, set, pass, off } = await machines()
    await pass(60_000)
    set(by)
    let last = clock.now()
    for (let minutes = 0; minutes < 30; minutes++) {
      await pass(60_000)
      assert.ok(clock.now() > last, 'never back')
      last = clock.now()
    }
    assert.ok(Math.abs(off()) <= 2000, `${off()}`)
  })

test('fault 9: two machines whose clocks are 90 s apart agree, for both ask the same database', async () => {
  const began = performance.now()
  const one = await openSteadyClock(store.db)
  const other = await openSteadyClock(store.db)
  const apart = other.now().getTime() - one.now().getTime()
  // Neither can be further off than its question was on its way, however long that was.
  assert.ok(Math.abs(apart) <= performance.now() - began + 2, `${apart}`)
  one.close()
  other.close()
})

test('fault 9: after the database has moved to a machine that is 90 s ahead the clock follows slowly, and gets there', async () => {
  const { set, pass, off } = await machines()
  set(90_000)
  await pass(5 * 60_000)
  assert.ok(off() > 0 && off() <= 300)
  await pass(26 * hour)
  assert.ok(Math.abs(off() - 90_000) <= 1)
})

test('an answer that took long, or none, says nothing, and time goes on', async () => {
  const { clock, set, slow, away, pass, off } = await machines()
  set(10_000)
  slow(5000)
  await clock.measure()
  assert.equal(off(), 0)
  slow(0)
  away(true)
  await pass(hour)
  assert.equal(off(), 0)
  away(false)
  await clock.measure()
  assert.ok(off() > 0 && off() <= 5000)
})

test('a program cannot start on a clock that it cannot ask', async () => {
  const of_database = async () => {
    throw new Error('away')
  }
  await assert.rejects(openSteadyClock(store.db, { of_database, even: () => 0 }), /away/)
})
