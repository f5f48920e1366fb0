import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Mode } from '#db/tables.ts'
import { type TestDatabase, testDatabase } from '#db/test-database.ts'
import { attempts_max, connections_max, type MailTransport, openTransport, takeovers_max } from '#mail/index.ts'
import { refusal, type TestSmtp, testSmtp } from '#mail/testing.ts'
import { trailLines } from '#trail/index.ts'
import { askRound } from './ask-round.ts'
import { deliverDue, usualWorker } from './deliver.ts'
import { openTestSituation, testForm, testMarket, testTools } from './testing.ts'

let store: TestDatabase
let market: Awaited<ReturnType<typeof testMarket>>
let clock: ReturnType<typeof testTools>
const open: { close(): unknown }[] = []

before(async () => {
  store = await testDatabase()
  market = await testMarket(store.db, 2)
})
after(() => store.close())
beforeEach(() => {
  clock = testTools(store.db)
})
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close()
  await store.db.updateTable('delivery').set({ state: 'failed' }).where('state', 'in', ['waiting', 'sending']).execute()
})

const smtp = async (behaviour?: Parameters<typeof testSmtp>[0]): Promise<TestSmtp> => {
  const server = await testSmtp(behaviour)
  open.push(server)
  return server
}
const transportTo = (url: string): MailTransport => {
  const transport = openTransport({ smtp_url: url, mail_from: 'noroshi@market.example' })
  open.push(transport)
  return transport
}

async function ask(mode: Mode, title?: string) {
  const { id: situation_id } = await openTestSituation(store.db, market.desk, mode, title)
  const asked = await askRound(clock.tools, market.desk, testForm(situation_id))
  if ('failed' in asked) throw new Error(asked.failed)
  return { situation_id, round_id: asked.id }
}

const rowsOf = (round_id: string) =>
  store.db.selectFrom('delivery').selectAll().where('round_id', '=', round_id).orderBy('address').execute()
const close = (situation_id: string) =>
  store.db
    .updateTable('situation')
    .set({ closed_at: clock.tools.clock(), closing_reason: 'over' })
    .where('id', '=', situation_id)
    .execute()

test('S0-21 each contact gets exactly one mail, in Japanese, with the link in both parts', async () => {
  const server = await smtp()
  const { situation_id, round_id } = await ask('exercise', '首都直下地震\r\nBcc: evil@example.com')
  const batch = await deliverDue(clock.tools, transportTo(server.url))
  assert.deepEqual(batch, { claimed: 6, sent: 6, waiting: 0, perhaps: 0, failed: 0, server_problem: null })
  await deliverDue(clock.tools, transportTo(server.url))

  const rows = await rowsOf(round_id)
  assert.deepEqual(
    server.mails.flatMap(({ to }) => to).sort(),
    rows.map(({ address }) => address),
  )
  for (const mail of await server.read()) {
    const row = rows.find(({ address }) => address === mail.to?.[0]?.address)
    const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value
    assert.equal(mail.messageId, row?.message_id)
    assert.equal(
      mail.subject,
      '【訓練】状況報告のお願い（1月15日（金） 10:00 JSTまで）首都直下地震 Bcc: evil@example.com',
    )
    assert.equal(mail.from?.address, 'noroshi@market.example')
    assert.equal(header('bcc'), undefined)
    assert.equal(header('auto-submitted'), 'auto-generated')
    assert.equal(header('x-noroshi-mode'), 'exercise')
    assert.equal(new Date(mail.date ?? 0).getTime(), clock.tools.clock().getTime())
    const link = `https://bcp.market.example/situations/${situation_id}/report`
    assert.ok(mail.text?.includes(link) && mail.html?.includes(link))
    assert.ok(mail.text?.includes('様') && mail.text?.includes('被害と業務の状況を報告してください。'))
  }
  for (const row of rows) assert.deepEqual([row.state, row.attempts, row.answer], ['sent', 1, '250 taken'])
  const lines = await trailLines(store.db, { about: `/situations/${situation_id}`, limit: 10 })
  assert.deepEqual(
    lines.map(({ action, details }) => [action, details.sent]),
    [
      ['delivery.sent', 6],
      ['round.asked', undefined],
    ],
  )
})

test('S0-28 only an exercise is marked 訓練, and a real one carries no such word', async () => {
  const server = await smtp()
  await ask('actual')
  await deliverDue(clock.tools, transportTo(server.url))
  for (const mail of await server.read()) {
    assert.ok(mail.subject?.startsWith('【緊急】'))
    assert.doesNotMatch(`${mail.subject}${mail.text}${mail.html}`, /訓練|試験|EXERCISE/)
  }
  assert.equal(server.mails.length, 6)
})

test('S0-21 a server that says 451 is asked again after 5 s, 30 s, 2 min, with the same Message-ID', async () => {
  let refusals = 3
  const seen: string[] = []
  const server = await smtp({
    rcpt: (address) => {
      if (address !== 'firm-0.1@firm.example') return
      seen.push(address)
      if (refusals-- > 0) throw refusal(451, 'greylisted, come back')
    },
  })
  const transport = transportTo(server.url)
  const { round_id } = await ask('actual')
  const theRow = async () => (await rowsOf(round_id)).find(({ address }) => address === 'firm-0.1@firm.example')

  assert.deepEqual(pick(await deliverDue(clock.tools, transport)), { sent: 5, waiting: 1 })
  assert.match((await theRow())?.answer ?? '', /451 greylisted, come back/)
  const message_id = (await theRow())?.message_id
  for (const [seconds, sent] of [
    [4, 0],
    [1, 0],
    [29, 0],
    [1, 0],
    [119, 0],
    [1, 1],
  ] as const) {
    clock.pass(seconds)
    assert.equal((await deliverDue(clock.tools, transport)).sent, sent)
  }
  const row = await theRow()
  assert.deepEqual([row?.state, row?.attempts, row?.message_id], ['sent', 4, message_id])
  assert.equal(seen.length, 4)
  const arrived = (await server.read()).filter(({ to }) => to?.[0]?.address === 'firm-0.1@firm.example')
  assert.deepEqual(
    arrived.map(({ messageId }) => messageId),
    [message_id],
  )
})

test('S0-21 a server that puts off everyone for two hours loses no mail; after a day of that a mail is given up', async () => {
  let isLate = false
  const server = await smtp({
    rcpt: () => {
      if (!isLate) throw refusal(451, 'lookup failed, come back')
    },
  })
  const transport = transportTo(server.url)
  const { round_id } = await ask('actual')
  for (let minutes = 0; minutes < 120; minutes += 10) {
    assert.equal((await deliverDue(clock.tools, transport)).failed, 0)
    clock.pass(600)
  }
  const [given_up] = await rowsOf(round_id)
  await store.db
    .updateTable('delivery')
    .set({ attempts: attempts_max - 1 })
    .where('id', '=', given_up?.id ?? '')
    .execute()
  assert.equal((await deliverDue(clock.tools, transport)).failed, 1)
  clock.pass(600)
  isLate = true
  assert.equal((await deliverDue(clock.tools, transport)).sent, 5)
  const [row] = await rowsOf(round_id)
  assert.deepEqual([row?.state, row?.attempts], ['failed', attempts_max])
})

test('S0-21 what a server refuses with 550 is not tried again, and the trail names the institution', async () => {
  const server = await smtp({
    rcpt: (address) => {
      if (address === 'firm-1.2@firm.example') throw refusal(550, 'no such mailbox')
    },
  })
  const transport = transportTo(server.url)
  const { situation_id, round_id } = await ask('actual')
  assert.deepEqual(pick(await deliverDue(clock.tools, transport)), { sent: 5, failed: 1 })
  clock.pass(3600)
  assert.equal((await deliverDue(clock.tools, transport)).claimed, 0)
  const row = (await rowsOf(round_id)).find(({ address }) => address === 'firm-1.2@firm.example')
  assert.deepEqual([row?.state, row?.attempts], ['failed', 1])
  assert.match(row?.answer ?? '', /550 no such mailbox/)
  const [line] = await trailLines(store.db, { about: `/situations/${situation_id}`, limit: 1 })
  assert.equal(line?.action, 'delivery.failed')
  assert.deepEqual(line?.details, { round_id, failed: 1, perhaps: 0, institution_ids: [row?.institution_id] })
})

test('S0-21 a mail whose connection was lost after its last byte perhaps arrived, and is not sent again', async () => {
  const server = await smtp({ data: (mail) => (mail.includes('firm-0.2@firm.example') ? 'drop' : undefined) })
  const transport = transportTo(server.url)
  const { round_id } = await ask('actual')
  assert.deepEqual(pick(await deliverDue(clock.tools, transport)), { sent: 5, perhaps: 1 })
  clock.pass(3600)
  assert.equal((await deliverDue(clock.tools, transport)).claimed, 0)
  const row = (await rowsOf(round_id)).find(({ address }) => address === 'firm-0.2@firm.example')
  assert.deepEqual([row?.state, row?.attempts], ['perhaps', 1])
  assert.equal(server.mails.filter(({ to }) => to[0] === 'firm-0.2@firm.example').length, 1)
})

test('S0-21 while the mail server is down, for hours even, no attempt is used up, and everything goes out once it is back', async () => {
  const down = await testSmtp()
  const transport = transportTo(down.url)
  await down.close()
  const { round_id } = await ask('actual')
  for (let seconds = 0; seconds < 2 * 3600; seconds += 60) {
    const batch = await deliverDue(clock.tools, transport)
    assert.deepEqual([batch.claimed, batch.failed], [6, 0])
    assert.match(batch.server_problem ?? '', /ECONNREFUSED/)
    clock.pass(60)
  }
  for (const { state, attempts, answer } of await rowsOf(round_id)) {
    assert.deepEqual([state, attempts], ['waiting', 0])
    assert.match(answer ?? '', /ECONNREFUSED/, 'each says why it waits')
  }

  const server = await smtp({ port: Number(new URL(down.url).port) })
  assert.equal((await deliverDue(clock.tools, transport)).sent, 6)
  assert.equal(server.mails.length, 6)
  assert.ok((await rowsOf(round_id)).every(({ state, attempts }) => state === 'sent' && attempts === 1))
})

for (const [what, code] of [
  ['is full', 452],
  ['wants another sender', 550],
] as const)
  test(`S0-21 a server that ${what} takes no mail away: they go out once it takes our address`, async () => {
    let isWell = false
    const server = await smtp({
      from: () => {
        if (!isWell) throw refusal(code, what)
      },
    })
    const transport = transportTo(server.url)
    const { round_id } = await ask('actual')
    for (let minutes = 0; minutes < 20; minutes++) {
      const batch = await deliverDue(clock.tools, transport)
      assert.deepEqual([batch.failed, batch.sent], [0, 0])
      assert.match(batch.server_problem ?? '', new RegExp(`${code}.*${what}`))
      clock.pass(60)
    }
    isWell = true
    assert.equal((await deliverDue(clock.tools, transport)).sent, 6)
    assert.ok((await rowsOf(round_id)).every(({ state, attempts }) => state === 'sent' && attempts === 1))
  })

test('S0-21 one mail that breaks every connection does not hold the others up', async () => {
  const server = await smtp({ rcpt: (address) => (address === 'firm-0.1@firm.example' ? 'drop' : undefined) })
  const transport = transportTo(server.url)
  const { round_id } = await ask('actual')
  for (let minutes = 0; minutes < 10; minutes++) {
    await deliverDue(clock.tools, transport)
    clock.pass(7)
  }
  const rows = await rowsOf(round_id)
  assert.deepEqual(
    rows.filter(({ state }) => state !== 'sent').map(({ address }) => address),
    ['firm-0.1@firm.example'],
  )
})

test('S0-21 an address that would mean several, or a header, is refused without asking the server', async () => {
  const server = await smtp()
  const { round_id } = await ask('actual')
  const evil = ['a@b.example, c@d.example', 'a@b.example\r\nBcc: x@example.com', '<a@b.example> SIZE=1', 'nobody']
  const rows = await rowsOf(round_id)
  for (const [index, address] of evil.entries())
    await store.db
      .updateTable('delivery')
      .set({ address })
      .where('id', '=', rows[index]?.id ?? '')
      .execute()
  assert.deepEqual(pick(await deliverDue(clock.tools, transportTo(server.url))), { sent: 2, failed: 4 })
  assert.equal(server.mails.length, 2)
})

test('S0-21 a worker that claimed and died is taken over when its lease has run out, under the same Message-ID', async () => {
  const server = await smtp()
  const transport = transportTo(server.url)
  const { round_id } = await ask('actual')
  const claimed_until = new Date(clock.tools.clock().getTime() + 10_000)
  await store.db
    .updateTable('delivery')
    .set({ state: 'sending', attempts: 1, claimed_until })
    .where('round_id', '=', round_id)
    .execute()

  assert.equal((await deliverDue(clock.tools, transport)).claimed, 0, 'the lease still holds')
  clock.pass(11)
  assert.equal((await deliverDue(clock.tools, transport)).sent, 6)
  const rows = await rowsOf(round_id)
  assert.ok(rows.every(({ state, attempts }) => state === 'sent' && attempts === 2))
  assert.deepEqual(
    (await server.read()).map(({ messageId }) => messageId).sort(),
    rows.map((row) => row.message_id).sort(),
  )
})

test('S0-21 a worker that died once more after many attempts leaves the delivery as perhaps', async () => {
  const server = await smtp()
  const { round_id } = await ask('actual')
  const claimed_until = new Date(clock.tools.clock().getTime() - 1)
  await store.db
    .updateTable('delivery')
    .set({ state: 'sending', attempts: takeovers_max, claimed_until })
    .where('round_id', '=', round_id)
    .execute()
  assert.equal((await deliverDue(clock.tools, transportTo(server.url))).claimed, 0)
  assert.ok((await rowsOf(round_id)).every(({ state }) => state === 'perhaps'))
  assert.equal(server.mails.length, 0)
})

test('S0-21 the lease is renewed while a slow server takes its time', async () => {
  const held = Promise.withResolvers<undefined>()
  const arrived = Promise.withResolvers<undefined>()
  const server = await smtp({
    data: () => {
      arrived.resolve(undefined)
      return held.promise
    },
  })
  const { round_id } = await ask('actual')
  const slow = deliverDue(clock.tools, transportTo(server.url), { ...usualWorker, renew_ms: 5 })
  await arrived.promise
  clock.pass(8)
  const until = async () => (await rowsOf(round_id)).map((row) => row.claimed_until?.getTime() ?? 0)
  const renewed = clock.tools.clock().getTime() + 10_000
  while (!(await until()).every((time) => time === renewed)) await setImmediate()

  clock.pass(8)
  // Longer ago than one lease: without renewal these would be free.
  assert.equal((await deliverDue(clock.tools, transportTo(server.url))).claimed, 0)
  held.resolve(undefined)
  assert.equal((await slow).sent, 6)
  assert.equal(server.mails.length, 6)
})

test('S0-21 a worker that was paused past its lease sends nothing that another may have taken over', async () => {
  const held = Promise.withResolvers<undefined>()
  const server = await smtp({ data: () => held.promise })
  const { round_id } = await ask('actual')
  const paused = deliverDue(clock.tools, transportTo(server.url), { ...usualWorker, renew_ms: 3_600_000 })
  while (server.mails.length < connections_max) await setImmediate()
  clock.pass(11)
  held.resolve(undefined)
  assert.equal((await paused).sent, connections_max)
  assert.equal(server.mails.length, connections_max)
  assert.equal((await deliverDue(clock.tools, transportTo(server.url))).sent, 1)
  assert.deepEqual((await rowsOf(round_id)).map(({ attempts }) => attempts).sort(), [1, 1, 1, 1, 1, 2])
})

test('S0-21 a delivery that another worker took over meanwhile is not written to', async () => {
  const held = Promise.withResolvers<undefined>()
  const arrived = Promise.withResolvers<undefined>()
  const server = await smtp({
    data: (mail) => {
      if (!mail.includes('firm-0.1@firm.example')) return undefined
      arrived.resolve(undefined)
      return held.promise
    },
  })
  const { round_id } = await ask('actual')
  const first = deliverDue(clock.tools, transportTo(server.url))
  await arrived.promise
  const one = () =>
    store.db
      .selectFrom('delivery')
      .selectAll()
      .where('round_id', '=', round_id)
      .where('address', '=', 'firm-0.1@firm.example')
      .executeTakeFirstOrThrow()
  await store.db
    .updateTable('delivery')
    .set({ attempts: 2 })
    .where('id', '=', (await one()).id)
    .execute()
  held.resolve(undefined)
  const batch = await first
  assert.equal(batch.claimed - batch.sent, 1)
  assert.deepEqual([(await one()).state, (await one()).attempts], ['sending', 2])
})

test('S0-21 closing the situation stops what has not gone out', async () => {
  const server = await smtp()
  const { situation_id, round_id } = await ask('actual')
  const [first] = await rowsOf(round_id)
  const claimed_until = new Date(clock.tools.clock().getTime() - 1)
  await store.db
    .updateTable('delivery')
    .set({ state: 'sending', attempts: 1, claimed_until })
    .where('id', '=', first?.id ?? '')
    .execute()
  await close(situation_id)
  assert.equal((await deliverDue(clock.tools, transportTo(server.url))).claimed, 0)
  assert.equal(server.mails.length, 0)
  const rows = await rowsOf(round_id)
  assert.deepEqual(
    rows.map(({ state }) => state),
    ['perhaps', ...Array(5).fill('failed')],
  )
  assert.ok(rows.every(({ answer }) => answer === 'situation closed'))
  const [line] = await trailLines(store.db, { about: `/situations/${situation_id}`, limit: 1 })
  assert.deepEqual([line?.action, line?.details.failed, line?.details.perhaps], ['delivery.failed', 5, 1])
})

const pick = (batch: Awaited<ReturnType<typeof deliverDue>>) =>
  Object.fromEntries(Object.entries(batch).filter(([name, value]) => name !== 'claimed' && value))
