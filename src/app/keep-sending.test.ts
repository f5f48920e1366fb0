import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { beat, keepSending } from './keep-sending.ts'

let site: TestSite
before(async () => {
  site = await testSite()
  await site.db.insertInto('installation').values({ mode: 'demo', secret_mark: 'of nothing' }).execute()
})
after(() => site.close())
beforeEach(async () => {
  await site.db
    .updateTable('held_sending')
    .set({ released_by: (await site.accountOf('secretariat')).id, released_at: new Date() })
    .execute()
  await sql`update installation set beat_at = null, cluster = null`.execute(site.db)
  await site.db.updateTable('letter').set({ state: 'sent' }).execute()
})

const aLetter = () =>
  site.db
    .insertInto('letter')
    .values({
      ...{ address: 'x@firm.example', subject: '架空', body: '架空', about: '/home', label: 'amber', purpose: 'test' },
      ...{ message_id: `<${crypto.randomUUID()}@noroshi.example>`, queued_at: new Date(), next_try_at: new Date() },
    })
    .execute()
const stoodStill = (hours: number) =>
  sql`update installation set beat_at = clock_timestamp() - make_interval(hours => ${hours})`.execute(site.db)

test('a program that stood still for hours holds what waits until the desk says go; the trail has both', async () => {
  assert.equal(await beat(site.tools), false)
  await aLetter()
  await stoodStill(2)
  assert.equal(await beat(site.tools), false)
  await stoodStill(5)
  assert.equal(await beat(site.tools), true)
  // It has worked a moment ago, and is still held; another process holds with it.
  assert.equal(await beat(site.tools), true)

  const { secretariat, auditor, bcp_contact } = await site.people('secretariat', 'auditor', 'bcp_contact')
  const home = await site.main(secretariat.client, '/home')
  assert.match(home, /送信を止めています/)
  assert.match(home, /通知の配信 0件、次の段階の連絡 0件、お知らせのメール 1件/)
  assert.match(home, /送信を再開する（1件）/)
  assert.match(await site.main(auditor.client, '/home'), /送信を止めています[\s\S]*再開は事務局が決めます/)
  assert.doesNotMatch(await site.main(bcp_contact.client, '/home'), /送信を止めています/)
  assert.equal((await auditor.client.post('/sending')).status, 403)
  assert.equal(await beat(site.tools), true)

  await site.done(secretariat.client, '/sending')
  await site.done(secretariat.client, '/sending')
  assert.equal(await beat(site.tools), false)
  assert.doesNotMatch(await site.main(secretariat.client, '/home'), /送信を止めています/)
  const lines = (await site.trailOf('/home')).filter(({ action }) => action.startsWith('sending.'))
  assert.deepEqual(
    lines.map(({ action, person_id }) => [action, person_id]),
    [
      ['sending.held', null],
      ['sending.resumed', secretariat.person.id],
    ],
  )
  assert.equal(lines[1]?.details.letters, 1)
})

test('a copy of a database holds what waits there, however lately the original has worked', async () => {
  await aLetter()
  assert.equal(await beat(site.tools), false)
  await sql`update installation set cluster = 'of another server 1'`.execute(site.db)
  assert.equal(await beat(site.tools), true)
  const desk = await site.as('secretariat')
  assert.match(await site.main(desk, '/home'), /別のデータベースの写し/)
  assert.match(await (await desk.get('/home', { cookie: `${desk.cookie}; language=en` })).text(), /Go on sending \(1\)/)
})

test('where nothing waits nothing is held', async () => {
  await beat(site.tools)
  await stoodStill(50)
  assert.equal(await beat(site.tools), false)
})

test('while it is held no work of sending runs; it begins with the press, and ends with the process', async () => {
  await aLetter()
  await beat(site.tools)
  await stoodStill(5)
  let running = 0
  const started = Promise.withResolvers<void>()
  const start = () => {
    running++
    started.resolve()
    return { problem: () => null, stop: async () => void running-- }
  }
  const sending = keepSending({ tools: site.tools, hub: site.hub, report: (error) => site.reported.push(error), start })
  await sending.begun
  assert.deepEqual([running, sending.isHeld(), sending.problem()], [0, true, 'sending is held until the desk says go'])
  await site.done(await site.as('secretariat'), '/sending')
  await started.promise
  assert.equal(running, 1)
  await sending.close()
  assert.equal(running, 0)
  assert.deepEqual(site.reported, [])
})
