import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { type Database, openProgram } from '#ground/db/database.ts'
import { type TestDatabase, test_secret, testDatabase } from '#tests/kit/database.ts'
import { hashOf, type Line, record } from './record.ts'
import { sealKey } from './seal.ts'
import { signEnd } from './sign-end.ts'
import { verifyTrail } from './verify.ts'

const key = sealKey(test_secret)
const at = new Date('2027-01-15T00:00:00.123Z')
let database: TestDatabase
let db: Database
/** The owner of the tables, as whom someone with the database's own password would come. */
let owner: Database
let folder: string

before(async () => {
  database = await testDatabase()
  db = database.db
  owner = openProgram(database.owner, 1)
  folder = await mkdtemp(path.join(os.tmpdir(), 'noroshi-trail-'))
})
after(async () => {
  await owner.destroy()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await tamper('truncate trail')
  await rm(path.join(folder, 'trail'), { recursive: true, force: true })
})

const write = (line: Partial<Line<{ count: number }>> = {}) =>
  db
    .transaction()
    .execute((tx) => record(tx, { program: 'access' }, at, { action: 'sign-in.refused', about: '/sign-in', ...line }))
const writeMany = async (count: number) => {
  for (let n = 1; n <= count; n++) await write({ details: { count: n } })
}
/** Signed as the worker does, so that what is found is found in the lines. */
const verify = async () => {
  await signEnd({ db, folder, key }, at).catch(() => undefined)
  return verifyTrail(db, { folder, keys: [key] })
}

/** What only a superuser can do: the triggers are taken off for one statement. */
async function tamper(...statements: string[]) {
  await owner.transaction().execute(async (tx) => {
    await sql`alter table trail disable trigger user`.execute(tx)
    for (const statement of statements) await sql.raw(statement).execute(tx)
    await sql`alter table trail enable trigger user`.execute(tx)
  })
}

test('of an empty trail nothing can be said; one that was only added to is whole', async () => {
  assert.deepEqual((await verify()).doubts, [
    'the trail has no line: nothing was ever done here, or it cannot be seen from here',
  ])
  await writeMany(3)
  await verify()
  await write()
  const { lines, checkpoints, faults, doubts } = await verify()
  assert.deepEqual([lines, checkpoints, faults, doubts], [4, 2, [], []])
})

test('fifty transactions at once make one chain', async () => {
  const wide = openProgram(database.app, 20)
  const lineOf = (n: number) =>
    wide
      .transaction()
      .execute((tx) =>
        record(tx, { program: 'rounds' }, at, { action: 'delivery.sent', about: '/x', details: { count: n } }),
      )
  await Promise.all(Array.from({ length: 50 }, (_, n) => lineOf(n)))
  await wide.destroy()
  const verdict = await verify()
  assert.deepEqual([verdict.lines, verdict.faults], [50, []])
  const told = await db.selectFrom('trail').select('details').execute()
  assert.equal(new Set(told.map(({ details }) => details.count)).size, 50)
})

test('a transaction that fails leaves no line and no gap', async () => {
  await write()
  await assert.rejects(
    db.transaction().execute(async (tx) => {
      await record(tx, { program: 'access' }, at, { action: 'sign-in.refused', about: '/sign-in' })
      throw new Error('changed my mind')
    }),
    /changed my mind/,
  )
  await write()
  const verdict = await verify()
  assert.deepEqual([verdict.lines, verdict.faults], [2, []])
})

for (const statement of [
  `update trail set who = 'somebody else'`,
  'delete from trail',
  'truncate trail',
  'alter table trail disable trigger user',
  'drop table trail',
])
  test(`the program's own login may not: ${statement}`, async () => {
    await write()
    await assert.rejects(sql.raw(statement).execute(db), { code: '42501' })
    assert.equal((await verify()).lines, 1)
  })

for (const statement of [`update trail set who = 'x'`, 'delete from trail', 'truncate trail'])
  test(`not even the owner does by accident: ${statement}`, async () => {
    await write()
    await assert.rejects(sql.raw(statement).execute(owner), /append-only/)
  })

for (const [what, details] of Object.entries({
  'unicode, and what looks alike': { text: '狼煙 🔥 がガ é \u2028 "\\/\n\t', キー: 'ﾊﾝｶｸ' },
  'keys in any order, nested': { b: { z: 1, a: [{ y: 2, x: [] }, {}] }, a: null, 10: 'ten', 9: 'nine' },
  'numbers large, small, and negative': { numbers: [0, -0, 1e21, 1e-7, 0.1 + 0.2, -1.5, 2 ** 53, 1.7e308, 5e-324] },
  'what JSON leaves out, and dates': { gone: undefined, date: new Date('2027-01-15T09:00:00Z'), no: [undefined, NaN] },
  'a name that objects have of their own': JSON.parse('{"__proto__": {"a": 1}, "constructor": "x", "": 0}'),
}))
  test(`what PostgreSQL gives back hashes to the same: ${what}`, async () => {
    await write({ details: details as unknown as { count: number } })
    assert.deepEqual((await verify()).faults, [])
  })

test('a moment finer than a millisecond, and one far away, hash to the same', async () => {
  for (const moment of ['2027-01-15T00:00:00.999Z', '1970-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])
    await db
      .transaction()
      .execute((tx) =>
        record(tx, { program: 'access' }, new Date(moment), { action: 'sign-in.refused', about: '/sign-in' }),
      )
  assert.deepEqual((await verify()).faults, [])
  // Behind the hash's back: half a millisecond is an edit too.
  await tamper(`update trail set at = at + interval '0.4 milliseconds' where id = 2`)
  assert.deepEqual((await verify()).faults, ['line 2 was changed'])
})

const edits: Record<string, string> = {
  id: 'id = 9',
  at: `at = at - interval '1 hour'`,
  'at without end': `at = 'infinity'`,
  person_id: 'person_id = gen_random_uuid()',
  who: `who = 'somebody else'`,
  institution_id: 'institution_id = gen_random_uuid()',
  action: `action = 'sign-in.succeeded'`,
  about: `about = '/home'`,
  mode: `mode = 'test'`,
  details: `details = details || '{"n": 7}'`,
  previous_hash: `previous_hash = '\\x${'00'.repeat(32)}'`,
  hash: `hash = '\\x${'ab'.repeat(32)}'`,
}
for (const [column, edit] of Object.entries(edits))
  test(`fault 21: an edited ${column} is found`, async () => {
    await writeMany(3)
    await tamper(`update trail set ${edit} where id = 3`)
    assert.notDeepEqual((await verify()).faults, [])
  })

for (const [was, forged] of [
  [null, '1e400'],
  [1, '1.00000000000000000001'],
  [2 ** 53, '9007199254740993'],
] as const)
  test(`fault 21: a number beyond those of the program, which reads back as ${was}, is found`, async () => {
    await write({ details: { count: was as number } })
    await tamper(`update trail set details = '{"count": ${forged}}' where id = 1`)
    assert.deepEqual((await verify()).faults, ['line 1 was changed'])
  })

test('fault 21: a line edited together with its own hash is found at the next one', async () => {
  await writeMany(5)
  await verify()
  await tamper(`update trail set details = '{"n": 0}' where id = 3`)
  const [, , third] = await db.selectFrom('trail').selectAll().orderBy('id').execute()
  await tamper(`update trail set hash = '\\x${hashOf(third!).toString('hex')}' where id = 3`)
  assert.deepEqual((await verify()).faults, [
    'line 3 was not written by the program: its seal is of something else',
    'line 4 does not follow the line before it',
  ])
})

test('fault 21: lines taken out of the middle are named', async () => {
  await writeMany(6)
  await verify()
  await tamper('delete from trail where id in (3, 4)')
  assert.deepEqual((await verify()).faults, ['lines 3 to 4 are missing', 'line 5 does not follow the line before it'])
})

test('fault 21: two lines that changed places are found', async () => {
  await writeMany(4)
  await tamper(
    'update trail set id = 99 where id = 2',
    'update trail set id = 2 where id = 3',
    'update trail set id = 3 where id = 99',
  )
  const { faults } = await verify()
  assert.ok(faults.includes('line 2 was changed') && faults.includes('line 3 was changed'), faults.join('\n'))
})

test('fault 21: a line put in before the first is found', async () => {
  await writeMany(2)
  await tamper(
    `insert into trail select -1, at, person_id, 'nobody', institution_id, action, about, mode, details, previous_hash, decode(repeat('cd', 32), 'hex') from trail where id = 1`,
  )
  assert.notDeepEqual((await verify()).faults, [])
})

test('a trail of more lines than are read at a time is whole, and a fault beyond them is found', async () => {
  await db.transaction().execute(async (tx) => {
    for (let n = 0; n < 1003; n++)
      await record(tx, { program: 'rounds' }, at, { action: 'delivery.sent', about: '/x', details: { count: n } })
  })
  assert.deepEqual((await verify()).faults, [])
  await tamper('delete from trail where id = 1001')
  assert.deepEqual((await verify()).faults[0], 'lines 1001 to 1001 are missing')
})
