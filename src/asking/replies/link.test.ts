import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { draftNotice, type NoticeDraft, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { seenNow, testDraft } from '#tests/kit/notices.ts'
import {
  answersOfReceipt,
  deskOf,
  openDrill,
  ownMessagesOf,
  receiptOf,
  recipientsOf,
  sendTest,
} from '#tests/kit/replies.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let now = new Date('2027-01-15T00:00:00Z')
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
before(async () => {
  site = await testSite({ clock: () => now })
})
after(() => site.close())

const counted = async () => {
  const counts: Record<string, unknown> = {}
  for (const table of ['trail', 'answer', 'report', 'delivery', 'attempt', 'reply'] as const)
    counts[table] = (await site.db.selectFrom(table).selectAll().execute()).length
  counts.open = (await site.db.selectFrom('receipt').where('closed_at', 'is', null).selectAll().execute()).length
  return counts
}
const situation = () => openDrill(site, now)
const ask = async (codes: string[], more: Partial<NoticeDraft> = {}) =>
  sendTest(site, codes, {
    ...{ kind: 'report_request', answer_wanted: 'report', situation_id: await situation() },
    ...{ answer_by: new Date(now.getTime() + 3_600_000), ...more },
  })

test('a scanner that opens every link in every mail changes nothing; then one press acknowledges', async () => {
  const { id, mails } = await sendTest(site, ['SEC-001', 'SEC-002'])
  const [first] = await recipientsOf(site, id, 'SEC-001')
  const before = await counted()
  let opened = 0
  for (const mail of mails)
    for (const [link] of `${mail.text} ${mail.html}`.matchAll(/http:\/\/localhost\/[^\s"<>]+/g)) {
      for (const method of ['HEAD', 'GET', 'HEAD', 'GET', 'OPTIONS']) await site.nobody.send(method, link)
      opened++
    }
  assert.ok(opened >= 8)
  assert.deepEqual(await counted(), before)

  const link = `/a/${first!.token}`
  const page = await site.nobody.get(link)
  const text = await page.text()
  assert.equal(page.status, 200)
  assert.equal(page.headers.get('cache-control'), 'no-store')
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer')
  assert.match(page.headers.get('x-robots-tag') ?? '', /noindex/)
  assert.match(text, /これは訓練です/)
  assert.match(text, /状況を確認してください。/)
  assert.equal(text.match(/<button[^>]*name="acknowledged"/g)?.length, 1)
  const english = await (await site.client('language=en').get(link)).text()
  assert.match(english, /Please check your status\./)

  const pressed = await site.nobody.post(link, { acknowledged: 'yes' })
  assert.deepEqual([pressed.status, pressed.headers.get('location')], [303, `${link}?told=taken`])
  const receipt = await receiptOf(site, first!.receipt_id)
  assert.deepEqual([receipt.closed_how, receipt.next_step_at], ['answered', null])
  const [answer] = await answersOfReceipt(site, first!.receipt_id)
  assert.deepEqual(
    [answer?.given, answer?.via, answer?.recipient_id, answer?.answered_by, answer?.is_on_behalf],
    ['acknowledged', 'link', first!.id, null, false],
  )
  const [line] = (await site.trail()).filter(({ action }) => action === 'notice.answered')
  assert.equal(line?.about, `/notices/${id}`)
})

test('a press that is replayed, or made by two at once, answers once and shows by whom, when and what', async () => {
  const { id } = await sendTest(site, ['SEC-001'])
  const [first, second] = await recipientsOf(site, id, 'SEC-001')
  const presses = await Promise.all(
    [first!, first!, second!, first!, second!].map(({ token }) =>
      site.nobody.post(`/a/${token}`, { acknowledged: 'yes' }),
    ),
  )
  assert.deepEqual(new Set(presses.map(({ status }) => status)), new Set([303]))
  assert.equal((await answersOfReceipt(site, first!.receipt_id)).length, 1)
  pass(1)
  const again = await site.nobody.post(`/a/${second!.token}`, { acknowledged: 'yes' })
  assert.equal(again.headers.get('location'), `/a/${second!.token}?told=again`)
  const [answer] = await answersOfReceipt(site, first!.receipt_id)
  const page = await (await site.nobody.get(`/a/${second!.token}`)).text()
  const by = [first!, second!].find(({ id }) => id === answer?.recipient_id)!
  assert.match(page, /この通知には、貴機関の回答が済んでいます/)
  assert.ok(page.includes(by.name_ja))
  assert.match(page, /回答用リンク/)
  assert.doesNotMatch(page, /<button[^>]*name="acknowledged"/)
})

test('one press reports that all is normal, as a real report that the board marks', async () => {
  const { id } = await ask(['SEC-001'])
  const [first] = await recipientsOf(site, id, 'SEC-001')
  const page = await (await site.nobody.get(`/a/${first!.token}`)).text()
  assert.match(page, /すべて正常と報告する/)
  assert.match(page, /href="\/situations\/[0-9a-f-]{36}\/report"/)
  assert.equal((await site.nobody.post(`/a/${first!.token}`, { all_normal: 'yes' })).status, 303)
  const [answer] = await answersOfReceipt(site, first!.receipt_id)
  const report = await site.db
    .selectFrom('report')
    .where('id', '=', answer?.report_id ?? '')
    .selectAll()
    .executeTakeFirstOrThrow()
  assert.deepEqual(
    [report.via, report.recipient_id, report.reported_by, report.damage_systems, report.bcp, report.mode],
    ['link', first!.id, null, 'none', 'not_activated', 'exercise'],
  )
  const desk = await site.as('secretariat')
  const board = await (await desk.get(`/situations/${report.situation_id}/board?view=participants`)).text()
  assert.match(board, /回答用リンク/)
  assert.ok(board.includes(first!.name_ja))
  const filed = await (await desk.get(`/reports/${report.id}`)).text()
  assert.ok(filed.includes(`${first!.name_ja} / 回答用リンク`))
})

test('of a link and the portal at once the second sees the first: "all normal" never replaces what a colleague just reported', async () => {
  const { id } = await ask(['SEC-001'])
  const [first] = await recipientsOf(site, id, 'SEC-001')
  const { situation_id } = await site.db.selectFrom('notice').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
  const colleague = await site.signIn((await site.accountOf('bcp_contact')).email).catch(() => null)
  assert.ok(colleague)
  const { institution_id } = await site.accountOf('bcp_contact')
  const { code } = await site.db
    .selectFrom('institution')
    .where('id', '=', institution_id)
    .selectAll()
    .executeTakeFirstOrThrow()
  const { id: asked } = await ask([code], { situation_id })
  const [own] = await recipientsOf(site, asked, code)
  const report = { damage_building: 'severe', damage_systems: 'none', damage_staff: 'none', damage_external: 'none' }
  await Promise.all([
    colleague.post(`/situations/${situation_id}/report`, {
      ...{ ...report, order_trading: 'stopped', clearing: 'stopped', settlement: 'stopped', custody: 'stopped' },
      ...{ market_data: 'stopped', funds: 'stopped', bcp: 'activated', command_centre: 'set_up', resumption_at: '' },
      ...{ text: '', next_update_minutes: '60', idempotency_key: crypto.randomUUID() },
    }),
    site.nobody.post(`/a/${own!.token}`, { all_normal: 'yes' }),
  ])
  const reports = await site.db
    .selectFrom('report')
    .where('situation_id', '=', situation_id)
    .where('institution_id', '=', institution_id)
    .selectAll()
    .execute()
  const newest = reports.find(({ id: one }) => !reports.some(({ supersedes }) => supersedes === one))
  assert.equal(newest?.via, 'portal')
  assert.equal(newest?.damage_building, 'severe')
  assert.ok(first)
})

test('a choice is made by its button, and only by one that there is', async () => {
  const choices = [
    { ja: '出社できます', en: 'Can come in' },
    { ja: '出社できません', en: 'Cannot come in' },
  ]
  const { id } = await sendTest(site, ['SEC-002'], { answer_wanted: 'choice', choices })
  const [first] = await recipientsOf(site, id, 'SEC-002')
  const link = `/a/${first!.token}`
  for (const wrong of [
    {},
    { choice: '3' },
    { choice: '0' },
    { choice: 'x' },
    { acknowledged: 'yes' },
    { all_normal: 'yes' },
  ])
    assert.equal((await site.nobody.post(link, wrong)).status, 422, JSON.stringify(wrong))
  assert.equal((await site.nobody.post(link, { choice: '2' })).status, 303)
  assert.match(await (await site.nobody.get(link)).text(), /出社できません/)
  assert.deepEqual(
    (await answersOfReceipt(site, first!.receipt_id)).map(({ choice }) => choice),
    [2],
  )
})

test('what was corrected says so, points at the new text, and has no button', async () => {
  const { id } = await sendTest(site, ['SEC-003'])
  const desk = await deskOf(site)
  const correction = await draftNotice(
    site.tools,
    desk,
    testDraft({ mode: 'exercise', kind: 'correction', replaces_id: id, subject_ja: '訂正後' }),
  )
  await submitNotice(site.tools, desk, {
    id: correction.id,
    version: 1,
    seen: await seenNow(site.tools, correction.id),
  })
  const seen = await seenNow(site.tools, correction.id)
  const release = { id: correction.id, version: 1, seen, mode: 'exercise' as const, override_reason: null }
  assert.deepEqual(await releaseNotice(site.tools, desk, release), { id: correction.id })
  const [first] = await recipientsOf(site, id, 'SEC-003')
  const page = await site.nobody.get(`/a/${first!.token}`)
  const text = await page.text()
  assert.equal(page.status, 200)
  assert.match(text, /この通知は訂正されました/)
  assert.ok(text.includes(`/notices/${correction.id}`))
  assert.doesNotMatch(text, /<button[^>]*name="acknowledged"|訂正後/)
  const pressed = await site.nobody.post(`/a/${first!.token}`, { acknowledged: 'yes' })
  assert.equal(pressed.headers.get('location'), `/a/${first!.token}?told=replaced`)
  assert.match(
    await (await site.nobody.get(pressed.headers.get('location')!)).text(),
    /今押した内容は、受け付けていません/,
  )
  assert.deepEqual(await answersOfReceipt(site, first!.receipt_id), [])
  const [again] = await recipientsOf(site, correction.id, 'SEC-003')
  assert.ok(text.includes(`href="/a/${again!.token}"`), 'it leads to the one that stands')
})

test('a red text is not shown without a sign-in', async () => {
  const { id } = await sendTest(site, ['SEC-004'], { label: 'red', text_ja: '極秘の本文', subject_ja: '極秘の件名' })
  const [first] = await recipientsOf(site, id, 'SEC-004')
  const text = await (await site.nobody.get(`/a/${first!.token}`)).text()
  assert.doesNotMatch(text, /極秘/)
  assert.match(text, /TLP:RED/)
})

test('a link is over a week after its notice, and when its situation closes', async () => {
  const { id } = await sendTest(site, ['SEC-005'])
  const [first] = await recipientsOf(site, id, 'SEC-005')
  const asked = await ask(['SEC-005'])
  const [reporter] = await recipientsOf(site, asked.id, 'SEC-005')
  const { situation_id } = await site.db
    .selectFrom('notice')
    .where('id', '=', asked.id)
    .selectAll()
    .executeTakeFirstOrThrow()
  await site.db
    .updateTable('situation')
    .set({ closed_at: now, closing_reason: '終了' })
    .where('id', '=', situation_id ?? '')
    .execute()
  pass(7 * 1440 + 1)
  for (const { token, receipt_id } of [first!, reporter!]) {
    assert.equal((await site.nobody.get(`/a/${token}`)).status, 410)
    const pressed = await site.nobody.post(`/a/${token}`, { acknowledged: 'yes', all_normal: 'yes' })
    assert.equal(pressed.status, 410)
    assert.match(await pressed.text(), /期限は過ぎました/)
    assert.deepEqual(await answersOfReceipt(site, receipt_id), [])
  }
})

test('forged and malformed tokens look alike and reveal nothing; who keeps trying is held up, a right link never', async () => {
  const { id } = await sendTest(site, ['SEC-006'])
  const [first] = await recipientsOf(site, id, 'SEC-006')
  const token = first!.token
  const forged = `${token.slice(0, -1)}${token.endsWith('0') ? '4' : '0'}`
  const pages = new Set<string>()
  for (const bad of [forged, 'x', `${token}0`, token.slice(1), '0'.repeat(26), "'", '%00']) {
    const page = await site.nobody.get(`/a/${bad}`)
    assert.equal(page.status, 404, bad)
    pages.add((await page.text()).replaceAll(/value="\/a\/[^"]*"|data-now="[^"]*"/g, ''))
  }
  assert.equal(pages.size, 1)
  assert.equal((await site.nobody.get(`/a/${token.toUpperCase()}`)).status, 200)

  const attacker = site.client(undefined, '203.0.113.9')
  let codes: number[] = []
  for (let times = 0; times < 105; times++)
    codes.push((await attacker.post(`/a/${forged}`, { acknowledged: 'yes' })).status)
  assert.deepEqual([codes[0], codes.at(-1)], [404, 429])
  codes = []
  assert.equal((await attacker.post(`/a/${token}`, { acknowledged: 'yes' })).status, 303)
  assert.deepEqual(site.reported, [])
})

test('the form behind a link needs no cookie and no origin: old phones send neither', async () => {
  const { id } = await sendTest(site, ['SEC-007'])
  const [first] = await recipientsOf(site, id, 'SEC-007')
  const answer = await site.nobody.post(`/a/${first!.token}`, { acknowledged: 'yes' }, { origin: 'null' })
  assert.equal(answer.status, 303)
  assert.equal((await ownMessagesOf(site, first!.receipt_id)).length, 0)
})
