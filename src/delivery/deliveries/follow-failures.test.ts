import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { sql } from 'kysely'
import { counts, deliveryBed, keptChannel } from '#tests/kit/deliveries.ts'
import { refusal } from '#tests/kit/mail.ts'
import { noteTrouble, noteWell } from './channel-state.ts'
import { deliverDue, usualWorker } from './deliver.ts'
import { followFailures, passLostChannels } from './follow-failures.ts'
import { takeSteps } from './take-steps.ts'
import { watchChannel } from './watch-channel.ts'

let bed: Awaited<ReturnType<typeof deliveryBed>>
before(async () => {
  bed = await deliveryBed()
})
after(() => bed.close())
afterEach(() => bed.clean())

const receiptsOf = (notice_id: string) =>
  bed.db
    .selectFrom('receipt')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .where('notice_id', '=', notice_id)
    .select(['code', 'step', 'next_step_at', 'call_since'])
    .orderBy('code')
    .execute()
const urgent = { answer_wanted: 'acknowledge' } as const
const nobodyThere = () => {
  throw refusal(550, 'no such mailbox')
}

test('a mailbox that is refused for good gives its place to the same person’s next address at once', async () => {
  await sql`insert into contact_address (contact_id, institution_id, means, address, look, rank)
    select contact_id, institution_id, means, 'second.' || address, 'second.' || look, 9 from contact_address where address = 'firm-0.1@firm.example'`.execute(
    bed.db,
  )
  const server = await bed.smtp({
    rcpt: (address) => (address === 'firm-0.1@firm.example' ? nobodyThere() : undefined),
  })
  const id = await bed.tell('actual', urgent)
  assert.deepEqual(counts(await deliverDue(bed.tools, bed.mailTo(server.url))), { sent: 2, failed: 1 })
  // Whichever worker looks at it, and however often.
  const followed = await Promise.all([followFailures(bed.tools), followFailures(bed.tools)])
  assert.equal(followed[0] + followed[1], 1)
  const told = await bed.db.selectFrom('trail').where('action', '=', 'delivery.followed').selectAll().execute()
  assert.deepEqual(
    told.map(({ about, mode }) => [about, mode]),
    [[`/notices/${id}`, 'actual']],
  )
  assert.equal(await followFailures(bed.tools), 0)
  assert.deepEqual(counts(await deliverDue(bed.tools, bed.mailTo(server.url))), { sent: 1 })
  assert.ok(server.mails.some(({ to }) => to[0] === 'second.firm-0.1@firm.example'))
  const firm = (await receiptsOf(id)).find(({ code }) => code === 'FIRM-0')
  assert.equal(firm?.step, 2, 'it got through: the next step keeps its time')
  assert.ok((firm?.next_step_at ?? 0) > bed.tools.clock())
})

test('when nothing of an institution got through, its next step is due at once, on to the call list, once each', async () => {
  const server = await bed.smtp({ rcpt: (address) => (address.includes('firm-0') ? nobodyThere() : undefined) })
  const mail = bed.mailTo(server.url)
  const id = await bed.tell('actual', urgent)
  const before = await receiptsOf(id)
  for (let turn = 0; turn < 4; turn++) {
    await deliverDue(bed.tools, mail)
    await followFailures(bed.tools)
    await takeSteps(bed.tools, ['mail'])
  }
  const firm = (await receiptsOf(id)).find(({ code }) => code === 'FIRM-0')
  assert.equal(firm?.call_since?.getTime(), bed.tools.clock().getTime())
  const rows = (await bed.rowsOf(id)).filter(({ address }) => address.includes('firm-0'))
  assert.deepEqual(
    rows.map(({ address, state, attempts }) => [address, state, attempts]),
    [
      ['firm-0.1@firm.example', 'failed', 1],
      ['firm-0.2@firm.example', 'failed', 1],
      ['second.firm-0.1@firm.example', 'failed', 1],
    ],
  )
  const others = (await receiptsOf(id)).filter(({ code }) => code !== 'FIRM-0')
  assert.deepEqual(
    others,
    before.filter(({ code }) => code !== 'FIRM-0'),
    'nobody else is called up early',
  )
})

test('an institution that has answered is not tried on another address', async () => {
  const server = await bed.smtp({ rcpt: nobodyThere })
  const id = await bed.tell('actual', urgent)
  await deliverDue(bed.tools, bed.mailTo(server.url))
  await sql`update receipt set closed_at = ${bed.tools.clock()}, closed_how = 'answered', next_step_at = null where notice_id = ${id}`.execute(
    bed.db,
  )
  assert.equal(await followFailures(bed.tools), 3)
  assert.equal((await bed.rowsOf(id)).length, 3)
})

test('fault 10: while mail is lost those it holds up go on over what works; who was reached before does not', async () => {
  const server = await bed.smtp({ rcpt: (address) => (address.startsWith('assoc') ? undefined : 'drop') })
  const id = await bed.tell('actual', urgent)
  await deliverDue(bed.tools, bed.mailTo(server.url))
  while (!(await bed.rowsOf(id)).some(({ state }) => state === 'sent')) {
    bed.pass(20)
    await deliverDue(bed.tools, bed.mailTo(server.url))
  }
  bed.pass(20)
  await noteTrouble(bed.tools, 'mail', 'lost', 'ECONNREFUSED')
  assert.equal(await passLostChannels(bed.tools), 0, 'not for the first few seconds')
  bed.pass(5)
  assert.equal(await passLostChannels(bed.tools), 2)
  assert.equal(await passLostChannels(bed.tools), 0)
  // SMS reaches nobody here and the deputies' mails wait, too: on to the calls.
  const voice = keptChannel('voice')
  for (let turn = 0; turn < 2; turn++) {
    await takeSteps(bed.tools, ['mail', 'voice'])
    await passLostChannels(bed.tools)
  }
  await takeSteps(bed.tools, ['mail', 'voice'])
  await deliverDue(bed.tools, voice.channel)
  assert.equal(voice.messages.length, 4)
  assert.equal(await passLostChannels(bed.tools), 0, 'it is on its way now')
})

test('what is perhaps there holds the next step back no longer than what failed, and nobody is sent it on another address', async () => {
  const server = await bed.smtp({ data: (mail) => (mail.includes('firm-0') ? 'drop' : undefined) })
  const mail = bed.mailTo(server.url)
  const id = await bed.tell('actual', urgent)
  await deliverDue(bed.tools, mail)
  assert.equal(await followFailures(bed.tools), 0, 'it is tried once more first')
  bed.pass(45)
  assert.deepEqual(counts(await deliverDue(bed.tools, mail)), { perhaps: 1 })
  assert.equal(await followFailures(bed.tools), 1)
  await takeSteps(bed.tools, ['mail'])
  const rows = (await bed.rowsOf(id)).filter(({ address }) => address.includes('firm-0'))
  assert.deepEqual(
    rows.map(({ address, state }) => [address, state]),
    [
      ['firm-0.1@firm.example', 'perhaps'],
      ['firm-0.2@firm.example', 'waiting'],
    ],
  )
  const [line] = (await bed.lines(id)).filter(({ action }) => action === 'delivery.followed')
  assert.deepEqual([line?.details.failed, line?.details.perhaps, line?.details.steps], [0, 1, 1])
})

test('three in a row of which nobody knows are a trouble of the channel, which a greeting does not mend and one that is taken does', async () => {
  const server = await bed.smtp({ data: () => 'drop' })
  const mail = bed.mailTo(server.url)
  const watch = watchChannel(bed.tools, mail)
  const state = () => bed.db.selectFrom('channel_state').selectAll().where('channel', '=', 'mail').executeTakeFirst()
  const id = await bed.tell('actual', urgent)
  await deliverDue(bed.tools, mail, usualWorker, { isStopped: () => false, ...watch })
  await watch.settled()
  assert.deepEqual([(await state())?.trouble, (await state())?.problem === null], ['doubt', false])
  await noteWell(bed.tools, 'mail', { is_sent: false })
  assert.notEqual((await state())?.problem, null)
  // They are tried once more, but nobody waits for that.
  bed.pass(6)
  assert.equal(await passLostChannels(bed.tools), 3)
  const well = await bed.smtp()
  bed.pass(45)
  await deliverDue(bed.tools, bed.mailTo(well.url), usualWorker, { isStopped: () => false, ...watch })
  await watch.settled()
  assert.equal((await state())?.problem, null)
  assert.ok((await bed.rowsOf(id)).every(({ state }) => state === 'sent'))
})

test('a side that is slow is said to be slow: what is urgent goes out the next way, too, and the rest waits for it', async () => {
  const [now, later] = [
    await bed.tell('actual', urgent),
    await bed.tell('actual', { ...urgent, severity: 'important' }),
  ]
  await noteTrouble(bed.tools, 'mail', 'slow', 'no answer for 20 s')
  bed.pass(5)
  assert.equal(await passLostChannels(bed.tools), 3)
  const due = (rows: Awaited<ReturnType<typeof receiptsOf>>) =>
    rows.filter(({ next_step_at }) => next_step_at && next_step_at <= bed.tools.clock()).length
  assert.deepEqual([due(await receiptsOf(now)), due(await receiptsOf(later))], [3, 0])
  // It turns out to be lost: nobody waits for it any longer, and since when is not forgotten.
  await noteTrouble(bed.tools, 'mail', 'lost', 'ECONNREFUSED')
  await noteTrouble(bed.tools, 'mail', 'slow', 'no answer for 20 s')
  const state = await bed.db.selectFrom('channel_state').selectAll().where('channel', '=', 'mail').executeTakeFirst()
  assert.deepEqual([state?.trouble, state?.problem], ['lost', 'ECONNREFUSED'])
  assert.equal(state?.since.getTime(), bed.tools.clock().getTime() - 5000)
  assert.equal(await passLostChannels(bed.tools), 3)
  assert.equal(due(await receiptsOf(later)), 3)
})

test('a process that cannot send while another just did is alone with that; a channel is lost and back once, whoever finds it', async () => {
  const at = bed.tools.clock()
  await noteWell(bed.tools, 'voice', { is_sent: true })
  await noteTrouble(bed.tools, 'voice', 'lost', 'cut off')
  const state = () => bed.db.selectFrom('channel_state').selectAll().where('channel', '=', 'voice').executeTakeFirst()
  assert.equal((await state())?.problem, null)
  bed.pass(10)
  await Promise.all([1, 2, 3].map(() => noteTrouble(bed.tools, 'voice', 'lost', 'down')))
  assert.equal((await state())?.problem, 'down')
  bed.pass(60)
  await noteTrouble(bed.tools, 'voice', 'lost', 'still down')
  assert.equal((await state())?.since.getTime(), at.getTime() + 10_000, 'since when is not forgotten')
  await Promise.all([1, 2, 3].map(() => noteWell(bed.tools, 'voice', { is_sent: true })))
  assert.equal((await state())?.problem, null)
  const lines = await bed.db
    .selectFrom('trail')
    .where('action', 'like', 'channel.%')
    .select(['action', 'details'])
    .orderBy('id')
    .execute()
  const ofVoice = lines.filter(({ details }) => details.channel === 'voice')
  assert.deepEqual(
    ofVoice.map(({ action }) => action),
    ['channel.lost', 'channel.back'],
  )
})
