import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stands } from './stands.ts'

const said = (found: string[], listed: string[]) => {
  try {
    stands(found, listed, 'list.ts: add it')
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

test('a list that is whole says nothing, in whatever order and however often things are found', () => {
  assert.equal(said(['b', 'a', 'b'], ['a', 'b']), '')
})

test('only the difference is told, each with the file and what to do there', () => {
  const many = Array.from({ length: 60 }, (_, index) => `/page-${index}`)
  assert.equal(
    said([...many, '/new'], [...many, '/old']),
    ['/new has no line. list.ts: add it', '/old has a line and is not there any more. list.ts: add it'].join('\n'),
  )
})
