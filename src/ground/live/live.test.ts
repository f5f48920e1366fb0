import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { after, before, test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import { sql } from 'kysely'
import { openProgram } from '#ground/db/database.ts'
import { record } from '#ground/trail/record.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { type Heard, openHub } from './hub.ts'
import { streams_of_one_max } from './routes.ts'

let site: TestSite
let server: Server
let cookie: string
let port: number
/** Paths that somebody waits for, as the hub knows them. */
let waiting: Map<string, Heard>

before(async () => {
  site = await testSite()
  cookie = (await site.as('secretariat')).cookie ?? ''
  server = createServer(getRequestListener(site.app.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  waiting = new Map()
  const { subscribe } = site.hub
  site.hub.subscribe = (path, heard) => {
    const end = subscribe(path, heard)
    waiting.set(path, heard)
    return () => {
      waiting.delete(path)
      end()
    }
  }
})
after(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await site.close()
})

/** An open event stream: what it says, one event after the other. */
async function listen(topics: string[]) {
  const query = topics.map((topic) => `topic=${encodeURIComponent(topic)}`).join('&')
  const sent = request({ host: '127.0.0.1', port, path: `/live?${query}`, headers: { cookie } }).end()
  const [answer] = await once(sent, 'response')
  assert.equal(answer.statusCode, 200)
  assert.match(answer.headers['content-type'], /^text\/event-stream/)
  answer.setEncoding('utf8')
  const events = (async function* () {
    let text = ''
    for await (const chunk of answer) {
      text += chunk
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        yield text.slice(0, end)
        text = text.slice(end + 2)
      }
    }
  })()
  const next = async () => (await events.next()).value as string
  assert.match(await next(), /event: ready/)
  return { next, close: () => sent.destroy() }
}
const line = (about: string) =>
  site.db
    .transaction()
    .execute((tx) => record(tx, { program: 'rounds' }, new Date(), { action: 'delivery.sent', about }))
const until = async (holds: () => boolean | Promise<boolean>, patience_ms = 60_000) => {
  for (const began = Date.now(); !(await holds()); await new Promise(setImmediate))
    assert.ok(Date.now() - began < patience_ms, 'never came')
}

test('who is not signed in hears nothing', { timeout: 60_000 }, async () => {
  assert.equal((await site.nobody.get('/live?topic=/home')).status, 303)
})

for (const [query, code] of Object.entries({
  'topic=/home': 200,
  'topic=/situations/4f3c1f0a-7b1e-4c1a-9a35-2f1f4d1f8a11': 200,
  'topic=/institutions/4f3c1f0a-7b1e-4c1a-9a35-2f1f4d1f8a11/contacts': 200,
  'topic=/contacts/tests/4f3c1f0a-7b1e-4c1a-9a35-2f1f4d1f8a11': 200,
  [[...'abcdefghijklmnop'].map((letter) => `topic=/${letter}`).join('&')]: 200,
  [[...'abcdefghijklmnopq'].map((letter) => `topic=/${letter}`).join('&')]: 400,
  '': 400,
  'topic=': 400,
  'topic=*': 400,
  'topic=home': 400,
  'topic=/home%0aevent:%20x': 400,
  'topic=/Home': 400,
  'topic=/situations/1': 400,
  'topic=//evil.example': 400,
}))
  test(`/live?${query} is answered ${code}`, async () => {
    const desk = site.client(cookie)
    const answer = await desk.get(`/live?${query}`)
    assert.equal(answer.status, code)
    await answer.body?.cancel()
    assert.equal(waiting.size, 0)
  })

test('a page hears of a change once it is committed, and of nothing else', {
  timeout: 60_000,
}, async () => {
  const page = await listen(['/rounds/4f3c1f0a-7b1e-4c1a-9a35-2f1f4d1f8a11', '/situations'])
  const about = '/situations/0a3c1f0a-7b1e-4c1a-9a35-2f1f4d1f8a11'
  await line('/reports/4f3c1f0a-7b1e-4c1a-9a35-2f1f4d1f8a11')
  await line(about)
  // The list tells what its own things do.
  assert.equal(await page.next(), 'id: 1\nevent: changed\ndata: /situations')
  page.close()
  await until(() => waiting.size === 0)
})

test('what was rolled back is not heard', { timeout: 60_000 }, async () => {
  const page = await listen(['/home', '/board'])
  await assert.rejects(
    site.db.transaction().execute(async (tx) => {
      await record(tx, { program: 'rounds' }, new Date(), { action: 'delivery.sent', about: '/home' })
      throw new Error('no')
    }),
  )
  await line('/board')
  assert.match(await page.next(), /data: \/board$/)
  page.close()
})

test('S0-30 a page that a reader may not open is not heard of', { timeout: 60_000 }, async () => {
  const contact = await site.as('bcp_contact')
  const { institution_id } = await site.accountOf('bcp_contact')
  const filed = await contact.post('/report', { all_normal: 'yes', idempotency_key: crypto.randomUUID() })
  const report = filed.headers.get('location') ?? ''
  const elsewhere = await site.as('council_member')
  const { institution_id: another } = await site.accountOf('council_member')
  const heard = async (client: typeof contact, topics: string[]) => {
    const answer = await client.get(`/live?${topics.map((topic) => `topic=${topic}`).join('&')}`)
    assert.equal(answer.status, 200)
    const names = [...waiting.keys()].sort()
    await answer.body?.cancel()
    return names
  }
  assert.deepEqual(await heard(contact, [report, `/institutions/${institution_id}`]), [
    `/institutions/${institution_id}`,
    report,
  ])
  assert.deepEqual(await heard(elsewhere, [report, `/institutions/${institution_id}`, '/reports', '/nothing']), [])
  assert.deepEqual(await heard(elsewhere, [`/institutions/${another}`]), [`/institutions/${another}`])
  assert.deepEqual(await heard(contact, ['/proposals', '/telegrams', '/situations', '/people', '/trail']), [
    '/situations',
  ])
  assert.deepEqual(await heard(site.client(cookie), [report, '/proposals', '/telegrams', '/reports']), [
    '/proposals',
    '/reports',
    report,
    '/telegrams',
  ])
})

test('who is refused makes no page look again', { timeout: 60_000 }, async () => {
  const page = await listen(['/situations', '/criteria'])
  const contact = await site.as('bcp_contact')
  assert.equal((await contact.post('/situations')).status, 403)
  await line('/criteria')
  assert.match(await page.next(), /data: \/criteria$/)
  page.close()
  await until(() => waiting.size === 0)
})

test('after the connection to the database was lost everyone is told to look again, and changes are heard again', {
  timeout: 60_000,
}, async () => {
  const page = await listen(['/home'])
  const owner = openProgram(site.database.owner, 1)
  try {
    const ended = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'noroshi-listen' and datname = current_database()`.execute(owner)
    assert.equal(ended.rows.length, 1)
    await until(() => !site.hub.listening())
    assert.equal(await page.next(), 'id: 1\nevent: changed\ndata: /home')
    assert.equal(site.hub.listening(), true)
    await line('/home')
    assert.equal(await page.next(), 'id: 2\nevent: changed\ndata: /home')
  } finally {
    await owner.destroy()
    page.close()
  }
  await until(() => waiting.size === 0)
})

test('HEAD opens no stream that would stay open', { timeout: 60_000 }, async () => {
  const answer = await site.client(cookie).head('/live?topic=/home')
  assert.equal(answer.status, 200)
  assert.equal(waiting.size, 0)
})

test('fault 14: a tab that has stopped reading is dropped, and its connection is closed', {
  timeout: 60_000,
}, async () => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(`GET /live?topic=/criteria HTTP/1.1\r\nhost: localhost\r\ncookie: ${cookie}\r\n\r\n`)
  await until(() => waiting.has('/criteria'))
  socket.pause()
  const connections = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)))
  const open = await connections()
  // More than the kernel's buffers and ours hold.
  await until(() => {
    for (let n = 0; n < 1000; n++) waiting.get('/criteria')?.('/criteria')
    return !waiting.has('/criteria')
  })
  await until(async () => (await connections()) < open)
  socket.destroy()
})

test('a database that comes up later is heard, and closing before that does not wait for it', {
  timeout: 60_000,
}, async () => {
  const hub = openHub({ url: 'postgres://nobody@127.0.0.1:9/none' })
  assert.equal(hub.listening(), false)
  await hub.close()
})

test('one person has no more open pages than the limit, and another has theirs', { timeout: 60_000 }, async () => {
  const ask = (of: string) => site.app.request('/live?topic=/home', { headers: { cookie: of } })
  const other = (await site.as('auditor')).cookie ?? ''
  const streams: Response[] = []
  for (let one = 0; one < streams_of_one_max; one++) streams.push(await ask(other))
  assert.ok(streams.every(({ status }) => status === 200))
  const refused = await ask(other)
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '60'])
  const own = await ask(cookie)
  assert.equal(own.status, 200)
  await streams.pop()?.body?.cancel()
  const again = await ask(other)
  assert.equal(again.status, 200)
  for (const { body } of [...streams, own, again]) await body?.cancel()
})
