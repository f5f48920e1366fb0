import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { fictionalMarket } from '#demo/market.ts'
import { root } from '#ground/config/root.ts'
import type { Person } from '#ground/rights/person.ts'
import { somebody, testApp } from '#tests/kit/app.tsx'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { importRoster } from './import-roster.ts'
import { parseRoster } from './parse-roster.ts'
import { rosterRoutes } from './routes.tsx'

let database: TestDatabase
let as: ReturnType<typeof testApp>
let desk: Person
let contact: Person
const at = new Date('2027-01-15T00:00:00Z')
const sample = new URL('docs/roster-sample.csv', root)

before(async () => {
  database = await testDatabase()
  const { db } = database
  as = testApp({ db, clock: () => at }, rosterRoutes)
  await importRoster({ db, clock: () => at }, { program: 'command-line' }, fictionalMarket())
  desk = await somebody(db, 'ASSOC', 'secretariat')
  contact = await somebody(db, 'SEC-001', 'bcp_contact')
})
after(() => database.close())

const text = async (answer: Response | Promise<Response>) => (await answer).text()
const lines = async () =>
  Number(
    (
      await database.db
        .selectFrom('trail')
        .select(({ fn }) => fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )
const upload = (content: string | Uint8Array<ArrayBuffer>, name = '名簿.csv') => {
  const form = new FormData()
  form.set('roster', new File([content], name))
  return form
}

test('S0-30 only the secretariat reaches the import, in any of its parts', async () => {
  const others = [contact, { ...desk, roles: ['authority'] }, { ...desk, roles: ['auditor'] }] satisfies Person[]
  for (const reader of others) {
    for (const path of ['', '/result', '/sample.csv', '/institutions.csv', '/contacts.csv'])
      assert.equal((await as(reader).get(`/roster/import${path}`)).status, 403)
    assert.equal((await as(reader).post('/roster/import', upload('x'))).status, 403)
  }
})

test('S0-20 the sample can be downloaded and imported as it is', async () => {
  const answer = await as(desk).get('/roster/import/sample.csv')
  assert.match(answer.headers.get('content-disposition')!, /^attachment/)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf])
  const parsed = parseRoster(bytes)
  assert.ok('lines' in parsed)
  assert.deepEqual(
    parsed.lines.map(({ code }) => code),
    ['EXC-1', 'SEC-001', 'SPM-001'],
  )

  const before = await lines()
  const sent = await as(desk).post('/roster/import', upload(bytes))
  assert.equal(sent.status, 303)
  const page = await text(as(desk).get(sent.headers.get('location')!))
  assert.match(page, /この名簿は登録内容と同じです/)
  assert.doesNotMatch(page, /変更を取り込む/)
  assert.equal(await lines(), before)
})

test('S0-36 the samples of both tables can be downloaded and imported as they are', async () => {
  for (const [name, words] of [
    ['institutions', /変更を取り込む/],
    ['contacts', /危機管理部長/],
  ] as const) {
    const bytes = new Uint8Array(await (await as(desk).get(`/roster/import/${name}.csv`)).arrayBuffer())
    const sent = await as(desk).post('/roster/import', upload(bytes))
    assert.equal(sent.status, 303)
    assert.match(await text(as(desk).get(sent.headers.get('location')!)), words)
  }
})

test('S0-20 the page names each mistake by line, column and reason, and changes nothing', async () => {
  const before = await lines()
  const text = (await readFile(sample, 'utf8')).replace('SEC-001,securities_firm', '<b>,moon').replace(',350,', ',999,')
  for (const [language, words] of [
    [
      'ja',
      [/2.*head_office_area（本店地域コード）.*細分区域/s, /3.*code（機関コード）.*3.*「moon」という種別はありません/s],
    ],
    ['en', [/Not imported.*Area code|area code/s, /There is no kind &quot;moon&quot;/]],
  ] as const) {
    const answer = await as(desk, language).post('/roster/import', upload(text))
    const page = await answer.text()
    assert.equal(answer.status, 422)
    for (const word of words) assert.match(page, word)
  }
  assert.equal(await lines(), before)
})

test('a form without a file, or no form at all, asks for the file', async () => {
  for (const body of [new FormData(), upload('', ''), new URLSearchParams({ roster: 'x' })]) {
    const answer = await as(desk).post('/roster/import', body)
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), /<a href="#roster">ファイルを選んでください<\/a>/)
  }
})
