import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextSnapshot } from './next-snapshot.ts'
import { minutesLater, origin, published, told, told_at } from './sample.ts'
import { closed_kept_days, emptySnapshot, messages_max, modes, Snapshot } from './snapshot.ts'

const at = (number: number, minutes: number) => ({
  number,
  published_at: minutesLater(minutes),
  origin,
  is_correction: false,
})
const other_id = '0b5c1f0e-6a52-4b8e-9d0a-3f6a0f6f1c02'

test('every picture that is made can be stored and read back as it was', () => {
  for (const mode of modes)
    for (const number of [1, 2, 3] as const) {
      const snapshot = published(number, mode)
      assert.deepEqual(Snapshot.parse(JSON.parse(JSON.stringify(snapshot))), snapshot)
    }
})

test('S0-28 a situation of one mode is never published among those of another', () => {
  assert.throws(
    () => nextSnapshot(emptySnapshot('actual'), told({ mode: 'exercise' }), at(1, 0)),
    /never published among/,
  )
})

test('a text is kept among the earlier ones when it changes: corrected, or true in its time', () => {
  assert.deepEqual(
    published(2).situations[0]!.earlier.map(({ number, text_en, corrected_at }) => [number, text_en, corrected_at]),
    [[1, 'Trading on the exchange is stopped.', minutesLater(30).toISOString()]],
  )
  const followed = nextSnapshot(published(1), told({ text_en: 'Trading resumes soon.' }), at(2, 30))
  assert.equal(followed.situations[0]!.earlier[0]!.corrected_at, null)
  const same = nextSnapshot(published(1), told({ participants: null }), at(2, 30))
  assert.deepEqual(same.situations[0]!.earlier, [])
})

test('two situations keep apart: each has its own first report, and refers only to its own messages', () => {
  const both = nextSnapshot(published(1), told({ id: other_id, opened_at: minutesLater(3).toISOString() }), at(2, 5))
  assert.deepEqual(
    both.situations.map(({ id }) => id),
    [other_id, told().id],
  )
  const third = nextSnapshot(both, told({ text_ja: '続き' }), at(3, 10))
  assert.deepEqual(
    third.messages.map(({ number, cap_kind, references }) => [
      number,
      cap_kind,
      references.split(' ').filter(Boolean).length,
    ]),
    [
      [3, 'Update', 1],
      [2, 'Alert', 0],
      [1, 'Alert', 0],
    ],
  )
})

test('closing what the public never heard of cancels nothing', () => {
  const closed = nextSnapshot(emptySnapshot('actual'), told({ closed_at: told_at.toISOString() }), at(1, 0))
  assert.deepEqual([closed.messages[0]!.cap_kind, closed.messages[0]!.references], ['Alert', ''])
})

test('what was closed thirty days ago leaves with the next publication; messages stay up to their limit', () => {
  const later = nextSnapshot(published(3), told({ id: other_id }), at(4, 150 + closed_kept_days * 24 * 60))
  assert.deepEqual(
    later.situations.map(({ id }) => id),
    [other_id],
  )
  assert.equal(later.messages.length, 4)
  let snapshot = later
  for (let number = 5; number < messages_max + 10; number++)
    snapshot = nextSnapshot(snapshot, told({ id: other_id }), at(number, 50_000 + number))
  assert.equal(snapshot.messages.length, messages_max)
  assert.equal(snapshot.messages[0]!.number, messages_max + 9)
})
