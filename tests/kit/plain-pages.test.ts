import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainPages } from './plain-pages.ts'
import { desk, everyone, readers } from './samples/wing.ts'

const pages = {
  '/stops': readers('secretariat', 'bcp_contact'),
  '/stops/new': readers('bcp_contact'),
  '/stops/:id': desk,
  '/entrance': everyone(),
  '/onward': everyone(303),
}
const shown = (...told: Parameters<typeof plainPages>[0]) => plainPages(told, Object.keys(pages), pages)

test('a page that names no thing is shown as the first reader for whom it opens sees it', () => {
  assert.deepEqual(shown(), [
    { name: 'stops', path: '/stops', who: 'desk' },
    { name: 'stops-new', path: '/stops/new', who: 'contact' },
    { name: 'entrance', path: '/entrance', who: 'nobody' },
  ])
})

test('a page that the story tells by hand is not shown twice, a refusal and an answer to its form aside', () => {
  const by_hand = { name: 'ours', path: '/stops', who: 'contact' } as const
  assert.deepEqual(
    shown(by_hand).map(({ path }) => path),
    ['/stops/new', '/entrance'],
  )
  for (const other of [
    { ...by_hand, who: 'auditor' as const },
    { ...by_hand, fill: {} },
  ])
    assert.equal(shown(other).length, 3)
})
