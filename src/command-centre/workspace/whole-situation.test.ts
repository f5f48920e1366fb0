import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { draftNotice, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { closeAt } from '#tests/kit/closing.ts'
import { hiddenIn } from '#tests/kit/notice.ts'
import { seenNow, testDraft } from '#tests/kit/notices.ts'
import { idIn } from '#tests/kit/pages.ts'
import { askAsPeople } from '#tests/kit/rounds.ts'
import { reportForm, situationForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let people: Awaited<ReturnType<typeof everybody>>
let situation = ''
const everybody = (of: TestSite) => of.people('secretariat', 'bcp_contact', 'auditor')
before(async () => {
  site = await testSite()
  people = await everybody(site)
  const desk = people.secretariat
  const { id } = await site.db.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  situation = `/situations/${idIn(await site.done(desk.client, '/situations', situationForm(id, site.tools.clock())))}`
})
after(() => site.close())

const report = (change: Record<string, string>) =>
  site.done(people.bcp_contact.client, `${situation}/report`, reportForm(change))
const form = (text: string) => ({ text_ja: text, text_en: `In English: ${text}`, idempotency_key: crypto.randomUUID() })
async function publish(text: string) {
  const { client } = people.secretariat
  const chosen = form(text)
  const check = await (await client.post(`${situation}/publication/check`, chosen)).text()
  const { seen = '' } = hiddenIn(check, `${situation}/publications`)
  return client.post(`${situation}/publications`, { ...chosen, seen })
}

test('S0-33 home after the sign-in has my tasks, my market and the situations that are open', async () => {
  const { secretariat, bcp_contact, auditor } = people
  await askAsPeople(site.tools, secretariat.person, { situation_id: idIn(situation), mode: 'actual' })
  const signedIn = await site.signIn('bcp@soten.example')
  assert.equal(new URL((await signedIn.get('/sign-in')).headers.get('location') ?? '', 'http://x').pathname, '/home')

  // Who reports: what is asked of them and until when, how their own house stands, and which situation it is.
  const asked = await site.read(bcp_contact.client, '/home')
  assert.match(asked, /架空の地震.*回答が必要です.*回答期限.*まだ報告していません.*状況を報告する/)
  await report({ order_trading: 'stopped' })
  const answered = await site.read(bcp_contact.client, '/home')
  assert.doesNotMatch(answered, /回答が必要です|まだ報告していません/)
  assert.match(answered, /架空の地震.*最後の報告.*報告を更新する/)

  // The desk: what waits for it, how far the market has answered and what stands still, and the situation.
  await site.db
    .insertInto('reply')
    .values({
      ...{ channel: 'mail', message_id: '<one@firm.example>', sender: 'a@firm.example', subject: '', text: '停止中' },
      ...{ finding: 'unclear', recipient_id: null, receipt_id: null, received_at: site.tools.clock() },
      ...{ settled_how: null, settled_by: null },
    })
    .execute()
  const home = await site.main(secretariat.client, '/home')
  assert.match(home, /<section aria-labelledby="next">[\s\S]*href="\/replies/)
  const words = await site.read(secretariat.client, '/home')
  assert.match(words, /架空の地震/)
  assert.match(words, /1 \/ \d+機関が報告/)
  assert.match(words, /約定（注文・売買）.*停止|停止.*約定（注文・売買）/)
  assert.ok(home.includes(`href="${situation}"`))
  // Who only looks has the situation and the market, and nothing to do.
  const watched = await site.main(auditor.client, '/home')
  assert.doesNotMatch(watched, /<section aria-labelledby="next">/)
  assert.match(await site.read(auditor.client, '/home'), /架空の地震.*1 \/ \d+機関が報告/)
})

test('S0-56 gathering, returning and providing go on through both phases until the closing, and end with it', async () => {
  const { secretariat, bcp_contact } = people
  const desk = secretariat.client
  const board = (query = '') => site.read(desk, `${situation}/board${query}`)
  const returned = () => site.read(bcp_contact.client, `${situation}/board`)
  await report({ order_trading: 'stopped' })
  await site.done(desk, `${situation}/return`)
  assert.equal((await publish('緊急時の公表')).status, 303)

  await site.done(desk, `${situation}/phase`, { phase: 'recovery' })
  await report({ order_trading: 'resumed' })
  assert.match(await board(), /再開 1/)
  assert.match(await returned(), /再開 1/, 'what was returned goes on to be')
  assert.equal((await publish('復旧時の公表')).status, 303)
  const before = await site.db.selectFrom('report').select('id').execute()

  // Whatever else is asked in the situation ends with it, too, not its rounds alone.
  const by = secretariat.person
  const scope = { mode: 'actual' as const, situation_id: idIn(situation) }
  const { id: notice_id } = await draftNotice(site.tools, by, testDraft(scope))
  const seen = () => seenNow(site.tools, notice_id)
  await submitNotice(site.tools, by, { id: notice_id, version: 1, seen: await seen() })
  const { secretariat_approver: second } = await site.people('secretariat_approver')
  const release = { id: notice_id, version: 1, seen: await seen(), mode: scope.mode, override_reason: null }
  assert.deepEqual(await releaseNotice(site.tools, second.person, release), { id: notice_id })
  const openReceipts = async () => {
    const receipts = site.db.selectFrom('receipt').where('notice_id', '=', notice_id).where('closed_at', 'is', null)
    return (await receipts.select('id').execute()).length
  }
  assert.ok((await openReceipts()) > 0)

  const closing = { closing_reason: '復旧した', closing_ja: '対応を終えました', closing_en: 'We have finished' }
  assert.equal((await closeAt(desk, situation, closing)).status, 303)
  assert.equal(await openReceipts(), 0)
  const late = await bcp_contact.client.post(`${situation}/report`, reportForm({ order_trading: 'normal' }))
  assert.equal(late.status, 409)
  assert.deepEqual(await site.db.selectFrom('report').select('id').execute(), before)
  assert.match(await returned(), /再開 1/, 'what was returned stays to be read')
  const count = async () => (await site.db.selectFrom('publication').select('id').execute()).length
  const published = await count()
  await publish('終結後の公表')
  assert.equal(await count(), published)
})
