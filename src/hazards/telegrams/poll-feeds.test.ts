import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { takeIn } from '#hazards/proposals/index.ts'
import { type House, openHouse } from '#tests/kit/house.ts'
import { ownTelegram } from '#tests/telegrams/read.ts'
import { pollFeeds } from './poll-feeds.ts'

type Serve = (request: IncomingMessage, answer: ServerResponse) => void

let house: House
let origin: string
let feed: string
let asked: string[]
/** What the agency answers, by path; what is not here it does not have. */
let files: Record<string, Serve>
const agency = createServer((request, answer) => {
  const path = request.url ?? ''
  asked.push(path)
  const serve = files[path]
  if (serve) serve(request, answer)
  else answer.writeHead(404).end()
})

before(async () => {
  await new Promise<void>((resolve) => agency.listen(0, '127.0.0.1', () => resolve()))
  origin = `http://127.0.0.1:${(agency.address() as AddressInfo).port}`
  feed = `${origin}/developer/xml/feed/eqvol.xml`
})
after(() => {
  agency.closeAllConnections()
  agency.close()
})
beforeEach(async () => {
  house = await openHouse()
  house.tools.config.feeds.push(feed)
  asked = []
  files = {}
})
// Closed in each test's own turn, so that the next one begins on a fresh database.
const story = (title: string, run: () => Promise<void>) =>
  test(title, async () => {
    try {
      await run()
    } finally {
      await house.close()
    }
  })

const at = (name: string) => `/developer/xml/data/${name}.xml`
const first = '20061016011410_0_VXSE51_010000'
const second = '20061016011945_0_VXSE53_010000'
const body =
  (content: string | Uint8Array, headers: Record<string, string> = {}): Serve =>
  (_request, answer) =>
    void answer.writeHead(200, headers).end(content)
const own = (name: string) => body(ownTelegram(name))
const entry = (href: string, updated = '2006-10-16T01:14:10Z') =>
  `<entry><title>震度速報</title><id>${href}</id><updated>${updated}</updated><author><name>気象庁</name></author><link type="application/xml" href="${href}"/><content type="text">【架空】</content></entry>`
const atom = (...entries: string[]) =>
  `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ja"><title>高頻度（地震火山）</title><updated>2006-10-16T10:15:00+09:00</updated>${entries.join('')}</feed>`
const offer = (...names: string[]) => {
  files['/developer/xml/feed/eqvol.xml'] = body(atom(...names.map((name) => entry(`${origin}${at(name)}`))))
}

const poll = (timeout_ms?: number) =>
  pollFeeds(house.tools, (source, bytes) => takeIn(house.tools, { program: 'hazards' }, source, bytes), timeout_ms)
const state = () => house.db.selectFrom('feed').selectAll().where('url', '=', feed).executeTakeFirstOrThrow()
const telegrams = async () =>
  (await house.db.selectFrom('telegram').select('code').orderBy('control_at').execute()).map(({ code }) => code)
const rejected = () => house.db.selectFrom('rejected_telegram').selectAll().execute()
const count = (path: string) => asked.filter((each) => each === path).length
const home = async () => (await house.as(house.desk).get('/home')).text

story('a telegram that a feed names is taken in once, over two polls, and becomes a proposal', async () => {
  offer(second, first)
  files[at(first)] = own('vxse51-tokyo.xml')
  files[at(second)] = own('vxse53-tokyo.xml')
  await poll()
  house.pass(1)
  await poll()
  assert.deepEqual(await telegrams(), ['VXSE51', 'VXSE53'])
  assert.deepEqual([count(at(first)), count(at(second))], [1, 1])
  assert.match(await home(), /地震 最大震度6弱/)
  const { succeeded_at, problem } = await state()
  assert.deepEqual([succeeded_at, problem], [house.now(), null])
})

story('two pollers at once ask for nothing twice', async () => {
  offer(first)
  files[at(first)] = own('vxse51-tokyo.xml')
  await Promise.all([poll(), poll()])
  assert.deepEqual([count('/developer/xml/feed/eqvol.xml'), count(at(first))], [1, 1])
})

story('an unchanged feed is not sent again, and counts as a success', async () => {
  const stamp = 'Mon, 16 Oct 2006 01:14:30 GMT'
  files[at(first)] = own('vxse51-tokyo.xml')
  files['/developer/xml/feed/eqvol.xml'] = (request, answer) =>
    request.headers['if-modified-since'] === stamp
      ? void answer.writeHead(304).end()
      : body(atom(entry(`${origin}${at(first)}`)), { 'last-modified': stamp })(request, answer)
  await poll()
  assert.equal((await state()).last_modified, stamp)
  house.pass(1)
  let sent = 0
  const inner = files['/developer/xml/feed/eqvol.xml']
  files['/developer/xml/feed/eqvol.xml'] = (request, answer) => {
    answer.on('finish', () => (sent = answer.statusCode))
    inner(request, answer)
  }
  await poll()
  assert.equal(sent, 304)
  const { last_modified, succeeded_at, problem } = await state()
  assert.deepEqual([last_modified, succeeded_at, problem], [stamp, house.now(), null])
})

story('a feed that is down is noted with its reason, the last success stays, and it recovers', async () => {
  offer()
  await poll()
  const worked_at = house.now()
  house.pass(1)
  files['/developer/xml/feed/eqvol.xml'] = (_request, answer) => void answer.writeHead(503).end()
  await poll()
  const down = await state()
  assert.deepEqual([down.succeeded_at, down.tried_at], [worked_at, house.now()])
  assert.match(down.problem ?? '', /503/)
  assert.match(await home(), /受信できていません.*最後の成功.*10:15.*503/)

  files['/developer/xml/feed/eqvol.xml'] = (_request, answer) => void answer.destroy()
  await poll()
  assert.match((await state()).problem ?? '', /fetch failed/)

  offer(first)
  files[at(first)] = own('vxse51-tokyo.xml')
  await poll()
  assert.deepEqual([(await state()).problem, await telegrams()], [null, ['VXSE51']])
})

story('a feed that has not been heard for minutes does not look well, even if nobody noted a problem', async () => {
  offer()
  await poll()
  assert.match(await home(), /受信できています/)
  house.pass(30)
  const later = await home()
  assert.match(later, /受信できていません/)
  assert.doesNotMatch(later, /受信できています/)
})

story('what is no longer polled is no longer shown', async () => {
  offer()
  await poll()
  house.tools.config.feeds.splice(0, 1, `${origin}/developer/xml/feed/extra.xml`)
  const text = await home()
  assert.doesNotMatch(text, /eqvol\.xml/)
  assert.match(text, /まだ一度も受信していません/)
})

story('a telegram that is not there is not asked for again; one whose server fails is', async () => {
  offer(second, first)
  files[at(second)] = (_request, answer) => void answer.writeHead(500).end()
  await poll()
  assert.match((await state()).problem ?? '', /404.*500|500.*404/s)
  files[at(second)] = own('vxse53-tokyo.xml')
  await poll()
  await poll()
  assert.deepEqual([count(at(first)), count(at(second))], [1, 2])
  assert.deepEqual(await telegrams(), ['VXSE53'])
})

story('an entry on another host and one that redirects are not followed', async () => {
  files['/developer/xml/feed/eqvol.xml'] = body(
    atom(
      entry(`${origin}${at(first)}`),
      entry(`http://localhost:${new URL(origin).port}${at(second)}`),
      entry('file:///etc/20061016011945_0_VXSE53_010000.xml'),
      entry('//20061016011945_0_VXSE53_010000.xml'),
    ),
  )
  files[at(first)] = (_request, answer) => void answer.writeHead(302, { location: `${origin}/elsewhere` }).end()
  files['/elsewhere'] = own('vxse51-tokyo.xml')
  await poll()
  assert.deepEqual(asked, ['/developer/xml/feed/eqvol.xml', at(first)])
  assert.deepEqual(await telegrams(), [])
  assert.match((await state()).problem ?? '', /redirect/)
})

for (const { what, content, reason } of [
  { what: 'with a DTD', content: '<!DOCTYPE feed [<!ENTITY a "b">]><feed>&a;</feed>', reason: /DTD/ },
  { what: 'that is not XML', content: 'Service unavailable', reason: /XML|Atom/ },
  { what: 'that breaks off', content: atom(entry(`${'x'}`)).slice(0, 200), reason: /XML/ },
  { what: 'that is another document', content: '<html><body/></html>', reason: /Atom/ },
  { what: 'that is empty', content: '', reason: /XML|Atom/ },
])
  story(`a feed ${what} is noted and stops nothing`, async () => {
    files['/developer/xml/feed/eqvol.xml'] = body(content)
    await poll()
    const { problem, succeeded_at } = await state()
    assert.match(problem ?? '', reason)
    assert.equal(succeeded_at, null)
  })

story('broken telegrams are kept and named on the home page, and never stop the others', async () => {
  const names = ['not-xml', 'doctype', 'namespace', 'no-event-id', 'truncated'].map(
    (name, index) => [`2006101601141${index}_0_VXSE51_010000`, `broken-${name}.xml`] as const,
  )
  offer(second, ...names.map(([name]) => name))
  for (const [name, file] of names) files[at(name)] = own(file)
  files[at(second)] = own('vxse53-tokyo.xml')
  await poll()
  assert.deepEqual(await telegrams(), ['VXSE53'])
  assert.equal((await rejected()).length, names.length)
  const refused = await house.db.selectFrom('trail').where('action', '=', 'telegram.rejected').selectAll().execute()
  assert.equal(refused.length, names.length)
  for (const { about, who, details } of refused)
    assert.deepEqual([about, who, typeof details.reason], ['/telegrams', 'hazards', 'string'])
  const text = await home()
  for (const [name] of names) assert.ok(text.includes(name), name)
  assert.match((await house.as(house.desk, 'en').get('/home')).text, /cannot|not|missing|wrong/i)
  const english = await house.as(house.desk, 'en').get('/telegrams')
  assert.doesNotMatch(english.text.replace(/^.*could not be read/, ''), /[ぁ-ん]/)
  await poll()
  for (const [name] of names) assert.equal(count(at(name)), 1)
})

story('a telegram of more than 2 MB is kept as far as it goes and named, and not asked for again', async () => {
  offer(second, first)
  files[at(first)] = body(new Uint8Array(3 * 1024 * 1024).fill(60))
  files[at(second)] = own('vxse53-tokyo.xml')
  await poll()
  await poll()
  assert.equal(count(at(first)), 1)
  assert.deepEqual(await telegrams(), ['VXSE53'])
  const [kept, ...more] = await rejected()
  assert.equal(more.length, 0)
  assert.ok(kept && kept.content.length <= 2 * 1024 * 1024 + 1)
  assert.match(await home(), new RegExp(first))
})

story('a server that does not finish its answer is left, and asked again', async () => {
  offer(second, first)
  files[at(first)] = (_request, answer) => void answer.writeHead(200).write('<?xml version="1.0"?><Report>')
  files[at(second)] = own('vxse53-tokyo.xml')
  await poll(300)
  assert.match((await state()).problem ?? '', /timeout/i)
  assert.deepEqual(await telegrams(), ['VXSE53'])
  files[at(first)] = own('vxse51-tokyo.xml')
  await poll()
  assert.deepEqual(await telegrams(), ['VXSE51', 'VXSE53'])
})

story('only fresh entries of kinds that the portal reads are fetched', async () => {
  files['/developer/xml/feed/eqvol.xml'] = body(
    atom(
      entry(`${origin}${at('20061016011410_0_VXSE42_010000')}`),
      entry(`${origin}${at('20061016011410_0_VXSE43_010000')}`),
      entry(`${origin}${at('20061016011410_0_VFVO53_010000')}`),
      entry(`${origin}${at('20061014011410_0_VXSE51_010000')}`, '2006-10-14T01:14:10Z'),
      entry(`${origin}${at('20061016011410_0_VXSE52_270000')}`),
    ),
  )
  files[at('20061016011410_0_VXSE52_270000')] = own('vxse52-tokyo.xml')
  await poll()
  assert.deepEqual(asked.slice(1), [at('20061016011410_0_VXSE52_270000')])
})
