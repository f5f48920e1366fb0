import assert from 'node:assert/strict'
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { record } from '#ground/trail/record.ts'
import { type TestDatabase, test_secret, testDatabase } from '#tests/kit/database.ts'
import { keepSigning } from './keep-signing.ts'

let database: TestDatabase
before(async () => {
  database = await testDatabase()
})
after(() => database.close())

const clock = () => new Date('2027-01-15T00:00:00Z')
const act = () =>
  database.db
    .transaction()
    .execute((tx) => record(tx, { program: 'access' }, clock(), { action: 'sign-in.refused', about: '/sign-in' }))

for (const { what, spoil, mend, says } of [
  {
    what: 'its file became a folder',
    spoil: async (file: string) => {
      await rm(file)
      await mkdir(file)
    },
    mend: (file: string, before: string) => rm(file, { recursive: true }).then(() => writeFile(file, before)),
    says: 'audit trail: it is not signed (there is a folder where a file belongs)',
  },
  {
    what: 'its file ends with nonsense',
    spoil: (file: string) => appendFile(file, 'nonsense\n'),
    mend: (file: string, before: string) => writeFile(file, before),
    says: 'audit trail: it is not signed (see the log)',
  },
])
  test(`while ${what} the trail is not signed, which is a problem, is reported once, and ends when it is mended`, async () => {
    const data = await mkdtemp(path.join(os.tmpdir(), 'noroshi-signing-'))
    const file = path.join(data, 'trail', 'checkpoints.jsonl')
    const reported: unknown[] = []
    await act()
    const signing = keepSigning({ db: database.db, clock, config: { data, secret: test_secret } }, (error) =>
      reported.push(error),
    )
    await signing.signNow()
    assert.equal(signing.problem(), null)
    const before = await readFile(file, 'utf8')
    await spoil(file)
    await act()
    await signing.signNow()
    await signing.signNow()
    assert.equal(signing.problem(), says)
    assert.equal(reported.length, 1)
    await mend(file, before)
    await signing.signNow()
    assert.equal(signing.problem(), null)
    assert.ok((await readFile(file, 'utf8')).length > before.length)
    await signing.close()
    await rm(data, { recursive: true })
  })
