import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gather } from './gather.ts'
import { all, desk, type Wing } from './samples/wing.ts'

const status: Wing = { pages: { '/board': all } }
const asking: Wing = { pages: { '/rounds': desk }, unshown: { '/board': 'a stream' } }

test('the lines of all wings come together, each heading by itself', () => {
  assert.deepEqual(gather({ status, asking }, 'pages'), { '/board': all, '/rounds': desk })
  assert.deepEqual(gather({ status, asking }, 'forms'), {})
})

test('a line that stands in two wings is refused, with both files', () => {
  assert.throws(() => gather({ status, asking: { pages: { '/board': desk } } }, 'pages'), {
    message: '/board stands twice in `pages`: in tests/kit/samples/status.ts and in tests/kit/samples/asking.ts.',
  })
})
