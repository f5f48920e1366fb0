import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { createPublicServer } from './memory.ts'
import { nextSnapshot } from './next-snapshot.ts'
import { minutesLater, origin, published, told, told_at } from './sample.ts'
import { emptySnapshot, modes } from './snapshot.ts'

let folder = ''
let now = told_at
const clock = () => now
/** As a program starts: what its folder holds is all that it knows. */
const start = () => createPublicServer({ folder, origin, clock })
type Server = Awaited<ReturnType<typeof start>>
/** One that was told what is published, were it nothing. */
async function open(): Promise<Server> {
  const server = await start()
  for (const mode of modes) if (!server.isKnown(mode)) await server.set(emptySnapshot(mode))
  return server
}
const text = (server: Server, place: string) => server.serve(place)?.body?.toString() ?? ''

beforeEach(async () => {
  now = told_at
  folder = await mkdtemp(path.join(tmpdir(), 'noroshi-public-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('S0-11 a publication shows on every path at once, and after a restart', async () => {
  const server = await open()
  assert.match(text(server, '/'), /現在、公表中の事案はありません/)
  const publishing = server.set(published(1))
  // Not awaited: what is asked for in the same moment already shows it.
  for (const place of ['/', '/en/', '/feed.atom', '/en/feed.atom', '/cap/', '/status.json'])
    assert.match(text(server, place), /首都直下地震|Earthquake under/, place)
  assert.match(text(server, '/cap/noroshi-actual-20261121-1.xml'), /<msgType>Alert/)
  assert.equal(await publishing, true)

  const again = await open()
  assert.deepEqual(again.current('actual'), published(1))
  assert.match(text(again, '/'), /首都直下地震/)
  assert.match(await readFile(path.join(folder, 'index.html'), 'utf8'), /首都直下地震/)
})

test('who was never told what is published cannot say it, writes nothing, and says it once it is told', async () => {
  const server = await start()
  for (const place of ['/', '/en/', '/feed.atom', '/cap/', '/status.json', '/exercise/']) {
    const { status, headers, body } = server.serve(place) ?? {}
    assert.deepEqual([status, headers?.['cache-control'], headers?.['retry-after']], [503, 'no-store', '10'], place)
    assert.match(String(body), /公表中の事案があるかないかは、ここではわかりません/)
    assert.match(String(body), /Whether there is a situation is not known here/)
    assert.equal(server.serve(place, 'HEAD')?.body, null)
  }
  await server.tick(minutesLater(1), false)
  await server.tick(minutesLater(2), true)
  assert.deepEqual(await readdir(folder), [])

  // Another process of the same folder hears it first.
  await (await start()).set(published(1))
  await server.tick(minutesLater(3), false)
  assert.match(text(server, '/'), /首都直下地震/)
  assert.equal(server.serve('/exercise/')?.status, 503)
  await server.set(emptySnapshot('exercise'))
  assert.equal(server.serve('/exercise/')?.status, 200)
})

test('S0-28 an exercise changes nothing outside its own paths', async () => {
  const server = await open()
  const before = ['/', '/en/', '/feed.atom', '/cap/', '/status.json'].map((place) => text(server, place))
  await server.set(published(2, 'exercise'))
  assert.deepEqual(
    ['/', '/en/', '/feed.atom', '/cap/', '/status.json'].map((place) => text(server, place)),
    before,
  )
  assert.match(text(server, '/exercise/'), /首都直下地震/)
  assert.equal(server.serve('/exercise/')?.headers['x-robots-tag'], 'noindex, nofollow')
  assert.equal(server.serve('/')?.headers['x-robots-tag'], undefined)
  assert.equal(server.serve('/cap/noroshi-exercise-20261121-1.xml'), null)
})

test('of two publications that arrive in the wrong order the later one stays', async () => {
  const server = await open()
  assert.equal(await server.set(published(2)), true)
  assert.equal(await server.set(published(1)), false)
  assert.equal(server.current('actual').number, 2)
})

test('of two publications the one made after the other stays, though the clock was set back an hour between them', async () => {
  const server = await open()
  const first = published(1)
  const second = nextSnapshot(first, told({ text_ja: '売買を再開しました。' }), {
    number: 2,
    published_at: minutesLater(-60),
    origin,
    is_correction: false,
  })
  await server.set(first)
  assert.equal(await server.set(second), true)
  assert.equal(await server.set(first), false)
  assert.match(text(server, '/'), /売買を再開しました/)
  const again = await open()
  assert.equal(again.current('actual').number, 2)
  assert.equal(await again.set(first), false)
})

test('a market that starts anew with an empty database counts from 1 again, and is shown', async () => {
  const server = await open()
  await server.set(published(3))
  const anew = nextSnapshot(emptySnapshot('actual'), told({ id: '00000000-0000-4000-8000-00000000000a' }), {
    number: 1,
    published_at: minutesLater(600),
    origin,
    is_correction: false,
  })
  assert.equal(await server.set(anew), true)
  assert.equal(await server.set(published(3)), false)
})

test('N-4 freshness holds with no database: an expiry shows in the second in which it is crossed', async () => {
  const server = await open()
  now = new Date('2026-11-21T02:19:59.900Z')
  await server.set(published(1))
  assert.match(text(server, '/'), /停止/)
  const etag = server.serve('/')?.headers.etag
  await server.tick(new Date('2026-11-21T02:19:59.990Z'), true)
  assert.equal(server.serve('/')?.headers.etag, etag, 'nothing has changed yet')
  await server.tick(new Date('2026-11-21T02:20:00.000Z'), true)
  assert.match(text(server, '/'), /不明（/)
  assert.equal(JSON.parse(text(server, '/status.json')).open[0].functions[0].condition, 'unknown')
  assert.match(await readFile(path.join(folder, 'index.html'), 'utf8'), /不明（/)
})

test('N-4 the page grows older by the minute, and says since when nothing behind it answers', async () => {
  const server = await open()
  await server.set(published(1))
  await server.tick(minutesLater(3), true)
  assert.match(text(server, '/'), />3分前</)
  await server.tick(minutesLater(3.1), false)
  assert.match(text(server, '/'), />10:33 JST<\/time>から応答していません/)
  await server.tick(minutesLater(20), false)
  assert.match(text(server, '/'), />10:33 JST<\/time>から応答していません/)
  await server.tick(minutesLater(20.1), true)
  assert.doesNotMatch(text(server, '/'), /応答していません/)
})

test('what another process publishes into the folder is taken over', async () => {
  const [here, there] = [await open(), await open()]
  await there.set(published(1))
  assert.equal(here.current('actual').number, 0)
  await here.tick(told_at, true)
  assert.equal(here.current('actual').number, 1)
  assert.match(text(here, '/cap/noroshi-actual-20261121-1.xml'), /<msgType>Alert/)
})

test('a damaged snapshot is said, not fatal, and the next publication heals it', async () => {
  await writeFile(path.join(folder, 'snapshot.json'), '{"mode":')
  const server = await start()
  assert.match(server.problems().join(), /damaged/)
  assert.deepEqual([server.serve('/')?.status, server.isKnown('actual')], [503, false])
  await server.set(published(1))
  assert.match(text(server, '/'), /首都直下地震/)
  assert.deepEqual(server.problems(), [])
  assert.deepEqual((await open()).problems(), [])
})

test('S0-31 when the folder cannot be written the picture is shown all the same, and the problem is said', async () => {
  const server = await open()
  await rm(folder, { recursive: true })
  await writeFile(folder, 'a file where the folder was')
  await assert.rejects(server.set(published(1)))
  assert.match(text(server, '/'), /首都直下地震/)
  await server.tick(minutesLater(2), true)
  assert.match(server.problems().join(), /could not be written/)

  await rm(folder)
  await server.tick(minutesLater(2), true)
  assert.deepEqual(server.problems(), [])
  assert.deepEqual((await open()).current('actual'), published(1), 'a restart shows it')
})

for (const [what, happen] of [
  ['emptied', () => rm(folder, { recursive: true })],
  ['damaged', () => writeFile(path.join(folder, 'snapshot.json'), '{"mode":')],
  ['put back to an older state', () => writeFile(path.join(folder, 'snapshot.json'), JSON.stringify(published(1)))],
] as const)
  test(`a folder that was ${what} while the program runs is made whole again`, async () => {
    const server = await open()
    await server.set(published(2))
    await server.tick(minutesLater(31), true)
    await happen()
    await server.tick(minutesLater(31), true)
    assert.deepEqual((await open()).current('actual'), published(2))
    const [message] = published(2).messages
    assert.match(await readFile(path.join(folder, 'cap', `${message?.identifier}.xml`), 'utf8'), /<msgType>Update/)
    assert.deepEqual(server.problems(), [])
  })

for (const { accepts, encoding } of [
  { accepts: 'gzip, deflate, br, zstd', encoding: 'br' },
  { accepts: 'gzip, deflate', encoding: 'gzip' },
  { accepts: 'br;q=0, gzip;q=0.5', encoding: 'gzip' },
  { accepts: 'gzip;q=1.0, br;q=0.2', encoding: 'gzip' },
  { accepts: '*', encoding: 'br' },
  { accepts: 'identity', encoding: undefined },
  { accepts: 'identity;q=1, gzip;q=0.5', encoding: undefined },
  { accepts: 'zstd', encoding: undefined },
  { accepts: undefined, encoding: undefined },
])
  test(`who accepts "${accepts}" is answered in ${encoding ?? 'no encoding'}`, async () => {
    const server = await open()
    const found = server.serve('/', 'GET', { 'accept-encoding': accepts })!
    assert.equal(found.headers['content-encoding'], encoding)
    assert.equal(found.headers['content-length'], String(found.body!.length))
    const plain = { br: brotliDecompressSync, gzip: gunzipSync }[encoding ?? ''] ?? ((body: Buffer) => body)
    assert.equal(plain(found.body!).toString(), text(server, '/'))
  })

test('a page is never served from an old cache: it is always asked again, and a 304 answers when nothing changed', async () => {
  const server = await open()
  const { headers } = server.serve('/', 'GET', { 'accept-encoding': 'br' })!
  assert.match(headers['cache-control']!, /no-cache, max-age=0, must-revalidate/)
  assert.equal(headers.vary, 'accept-encoding')
  for (const [tags, accepts, status] of [
    [headers.etag, 'br', 304],
    [`"other", W/${headers.etag}`, 'br', 304],
    ['*', 'br', 304],
    [headers.etag, 'gzip', 200],
    ['"other"', 'br', 200],
  ] as const) {
    const found = server.serve('/', 'GET', { 'accept-encoding': accepts, 'if-none-match': tags })!
    assert.deepEqual([found.status, found.body === null], [status, status === 304], `${tags} ${accepts}`)
  }
  await server.set(published(1))
  assert.equal(server.serve('/', 'GET', { 'accept-encoding': 'br', 'if-none-match': headers.etag })?.status, 200)
})

test('every answer forbids what the page does not need; HSTS goes only with https', async () => {
  const secure = (await open()).serve('/')!.headers
  assert.match(
    secure['content-security-policy']!,
    /^default-src 'none'; style-src 'self'; script-src 'self'; .*frame-ancestors 'none'/,
  )
  assert.equal(secure['x-content-type-options'], 'nosniff')
  assert.match(secure['strict-transport-security']!, /max-age=\d{8}/)
  const plain = await createPublicServer({ folder, origin: 'http://localhost:3000', clock })
  assert.equal(plain.serve('/')!.headers['strict-transport-security'], undefined)
})

test('over a socket: GET, HEAD, a query, a missing slash, another method, a foreign path', async () => {
  const server = await open()
  const listening = http.createServer((request, response) => {
    if (!server.handle(request, response)) response.writeHead(404).end('not public')
  })
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const at = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
  try {
    const page = await fetch(`${at}/?from=mail`)
    assert.deepEqual([page.status, page.headers.get('content-type')], [200, 'text/html; charset=utf-8'])
    assert.equal(await page.text(), text(server, '/'))
    const head = await fetch(`${at}/en/`, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
    assert.equal(head.headers.get('content-length'), String(server.serve('/en/')!.body!.length))
    assert.equal(await head.text(), '')
    const moved = await fetch(`${at}/exercise/en`, { redirect: 'manual' })
    assert.deepEqual([moved.status, moved.headers.get('location')], [308, '/exercise/en/'])
    assert.equal((await fetch(`${at}/`, { method: 'POST' })).status, 405)
    for (const place of ['/home', '/snapshot.json', '/cap/nothing.xml', '/../package.json', '/__proto__'])
      assert.equal((await fetch(at + place)).status, 404, place)
    const css = text(server, '/').match(/href="(\/assets\/[^"]+)"/)![1]!
    assert.match((await fetch(at + css)).headers.get('cache-control')!, /immutable/)
  } finally {
    listening.close()
    listening.closeAllConnections()
  }
})

test('S0-40 the first load of the page, with its style sheet, is at most 14 KB over the line', async () => {
  const server = await open()
  await server.set(published(2))
  const size = (place: string) => server.serve(place, 'GET', { 'accept-encoding': 'br' })!.body!.length
  const css = text(server, '/').match(/href="(\/assets\/[^"]+)"/)![1]!
  assert.ok(size('/') + size(css) <= 14 * 1024, `${size('/')} + ${size(css)} bytes`)
})
