import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Lists } from './audience-form.ts'
import { findInstitutions, searchIn, soughtFor } from './find-institutions.ts'

/** As the database keeps it: folded code, names and reading. */
const market = [
  { code: 'SEC-001', kind: 'securities_firm', sought: 'sec-001 蒼穹証券 sokyu securities ソウキュウショウケン' },
  { code: 'SEC-010', kind: 'securities_firm', sought: 'sec-010 銀漢証券 ginkan_100% "securities" ギンカンショウケン' },
  { code: 'EXC-1', kind: 'exchange', sought: 'exc-1 蒼天証券取引所 soten exchange ソウテンショウケントリヒキジョ' },
] as const
const found = (q: string) => findInstitutions(market, q).map(({ code }) => code)

for (const [q, codes] of [
  ['蒼', ['EXC-1', 'SEC-001']],
  ['蒼穹', ['SEC-001']],
  ['そうきゅう', ['SEC-001']],
  ['ｿｳｷｭｳ', ['SEC-001']],
  ['ＳＯＫＹＵ', ['SEC-001']],
  ['sec-0', ['SEC-001', 'SEC-010']],
  ['ＳＥＣ－０１０', ['SEC-010']],
  ['証券　soten', ['EXC-1']],
  ['蒼穹、銀漢', []],
  ['', []],
  ['　 ', []],
  ['%', ['SEC-010']],
  ['_', ['SEC-010']],
  ['"', ['SEC-010']],
  ["'; drop table institution; --", []],
  ['.*', []],
  ['あ'.repeat(10_000), []],
] as const)
  test(`looking for ${JSON.stringify(q.slice(0, 30))} finds ${codes.length}, in the order of the market`, () => {
    assert.deepEqual(found(q), codes)
  })

for (const [what, lists, expected] of [
  ['nothing was typed', {}, null],
  ['empty boxes are sent onwards', { find_institutions: [''], find_without: [''] }, null],
  ['a button that looks for institutions was pressed', { find: ['without'], find_institutions: ['蒼'] }, 'without'],
  ['it was pressed with nothing typed', { find: ['institutions'], find_institutions: [''] }, 'institutions'],
  ['Enter was pressed with new words', { find_without: ['蒼'], found_without: [''] }, 'without'],
  ['words were changed after they were looked for', { find_without: ['蒼穹'], found_without: ['蒼'] }, 'without'],
  ['what was looked for stands there still', { find_institutions: [' 蒼 '], found_institutions: ['蒼'] }, null],
  ['the button says what no form says', { find: ['everyone'] }, null],
] as const)
  test(`when ${what}, ${expected ?? 'nothing'} is looked for`, () => {
    assert.equal(searchIn(lists as unknown as Lists), expected)
  })

test('however much is typed, a line of a hundred letters is looked for and comes back', () => {
  const lists = { find_institutions: ['蒼'.repeat(10_000)] }
  assert.equal(soughtFor(lists, 'institutions'), '蒼'.repeat(100))
  assert.equal(searchIn({ ...lists, found_institutions: ['蒼'.repeat(100)] }), null)
})
