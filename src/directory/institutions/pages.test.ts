import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let desk: TestSite['nobody']
let contact: TestSite['nobody']

before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
  contact = await site.signIn('bcp@sokyu.example')
})
after(() => site.close())

const names = (page: string) =>
  [...page.matchAll(/<a href="\/institutions\/[0-9a-f-]{36}">([^<]+)<\/a>/g)].map((m) => m[1])
const idOf = async (code: string) =>
  (await site.db.selectFrom('institution').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id

test('the directory lists every institution, infrastructure first, fifty a page', async () => {
  const first = await site.main(desk, '/institutions')
  assert.deepEqual(names(first).slice(0, 3), ['架空証券業協会', '蒼天証券取引所', '潮騒証券取引所'])
  assert.equal(names(first).length, 50)
  assert.match(first, /60機関/)
  assert.match(first, /東京都２３区（350）/)
  assert.equal(names(await site.main(desk, '/institutions?page=2')).length, 10)
  for (const page of ['0', '-1', 'x', '99999999999'])
    assert.equal((await desk.get(`/institutions?page=${page}`)).status, 200)
})

for (const [q, expected] of [
  ['蒼穹', ['蒼穹証券']],
  ['ＳＥＣ－００１', ['蒼穹証券']],
  ['soten', ['蒼天証券取引所']],
  ['%', []],
  ['_', []],
  ["'", []],
] as const)
  test(`the directory is searched for ${JSON.stringify(q)}`, async () => {
    const page = await site.main(desk, `/institutions?q=${encodeURIComponent(q)}`)
    assert.deepEqual(names(page), expected)
    if (expected.length === 0) assert.match(page, /当てはまる機関はありません/)
  })

test('a character that the database cannot hold is no part of a search', async () => {
  assert.deepEqual(names(await site.main(desk, '/institutions?q=sok%00yu')), ['蒼穹証券'])
})

test('a search keeps its words over the pages and shows them as they were typed', async () => {
  assert.match(await site.main(desk, '/institutions?q=e'), /<a [^>]*rel="next" href="\/institutions\?q=e&amp;page=2"/)
  assert.match(await site.main(desk, '/institutions?q=%22%3Cb%3E'), /value="&quot;&lt;b&gt;"/)
})

test('S0-20 the page of an institution shows who answers for it, in order, with mail and phone to press', async () => {
  const page = await site.main(desk, `/institutions/${await idOf('SEC-001')}`)
  assert.match(page, /1 正.*mailto:bcp@sokyu\.example.*tel:\+8130000\d{4}.*2 副.*mailto:deputy@sokyu\.example/s)
  assert.match(page, /本店.*架空町.*データセンター.*架空台/s)
  assert.match(page, /取引所取引、取引所市場外取引、公社債/)
})

test('S0-30 a BCP contact finds the own institution and no other', async () => {
  assert.deepEqual(names(await site.main(contact, '/institutions')), ['蒼穹証券'])
  assert.deepEqual(names(await site.main(contact, '/institutions?q=soten')), [])
  assert.match(await site.main(contact, `/institutions/${await idOf('SEC-001')}`), /蒼穹証券/)
  for (const id of [await idOf('SEC-002'), crypto.randomUUID()]) await site.refused(contact, `/institutions/${id}`, 404)
})
