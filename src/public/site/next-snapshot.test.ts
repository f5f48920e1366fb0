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

test('a correction marks all that said the same wrong words, and nothing that did not', () => {
  const marked = (snapshot: Snapshot) =>
    snapshot.messages.map(({ number, corrected }) => [number, corrected?.by ?? null])
  const right = { ...at(4, 30), is_correction: true }
  const by = 'noroshi-actual-20261121-4'
  // Said twice, the second time with other states; before that something else.
  const first = nextSnapshot(emptySnapshot('actual'), told({ text_ja: 'あ', text_en: 'a' }), at(1, 0))
  const second = nextSnapshot(first, told({ text_ja: 'い', text_en: 'b' }), at(2, 10))
  const third = nextSnapshot(second, told({ text_ja: 'い', text_en: 'b', participants: null }), at(3, 20))
  const both = nextSnapshot(third, told({ text_ja: 'う', text_en: 'c' }), right)
  assert.deepEqual(marked(both), [[4, null], [3, by], [2, by], [1, null]]) // biome-ignore format: a table
  assert.deepEqual(both.messages[0]!.corrects.length, 2)
  assert.deepEqual(
    both.situations[0]!.earlier.map(({ text_ja, corrected_at }) => [text_ja, corrected_at !== null]),
    [['い', true], ['あ', false]], // biome-ignore format: a table
  )
  // English was right all along: what said the same in Japanese before is wrong, too.
  const english = nextSnapshot(second, told({ text_ja: 'い', text_en: 'c' }), at(3, 20))
  const japanese = nextSnapshot(english, told({ text_ja: 'う', text_en: 'c' }), right)
  assert.deepEqual(marked(japanese), [[4, null], [3, by], [2, by], [1, null]]) // biome-ignore format: a table
  assert.deepEqual(
    japanese.situations[0]!.earlier.map(({ text_en, corrected_at }) => [text_en, corrected_at !== null]),
    [['c', true], ['b', true], ['a', false]], // biome-ignore format: a table
  )
  // States alone were wrong: the newest message, and no words.
  const states = nextSnapshot(third, told({ text_ja: 'い', text_en: 'b' }), right)
  assert.deepEqual(marked(states), [[4, null], [3, by], [2, null], [1, null]]) // biome-ignore format: a table
  assert.equal(states.situations[0]!.corrected_at, minutesLater(30).toISOString())
  // What follows is no correction any more; the same words said again still are one.
  const again = nextSnapshot(both, told({ text_ja: 'う', text_en: 'c', participants: null }), at(5, 40))
  assert.equal(again.situations[0]!.corrected_at, minutesLater(30).toISOString())
  assert.equal(nextSnapshot(both, told({ text_ja: 'え' }), at(5, 40)).situations[0]!.corrected_at, null)
})

test('the last words that stood survive the closing; a closing that was none is taken back like any error', () => {
  const closed = published(3)
  assert.deepEqual(
    closed.situations[0]!.earlier.map(({ number, text_en, corrected_at }) => [number, text_en, corrected_at !== null]),
    [
      [2, 'Trading on the exchange goes on.', false],
      [1, 'Trading on the exchange is stopped.', true],
    ],
  )
  const open = nextSnapshot(closed, told({ text_ja: '終結は誤りでした。', text_en: 'It has not ended.' }), {
    ...at(4, 200),
    is_correction: true,
  })
  assert.deepEqual(
    open.situations[0]!.earlier.map(({ text_en, corrected_at }) => [text_en, corrected_at !== null]),
    [
      ['All functions have resumed.', true],
      ['Trading on the exchange goes on.', false],
      ['Trading on the exchange is stopped.', true],
    ],
  )
  assert.deepEqual(
    open.messages.map(({ cap_kind, corrected }) => [cap_kind, corrected !== null]),
    [['Update', false], ['Cancel', true], ['Update', false], ['Alert', true]], // biome-ignore format: a table
  )
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
