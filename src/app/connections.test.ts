import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { answerTo, openTestFront, type TestFront } from '#tests/kit/front.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import type { ConnectionLimits } from './connections.ts'

let site: TestSite
let desk: string
before(async () => {
  site = await testSite()
  desk = (await site.as('secretariat')).cookie ?? ''
})
after(async () => {
  await site.close()
  assert.deepEqual(site.reported, [])
})

/** A front of so many connections, gone with all of them afterwards. */
async function within(connections: Partial<ConnectionLimits>, story: (front: TestFront) => Promise<void>) {
  const front = await openTestFront(site, { connections })
  try {
    await story(front)
  } finally {
    await front.close()
  }
}
const get = (front: TestFront, path: string, headers = {}) => {
  const sent = front.begin('GET', path, { connection: 'close', ...headers })
  sent.end()
  return answerTo(sent)
}
/** Connections that the server has taken, each after it has said this. */
async function open(front: TestFront, count: number, text = ''): Promise<Socket[]> {
  const sockets: Socket[] = []
  for (let one = 0; one < count; one++) {
    const taken = once(front.server, 'connection')
    const socket = front.connect().on('error', () => {})
    sockets.push(socket)
    await Promise.all([once(socket, 'connect'), taken])
    if (text) socket.write(text)
  }
  return sockets
}
const closed = (socket: Socket) => (socket.destroyed ? Promise.resolve() : once(socket.resume(), 'close'))

for (const [what, text] of [
  ['says nothing', ''],
  ['never ends its headers', 'GET /board HTTP/1.1\r\nhost: x\r\nx-slow: '],
  ['never ends its body', 'POST /sign-in HTTP/1.1\r\nhost: x\r\ncontent-length: 999\r\n\r\nemail='],
  ['has had its answer and stays', 'GET /livez HTTP/1.1\r\nhost: x\r\n\r\n'],
] as const)
  test(`who has waited longest makes way when all connections are taken: one that ${what}`, {
    timeout: 60_000,
  }, async () => {
    await within({ connections_max: 6 }, async (front) => {
      const held = await open(front, 6, text)
      if (text.includes('/livez')) await Promise.all(held.map((socket) => once(socket, 'data')))
      for (let more = 0; more < 3; more++) assert.equal((await get(front, '/livez')).code, 200)
      await closed(held[0]!)
      assert.equal((await get(front, '/')).code, 200)
      assert.equal((await get(front, '/home', { cookie: desk })).code, 200)
    })
  })

test('pages that wait for changes make way for nobody; others are told to come later, and the public page is still there', {
  timeout: 60_000,
}, async () => {
  await within({ connections_max: 4 }, async (front) => {
    const streams = []
    for (let one = 0; one < 4; one++) {
      const sent = front.begin('GET', '/live?topic=/home', { cookie: desk })
      sent.on('error', () => {})
      sent.end()
      const [answer] = await once(sent, 'response')
      assert.equal(answer.statusCode, 200)
      await once(answer, 'data')
      streams.push({ sent, answer })
    }
    for (const path of ['/livez', '/healthz', '/readyz', '/', '/status.json', '/en/'])
      assert.equal((await get(front, path)).code, 200, path)
    const refused = await get(front, '/home', { cookie: desk })
    assert.deepEqual([refused.code, refused.headers['retry-after'], refused.headers.connection], [503, '10', 'close'])
    assert.match(refused.text, /混み合っている[\s\S]*Too many at this moment/)
    assert.ok(streams.every(({ answer }) => !answer.destroyed))
    const gone = once(front.server, 'request')
    streams[0]?.sent.destroy()
    await Promise.all([gone, get(front, '/livez')])
  })
})

test('of requests that wait for their answer no more are taken than the limit, and the public page is answered beyond it', {
  timeout: 60_000,
}, async () => {
  await within({ in_hand_max: 0 }, async (front) => {
    const refused = await get(front, '/sign-in')
    assert.deepEqual([refused.code, refused.headers['retry-after']], [503, '10'])
    for (const path of ['/livez', '/', '/en/']) assert.equal((await get(front, path)).code, 200, path)
  })
  await within({ in_hand_max: 3 }, async (front) => {
    // Each is given back when it has been answered, or its reader has gone.
    for (let one = 0; one < 12; one++) assert.equal((await get(front, '/sign-in')).code, 200)
    for (let one = 0; one < 12; one++) {
      const [socket] = await open(front, 1, 'GET /sign-in HTTP/1.1\r\nhost: x\r\n\r\n')
      socket?.destroy()
      await closed(socket!)
    }
    for (let one = 0; one < 3; one++) assert.equal((await get(front, '/healthz')).code, 200)
    const again = async (): Promise<void> => ((await get(front, '/sign-in')).code === 200 ? undefined : again())
    await again()
  })
})
