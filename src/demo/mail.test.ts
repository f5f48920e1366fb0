import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { Hono } from 'hono'
import { openTransport } from '#ground/mail/transport.ts'
import { NotFound } from '#ground/rights/may.ts'
import type { AppEnv, Tools } from '#ground/tools/tools.ts'
import { demoMailRoutes } from './mail-routes.tsx'
import { type DemoMail, demoMailFolder, mails_max, startDemoMail } from './mail-server.ts'

let data = ''
let server: DemoMail
before(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'noroshi-mail-'))
})
after(() => rm(data, { recursive: true }))
beforeEach(() => rm(demoMailFolder(data), { recursive: true, force: true }))

const origin = 'http://localhost:3000'
const config = { data, mode: 'demo', mail_from: 'noroshi@market.example' }
const get = (at: string) => {
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('tools', { config: { ...config, data }, origin, clock: () => new Date() } as unknown as Tools)
    c.set('language', 'ja')
    c.set('reader', null)
    c.set('open', [])
    await next()
  })
  app.route('/', demoMailRoutes)
  app.onError((error, c) => (error instanceof NotFound ? c.text('not found', 404) : c.text(String(error), 500)))
  return app.request(at)
}

async function send(addresses: string[], text = '報告してください', html = '<p style="color:red">報告</p>') {
  let seconds = 0
  server = await startDemoMail(data, () => new Date(Date.UTC(2027, 0, 15, 0, 0, seconds++)))
  const transport = openTransport({ smtp_url: server.smtp_url, mail_from: 'noroshi@market.example' })
  for (const address of addresses) {
    const outcome = await transport.send({
      message_id: `<${crypto.randomUUID()}@market.example>`,
      mode: 'exercise',
      date: new Date(),
      to: { name: '架空 花子', address },
      subject: `【訓練】状況報告の依頼 <${address}>`,
      text,
      html,
    })
    assert.equal(outcome.kind, 'sent', outcome.answer)
  }
  transport.close()
  await server.close()
}

const nameOf = (page: string) => /href="\/demo\/mail\/([^"]+\.eml)"/.exec(page)?.[1] ?? ''

test('before the first mail the page says what to do', async () => {
  const page = await (await get('/demo/mail')).text()
  assert.match(page, /メールはまだありません/)
  assert.match(page, /全機関に状況報告を依頼する/)
})

test('the demo takes real mails and shows the newest first, also of one address only', async () => {
  await send(['one@firm.example', 'two@firm.example', 'one@firm.example'])
  const page = await (await get('/demo/mail')).text()
  assert.match(page, /3通/)
  assert.ok(page.indexOf('two@firm.example') > page.indexOf('one@firm.example'))
  assert.match(page, /【訓練】状況報告の依頼 &lt;two@firm\.example&gt;/)
  const filtered = await (await get('/demo/mail?to=ONE%40firm.example')).text()
  assert.match(filtered, /2通/)
  assert.doesNotMatch(filtered, /two@firm\.example/)
  assert.match(await (await get('/demo/mail?page=77&to=nobody%40x.example')).text(), /この宛先へのメールはありません/)
})

test('a mail shows its headers and text; only links of this portal can be pressed', async () => {
  const ours = `${origin}/situations/x/report`
  await send(
    ['one@firm.example'],
    `報告\n${ours}\nhttps://evil.example/x\nhttp://localhost:3000.evil.example/\n<script>alert(1)</script>`,
  )
  const name = nameOf(await (await get('/demo/mail')).text())
  const page = await (await get(`/demo/mail/${name}`)).text()
  assert.match(page, /<dt[^>]*>区分<\/dt><dd[^>]*>訓練<\/dd>/)
  assert.match(page, /auto-generated/)
  assert.match(page, /@market\.example/)
  assert.deepEqual(
    [...page.matchAll(/<a href="(https?:[^"]*)"/g)].map(([, href]) => href),
    [ours],
  )
  assert.match(page, /&lt;script&gt;alert/)
  assert.match(page, new RegExp(`<iframe sandbox="" src="/demo/mail/${name}/html"`))
})

test('S0-30 the HTML part is served under a policy of its own that runs and loads nothing', async () => {
  await send(['one@firm.example'], 'x', '<p>報告</p><script>alert(1)</script><img src="https://evil.example/x.png">')
  const name = nameOf(await (await get('/demo/mail')).text())
  const answer = await get(`/demo/mail/${name}/html`)
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/)
  assert.equal(
    answer.headers.get('content-security-policy'),
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
  )
  assert.match(await answer.text(), /報告/)
})

for (const name of [
  '..%2F..%2Fsecret',
  '%2Fetc%2Fpasswd',
  'x.eml',
  '20270115T000000000-000001-0123abcd.eml%2F..%2F..%2Fsecret',
  '20270115T000000000-000001-0123abcd.eml',
])
  test(`S0-30 ${decodeURIComponent(name)} opens nothing`, async () => {
    await writeFile(path.join(data, 'secret'), 'the secret')
    await mkdir(demoMailFolder(data), { recursive: true })
    await writeFile(path.join(demoMailFolder(data), 'x.eml'), 'the secret')
    for (const at of [`/demo/mail/${name}`, `/demo/mail/${name}/html`]) {
      const answer = await get(at)
      assert.equal(answer.status, 404)
      assert.doesNotMatch(await answer.text(), /the secret/)
    }
  })

test('S0-31 only the newest mails are kept, over a restart too, and half-written ones are cleared away', async () => {
  await mkdir(demoMailFolder(data), { recursive: true })
  const old = (index: number) => `20260101T000000000-${String(index).padStart(6, '0')}-00000000.eml`
  for (let index = 0; index < mails_max; index++)
    await writeFile(path.join(demoMailFolder(data), old(index)), 'Subject: old\r\n\r\n')
  await writeFile(path.join(demoMailFolder(data), `${old(1)}.part`), 'Subj')
  await send(['one@firm.example', 'two@firm.example'])
  const files = await readdir(demoMailFolder(data))
  assert.equal(files.length, mails_max)
  assert.ok(!files.includes(old(0)) && !files.includes(old(1)) && files.includes(old(2)))
  assert.equal(files.filter((name) => name.startsWith('2027')).length, 2)
})
