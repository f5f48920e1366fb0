import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { sql } from 'kysely'
import { deliveryBed, keptChannel } from '#tests/kit/deliveries.ts'
import { sendBundles } from './bundles.ts'
import { deliverDue } from './deliver.ts'

let bed: Awaited<ReturnType<typeof deliveryBed>>
before(async () => {
  bed = await deliveryBed()
})
after(() => bed.close())
afterEach(() => bed.clean())

const routine = { severity: 'routine', answer_wanted: 'acknowledge' } as const

test('of many routine notices in an hour each address gets six, and the rest in one mail at its end', async () => {
  const mail = keptChannel('mail')
  for (let notice = 0; notice < 9; notice++) {
    bed.pass(60)
    await bed.tell('exercise', { ...routine, subject_ja: `定例 ${notice}` })
  }
  await deliverDue(bed.tools, mail.channel)
  assert.equal(mail.messages.length, 3 * 6)
  assert.equal(await sendBundles(bed.tools), 0, 'not before the hour ends')
  bed.pass(3600)
  // Whichever worker does it.
  const looked = await Promise.all([sendBundles(bed.tools), sendBundles(bed.tools)])
  assert.equal(looked[0] + looked[1], 3 * 3)
  const told = await bed.db.selectFrom('trail').where('action', '=', 'delivery.bundled').selectAll().execute()
  assert.deepEqual(
    told.map(({ mode, details }) => [mode, (details.notices as string[]).length]),
    [1, 2, 3].map(() => ['exercise', 3]),
  )
  mail.messages.length = 0
  await deliverDue(bed.tools, mail.channel)
  assert.equal(mail.messages.length, 3)
  for (const { subject, text, link, reply_to } of mail.messages) {
    assert.equal(subject, '【訓練】定例の通知3件のまとめ')
    for (const notice of [6, 7, 8]) assert.ok(text.includes(`定例 ${notice}`))
    assert.equal(new Set(text.match(/\/a\/[0-9a-z]{26}/g)).size, 3, 'each with its own link')
    assert.ok(text.startsWith('【訓練】') && text.trimEnd().endsWith('【訓練】'))
    assert.equal(reply_to, undefined, 'a reply could not say to which it answers')
    assert.ok(link)
  }
  await sendBundles(bed.tools)
  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*)::int as count from delivery where is_held group by state`.execute(bed.db)
  assert.deepEqual(rows, [{ state: 'sent', count: 9 }])
})

test('what is alone over the limit goes out by itself, and modes are never bundled together', async () => {
  const mail = keptChannel('mail')
  for (const mode of ['exercise', 'test'] as const)
    for (let notice = 0; notice < 7; notice++) await bed.tell(mode, routine)
  await deliverDue(bed.tools, mail.channel)
  assert.equal(mail.messages.length, 2 * 3 * 6)
  bed.pass(3600)
  await sendBundles(bed.tools)
  mail.messages.length = 0
  await deliverDue(bed.tools, mail.channel)
  assert.equal(mail.messages.length, 2 * 3)
  assert.ok(mail.messages.every(({ subject }) => !subject.includes('まとめ')))
})

test('urgent and important notices are never held back, however many there are', async () => {
  const mail = keptChannel('mail')
  for (const severity of ['urgent', 'important'] as const)
    for (let notice = 0; notice < 8; notice++) await bed.tell('actual', { ...routine, severity })
  await deliverDue(bed.tools, mail.channel)
  assert.equal(mail.messages.length, 2 * 8 * 3)
})

test('an institution that has answered meanwhile gets no bundle of it', async () => {
  const mail = keptChannel('mail')
  for (let notice = 0; notice < 8; notice++) await bed.tell('exercise', routine)
  await deliverDue(bed.tools, mail.channel)
  await sql`update delivery set state = 'stopped' where is_held and state = 'waiting'`.execute(bed.db)
  bed.pass(3600)
  assert.equal(await sendBundles(bed.tools), 0)
})
