import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { listAddress } from './address.ts'
import { counted, paged, pageOf } from './paged.ts'
import { pageIn, rows_max, wantedIn } from './wanted.ts'

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

for (const [asked, wanted, address] of [
  [{}, { page: 1 }, '/list'],
  [{}, { page: 2 }, '/list?page=2'],
  [{}, { size: 'all' }, '/list?rows=all'],
  [{ kind: 'pts' }, { page: 2, size: 100 }, '/list?kind=pts&rows=100&page=2'],
  [{ q: '', kind: null, area: undefined }, {}, '/list'],
  [
    { q: '髙橋 & 協会', kind: 'exchange' },
    { page: 3 },
    '/list?q=%E9%AB%99%E6%A9%8B+%26+%E5%8D%94%E4%BC%9A&kind=exchange&page=3',
  ],
] as const)
  test(`${JSON.stringify(wanted)} of a list that was asked for ${JSON.stringify(asked)} is at ${address}`, () => {
    assert.equal(listAddress('/list', asked, wanted), address)
  })

for (const [asked, wanted] of [
  [{}, { page: 1, size: null }],
  [{ page: '3' }, { page: 3, size: null }],
  [{ rows: 'all' }, { page: 1, size: 'all' }],
  [
    { rows: 'all', page: '3' },
    { page: 1, size: 'all' },
  ],
  [
    { rows: '7', page: '3' },
    { page: 3, size: 7 },
  ],
  [{ rows: '9999' }, { page: 1, size: rows_max }],
  [{ rows: '0' }, { page: 1, size: null }],
  [{ rows: '-1' }, { page: 1, size: null }],
  [{ rows: '1e3' }, { page: 1, size: null }],
  [{ rows: '10000' }, { page: 1, size: null }],
  [{ rows: "all' or '1" }, { page: 1, size: null }],
] as const)
  test(`an address with ${JSON.stringify(asked)} asks for ${JSON.stringify(wanted)}`, () => {
    assert.deepEqual(wantedIn(asked), wanted)
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
    const found = await paged(firms(), { page, size: null }, per_page)
    const offset = (page - 1) * per_page
    assert.deepEqual({ ...found, rows: last(found.rows) }, { rows, page, size: null, offset, has_more })
  })

for (const [wanted, page, rows] of [
  [1, 1, [1, 2, 3]],
  [3, 3, [7]],
  [4, 3, [7]],
  [10_000, 3, [7]],
] as const)
  test(`of a list that was counted, page ${wanted} of 3 is page ${page}`, async () => {
    const found = await counted(firms(), 7, { page: wanted, size: null }, 3)
    const part = { page, size: null, offset: (page - 1) * 3 }
    assert.deepEqual({ ...found, rows: last(found.rows) }, { rows, ...part, count: 7, pages: 3 })
    assert.deepEqual(pageOf(await firms().execute(), { page: wanted, size: null }, 3), found)
  })

test('all rows are one page, also of a list that nobody counted', async () => {
  const all = { page: 1, size: 'all' as const }
  const found = await paged(firms(), all, 3)
  assert.deepEqual(
    { ...found, rows: last(found.rows) },
    { ...all, offset: 0, rows: [1, 2, 3, 4, 5, 6, 7], count: 7, pages: 1 },
  )
  assert.deepEqual(await counted(firms(), 7, all, 3), found)
  assert.deepEqual(pageOf(await firms().execute(), all, 3), found)
})

test('beyond the limit of a page all rows are still counted', async () => {
  const many = database.db
    .selectFrom(sql<{ number: number }>`generate_series(1, ${rows_max + 123})`.as<'each'>(sql`each(number)`))
    .select('each.number')
    .orderBy('each.number')
  const found = await paged(many, { page: 1, size: 'all' }, 3)
  assert.deepEqual([found.rows.length, found.rows.at(-1)?.number], [rows_max, rows_max])
  assert.equal('count' in found && found.count, rows_max + 123)
})

test('a list without rows has one page', async () => {
  const first = { page: 1, size: null }
  const empty = { ...first, rows: [], offset: 0 }
  assert.deepEqual(pageOf([], { page: 5, size: null }, 3), { ...empty, count: 0, pages: 1 })
  const none = firms().where('code', '=', 'nobody')
  assert.deepEqual(await paged(none, first, 3), { ...empty, has_more: false })
  assert.deepEqual(await counted(none, 0, { page: 9, size: null }, 3), { ...empty, count: 0, pages: 1 })
})
