import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, before, test } from 'node:test'
import pg from 'pg'
import type { Browser } from 'playwright-core'
import PostalMime, { type Email } from 'postal-mime'
import { openEmbedded } from '#ground/db/embedded.ts'
import { askForReports, fieldsOf, Visitor } from '#simulate/index.ts'
import { openBrowser } from '../kit/browser.ts'
import { type TestGateway, testGateway } from '../kit/gateway.ts'
import { type TestSmtp, testSmtp } from '../kit/mail.ts'
import { type TestPushService, testPushService } from '../kit/push-service.ts'
import { writeTo } from '../kit/replies.ts'
import { command, endAll, isAlive, newFolder, postmaster, removeFolder, run, until } from '../process/program.ts'

const password = 'noroshi-demo-2026'
const patience_ms = 90_000

let folder: string
let ends: (() => Promise<unknown>)[] = []
let browser: Browser
let gateway: TestGateway
let push: TestPushService
const servers: TestSmtp[] = []
before(async () => {
  folder = newFolder()
  browser = await openBrowser()
  gateway = await testGateway()
  push = await testPushService()
})
after(async () => {
  for (const end of ends.reverse()) await end()
  endAll()
  await browser.close()
  await gateway.close()
  await push.close()
  for (const server of servers) await server.close().catch(() => {})
  const pid = postmaster(folder)
  if (pid && isAlive(pid)) process.kill(pid, 'SIGINT')
  await until(() => !pid || !isAlive(pid))
  removeFolder(folder)
})

test('S0-14 S0-16 S0-21 S0-22 N-15 a night: the mail server dies, the primary is silent, the deputy answers by SMS, a scanner opens everything, a worker is killed; in the end every institution is accounted for', {
  timeout: 600_000,
}, async () => {
  const first = await testSmtp()
  const intake = await freePort()
  const { twilio } = gateway
  const settings = {
    NOROSHI_DATA: folder,
    // Known before: the links that either process writes lead here.
    PORT: String(await freePort()),
    SMTP_URL: first.url,
    SMS_GATEWAY: 'twilio',
    SMS_GATEWAY_URL: twilio.url,
    SMS_GATEWAY_ACCOUNT: twilio.account,
    SMS_GATEWAY_TOKEN: twilio.token,
    SMS_GATEWAY_FROM: twilio.from,
    PUSH_SERVICES: 'localhost',
  }
  const serving = run(['serve'], { ...settings, BOUNCE_PORT: String(intake) })
  const origin = await serving.up()
  const beside = run(['work'], settings)
  await beside.says('Noroshi works on')
  const database = await openEmbedded(folder)
  const client = new pg.Client({ connectionString: database.url('noroshi') })
  await client.connect()
  ends = [() => database.close(), () => client.end()]
  const one = async (text: string, values: unknown[] = []) => Number((await client.query(text, values)).rows[0]?.n)
  /** As if so many minutes had passed: what is due is due by the times that stand in the database. */
  const pass = (minutes: number) =>
    client.query(
      `update receipt set opened_at = opened_at - make_interval(mins => $1), next_step_at = next_step_at - make_interval(mins => $1)
       where closed_at is null`,
      [minutes],
    )
  const openReceipts = () => one('select count(*)::int as n from receipt where closed_at is null')

  // Everyone's first two contacts have a mobile; one of them lets a device be told, too.
  await client.query(`insert into contact_address (contact_id, institution_id, means, address, look, rank)
    select id, institution_id, 'mobile', number, number, 9 from (select id, institution_id,
      '+8170' || lpad((row_number() over (order by institution_id, rank, id))::text, 8, '0') as number
      from contact where removed_at is null and rank <= 2) as mobiles`)
  const contact = new Visitor(origin)
  await contact.signIn('bcp@sokyu.example', password)
  assert.ok(
    (await contact.post('/account/notifications', { ...push.subscribe(), device_name: '架空の端末' })).code < 400,
  )

  const desk = new Visitor(origin)
  await desk.signIn('desk@assoc.example', password)
  const approver = new Visitor(origin)
  await approver.signIn('approver@assoc.example', password)
  const opened = await desk.post('/situations', {
    ...fieldsOf((await desk.get('/command-centre/new')).text, '/situations'),
    ...{ mode: 'actual', hazard: 'earthquake', title_ja: '架空の地震', reason: '震度6強（架空）' },
    criterion: '00000000-0000-4000-8000-000000000001:1',
  })
  const situation_id = opened.location?.split('/').at(-1) ?? ''

  // The mail server dies just before everyone is asked. Within seconds the next channel takes over, and the desk sees why.
  await first.close()
  const round = await askForReports(desk, situation_id, { releaser: approver })
  const institutions = await openReceipts()
  assert.ok(institutions > 50)
  await until(() => gateway.requests.length >= institutions - 1, patience_ms)
  assert.equal(first.mails.length, 0)
  await until(() => push.pushed.length > 0, patience_ms)
  assert.deepEqual(push.wrong, [])
  await until(async () => /メールで送れません/.test((await desk.get('/home')).text), patience_ms)

  // Nobody answers; ten minutes later the deputies are written to. One of them answers by SMS, in full-width digits.
  const deputy = await recipient('bcp@soten.example', 2)
  const told = () => gateway.requests.filter(({ to }) => to === deputy.mobile)
  assert.equal(told().length, 0)
  await pass(10)
  await until(() => told().length > 0, patience_ms)
  const [, code = ''] = /「1 ([0-9A-H]{5})」/.exec(told()[0]?.text ?? '') ?? []
  assert.equal(code, deputy.reply_code)
  await sms('+817099999999', `1 ${code}`)
  await sms(deputy.mobile, `１　${code}`)
  await until(() => isAnswered(deputy.institution_id, 'sms'), patience_ms)
  assert.equal(await openReceipts(), institutions - 1, 'their receipt only, and not for a stranger’s number')
  await until(() => told().length > 1, patience_ms)

  // The mail server is back: what waited goes out to who has not answered, while one of the workers is killed.
  const second = await testSmtp({ port: Number(new URL(first.url).port) })
  servers.push(second)
  await until(() => second.mails.length > 5, patience_ms)
  beside.kill('SIGKILL')
  await beside.ended
  await until(
    async () =>
      (await one(
        `select count(*)::int as n from delivery where channel = 'mail' and state in ('waiting', 'sending')`,
      )) === 0,
    patience_ms,
  )
  const { rows: sent } = await client.query<{ message_id: string; claims: number; state: string }>(
    `select message_id, claims, state from delivery where channel = 'mail' and state <> 'stopped'`,
  )
  const ids = (await read(second)).map(({ messageId }) => messageId)
  for (const { message_id, claims, state } of sent) {
    assert.equal(state, 'sent')
    const copies = ids.filter((id) => id === message_id).length
    assert.ok(copies === 1 || (copies === 2 && claims > 1), `${copies} copies of ${message_id} in ${claims} claims`)
  }

  // A scanner opens every link of every mail.
  const answers = () => one('select count(*)::int as n from answer')
  const before = [await answers(), await openReceipts()]
  const links = new Set((await read(second)).flatMap(({ text = '' }) => text.match(/http:\/\/\S+/g) ?? []))
  assert.ok(links.size > institutions / 2)
  for (const link of links)
    for (const method of ['HEAD', 'GET']) await (await fetch(link, { method, redirect: 'manual' })).body?.cancel()
  assert.deepEqual([await answers(), await openReceipts()], before)

  // A primary wakes up and presses the one big button, on a phone without JavaScript.
  const page = await (
    await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
  ).newPage()
  const sokyu = await recipient('bcp@sokyu.example', 1)
  const [link = ''] = /http:\/\/\S+\/a\/\S+/.exec((await mailTo('bcp@sokyu.example')).text ?? '') ?? []
  await page.goto(link)
  await page.getByRole('button', { name: 'すべて正常と報告する' }).click()
  await page.getByText('受け付けました').first().waitFor()
  assert.ok(await isAnswered(sokyu.institution_id, 'link'))

  // Another answers the mail itself; somebody else's answer to the same address is not taken for theirs.
  const { rows } = await client.query<{ address: string; institution_id: string }>(
    `select distinct on (institution_id) address, institution_id from delivery join receipt using (institution_id)
     where channel = 'mail' and purpose = 'notice' and delivery.state = 'sent' and receipt.closed_at is null order by institution_id`,
  )
  const [by_mail] = rows
  assert.ok(by_mail)
  const asked = await mailTo(by_mail.address)
  const reply_to = asked.replyTo?.[0]?.address ?? ''
  await writeTo(intake, { from: 'somebody@elsewhere.example', to: reply_to, text: '1' })
  const refused = await one(`select count(*)::int as n from answer where institution_id = '${by_mail.institution_id}'`)
  assert.equal(refused, 0)
  await writeTo(intake, { from: by_mail.address, to: reply_to, text: `1\n\n> ${asked.text?.split('\n')[0]}` })
  await until(() => isAnswered(by_mail.institution_id, 'mail'), patience_ms)

  // Who is still silent is called, one after the other, until nobody is missing.
  await pass(30)
  await until(
    async () =>
      (await one('select count(*)::int as n from receipt where closed_at is null and call_since is null')) === 0,
    patience_ms,
  )
  assert.match((await desk.get('/calls')).text, /tel:\+81/)
  const { rows: silent } = await client.query<{ id: string }>('select id from receipt where closed_at is null')
  for (const { id } of silent) {
    const form = fieldsOf((await desk.get(`/calls/${id}`)).text, `/calls/${id}/answer`)
    assert.equal((await desk.post(`/calls/${id}/answer`, { ...form, as: 'normal' })).code, 303)
  }
  assert.equal(await openReceipts(), 0)
  await until(
    async () => (await one('select count(*)::int as n from round where closed_at is not null')) === 1,
    patience_ms,
  )
  const reported = await one('select count(distinct institution_id)::int as n from report where situation_id = $1', [
    situation_id,
  ])
  assert.equal(reported, institutions)
  assert.match((await desk.get(round)).text, new RegExp(`${institutions}機関のうち${institutions}機関が回答`))

  for (const end of ends.splice(0).reverse()) await end()
  assert.equal(await serving.stop(), 0)
  assert.match((await command(['verify-trail'], { NOROSHI_DATA: folder })).said, /The trail is whole\./)

  /** The nth contact of the institution in which this person signs in, as stamped. */
  async function recipient(mail: string, rank: number) {
    const found = await client.query<{ institution_id: string; reply_code: string; mobile: string }>(
      `select recipient.institution_id, reply_code, jsonb_path_query_first(addresses, '$[*] ? (@.means == "mobile").address') #>> '{}' as mobile
       from recipient join person on person.institution_id = recipient.institution_id where email = $1 and rank = $2`,
      [mail, rank],
    )
    assert.ok(found.rows[0])
    return found.rows[0]
  }
  async function isAnswered(institution_id: string, via: string) {
    const found = await client.query(
      'select 1 from answer join receipt on receipt.id = receipt_id where answer.institution_id = $1 and via = $2 and is_first and closed_at is not null',
      [institution_id, via],
    )
    return found.rows.length > 0
  }
  async function sms(from: string, text: string) {
    const { url, headers, body } = gateway.passOn(twilio, { url: `${origin}/gateway/sms`, from, text, at: new Date() })
    assert.equal((await fetch(url, { method: 'POST', headers, body: Buffer.from(body) })).status, 200)
  }
  async function mailTo(address: string): Promise<Email> {
    const raw = second.mails.find(({ to }) => to[0] === address)?.raw
    assert.ok(raw, `no mail to ${address}`)
    return PostalMime.parse(raw)
  }
})

const read = (server: TestSmtp) => server.read()

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
