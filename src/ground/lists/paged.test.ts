import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { listAddress } from './address.ts'
import { counted, paged, pageIn, pageOf } from './paged.ts'

for (const [text, page] of [
  [undefined, 1],
  ['', 1],
  ['1', 1],
  ['7', 7],
  ['007', 7],
  ['0', 1],
  ['-3', 1],
  ['x', 1],
  ['2x', 2],
  ['2.9', 2],
  ['1e9', 1],
  ['NaN', 1],
  ['Infinity', 1],
  ['２', 1],
  ['\0', 1],
  ["1' or '1'='1", 1],
  ['10000', 10_000],
  ['10001', 10_000],
  ['99999999999999999999', 10_000],
  ['-99999999999999999999', 1],
  ['9'.repeat(400), 10_000],
] as const)
  test(`an address that asks for page ${JSON.stringify(text)?.slice(0, 30)} gets page ${page}`, () => {
    assert.equal(pageIn(text), page)
  })

for (const [asked, page, address] of [
  [{}, 1, '/list'],
  [{}, 2, '/list?page=2'],
  [{ q: '', kind: null, area: undefined }, 1, '/list'],
  [{ q: '髙橋 & 協会', kind: 'exchange' }, 3, '/list?q=%E9%AB%99%E6%A9%8B+%26+%E5%8D%94%E4%BC%9A&kind=exchange&page=3'],
] as const)
  test(`page ${page} of a list that was asked for ${JSON.stringify(asked)} is at ${address}`, () => {
    assert.equal(listAddress('/list', asked, page), address)
  })

let database: TestDatabase
before(async () => {
  database = await testDatabase()
  const codes = Array.from({ length: 7 }, (_, index) => `SEC-00${index + 1}`)
  await database.db
    .insertInto('institution')
    .values(codes.map((code) => ({ code, kind: 'securities_firm', name_ja: code, name_en: code })))
    .execute()
})
after(() => database.close())

const firms = () => database.db.selectFrom('institution').where('code', 'like', 'SEC-%').select('code').orderBy('code')
const last = (rows: { code: string }[]) => rows.map(({ code }) => Number(code.at(-1)))

for (const [page, per_page, rows, has_more] of [
  [1, 3, [1, 2, 3], true],
  [2, 3, [4, 5, 6], true],
  [3, 3, [7], false],
  [4, 3, [], false],
  [10_000, 3, [], false],
  [1, 7, [1, 2, 3, 4, 5, 6, 7], false],
  [1, 6, [1, 2, 3, 4, 5, 6], true],
] as const)
  test(`page ${page} of 7 rows, ${per_page} a page, is ${rows.join(' ') || 'empty'} and ${has_more ? 'not ' : ''}the last`, async () => {
    const found = await paged(firms(), page, per_page)
    assert.deepEqual({ ...found, rows: last(found.rows) }, { rows, page, has_more })
  })

for (const [wanted, page, rows] of [
  [1, 1, [1, 2, 3]],
  [3, 3, [7]],
  [4, 3, [7]],
  [10_000, 3, [7]],
] as const)
  test(`of a list that was counted, page ${wanted} of 3 is page ${page}`, async () => {
    const found = await counted(firms(), 7, wanted, 3)
    assert.deepEqual({ ...found, rows: last(found.rows) }, { rows, count: 7, page, pages: 3 })
    assert.deepEqual(pageOf(await firms().execute(), wanted, 3), found)
  })

test('a list without rows has one page', async () => {
  assert.deepEqual(pageOf([], 5, 3), { rows: [], count: 0, page: 1, pages: 1 })
  const none = firms().where('code', '=', 'nobody')
  assert.deepEqual(await paged(none, 1, 3), { rows: [], page: 1, has_more: false })
  assert.deepEqual(await counted(none, 0, 9, 3), { rows: [], count: 0, page: 1, pages: 1 })
})
