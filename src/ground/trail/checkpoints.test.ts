import assert from 'node:assert/strict'
import { appendFile, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { type Database, openProgram } from '#ground/db/database.ts'
import { type TestDatabase, test_secret, testDatabase } from '#tests/kit/database.ts'
import type { Checkpoint } from './checkpoints.ts'
import { hashOf, record } from './record.ts'
import { sealKey, sealOf, sealWith } from './seal.ts'
import { signEnd, TrailBroken } from './sign-end.ts'
import { verifyTrail } from './verify.ts'

// Whoever has the database and the data folder, but not the secret, forges; the worker's checkpoints and the seals tell.
const key = sealKey(test_secret)
let database: TestDatabase
let db: Database
let owner: Database
let folder: string
let now: Date

before(async () => {
  database = await testDatabase()
  db = database.db
  owner = openProgram(database.owner, 1)
})
after(async () => {
  await owner.destroy()
  await database.close()
})
beforeEach(async () => {
  await tamper('truncate trail')
  folder = await mkdtemp(path.join(os.tmpdir(), 'noroshi-trail-'))
  now = new Date('2027-01-15T00:00:00Z')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const file = (of = folder) => path.join(of, 'trail', 'checkpoints.jsonl')
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}
const write = (details = {}) =>
  db
    .transaction()
    .execute((tx) => record(tx, { program: 'access' }, now, { action: 'sign-in.refused', about: '/sign-in', details }))
/** Lines of half an hour, of which the worker has signed every one. */
async function lived(lines = 10) {
  let known: Checkpoint | undefined
  for (let n = 1; n <= lines; n++) {
    await write({ count: n })
    known = await sign(known)
    later(3)
  }
  return known
}
const sign = (known?: Checkpoint) => signEnd({ db, folder, key }, now, known)
const verify = (more: { against?: string; bare_to?: bigint } = {}, keys = [key]) =>
  verifyTrail(db, { folder, keys, ...more })
const isSound = async (more = {}) => {
  const { faults, doubts } = await verify(more)
  assert.deepEqual([faults, doubts], [[], []])
}
const lines = async () => (await readFile(file(), 'utf8')).split('\n').slice(0, -1)
const keepFirst = async (count: number) => writeFile(file(), `${(await lines()).slice(0, count).join('\n')}\n`)

/** What only the owner of the tables can do: the triggers are taken off for one statement. */
async function tamper(...statements: string[]) {
  await owner.transaction().execute(async (tx) => {
    await sql`alter table trail disable trigger user`.execute(tx)
    for (const statement of statements) await sql.raw(statement).execute(tx)
    await sql`alter table trail enable trigger user`.execute(tx)
  })
}

/** Writes numbers and hashes anew, as someone would who knows how they are made; the seals are kept, taken off, or invented. */
async function writeAnew(seal: 'kept' | 'none' | 'invented') {
  const all = await db.selectFrom('trail').selectAll().orderBy('id').execute()
  const hex = (bytes: Buffer | null) => (bytes ? `'\\x${bytes.toString('hex')}'` : 'null')
  let previous_hash: Buffer = Buffer.alloc(32)
  for (const [index, line] of all.entries()) {
    const id = String(index + 1)
    const hash = hashOf({ ...line, id, previous_hash })
    const sealed = {
      kept: line.seal,
      none: null,
      invented: sealOf(sealKey('of somebody else, who does not know'), hash),
    }
    await tamper(
      `update trail set id = ${id}, previous_hash = ${hex(previous_hash)}, hash = ${hex(hash)}, seal = ${hex(sealed[seal])} where id = ${line.id}`,
    )
    previous_hash = hash
  }
}

test('a trail that was signed as it grew is whole, also with a copy of the file and long after', async () => {
  await lived()
  await copyFile(file(), path.join(folder, 'copy'))
  await write()
  await sign()
  later(60 * 24)
  await isSound()
  await isSound({ against: path.join(folder, 'copy') })
})

const forgeries: Record<string, () => Promise<unknown>> = {
  'a line edited, the chain written anew': async () => {
    await tamper(`update trail set who = 'nobody' where id = 2`)
    await writeAnew('kept')
  },
  'a line taken out, the rest numbered anew': async () => {
    await tamper('delete from trail where id = 2')
    await writeAnew('kept')
  },
  'the end cut off': () => tamper('delete from trail where id > 5'),
  'all lines removed': () => tamper('truncate trail'),
  'two lines that changed places': async () => {
    await tamper(
      'update trail set id = 99 where id = 2',
      'update trail set id = 2 where id = 3',
      'update trail set id = 3 where id = 99',
    )
    await writeAnew('kept')
  },
  'a line put in': async () => {
    await tamper(
      `update trail set id = id + 100 where id > 4`,
      `insert into trail select 50, at, person_id, 'nobody', institution_id, action, about, mode, details, previous_hash, decode(repeat('cd', 32), 'hex'), seal from trail where id = 4`,
    )
    await writeAnew('kept')
  },
  'the chain written anew without seals': async () => {
    await tamper(`update trail set who = 'nobody' where id = 2`)
    await writeAnew('none')
  },
}
const files: Record<string, () => Promise<unknown>> = {
  'with the checkpoints left': async () => {},
  'and the checkpoints removed': () => rm(file()),
  'and the checkpoints emptied': () => writeFile(file(), ''),
  'and the checkpoints cut': () => keepFirst(3),
}
test('a trail that another worker signs on is whole by its file, also where the first worker has ended', async () => {
  await lived()
  const other = await mkdtemp(path.join(os.tmpdir(), 'noroshi-trail-'))
  let known: Checkpoint | undefined
  for (let n = 1; n <= 3; n++) {
    later(3)
    await write({ n })
    known = await signEnd({ db, folder: other, key }, now, known)
  }
  await isSound({ against: file(other) })
  // The file of one that has ended looks like one that was shortened: what to do is said.
  assert.match((await verify()).faults.join(), /are not signed by a checkpoint.*another worker.*--against FILE$/)
  await rm(path.dirname(file()), { recursive: true })
  assert.match((await verify()).faults.join(), /there are no checkpoints.*--against FILE$/)
  const elsewhere = await verify({ against: file(other) })
  assert.deepEqual(elsewhere.faults, [])
  assert.match(elsewhere.doubts.join(), /no checkpoints of its own: only those of the copy were asked/)
  await rm(other, { recursive: true })
})

/** A line that stands on the pages and not in the order of numbers: the walk has to find it all the same. */
const putIn = (id: string) =>
  `insert into trail select ${id}, at, person_id, 'nobody', institution_id, action, about, mode, details, previous_hash, decode(repeat('cd', 32), 'hex'), seal from trail where id = 4`
const beside: Record<string, string[]> = {
  'before all numbers': [putIn('-9223372036854775808')],
  'without a number': [
    'alter table trail drop constraint trail_pkey',
    'alter table trail alter id drop not null',
    putIn('null'),
  ],
  'with the number of another, where a read ends': [
    'alter table trail drop constraint trail_pkey',
    'create index trail_pkey on trail (id)',
    putIn('1000'),
  ],
}
for (const [where, forge] of Object.entries(beside))
  test(`fault 21: a line put in ${where} is found`, async () => {
    await db.transaction().execute(async (tx) => {
      for (let n = 1; n <= 1005; n++)
        await record(tx, { program: 'access' }, now, {
          action: 'sign-in.refused',
          about: '/sign-in',
          details: { number: n },
        })
    })
    const known = await sign()
    await isSound()
    try {
      await tamper(...forge)
      assert.notDeepEqual((await verify()).faults, [])
      if (!/number of another/.test(where)) {
        await write()
        await assert.rejects(sign(known), TrailBroken)
      }
    } finally {
      await tamper(
        'truncate trail',
        'alter table trail drop constraint if exists trail_pkey',
        'drop index if exists trail_pkey',
      )
      await tamper('alter table trail add constraint trail_pkey primary key (id)')
    }
  })

for (const [what, forge] of Object.entries(forgeries))
  for (const [and, treat] of Object.entries(files))
    test(`fault 21: ${what}, ${and}: found without the secret being known to who did it`, async () => {
      await lived()
      await forge()
      await treat()
      const { faults, doubts } = await verify()
      // Of an emptied trail whose checkpoints are gone, too, nothing is left to say.
      if (what === 'all lines removed' && !/left|cut/.test(and)) assert.match(doubts.join(), /the trail has no line/)
      else assert.notDeepEqual(faults, [])
    })

for (const [what, forge] of Object.entries(forgeries))
  for (const [and, treat] of Object.entries(files))
    test(`fault 21: the running server never signs over it: ${what}, ${and}`, async () => {
      const known = await lived()
      await forge()
      await treat()
      await write()
      await assert.rejects(sign(known), TrailBroken)
    })

test('fault 21: a line sealed by another key behind ours is not believed, by the worker neither', async () => {
  const known = await lived()
  sealWith('the key of somebody else, who writes')
  await write().finally(() => sealWith(test_secret))
  await assert.rejects(sign(known), TrailBroken)
  await assert.rejects(sign(), TrailBroken)
  assert.deepEqual((await verify()).faults, [
    'line 11 was not written by the program: those before it are sealed otherwise',
  ])
})

test('fault 21: a chain of which every line has a key that nobody knows is not called whole', async () => {
  await lived()
  await tamper(`update trail set who = 'nobody' where id = 2`)
  await writeAnew('invented')
  await rm(file())
  const { faults, doubts } = await verify()
  assert.match(faults.join(), /there are no checkpoints/)
  assert.match(doubts.join(), /10 lines and 0 checkpoints are of another NOROSHI_SECRET/)
})

test('fault 21: rows and checkpoints cut off together show against a copy that was kept elsewhere', async () => {
  await lived()
  const copy = path.join(folder, 'copy')
  await copyFile(file(), copy)
  await tamper('delete from trail where id > 5')
  await keepFirst(5)
  await isSound()
  const { faults } = await verify({ against: copy })
  assert.ok(faults.includes('the trail was cut: a checkpoint names line 10, the last line is 5'), faults.join('\n'))
  assert.ok(faults.includes('the file of checkpoints was shortened: the copy goes to 10, this one to 5'))
  // The program has gone on since, over other lines.
  for (let n = 0; n < 6; n++) await write({ other: n })
  await sign()
  assert.match((await verify({ against: copy })).faults.join('\n'), /line 6 is not the one that its checkpoint names/)
})

test('fault 21: an older file put back shows by the lines that it does not sign', async () => {
  const known = await lived(5)
  const older = await readFile(file())
  await lived(5)
  await writeFile(file(), older)
  assert.match((await verify()).faults.join(), /lines 6 to 10 are not signed by a checkpoint/)
  assert.ok(known)
})

test('checkpoints taken out, put in and moved are found', async () => {
  await lived(4)
  const [first, second, third, fourth] = await lines()
  for (const [kept, fault] of [
    [[second, third, fourth], 'checkpoint 2 does not follow the one before it in its file'],
    [[first, third, fourth], 'checkpoint 3 does not follow the one before it in its file'],
    [[first, second, second, third, fourth], 'checkpoint 2 does not follow the one before it in its file'],
    [[first, third, second, fourth], 'checkpoint 3 does not follow the one before it in its file'],
    [
      [first, second?.replace('"number":2', '"number":7'), third, fourth],
      'checkpoint 2 is not signed with this NOROSHI_SECRET',
    ],
  ] as const) {
    await writeFile(file(), `${kept.join('\n')}\n`)
    assert.ok((await verify()).faults.includes(fault), fault)
  }
})

for (const garbage of ['', 'null', '[]', '{}', '{"number":1}', 'x'.repeat(10_000), '\0'])
  test(`a checkpoint that is ${JSON.stringify(garbage.slice(0, 20))} is named and stops nothing`, async () => {
    await lived(1)
    await appendFile(file(), `${garbage}\n`)
    assert.deepEqual((await verify()).faults, ['checkpoint 2 is not signed with this NOROSHI_SECRET'])
  })

test('a checkpoint that a power cut tore in two is no alarm, and the next one is whole', async () => {
  await lived(2)
  const whole = await readFile(file(), 'utf8')
  await appendFile(file(), whole.slice(0, 50))
  await isSound()
  await write()
  await sign()
  const { checkpoints } = await verify()
  assert.equal(checkpoints, 3)
  await isSound()
})

test('a file of which nothing but a torn beginning is left is found, and can be written to again by a new worker', async () => {
  await lived(2)
  await writeFile(file(), '{"number":1,"id":"1","ha')
  assert.match((await verify()).faults.join(), /there are no checkpoints/)
  await sign()
  await isSound()
})

test('a checkpoint is written for a new end, and every ten minutes without one, so that the file tells when it ends', async () => {
  await write()
  const first = await sign()
  later(9)
  assert.deepEqual(await sign(first), first)
  later(1)
  const second = await sign(first)
  assert.deepEqual([second?.number, second?.id], [2, '1'])
  assert.equal((await verify()).signed_at, now.toISOString())
})

test('of two processes of one folder each signs on where the other was, and the file is one series', async () => {
  await write()
  const one = await sign()
  await write()
  await sign()
  await write()
  const [a, b] = await Promise.all([sign(one), sign(one)])
  assert.ok([a?.number, b?.number].includes(3))
  await isSound()
})

test('before the first checkpoint it is not said that the trail is whole, nor that it is not', async () => {
  await write()
  const { faults, doubts } = await verify()
  assert.deepEqual([faults, doubts], [[], ['nothing was signed yet: a worker does so within ten seconds']])
})

test('a worker on a new folder signs from where it came, and nobody says that nothing was cut before', async () => {
  await lived()
  later(120)
  await rm(file())
  await sign()
  const { faults, doubts } = await verify()
  assert.deepEqual(faults, [])
  assert.match(doubts.join(), /the checkpoints of this folder begin at line 10/)
})

test('after a change of the secret the worker goes on, and what came before is judged by the secret of then', async () => {
  await lived(3)
  const after_change = sealKey('the secret of the next year, long enough')
  sealWith('the secret of the next year, long enough')
  await write().finally(() => sealWith(test_secret))
  await signEnd({ db, folder, key: after_change }, now)
  const alone = await verify({}, [after_change])
  assert.deepEqual(alone.faults, [])
  assert.match(alone.doubts.join(), /3 lines and 3 checkpoints are of another NOROSHI_SECRET/)
  const both = await verify({}, [after_change, key])
  assert.deepEqual([both.faults, both.doubts, both.checkpoints], [[], [], 4])
})

test('lines from before there were seals are whole by the word of who knows where they end', async () => {
  await lived(3)
  await tamper('update trail set seal = null where id < 3')
  assert.match((await verify()).faults.join(), /2 lines up to 2 carry no seal.*--bare-to 2/)
  await isSound({ bare_to: 2n })
  assert.match((await verify({ bare_to: 1n })).faults.join(), /carry no seal/)
})

test('a file of a program before there were numbers is put aside, and a new one begins', async () => {
  await lived(1)
  await writeFile(file(), `${JSON.stringify({ id: '1', hash: 'ab', at: 'x', signature: 'cd' })}\n`)
  await sign()
  await isSound()
  assert.match(await readFile(`${file()}.before`, 'utf8'), /"signature":"cd"/)
})

test('a copy that is not there is said, and not taken for one without faults', async () => {
  await lived(1)
  await assert.rejects(verify({ against: path.join(folder, 'nowhere') }), /There is no file/)
})
