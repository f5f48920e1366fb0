import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Database, openProgram } from '#ground/db/database.ts'
import { takeovers_max } from '#ground/mail/retry.ts'
import { counts, deliveryBed } from '#tests/kit/deliveries.ts'
import { refusal } from '#tests/kit/mail.ts'
import { watchAbsence } from './absence.ts'
import { claimDue, claimingLeft, old_hours, putBack } from './claim.ts'
import { deliverDue, usualWorker } from './deliver.ts'
import { endHopeless, endOld } from './end-hopeless.ts'

let bed: Awaited<ReturnType<typeof deliveryBed>>
before(async () => {
  bed = await deliveryBed()
})
after(() => bed.close())
afterEach(() => bed.clean())

/** Lets every lease of a notice run out now. */
const expire = (notice_id: string) =>
  sql`update delivery set claimed_until = clock_timestamp() - interval '1 millisecond'
    where notice_id = ${notice_id} and state = 'sending'`.execute(bed.db)

test('a worker that claimed and died is taken over when its lease has run out, under the same Message-ID', async () => {
  const server = await bed.smtp()
  const mail = bed.mailTo(server.url)
  const notice_id = await bed.tell('actual')
  await bed.leave(notice_id, { seconds_ago: 5 })
  assert.equal((await deliverDue(bed.tools, mail)).claimed, 0, 'the lease still holds')
  await bed.leave(notice_id, { seconds_ago: 11 })
  assert.equal((await deliverDue(bed.tools, mail)).sent, 6)
  const rows = await bed.rowsOf(notice_id)
  for (const { state, attempts, claims, takeovers, tries } of rows) {
    assert.deepEqual([state, attempts, claims, takeovers], ['sent', 2, 2, 1])
    assert.deepEqual(
      tries.map(({ claim, kind }) => [claim, kind]),
      [
        [1, 'begun'],
        [2, 'begun'],
        [2, 'sent'],
      ],
      'of the first it is known that it was begun, and not what came',
    )
  }
  assert.deepEqual(
    (await server.read()).map(({ messageId }) => messageId).sort(),
    rows.map((row) => row.message_id).sort(),
  )
})

test('a worker that died once more after many attempts leaves the delivery as perhaps, with a line in the trail', async () => {
  const server = await bed.smtp()
  const notice_id = await bed.tell('actual')
  await bed.leave(notice_id, { seconds_ago: 11, takeovers: takeovers_max })
  assert.equal((await deliverDue(bed.tools, bed.mailTo(server.url))).claimed, 0)
  await endHopeless(bed.tools)
  assert.ok((await bed.rowsOf(notice_id)).every(({ state }) => state === 'perhaps'))
  assert.equal(server.mails.length, 0)
  const [line] = await bed.lines(notice_id)
  assert.deepEqual([line?.action, line?.details.perhaps], ['delivery.failed', 6])
})

test('what was put off many times is still taken over from a dead worker: only deaths count for that', async () => {
  const server = await bed.smtp()
  const notice_id = await bed.tell('actual')
  await bed.leave(notice_id, { seconds_ago: 11 })
  await sql`update delivery set attempts = 100, claims = 100 where notice_id = ${notice_id}`.execute(bed.db)
  assert.equal((await deliverDue(bed.tools, bed.mailTo(server.url))).sent, 6)
})

test('the lease is renewed while a slow server takes its time', async () => {
  const held = Promise.withResolvers<undefined>()
  const arrived = Promise.withResolvers<undefined>()
  const server = await bed.smtp({
    data: () => {
      arrived.resolve(undefined)
      return held.promise
    },
  })
  const notice_id = await bed.tell('actual')
  const slow = deliverDue(bed.tools, bed.mailTo(server.url), { ...usualWorker, renew_ms: 5 })
  await arrived.promise
  const soonest = async () =>
    Math.min(...(await bed.rowsOf(notice_id)).map(({ claimed_until }) => claimed_until?.getTime() ?? 0))
  const { rows } = await sql<{
    claimed_until: Date
  }>`update delivery set claimed_until = clock_timestamp() + interval '1 second'
    where state = 'sending' returning claimed_until`.execute(bed.db)
  const before = rows[0]?.claimed_until.getTime() ?? 0
  while ((await soonest()) < before + 5000) await setImmediate()
  assert.equal((await deliverDue(bed.tools, bed.mailTo(server.url))).claimed, 0)
  held.resolve(undefined)
  assert.equal((await slow).sent, 6)
  assert.equal(server.mails.length, 6)
})

test('fault 11: a worker paused past its lease sends nothing more, and what it had in hand is noted as perhaps twice', async (t) => {
  const { now } = performance
  let paused_ms = 0
  t.mock.method(performance, 'now', () => now.call(performance) + paused_ms)
  const held = Promise.withResolvers<undefined>()
  const server = await bed.smtp({ data: () => held.promise })
  const notice_id = await bed.tell('actual')
  const paused = deliverDue(bed.tools, bed.mailTo(server.url), { ...usualWorker, renew_ms: 3_600_000 })
  while (server.mails.length < 3) await setImmediate()
  const other = await bed.smtp()
  await expire(notice_id)
  assert.equal((await deliverDue(bed.tools, bed.mailTo(other.url))).sent, 6)
  paused_ms = usualWorker.lease_ms
  held.resolve(undefined)
  assert.deepEqual(counts(await paused), {})
  assert.deepEqual([server.mails.length, other.mails.length], [3, 6])
  const rows = await bed.rowsOf(notice_id)
  assert.ok(rows.every(({ state, claims }) => state === 'sent' && claims === 2))
  const twice = rows.filter(({ tries }) => tries.filter(({ kind }) => kind === 'sent').length === 2)
  assert.deepEqual(twice.map(({ address }) => address).sort(), server.mails.flatMap(({ to }) => to).sort())
  const [line] = await bed.lines(notice_id)
  assert.equal(line?.action, 'delivery.sent-twice')
  assert.deepEqual(line?.details.deliveries, twice.map(({ id }) => id).sort())
})

test('fault 11: what a paused worker handed over in time is not sent again by the one that took over and was put off', async () => {
  const held = Promise.withResolvers<undefined>()
  const server = await bed.smtp({ data: () => held.promise })
  const notice_id = await bed.tell('actual')
  await onlyFirst(notice_id)
  const paused = deliverDue(bed.tools, bed.mailTo(server.url), { ...usualWorker, renew_ms: 3_600_000 })
  while (server.mails.length < 2) await setImmediate()
  await expire(notice_id)
  const other = await bed.smtp({
    rcpt: () => {
      throw refusal(451, 'later')
    },
  })
  assert.deepEqual(counts(await deliverDue(bed.tools, bed.mailTo(other.url))), { waiting: 2 })
  held.resolve(undefined)
  await paused
  bed.pass(3600)
  const third = await bed.smtp()
  assert.equal((await deliverDue(bed.tools, bed.mailTo(third.url))).claimed, 0)
  assert.ok((await firsts(notice_id)).every(({ state }) => state === 'sent'))
})

test('a delivery that another worker has in hand is not decided by the one before', async () => {
  const held = Promise.withResolvers<undefined>()
  const arrived = Promise.withResolvers<undefined>()
  const server = await bed.smtp({
    data: () => {
      arrived.resolve(undefined)
      return held.promise
    },
  })
  const notice_id = await bed.tell('actual')
  await onlyFirst(notice_id)
  const first = deliverDue(bed.tools, bed.mailTo(server.url))
  await arrived.promise
  await expire(notice_id)
  assert.equal((await claimDue(bed.db, 'mail', bed.tools.clock(), { limit: 10, lease_ms: 10_000 })).length, 2)
  held.resolve(undefined)
  assert.deepEqual(counts(await first), {})
  assert.ok((await firsts(notice_id)).every(({ state, claims }) => state === 'sending' && claims === 2))
})

test('many claim at once, and none gets what another has', async () => {
  const notice_id = await bed.tell('actual')
  const limits = { limit: 2, lease_ms: 10_000 }
  const claims = (
    await Promise.all(Array.from({ length: 6 }, () => claimDue(bed.db, 'mail', bed.tools.clock(), limits)))
  ).flat()
  assert.equal(claims.length, new Set(claims.map(({ id }) => id)).size)
  assert.ok((await bed.rowsOf(notice_id)).every(({ attempts }) => attempts <= 1))
})

test('every attempt is written down before it is made, and is no attempt when it was not made', async () => {
  const notice_id = await bed.tell('actual')
  const claims = await claimDue(bed.db, 'mail', bed.tools.clock(), { limit: 10, lease_ms: 10_000 })
  const begun = (await bed.rowsOf(notice_id)).map(({ tries }) => tries.map(({ claim, kind }) => `${claim} ${kind}`))
  assert.deepEqual(begun, Array(6).fill(['1 begun']))
  await putBack(bed.db, claims, bed.tools.clock(), null)
  assert.ok((await bed.rowsOf(notice_id)).every(({ tries, attempts }) => tries.length === 0 && attempts === 0))
  // Nor when nothing left this machine.
  const down = await bed.smtp()
  await down.close()
  await deliverDue(bed.tools, bed.mailTo(down.url))
  assert.ok((await bed.rowsOf(notice_id)).every(({ tries, attempts }) => tries.length === 0 && attempts === 0))
})

test('a database that was away makes nobody take a rival for dead: what it had handed over is written first, and goes out once', async (t) => {
  const { now } = performance
  let passed_ms = 0
  t.mock.method(performance, 'now', () => now.call(performance) + passed_ms)
  const owner = openProgram(bed.store.owner, 2)
  const notice_id = await bed.tell('actual')
  const held = Promise.withResolvers<undefined>()
  const server = await bed.smtp({ data: () => held.promise })
  const rival = deliverDue(bed.tools, bed.mailTo(server.url), { ...usualWorker, renew_ms: 3_600_000 })
  while (server.mails.length < 3) await setImmediate()
  await expire(notice_id)
  // From here on the table answers nobody: neither the rival that writes its outcomes, nor the worker that claims.
  const away = await owner.startTransaction().execute()
  await sql`lock table delivery in access exclusive mode`.execute(away)
  const absence = watchAbsence(usualWorker.lease_ms)
  const other = await bed.smtp()
  const isStopped = () => false
  const claiming = deliverDue(bed.tools, bed.mailTo(other.url), usualWorker, { isStopped, absence })
  await waitsForTable(owner)
  passed_ms = usualWorker.lease_ms
  held.resolve(undefined)
  await away.commit().execute()
  assert.equal((await claiming).claimed, 0)
  await rival
  assert.equal(other.mails.length, 0)
  assert.equal(absence.isJustBack(), true)
  // A lease later whoever has written nothing is dead.
  passed_ms += 2 * usualWorker.lease_ms
  assert.equal(absence.isJustBack(), false)
  await expire(notice_id)
  await deliverDue(bed.tools, bed.mailTo(other.url), usualWorker, { isStopped, absence })
  const addresses = [...server.mails, ...other.mails].flatMap(({ to }) => to)
  assert.deepEqual([addresses.length, new Set(addresses).size], [6, 6])
  await owner.destroy()
})

test('a database that went away between the look and the taking over lets nobody be taken over', async () => {
  const notice_id = await bed.tell('actual')
  await bed.leave(notice_id, { seconds_ago: 11 })
  const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(bed.db)
  const now = rows[0]?.at ?? new Date()
  const at = bed.tools.clock()
  const long_ago = { limit: 10, lease_ms: 10_000, seen_at: new Date(now.getTime() - 60_000) }
  assert.equal((await claimingLeft(bed.db, 'mail', at, long_ago).execute()).length, 0)
  assert.equal((await claimingLeft(bed.db, 'mail', at, { ...long_ago, seen_at: now }).execute()).length, 6)
})

/** Until somebody waits for a lock that another holds. */
async function waitsForTable(owner: Database) {
  for (;;) {
    const { rows } = await sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query ilike '%update "delivery"%'`.execute(
      owner,
    )
    if (rows.length > 0) return
    await setImmediate()
  }
}

test('fault 9: a restart after days sends nothing old: what waited ends as stopped, what was in hand as perhaps', async () => {
  const server = await bed.smtp()
  const [waiting, left] = [await bed.tell('actual'), await bed.tell('actual')]
  await bed.leave(left, { seconds_ago: 11 })
  bed.pass(old_hours * 3600)
  assert.equal((await deliverDue(bed.tools, bed.mailTo(server.url))).claimed, 0)
  await endHopeless(bed.tools)
  await endOld(bed.tools)
  await endOld(bed.tools)
  assert.equal(server.mails.length, 0)
  assert.ok(
    (await bed.rowsOf(waiting)).every(({ state, answer }) => state === 'stopped' && answer?.startsWith('not sent')),
  )
  assert.ok((await bed.rowsOf(left)).every(({ state }) => state === 'perhaps'))
  const [line, before] = await bed.lines(waiting)
  assert.deepEqual([line?.action, line?.details.stopped, before?.action], ['delivery.stopped', 6, 'step.taken'])
})

/** Leaves those to the first firm's two contacts alone. */
const onlyFirst = (notice_id: string) =>
  sql`update delivery set state = 'stopped' where notice_id = ${notice_id} and address not like 'firm-0%'`.execute(
    bed.db,
  )
const firsts = async (notice_id: string) =>
  (await bed.rowsOf(notice_id)).filter(({ address }) => address.startsWith('firm-0'))
