import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wings as expected } from '../kit/samples.ts'
import { stands } from '../kit/stands.ts'
import { homeOf, isElsewhere, routes, wingWith } from './homes.ts'
import { wings } from './plan.ts'

/** Wings of which nobody asks for a page and no table is kept. */
const without = ['bin', 'client', 'simulate']

test('every wing stands in the list of what is expected of the house', () => {
  const where = (wing: string) =>
    `Say in tests/kit/samples/${wing}.ts what tests expect of it, and add that to \`wings\` of tests/kit/samples.ts; or add it to \`without\` of tests/house/homes.test.ts.`
  stands(wings, [...Object.keys(expected), ...without], where)
})

test('a page, a form or a table stands in the file of the wing that has it', () => {
  assert.ok(routes.length > 150, 'the routes are seen')
  assert.deepEqual(
    ['/situations', 'report'].map((one) => wingWith(one)),
    ['status', 'status'],
  )
  const strays = Object.entries(expected).flatMap(([wing, { tables, pages, forms, own_pages, own_forms, unshown }]) =>
    Object.keys({ ...tables, ...pages, ...forms, ...own_pages, ...own_forms, ...unshown })
      .filter((one) => isElsewhere(one, wing))
      .map((one) => `${one} stands in tests/kit/samples/${wing}.ts and goes into ${homeOf(one)}`),
  )
  assert.deepEqual(strays, [])
})
