import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { sql } from 'kysely'
import { deliveryBed, keptChannel, releaseTest } from '#tests/kit/deliveries.ts'
import { deliverDue } from './deliver.ts'
import { previewSteps } from './preview-steps.ts'
import { goesAgain } from './reached-before.ts'
import { takeSteps } from './take-steps.ts'

let bed: Awaited<ReturnType<typeof deliveryBed>>
before(async () => {
  bed = await deliveryBed()
})
after(() => bed.close())
afterEach(() => bed.clean())

/** Takes the steps that are due, sends by mail, and gives to whom. */
async function send(refused?: string) {
  const { channel, messages } = keptChannel('mail', ({ address }) =>
    address === refused ? { kind: 'refused', answer: '552 no room' } : {},
  )
  while ((await takeSteps(bed.tools, ['mail'])) > 0);
  await deliverDue(bed.tools, channel)
  return messages.map(({ address }) => address).sort()
}
const plannedAtOnce = async (notice: Omit<Parameters<typeof previewSteps>[1], 'severity'>) => {
  const ids = bed.market.institutions.map(({ id }) => id)
  const [first] = await previewSteps(bed.tools, { severity: 'urgent', ...notice }, ids, ['mail'], bed.tools.clock())
  return first?.messages
}
const primaries = (addresses: readonly string[]) => addresses.filter((address) => /\.1@/.test(address))

test('N-8 a correction goes at once to every person whom the first reached; its withdrawal to them, and to nobody else', async () => {
  const first = await bed.tell('exercise', { answer_wanted: 'acknowledge' })
  const asked = await send()
  assert.equal(asked.length, 3)
  assert.deepEqual(primaries(asked), asked)
  // One institution answers; the deputies of the others are written to.
  await sql`update receipt set closed_at = now(), closed_how = 'answered', next_step_at = null
    where notice_id = ${first} and id = (select receipt_id from delivery where address = ${asked[0]})`.execute(bed.db)
  bed.pass(11 * 60)
  const deputies = await send()
  assert.equal(deputies.length, 2)
  assert.deepEqual(primaries(deputies), [])
  const reached = [...asked, ...deputies].sort()

  const correcting = { replaces_id: first, answer_wanted: 'acknowledge' } as const
  assert.deepEqual(await plannedAtOnce(correcting), { mail: 5 })
  const correction = await releaseTest(bed.tools, bed.market.desk, {
    ...{ mode: 'exercise', kind: 'correction' },
    ...correcting,
  })
  assert.deepEqual(await send(), reached)
  // Everyone has a link of their own to answer it.
  assert.ok((await bed.rowsOf(correction)).every(({ recipient_id }) => recipient_id !== null))

  const withdrawing = { replaces_id: correction, answer_wanted: 'none' } as const
  assert.deepEqual(await plannedAtOnce(withdrawing), { mail: 5 })
  await releaseTest(bed.tools, bed.market.desk, { ...{ mode: 'exercise', kind: 'withdrawal' }, ...withdrawing })
  assert.deepEqual(await send(), reached)
})

test('N-8 where the first reached nobody, what replaces it goes by the ladder', async () => {
  const first = await bed.tell('exercise', { answer_wanted: 'acknowledge' })
  // Nothing has gone out yet, and nothing of the first will.
  const correction = { kind: 'correction', replaces_id: first, answer_wanted: 'acknowledge' } as const
  await releaseTest(bed.tools, bed.market.desk, { mode: 'exercise', ...correction })
  const asked = await send()
  assert.equal(asked.length, 3)
  assert.deepEqual(primaries(asked), asked)
})

test('N-8 whom the first could not reach is written to as the ladder says, not for having been tried', async () => {
  const first = await bed.tell('exercise')
  const refused = (await bed.rowsOf(first))[0]?.address ?? ''
  const reached = await send(refused)
  assert.equal(reached.includes(refused), false)
  const withdrawal = { kind: 'withdrawal', replaces_id: first, answer_wanted: 'none' } as const
  await releaseTest(bed.tools, bed.market.desk, { mode: 'exercise', ...withdrawal })
  assert.deepEqual(await send(), reached)
})

test('N-8 who has the first notice and missed its correction hears that the correction is withdrawn', async () => {
  const first = await bed.tell('exercise')
  const reached = await send()
  const correction = await releaseTest(bed.tools, bed.market.desk, {
    ...{ mode: 'exercise', kind: 'correction', replaces_id: first, answer_wanted: 'none' },
  })
  const missed = reached[0]
  assert.deepEqual(await send(missed), reached.slice(1))
  await releaseTest(bed.tools, bed.market.desk, {
    ...{ mode: 'exercise', kind: 'withdrawal', replaces_id: correction, answer_wanted: 'none' },
  })
  assert.deepEqual(await send(), reached)
})

test('a correction that nobody could send for more than a day is not sent as if it were new', async () => {
  const first = await bed.tell('exercise')
  await send()
  await releaseTest(bed.tools, bed.market.desk, {
    ...{ mode: 'exercise', kind: 'correction', replaces_id: first, answer_wanted: 'none' },
  })
  bed.pass(25 * 3600)
  assert.deepEqual(await send(), [])
})

test('a correction goes to nobody who has left the directory since, nor to an address that was stopped', async () => {
  const first = await bed.tell('exercise', { answer_wanted: 'acknowledge' })
  const asked = await send()
  const [gone, stopped, ...others] = asked
  await sql`update contact set removed_at = now() where id = (select recipient.contact_id from delivery
    join recipient on recipient.id = delivery.recipient_id where delivery.address = ${gone} limit 1)`.execute(bed.db)
  await sql`update contact_address set quarantined_at = now(), quarantine_reason = 'refused' where address = ${stopped}`.execute(
    bed.db,
  )
  const ids = bed.market.institutions.map(({ id }) => id)
  const again = await goesAgain(bed.db, first, ids)
  assert.deepEqual([again.to.length, again.left_out.length], [others.length, 2])

  await releaseTest(bed.tools, bed.market.desk, {
    ...{ mode: 'exercise', kind: 'correction', replaces_id: first, answer_wanted: 'none' },
  })
  const sent = await send()
  assert.equal(sent.includes(gone ?? '') || sent.includes(stopped ?? ''), false)
  for (const address of others) assert.ok(sent.includes(address))
  await sql`update contact set removed_at = null`.execute(bed.db)
})

test('a step of the ladder adds to whom a correction goes, and that what is under way arrives does not', async () => {
  const first = await bed.tell('exercise', { answer_wanted: 'acknowledge' })
  const ids = bed.market.institutions.map(({ id }) => id)
  const to = async () => (await goesAgain(bed.db, first, ids)).to
  while ((await takeSteps(bed.tools, ['mail'])) > 0);
  const under_way = await to()
  assert.equal(under_way.length, 3)
  await send()
  assert.deepEqual(await to(), under_way)
  bed.pass(11 * 60)
  while ((await takeSteps(bed.tools, ['mail'])) > 0);
  assert.equal((await to()).length, 6)
})
