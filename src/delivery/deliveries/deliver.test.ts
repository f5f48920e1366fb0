import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Database, openProgram } from '#ground/db/database.ts'
import { attempts_max } from '#ground/mail/retry.ts'
import { counts, deliveryBed, keptChannel } from '#tests/kit/deliveries.ts'
import { refusal, testSmtp } from '#tests/kit/mail.ts'
import { openTestSituation } from '#tests/kit/rounds.ts'
import { deliverDue, usualWorker } from './deliver.ts'
import { takeSteps } from './take-steps.ts'

let bed: Awaited<ReturnType<typeof deliveryBed>>
before(async () => {
  bed = await deliveryBed()
})
after(() => bed.close())
afterEach(() => bed.clean())

test('S0-21 each contact gets exactly one mail, in Japanese, with the link in both parts', async () => {
  const server = await bed.smtp()
  const { id: situation_id } = await openTestSituation(
    bed.db,
    bed.market.desk,
    'exercise',
    '首都直下地震\r\nBcc: evil@x.example',
  )
  const subject_ja = '状況報告\r\nBcc: evil@example.com'
  const said = { kind: 'report_request', answer_wanted: 'report', situation_id, subject_ja } as const
  const answer_by = new Date('2027-01-15T01:00:00Z')
  const notice_id = await bed.tell('exercise', { ...said, answer_by })
  // The deputies, whose step comes later.
  bed.pass(3600)
  await takeSteps(bed.tools, ['mail'])
  const batch = await deliverDue(bed.tools, bed.mailTo(server.url))
  assert.deepEqual(batch, { claimed: 6, sent: 6, waiting: 0, perhaps: 0, failed: 0, server_problem: null })
  await deliverDue(bed.tools, bed.mailTo(server.url))

  const rows = await bed.rowsOf(notice_id)
  const links = new Set<string>()
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
      '【訓練】【状況報告の依頼】状況報告 Bcc: evil@example.com（1月15日（金） 10:00 JSTまで）',
    )
    assert.equal(mail.from?.address, 'noroshi@market.example')
    assert.equal(header('bcc'), undefined)
    assert.equal(header('auto-submitted'), 'auto-generated')
    assert.equal(header('x-noroshi-mode'), 'exercise')
    assert.equal(new Date(mail.date ?? 0).getTime(), row?.queued_at.getTime())
    const [link = 'none'] = /https:\/\/bcp\.market\.example\/a\/[0-9a-z]{26}/.exec(mail.text ?? '') ?? []
    assert.equal(mail.html?.split(`href="${link}"`).length, 5, 'a button and the address, in both languages')
    assert.ok(mail.text?.includes('様') && mail.text?.includes('状況を確認してください。'))
    assert.doesNotMatch(`${mail.text}${mail.html}`, /\p{Co}|_ja\b|_en\b/u)
    links.add(link)
  }
  assert.equal(links.size, 6, 'each has a link of their own')
  for (const row of rows) assert.deepEqual([row.state, row.attempts, row.answer], ['sent', 1, '250 taken'])
  const lines = await bed.lines(notice_id)
  // The settler writes by time: one line, or more on a machine that is busy.
  const told = lines.filter(({ action }) => action === 'delivery.sent')
  assert.equal(
    told.reduce((sum, { details }) => sum + Number(details.sent), 0),
    6,
  )
  assert.deepEqual(
    lines.slice(told.length).map(({ action, details }) => [action, details.deliveries]),
    [
      ['step.taken', 3],
      ['step.taken', 3],
      ['notice.released', undefined],
      ['notice.submitted', undefined],
      ['notice.drafted', undefined],
    ],
  )
})

test('S0-28 only an exercise is marked 訓練, and a real one carries no such word', async () => {
  const server = await bed.smtp()
  await bed.tell('actual')
  await deliverDue(bed.tools, bed.mailTo(server.url))
  for (const mail of await server.read()) {
    assert.ok(mail.subject?.startsWith('【緊急】'))
    assert.doesNotMatch(`${mail.subject}${mail.text}${mail.html}`, /訓練|試験|EXERCISE/)
  }
  assert.equal(server.mails.length, 6)
})

test('a server that says 451 is asked again after 5 s, 30 s, 2 min, with the same Message-ID', async () => {
  let refusals = 3
  const seen: string[] = []
  const server = await bed.smtp({
    rcpt: (address) => {
      if (address !== 'firm-0.1@firm.example') return
      seen.push(address)
      if (refusals-- > 0) throw refusal(451, 'greylisted, come back')
    },
  })
  const mail = bed.mailTo(server.url)
  const notice_id = await bed.tell('actual')
  const theRow = async () => (await bed.rowsOf(notice_id)).find(({ address }) => address === 'firm-0.1@firm.example')

  assert.deepEqual(counts(await deliverDue(bed.tools, mail)), { sent: 5, waiting: 1 })
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
    bed.pass(seconds)
    assert.equal((await deliverDue(bed.tools, mail)).sent, sent)
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

test('a server that puts off everyone for two hours loses no mail; after a day of that a mail is given up', async () => {
  let is_late = false
  const server = await bed.smtp({
    rcpt: () => {
      if (!is_late) throw refusal(451, 'lookup failed, come back')
    },
  })
  const mail = bed.mailTo(server.url)
  const notice_id = await bed.tell('actual')
  for (let minutes = 0; minutes < 120; minutes += 10) {
    assert.equal((await deliverDue(bed.tools, mail)).failed, 0)
    bed.pass(600)
  }
  const [given_up] = await bed.rowsOf(notice_id)
  await bed.db
    .updateTable('delivery')
    .set({ attempts: attempts_max - 1 })
    .where('id', '=', given_up?.id ?? '')
    .execute()
  assert.equal((await deliverDue(bed.tools, mail)).failed, 1)
  bed.pass(600)
  is_late = true
  assert.equal((await deliverDue(bed.tools, mail)).sent, 5)
  const [row] = await bed.rowsOf(notice_id)
  assert.deepEqual([row?.state, row?.attempts], ['failed', attempts_max])
})

test('what a server refuses with 550 is not tried again, and the trail names the institution', async () => {
  const server = await bed.smtp({
    rcpt: (address) => {
      if (address === 'firm-1.2@firm.example') throw refusal(550, 'no such mailbox')
    },
  })
  const mail = bed.mailTo(server.url)
  const notice_id = await bed.tell('actual')
  assert.deepEqual(counts(await deliverDue(bed.tools, mail)), { sent: 5, failed: 1 })
  bed.pass(3600)
  assert.equal((await deliverDue(bed.tools, mail)).claimed, 0)
  const row = (await bed.rowsOf(notice_id)).find(({ address }) => address === 'firm-1.2@firm.example')
  assert.deepEqual([row?.state, row?.attempts], ['failed', 1])
  assert.match(row?.answer ?? '', /550 no such mailbox/)
  const [line] = await bed.lines(notice_id)
  assert.equal(line?.action, 'delivery.failed')
  assert.deepEqual(line?.details, { channel: 'mail', failed: 1, perhaps: 0, institution_ids: [row?.institution_id] })
})

test('what is urgent and was lost after its last byte is tried once more under the same Message-ID, and then is perhaps', async () => {
  let drops = 1
  const isIt = (mail: Buffer) => mail.includes('firm-0.2@firm.example')
  const server = await bed.smtp({ data: (mail) => (isIt(mail) && drops-- > 0 ? 'drop' : undefined) })
  const mail = bed.mailTo(server.url)
  const arrived = async () => (await server.read()).filter(({ to }) => to?.[0]?.address === 'firm-0.2@firm.example')
  const theRow = async (id: string) => (await bed.rowsOf(id)).find(({ address }) => address === 'firm-0.2@firm.example')

  const once = await bed.tell('actual')
  assert.deepEqual(counts(await deliverDue(bed.tools, mail)), { sent: 5, waiting: 1 })
  bed.pass(44)
  assert.equal((await deliverDue(bed.tools, mail)).claimed, 0)
  bed.pass(1)
  assert.equal((await deliverDue(bed.tools, mail)).sent, 1)
  const row = await theRow(once)
  assert.deepEqual([row?.state, row?.attempts], ['sent', 2])
  assert.deepEqual(
    row?.tries.map(({ claim, kind }) => [claim, kind]),
    [
      [1, 'begun'],
      [1, 'perhaps'],
      [2, 'begun'],
      [2, 'sent'],
    ],
  )
  assert.deepEqual(
    (await arrived()).map(({ messageId }) => messageId),
    [row?.message_id, row?.message_id],
  )

  drops = 2
  const twice = await bed.tell('actual')
  await deliverDue(bed.tools, mail)
  bed.pass(45)
  assert.deepEqual(counts(await deliverDue(bed.tools, mail)), { perhaps: 1 })
  bed.pass(3600)
  assert.equal((await deliverDue(bed.tools, mail)).claimed, 0)
  assert.equal((await theRow(twice))?.state, 'perhaps')
})

test('what is not urgent and was lost after its last byte is perhaps at once, and is not sent again', async () => {
  const server = await bed.smtp({ data: (mail) => (mail.includes('firm-0.2@firm.example') ? 'drop' : undefined) })
  const mail = bed.mailTo(server.url)
  const notice_id = await bed.tell('actual', { severity: 'important' })
  assert.deepEqual(counts(await deliverDue(bed.tools, mail)), { sent: 5, perhaps: 1 })
  bed.pass(3600)
  assert.equal((await deliverDue(bed.tools, mail)).claimed, 0)
  const row = (await bed.rowsOf(notice_id)).find(({ address }) => address === 'firm-0.2@firm.example')
  assert.deepEqual([row?.state, row?.attempts], ['perhaps', 1])
})

test('while the mail server is down, for hours even, no attempt is used up, and everything goes out once it is back', async () => {
  const down = await testSmtp()
  const mail = bed.mailTo(down.url)
  await down.close()
  const notice_id = await bed.tell('actual')
  for (let seconds = 0; seconds < 2 * 3600; seconds += 60) {
    const batch = await deliverDue(bed.tools, mail)
    assert.deepEqual([batch.claimed, batch.failed], [6, 0])
    assert.match(batch.server_problem ?? '', /ECONNREFUSED/)
    bed.pass(60)
  }
  for (const { state, attempts, answer } of await bed.rowsOf(notice_id)) {
    assert.deepEqual([state, attempts], ['waiting', 0])
    assert.match(answer ?? '', /ECONNREFUSED/, 'each says why it waits')
  }

  const server = await bed.smtp({ port: Number(new URL(down.url).port) })
  assert.equal((await deliverDue(bed.tools, mail)).sent, 6)
  assert.equal(server.mails.length, 6)
  assert.ok((await bed.rowsOf(notice_id)).every(({ state, attempts }) => state === 'sent' && attempts === 1))
})

for (const [what, code] of [
  ['is full', 452],
  ['wants another sender', 550],
] as const)
  test(`a server that ${what} takes no mail away: they go out once it takes our address`, async () => {
    let is_well = false
    const server = await bed.smtp({
      from: () => {
        if (!is_well) throw refusal(code, what)
      },
    })
    const mail = bed.mailTo(server.url)
    const notice_id = await bed.tell('actual')
    for (let minutes = 0; minutes < 20; minutes++) {
      const batch = await deliverDue(bed.tools, mail)
      assert.deepEqual([batch.failed, batch.sent], [0, 0])
      assert.match(batch.server_problem ?? '', new RegExp(`${code}.*${what}`))
      bed.pass(60)
    }
    is_well = true
    assert.equal((await deliverDue(bed.tools, mail)).sent, 6)
    assert.ok((await bed.rowsOf(notice_id)).every(({ state, attempts }) => state === 'sent' && attempts === 1))
  })

test('one mail that breaks every connection does not hold the others up', async () => {
  const server = await bed.smtp({ rcpt: (address) => (address === 'firm-0.1@firm.example' ? 'drop' : undefined) })
  const mail = bed.mailTo(server.url)
  const notice_id = await bed.tell('actual')
  for (let minutes = 0; minutes < 10; minutes++) {
    await deliverDue(bed.tools, mail)
    bed.pass(7)
  }
  const rows = await bed.rowsOf(notice_id)
  assert.deepEqual(
    rows.filter(({ state }) => state !== 'sent').map(({ address }) => address),
    ['firm-0.1@firm.example'],
  )
})

test('an address that would mean several, or a header, is refused without asking the server', async () => {
  const server = await bed.smtp()
  const notice_id = await bed.tell('actual')
  const evil = ['a@b.example, c@d.example', 'a@b.example\r\nBcc: x@example.com', '<a@b.example> SIZE=1', 'nobody']
  const rows = await bed.rowsOf(notice_id)
  for (const [index, address] of evil.entries())
    await sql`update delivery set address = ${address} where id = ${rows[index]?.id}`.execute(bed.db)
  assert.deepEqual(counts(await deliverDue(bed.tools, bed.mailTo(server.url))), { sent: 2, failed: 4 })
  assert.equal(server.mails.length, 2)
})

test('what becomes due while a pass is ending is left to the next, not claimed and kept for the length of a lease', async () => {
  const owner = openProgram(bed.store.owner, 2)
  const first = await bed.tell('exercise')
  const trail = await locked(owner, 'trail')
  const rung = Promise.withResolvers<void>()
  const rings = [rung.promise, new Promise<void>(() => {})]
  const going = { isStopped: () => false, wake: () => rings.shift() ?? setImmediate() }
  const ending = deliverDue(bed.tools, keptChannel('mail').channel, usualWorker, going)
  // All is sent and written down; the pass ends as soon as the trail has it. Then the bell rings for another notice.
  while ((await bed.rowsOf(first)).some(({ state }) => state !== 'sent')) await setImmediate()
  await sql`update delivery set state = 'waiting', sent_at = null where notice_id = ${first}`.execute(bed.db)
  const deliveries = await locked(owner, 'delivery')
  rung.resolve()
  await trail()
  await ending
  await deliveries()
  // Whoever waited for the table has had it once this one has.
  await (await locked(owner, 'delivery'))()
  await owner.destroy()
  assert.deepEqual([...new Set((await bed.rowsOf(first)).map(({ state }) => state))], ['waiting'])
})

/** Keeps a table from being written until what is given is called. */
async function locked(owner: Database, table: 'trail' | 'delivery') {
  const tx = await owner.startTransaction().execute()
  await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(tx)
  return () => tx.commit().execute()
}
