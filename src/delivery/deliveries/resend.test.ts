import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, test } from 'node:test'
import { sql } from 'kysely'
import { counts, deliveryBed } from '#tests/kit/deliveries.ts'
import { refusal } from '#tests/kit/mail.ts'
import { deliverDue } from './deliver.ts'
import { countResend, resend } from './resend.ts'
import { takeSteps } from './take-steps.ts'

let bed: Awaited<ReturnType<typeof deliveryBed>>
before(async () => {
  bed = await deliveryBed()
})
after(() => bed.close())
afterEach(() => bed.clean())

test('a resend never goes to an address that an earlier step reached, though a later one to it failed', async () => {
  const ladder = [
    { after_minutes: 0, to: 'primary', channels: ['mail'] },
    { after_minutes: 5, to: 'all', channels: ['mail'] },
  ]
  await sql`insert into ladder (severity, scope, version, steps) values ('important', 'all', 2, ${JSON.stringify(ladder)})`.execute(
    bed.db,
  )
  let is_closed = false
  const server = await bed.smtp({
    rcpt: (address) => {
      if (is_closed && address.startsWith('firm-0.')) throw refusal(554, '5.7.1 not now')
    },
  })
  const mail = bed.mailTo(server.url)
  const notice_id = await bed.tell('actual', { severity: 'important', answer_wanted: 'acknowledge' })
  assert.deepEqual(counts(await deliverDue(bed.tools, mail)), { sent: 3 })
  is_closed = true
  bed.pass(300)
  await takeSteps(bed.tools, ['mail'])
  // Of the first firm the primary, who has it already, and the deputy.
  assert.deepEqual(counts(await deliverDue(bed.tools, mail)), { sent: 4, failed: 2 })
  assert.deepEqual(await countResend(bed.db, notice_id), { failed: 1, perhaps: 0 })
  const press = { notice_id, states: ['failed' as const], idempotency_key: randomUUID() }
  assert.deepEqual(await resend(bed.tools, bed.market.desk, press), { resent: 1 })
  is_closed = false
  server.mails.length = 0
  await deliverDue(bed.tools, mail)
  assert.deepEqual(
    server.mails.flatMap(({ to }) => to),
    ['firm-0.2@firm.example'],
  )
})
