import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import iconv from 'iconv-lite'
import { fictionalMarket } from '#demo/market.ts'
import { guarded } from '#ground/lists/guard.ts'
import { NotAllowed } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { somebody } from '#tests/kit/app.tsx'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { full } from '#tests/kit/roster.ts'
import { exportDirectory } from './export-directory.ts'
import { fileOf } from './export-files.ts'
import { importRoster, importUpload } from './import-roster.ts'
import { parseFile } from './parse-file.ts'
import { readWorkbook } from './read-workbook.ts'

let database: TestDatabase
let desk: Person
const at = new Date('2027-01-15T00:00:00Z')
const tools = () => ({ db: database.db, clock: () => at })
const shell = { program: 'command-line' } as const

before(async () => {
  database = await testDatabase()
  await importRoster(tools(), shell, fictionalMarket(20))
  desk = await somebody(database.db, 'ASSOC', 'secretariat')
  const done = await importUpload(tools(), shell, full, { is_complete: false })
  assert.deepEqual('problems' in done ? done.problems : [], [])
})
after(() => database.close())

const rows = async () => ({
  institutions: await database.db.selectFrom('institution').selectAll().orderBy('code').execute(),
  sites: await database.db.selectFrom('site').selectAll().orderBy('id').execute(),
  contacts: await database.db.selectFrom('contact').selectAll().orderBy('id').execute(),
  addresses: await database.db.selectFrom('contact_address').selectAll().orderBy('id').execute(),
})
const trail = () => database.db.selectFrom('trail').selectAll().orderBy('id').execute()
async function taken(form: Parameters<typeof exportDirectory>[2], by = desk) {
  const file = await exportDirectory(tools(), by, form)
  assert.ok('bytes' in file, JSON.stringify(file))
  return file
}

for (const format of ['xlsx', 'csv', 'csv_shift_jis'] as const)
  for (const contents of ['both', 'institutions', 'contacts'] as const)
    if (format === 'xlsx' || contents !== 'both')
      test(`${contents} exported as ${format} and imported again, as a complete roster, change nothing`, async () => {
        const before = await rows()
        const { bytes } = await taken({ format, contents })
        const upload = await parseFile(bytes)
        assert.deepEqual('problems' in upload ? upload.problems : [], [])
        assert.ok(!('problems' in upload))
        const done = await importUpload(tools(), shell, upload, { is_complete: true })
        assert.ok('plan' in done, JSON.stringify(done))
        assert.deepEqual(done.plan.entries, [])
        assert.deepEqual(await rows(), before)
      })

test('a person who is called as the words that clear comes back under that name', async () => {
  const { db } = database
  const before = (await rows()).contacts
  const names = ['Clear', "'Clear", 'ｃｌｅａｒ', '削除', "''削除"]
  for (const name of names) {
    await db.updateTable('contact').set({ name_en: name, title: name }).where('rank', '=', 1).execute()
    for (const format of ['xlsx', 'csv'] as const) {
      const known = await rows()
      const upload = await parseFile((await taken({ format, contents: 'contacts' })).bytes)
      assert.ok(!('problems' in upload), name)
      const done = await importUpload(tools(), shell, upload, { is_complete: true })
      assert.ok('plan' in done, JSON.stringify(done))
      assert.deepEqual(await rows(), known, name)
    }
  }
  for (const { id, name_en, title } of before)
    await db.updateTable('contact').set({ name_en, title }).where('id', '=', id).execute()
})

test('an export says what it is in its name and its first line, and leaves its line in the trail', async () => {
  const file = await taken({ format: 'csv', contents: 'contacts' })
  const count = (await rows()).contacts.length
  assert.equal(file.name, `noroshi-contacts-${count}-2027-01-15-TLP-AMBER.csv`)
  const text = Buffer.from(file.bytes).toString('utf8')
  assert.ok(text.startsWith(`\ufeff"# TLP:AMBER`) || text.startsWith('\ufeff# TLP:AMBER 2027-01-15 contacts:'))
  const line = (await trail()).at(-1)
  assert.equal(line?.action, 'directory.exported')
  assert.deepEqual(line?.details, { scope: 'all', format: 'csv', contacts: count })
})

test('S0-30 people of an institution take only their own with them, others nothing', async () => {
  const own = await somebody(database.db, 'SEC-001', 'institution_administrator')
  const { bytes } = await taken({ format: 'xlsx', contents: 'both' }, own)
  const read = await readWorkbook(bytes)
  assert.ok('sheets' in read)
  for (const { records } of read.sheets) for (const { cells } of records.slice(2)) assert.equal(cells[0], 'SEC-001')
  assert.deepEqual((await trail()).at(-1)?.details, { scope: 'own', format: 'xlsx', institutions: 1, contacts: 3 })
  for (const role of ['authority', 'auditor', 'observer', 'council_member'] as const) {
    const nobody = await somebody(database.db, 'SEC-001', role)
    await assert.rejects(exportDirectory(tools(), nobody, { format: 'xlsx', contents: 'both' }), NotAllowed)
  }
})

test('what Shift_JIS cannot hold is named, and no file is made of it', async () => {
  const { db } = database
  await db.updateTable('institution').set({ name_ja: '𠮷野🏦証券' }).where('code', '=', 'SEC-003').execute()
  const lines = (await trail()).length
  const answer = await exportDirectory(tools(), desk, { format: 'csv_shift_jis', contents: 'institutions' })
  assert.ok('unmappable' in answer)
  assert.deepEqual(answer.unmappable.characters, ['𠮷', '🏦'])
  assert.deepEqual(answer.unmappable.lines, ['SEC-003 𠮷野🏦証券'])
  assert.equal((await trail()).length, lines)
  await db.updateTable('institution').set({ name_ja: '髙﨑①～証券' }).where('code', '=', 'SEC-003').execute()
  const { bytes } = await taken({ format: 'csv_shift_jis', contents: 'institutions' })
  assert.match(iconv.decode(Buffer.from(bytes), 'windows-31j'), /髙﨑①～証券/)
})

test('a formula in a name leaves guarded in every format', async () => {
  const table = { kind: 'institutions' as const, header: ['code'], lines: [[guarded('=HYPERLINK("x")')]] }
  for (const format of ['csv', 'csv_shift_jis'] as const) {
    const file = await fileOf(format, [table], '2027-01-15')
    assert.ok('bytes' in file)
    assert.match(Buffer.from(file.bytes).toString('latin1'), /"'=HYPERLINK\(""x""\)"/)
  }
})
