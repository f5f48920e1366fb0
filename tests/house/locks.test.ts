import assert from 'node:assert/strict'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { lock, lockShared } from '#ground/db/lock.ts'
import { pollFeeds } from '#hazards/telegrams/index.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { files, holding, program } from './imports.ts'

const home = 'src/ground/db/lock.ts'
const source = files.get(home) ?? ''
const found = (pattern: RegExp, text: string) => [...text.matchAll(pattern)].map(([, name = '']) => name)
/** The names that stand in lock.ts, of transactions and of processes. */
const names = found(/^ {2}\| '([\w-]+)'$/gm, source)
const processNames = found(/^ {2}'?([\w-]+)'?: \d+,$/gm, source)

test('only lock.ts asks the database for a lock of its own making', () => {
  assert.deepEqual(holding(/pg_(try_)?advisory/), [home])
})

test('no lock stands twice in the list, under its name or its number', () => {
  assert.ok(names.length > 10 && processNames.length > 3)
  assert.deepEqual([...new Set(names)], names)
  const numbers = found(/^ {2}'?[\w-]+'?: (\d+),$/gm, source)
  assert.deepEqual([...new Set(numbers)], numbers)
})

test('each lock is taken in one file, so that nobody waits for what has nothing to do with them', () => {
  const callers = program.filter(([file]) => file !== home)
  const taken = /\b(?:lock|lockShared|locking)\((?:tx, )?'([\w-]+)'/g
  const held = /\b(?:withProcessLock|ifNoOther|(?:take|share|unshare|try)ProcessLock)\(\w+, '([\w-]+)'/g
  for (const [pattern, list] of [
    [taken, names],
    [held, processNames],
  ] as const) {
    const filesOf = Map.groupBy(
      callers.flatMap(([file, text]) => [...new Set(found(pattern, text))].map((name) => ({ name, file }))),
      ({ name }) => name,
    )
    assert.deepEqual([...filesOf.keys()].sort(), [...list].sort())
    for (const [name, places] of filesOf) assert.equal(places.length, 1, `${name}: ${places.map(({ file }) => file)}`)
  }
})

let site: TestSite
let asked: PromiseWithResolvers<ServerResponse>
/** An agency that takes every question and says nothing until it is told. */
const agency = createServer((_request, answer) => asked.resolve(answer))

before(async () => {
  await new Promise<void>((resolve) => agency.listen(0, '127.0.0.1', () => resolve()))
  const feed = `http://127.0.0.1:${(agency.address() as AddressInfo).port}/feed/eqvol.xml`
  site = await testSite({ config: { feeds: [feed] } })
})
after(async () => {
  agency.closeAllConnections()
  agency.close()
  await site.close()
})

test('an entry is confirmed while the feed of the agency hangs', async () => {
  asked = Promise.withResolvers()
  const polled = pollFeeds(site.tools, async () => {})
  const answer = await asked.promise

  const admin = await site.as('institution_administrator')
  const mark = /name="mark" value="([^"]*)"/.exec(await (await admin.get('/contacts')).text())?.[1] ?? ''
  assert.equal((await admin.post('/contacts/confirmation', { mark })).status, 303)
  assert.equal((await site.trail()).at(-1)?.action, 'contact.entry-confirmed')

  answer.writeHead(503).end()
  await polled
  const { problem } = await site.db.selectFrom('feed').select('problem').executeTakeFirstOrThrow()
  assert.match(problem ?? '', /503/)
})

test('a lock is held for one thing until the transaction ends; other things and other locks do not wait', async () => {
  const { db } = site
  const done: string[] = []
  const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const first = db.transaction().execute(async (tx) => {
    await lock(tx, 'template', 'a')
    await lock(tx, 'directory')
    held.resolve()
    await release.promise
    done.push('first')
  })
  await held.promise
  const next = db.transaction().execute(async (tx) => {
    await lock(tx, 'template', 'a')
    done.push('next')
  })
  const shared = db.transaction().execute(async (tx) => {
    await lockShared(tx, 'directory')
    done.push('shared')
  })
  await db.transaction().execute(async (tx) => {
    await lock(tx, 'template', 'b')
    await lock(tx, 'ladder', 'a')
    await lock(tx, 'roles')
    done.push('others')
  })
  release.resolve()
  await Promise.all([first, next, shared])
  assert.deepEqual(done.slice(0, 2), ['others', 'first'])
  assert.deepEqual(done.slice(2).sort(), ['next', 'shared'])
})

test('changes that share a lock do not wait for each other', async () => {
  await site.db.transaction().execute(async (one) => {
    await lockShared(one, 'directory')
    await site.db.transaction().execute((other) => lockShared(other, 'directory'))
  })
})
