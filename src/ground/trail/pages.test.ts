import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Person } from '#ground/rights/person.ts'
import { somebody, testApp } from '#tests/kit/app.tsx'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { record } from './record.ts'
import { trailRoutes } from './routes.tsx'

const at = new Date('2027-01-15T00:00:00Z')
let database: TestDatabase
let as: ReturnType<typeof testApp>
let auditor: Person
let desk: Person
before(async () => {
  database = await testDatabase()
  const { db } = database
  await db
    .insertInto('institution')
    .values({ code: 'ASSOC', kind: 'association', name_ja: '架空証券業協会', name_en: 'Fictional Association' })
    .execute()
  as = testApp({ db, clock: () => at }, trailRoutes)
  auditor = await somebody(db, 'ASSOC', 'auditor')
  desk = await somebody(db, 'ASSOC', 'secretariat', '=架空 花子')
  for (let line = 1; line <= 60; line++)
    await db.transaction().execute((tx) =>
      record(tx, line === 1 ? auditor : desk, at, {
        action: 'directory.exported',
        about: '/directory',
        details: { contacts: line, note: 'a "b", c' },
      }),
    )
})
after(() => database.close())

const read = async (path: string, language: 'ja' | 'en' = 'ja') => (await as(auditor, language).get(path)).text()

test('the page of the trail has the newest lines, the way to older ones, and to all of both as a file', async () => {
  const page = await read('/trail')
  assert.equal(page.match(/<tr role="row">/g)?.length, 51)
  assert.match(page, /href="\/trail\?before=11"/)
  assert.match(page, /href="\/trail\.csv"/)
  const older = await read(`/trail?person=${desk.id}&before=11`)
  assert.match(older, new RegExp(`href="/trail\\.csv\\?person=${desk.id}&amp;before=11"`))
})

test('the file has the lines of the page and those below it, and no cell that a spreadsheet would run', async () => {
  const all = (await read('/trail.csv', 'en')).trimEnd().split('\r\n')
  assert.equal(all.length, 61)
  assert.match(all[0] ?? '', /^Line,When,Who,What,About,Details,Label,Exported at$/)
  const [newest = ''] = all.slice(1)
  assert.match(newest, /^60,2027-01-15T09:00:00\+09:00,'=架空 花子 \(Fictional Association\),/)
  assert.match(newest, /,"note: a ""b"", c \/ contacts: 60",TLP:AMBER\+STRICT,2027-01-15T09:00:00\+09:00$/)
  const part = (await read(`/trail.csv?person=${desk.id}&before=11`)).trimEnd().split('\r\n')
  assert.deepEqual(
    part.slice(1).map((line) => Number(line.split(',')[0])),
    [10, 9, 8, 7, 6, 5, 4, 3, 2],
  )
})

test('only who may read the trail takes it along', async () => {
  const contact = { ...auditor, roles: ['bcp_contact' as const] }
  for (const path of ['/trail', '/trail.csv', '/trail/readings'])
    assert.equal((await as(contact).get(path)).status, 403)
})
