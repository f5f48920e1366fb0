import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { takeAnswer } from '#delivery/answers/index.ts'
import { deliveryBed } from '#tests/kit/deliveries.ts'
import { refusal, testSmtp } from '#tests/kit/mail.ts'
import { sendBundles } from './bundles.ts'
import { deliverDue } from './deliver.ts'

let bed: Awaited<ReturnType<typeof deliveryBed>>
before(async () => {
  bed = await deliveryBed()
})
after(() => bed.close())
afterEach(() => bed.clean())

/** The first firm answers by SMS while its mails still wait. */
async function answerFirst(notice_id: string) {
  const { id, receipt_id } = await bed.db
    .selectFrom('recipient')
    .innerJoin('institution', 'institution.id', 'recipient.institution_id')
    .where('recipient.notice_id', '=', notice_id)
    .where('institution.code', '=', 'FIRM-0')
    .select(['recipient.id', 'recipient.receipt_id'])
    .orderBy('recipient.rank')
    .limit(1)
    .executeTakeFirstOrThrow()
  const answer = { receipt_id, by: { recipient_id: id }, via: 'sms', given: 'acknowledged' } as const
  await bed.db.transaction().execute((tx) => takeAnswer(tx, bed.tools.clock(), answer))
}
const ofFirst = async (notice_id: string) =>
  (await bed.rowsOf(notice_id)).filter(({ address }) => address.startsWith('firm-0.')).map(({ state }) => state)
const wanted = { answer_wanted: 'acknowledge' } as const

test('what waits while the mail server is down does not go out to who has answered another way; to the others it does', async () => {
  const down = await testSmtp()
  await down.close()
  const id = await bed.tell('actual', wanted)
  await deliverDue(bed.tools, bed.mailTo(down.url))
  await answerFirst(id)
  const server = await bed.smtp()
  bed.pass(60)
  await deliverDue(bed.tools, bed.mailTo(server.url))
  assert.deepEqual(await ofFirst(id), ['stopped'])
  const to = server.mails.flatMap((mail) => mail.to)
  assert.ok(to.length === 2 && !to.some((address) => address.startsWith('firm-0.')))
})

test('what a server put off does not go out after the answer', async () => {
  let is_busy = true
  const server = await bed.smtp({
    rcpt: () => {
      if (is_busy) throw refusal(451, 'greylisted, come back')
    },
  })
  const mail = bed.mailTo(server.url)
  const id = await bed.tell('actual', wanted)
  await deliverDue(bed.tools, mail)
  await answerFirst(id)
  is_busy = false
  bed.pass(3600)
  await deliverDue(bed.tools, mail)
  assert.deepEqual(await ofFirst(id), ['stopped'])
  assert.equal(server.mails.length, 2)
})

test('what is held for the mail of an hour is not in it after the answer', async () => {
  const said = { ...wanted, severity: 'routine' } as const
  const told: string[] = []
  const server = await bed.smtp()
  const mail = bed.mailTo(server.url)
  for (let count = 0; count < 8; count++) {
    bed.pass(1)
    told.push(await bed.tell('exercise', said))
  }
  const [held = '', other = ''] = told.slice(-2)
  await deliverDue(bed.tools, mail)
  assert.deepEqual(await ofFirst(held), ['waiting'])
  await answerFirst(held)
  assert.deepEqual([await ofFirst(held), await ofFirst(other)], [['stopped'], ['waiting']])
  server.mails.length = 0
  bed.pass(3600)
  await sendBundles(bed.tools)
  await deliverDue(bed.tools, mail)
  const texts = (await server.read())
    .filter(({ to }) => to?.[0]?.address?.startsWith('firm-0.'))
    .map(({ subject }) => subject)
  assert.equal(texts.length, 1)
  assert.doesNotMatch(texts[0] ?? '', /まとめ/, 'one of the two is left, and goes by itself')
})
