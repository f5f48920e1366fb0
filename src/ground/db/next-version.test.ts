import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesOf, type Judged, judgeVersion, type Version } from './next-version.ts'

const hanako = { id: 'hanako' }
const taro = { id: 'taro' }
const at = new Date('2027-01-15T00:00:00Z')
const said = { name: '架空', steps: [{ after_minutes: 0, to: 'all' }], minutes: null as number | null }
type Newest = (Version & typeof said) | undefined
const newest = (change: Partial<NonNullable<Newest>> = {}): Newest => ({
  ...said,
  ...{ version: 3, made_by: hanako.id, removed_at: null },
  ...change,
})
const other = { ...said, name: '別の名前' }

const cases: [what: string, newest: Newest, said: object, over: { seen: number; by: { id: string } }, Judged][] = [
  ['a new thing is its first version', undefined, said, { seen: 0, by: taro }, { is: 'next', version: 1 }],
  ['so it is whatever version was seen', undefined, said, { seen: 7, by: taro }, { is: 'next', version: 1 }],
  ['other words over the newest', newest(), other, { seen: 3, by: taro }, { is: 'next', version: 4 }],
  ['other words of the same person', newest(), other, { seen: 3, by: hanako }, { is: 'next', version: 4 }],
  ['the same words over the newest', newest(), said, { seen: 3, by: taro }, { is: 'same', version: 3 }],
  ['the same press twice', newest(), said, { seen: 2, by: hanako }, { is: 'same', version: 3 }],
  ['the same press of a new thing', newest({ version: 1 }), said, { seen: 0, by: hanako }, { is: 'same', version: 1 }],
  ['the same words of two people', newest(), said, { seen: 2, by: taro }, { is: 'outdated' }],
  ['the same words, two versions later', newest(), said, { seen: 1, by: hanako }, { is: 'outdated' }],
  ['other words over an older one', newest(), other, { seen: 2, by: taro }, { is: 'outdated' }],
  ['other words over one’s own', newest(), other, { seen: 2, by: hanako }, { is: 'outdated' }],
  ['words over one that is not there yet', newest(), said, { seen: 4, by: hanako }, { is: 'outdated' }],
  [
    'what came with the program',
    newest({ version: 1, made_by: null }),
    said,
    { seen: 0, by: taro },
    { is: 'outdated' },
  ],
  ['one taken out of use', newest({ removed_at: at }), other, { seen: 3, by: taro }, { is: 'removed' }],
  [
    'the same words of one taken out of use',
    newest({ removed_at: at }),
    said,
    { seen: 2, by: hanako },
    { is: 'removed' },
  ],
]
for (const [what, known, words, over, judged] of cases)
  test(`over which version: ${what} is ${judged.is}`, () => {
    assert.deepEqual(judgeVersion(known, words as typeof said, over), judged)
  })

test('a thing that is never taken out of use needs no word for it', () => {
  const ladder = { version: 1, made_by: null, steps: [] as string[] }
  assert.deepEqual(judgeVersion(ladder, { steps: ['mail'] }, { seen: 1, by: taro }), { is: 'next', version: 2 })
})

test('changes are told field by field, of lists whole; what stays is not told, nor what is not said', () => {
  assert.deepEqual(changesOf(newest(), said), [])
  const after = { ...other, steps: [{ to: 'all', after_minutes: 5 }], minutes: 30 }
  assert.deepEqual(changesOf(newest(), after), [
    { field: 'name', before: '架空', after: '別の名前' },
    { field: 'steps', before: [{ after_minutes: 0, to: 'all' }], after: [{ after_minutes: 5, to: 'all' }] },
    { field: 'minutes', before: null, after: 30 },
  ])
  assert.deepEqual(changesOf(newest({ minutes: 30 }), said), [{ field: 'minutes', before: 30, after: null }])
  const in_other_order = { ...said, steps: [{ to: 'all', after_minutes: 0 }] }
  assert.deepEqual(changesOf(newest(), in_other_order), [], 'the order of keys says nothing')
})

test('of a new thing everything is told, nothing included', () => {
  assert.deepEqual(changesOf(undefined, { name: '架空', minutes: null }), [
    { field: 'name', before: null, after: '架空' },
    { field: 'minutes', before: null, after: null },
  ])
})
