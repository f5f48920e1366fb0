import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { toCivilInput } from '#ground/html/civil.ts'
import { refusal, type TestSmtp, testSmtp } from '#tests/kit/mail.ts'
import { sendDue, sendTest } from '#tests/kit/replies.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let smtp: TestSmtp
let now = new Date('2027-01-15T00:00:00Z')
/** Whom the relay does not know; everybody, while it is set up wrongly. */
let unknown: (address: string) => boolean = () => false

before(async () => {
  site = await testSite({ clock: () => now })
  smtp = await testSmtp({
    rcpt: (address) => {
      if (unknown(address)) throw refusal(550, '5.1.1 no such user')
      return undefined
    },
  })
})
after(async () => {
  await smtp.close()
  await site.close()
  assert.deepEqual(site.reported, [])
})
beforeEach(async () => {
  now = new Date(now.getTime() + 24 * 3_600_000)
  unknown = () => false
  smtp.mails.length = 0
  // No step of an earlier test's notice is taken now.
  await site.db.updateTable('receipt').set({ next_step_at: null }).execute()
  const well = { quarantined_at: null, quarantine_reason: null, refused_at: null, refusal: null }
  await site.db.updateTable('contact_address').set(well).execute()
  await site.db.updateTable('channel_state').set({ suspect_since: null, suspect_why: null }).execute()
})

const stopped = () =>
  site.db.selectFrom('contact_address').where('quarantined_at', 'is not', null).selectAll().orderBy('address').execute()
const refused = () => site.db.selectFrom('contact_address').where('refused_at', 'is not', null).selectAll().execute()
const firms = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `SEC-${String(from + at).padStart(3, '0')}`)
const mailsOf = async (codes: readonly string[]) =>
  (
    await site.db
      .selectFrom('contact_address as at')
      .innerJoin('institution', 'institution.id', 'at.institution_id')
      .where('institution.code', 'in', codes)
      .where('at.means', '=', 'mail')
      .where('at.removed_at', 'is', null)
      .select('at.address')
      .execute()
  ).map(({ address }) => address)

test('a relay that refuses everybody stops no address; home says so in red, and one press uses all of them again', async () => {
  unknown = () => true
  await sendTest(site, firms(1, 20), {}, smtp)
  assert.equal((await stopped()).length, 0)
  assert.equal((await refused()).length, 20)
  const lines = (await site.trail()).filter(({ action }) => action === 'channel.suspected')
  assert.deepEqual(
    lines.map(({ about, details }) => [about, details.channel, /no such user/.test(String(details.why))]),
    [['/home', 'mail', true]],
  )
  // What asked to mend the first of them was never sent.
  const letters = await site.db.selectFrom('letter').where('purpose', '=', 'address-mend').select('state').execute()
  assert.ok(letters.every(({ state }) => state === 'failed'))

  const { secretariat, auditor, bcp_contact } = await site.people('secretariat', 'auditor', 'bcp_contact')
  const desk = secretariat.client
  const home = await site.main(desk, '/home')
  assert.match(home, /data-type="error"[\s\S]*メールサーバーの拒否が疑わしい[\s\S]*20機関の20件/)
  assert.match(await site.main(auditor.client, '/home'), /メールサーバーの拒否が疑わしい/)
  assert.doesNotMatch(await site.main(auditor.client, '/home'), /action="\/deliveries\/refused"/)
  assert.doesNotMatch(await site.main(bcp_contact.client, '/home'), /メールサーバーの拒否/)
  assert.match(await site.main(desk, '/deliveries/refused'), /いまはどの宛先も自動で停止しません/)

  // The relay is well again: the next notice goes to all of them, even before anybody has pressed.
  unknown = () => false
  await sendTest(site, firms(1, 20), {}, smtp)
  assert.equal(smtp.mails.length, 20)
  const [, since = ''] = /name="since" value="([^"]+)"/.exec(home) ?? []
  assert.equal((await auditor.client.post('/deliveries/refused', { since, decision: 'lift' })).status, 403)
  const done = await desk.post('/deliveries/refused', { since, decision: 'lift' })
  assert.equal(done.headers.get('location'), '/deliveries/refused?lifted=20')
  assert.equal((await refused()).length, 0)
  assert.doesNotMatch(await site.main(desk, '/home'), /メールサーバーの拒否/)
  const [line] = (await site.trail()).filter(({ action }) => action === 'address.lifted')
  assert.deepEqual([line?.person_id, line?.details.addresses], [secretariat.person.id, 20])
})

test('what was stopped just before the others were refused, too, is lifted with them', async () => {
  const gone = await mailsOf(['SEC-001'])
  unknown = (address) => gone.includes(address)
  await sendTest(site, ['SEC-001'], {}, smtp)
  assert.equal((await stopped()).length, 1)
  now = new Date(now.getTime() + 5 * 60_000)
  unknown = () => true
  await sendTest(site, firms(2, 3), {}, smtp)
  assert.equal((await stopped()).length, 0)
  const { details } = (await site.trail()).findLast(({ action }) => action === 'channel.suspected') ?? {}
  assert.ok(Array.isArray(details?.lifted) && details.lifted.length > 0)
})

test('a relay that refuses everybody is doubted also where few mails are sent, and what it stopped before is used again', async () => {
  unknown = () => true
  const first_at = now
  await sendTest(site, ['SEC-001'], {}, smtp)
  assert.equal((await stopped()).length, 1)
  now = new Date(now.getTime() + 40 * 60_000)
  await sendTest(site, ['SEC-002'], {}, smtp)
  assert.equal((await stopped()).length, 0)
  const home = await site.main(await site.as('secretariat'), '/home')
  assert.match(home, /メールサーバーの拒否が疑わしい[\s\S]*2機関の/)
  // Since the first refusal, not before it.
  assert.ok(home.includes(`name="since" value="${toCivilInput(first_at)}"`), home)
})

test('of two institutions refused one after the other one is stopped where a mail was taken between', async () => {
  const gone = await mailsOf(['SEC-001', 'SEC-002'])
  unknown = (address) => gone.includes(address)
  for (const code of ['SEC-001', 'SEC-003', 'SEC-002']) {
    await sendTest(site, [code], {}, smtp)
    now = new Date(now.getTime() + 60_000)
    // Nobody is chased meanwhile.
    await site.db.updateTable('receipt').set({ next_step_at: null }).execute()
  }
  assert.equal((await stopped()).length, 2)
})

test('two institutions of many are stopped; a third within ten minutes is not believed, one an hour later is', async () => {
  const gone = await mailsOf(firms(1, 3))
  unknown = (address) => gone.includes(address)
  const market = await site.db.selectFrom('institution').select('code').execute()
  const all = market.map(({ code }) => code).filter((code) => code !== 'SEC-003')
  await sendTest(site, all, {}, smtp)
  assert.equal((await stopped()).length, 2)
  // Nobody is chased meanwhile.
  await site.db.updateTable('receipt').set({ next_step_at: null }).execute()
  now = new Date(now.getTime() + 60 * 60_000)
  await sendTest(site, ['SEC-003'], {}, smtp)
  assert.equal((await stopped()).length, 3)
})

test('a relay that becomes suspect brings back what was stopped in these minutes, and nothing that was stopped an hour before', async () => {
  const gone = await mailsOf(firms(1, 2))
  unknown = (address) => gone.includes(address)
  const market = await site.db.selectFrom('institution').select('code').execute()
  const doubted = firms(5, 9)
  const others = market.map(({ code }) => code).filter((code) => !doubted.includes(code))
  await sendTest(site, others, {}, smtp)
  assert.equal((await stopped()).length, 2)
  await site.db.updateTable('receipt').set({ next_step_at: null }).execute()
  now = new Date(now.getTime() + 60 * 60_000)
  const now_gone = await mailsOf(doubted)
  unknown = (address) => now_gone.includes(address)
  await sendTest(site, doubted, {}, smtp)
  assert.equal((await stopped()).length, 2)
})

test('two institutions of a notice that went to few are too many of them', async () => {
  const gone = await mailsOf(firms(1, 2))
  unknown = (address) => gone.includes(address)
  await sendTest(site, firms(1, 10), {}, smtp)
  assert.equal((await stopped()).length, 0)
})

test('addresses that are really gone are stopped by one decision, their firms are asked to mend them, and others since stay', async () => {
  const gone = await mailsOf(firms(1, 4))
  unknown = (address) => gone.includes(address)
  await sendTest(site, firms(1, 20), {}, smtp)
  const taken = (await refused()).length
  assert.ok(taken >= 4)
  const desk = await site.as('secretariat')
  const wrong = await desk.post('/deliveries/refused', { since: 'yesterday' })
  assert.equal(wrong.status, 422)
  const page = await wrong.text()
  assert.match(page, /いつからかを、日付と時刻で入れてください/)
  assert.match(page, /どちらかを選んでください/)
  const [, since = ''] = /name="since"[^>]*value="([^"]+)"/.exec(await site.main(desk, '/deliveries/refused')) ?? []
  const done = await desk.post('/deliveries/refused', { since, decision: 'stop' })
  assert.equal(done.headers.get('location'), `/deliveries/refused?stopped=${taken}`)
  assert.equal((await stopped()).length, taken)
  assert.equal((await site.trailOf('/home')).at(-1)?.action, 'channel.believed')
  const asked = await site.db
    .selectFrom('letter')
    .where('purpose', '=', 'address-mend')
    .where('state', '=', 'waiting')
    .select('about')
    .distinct()
    .execute()
  assert.equal(asked.length, 4)
  assert.doesNotMatch(await site.main(desk, '/home'), /メールサーバーの拒否/)
  // Pressed again, nothing is left to stop.
  const again = await desk.post('/deliveries/refused', { since, decision: 'stop' })
  assert.equal(again.headers.get('location'), '/deliveries/refused?stopped=0')
  smtp.mails.length = 0
  await sendDue(site, smtp)
})
