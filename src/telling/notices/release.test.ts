import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { demoPassword } from '#access/sign-in/index.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import { closeAt } from '#tests/kit/closing.ts'
import { hiddenIn, noticeForm, release, writeNotice, written } from '#tests/kit/notice.ts'
import { seenNow } from '#tests/kit/notices.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
let author: Client
let approver: Client
let now = new Date('2027-01-15T03:00:00Z')

before(async () => {
  site = await testSite({ clock: () => now })
  author = await site.as('secretariat')
  approver = await site.as('secretariat_approver')
})
after(() => site.close())

const draft = async (change: Record<string, string> = {}) =>
  written(await writeNotice(author, noticeForm({ institutions: 'SEC-001', everyone: '', ...change })))
const submitted = async (change: Record<string, string> = {}) => {
  const path = await draft(change)
  const page = await (await author.get(`${path}/check`)).text()
  assert.equal((await author.post(`${path}/submission`, hiddenIn(page, `${path}/submission`))).status, 303)
  return path
}
const rowOf = (path: string) =>
  site.db
    .selectFrom('notice')
    .where('id', '=', path.split('/')[2] ?? '')
    .selectAll()
    .executeTakeFirstOrThrow()
const receiptsOf = (path: string) =>
  site.db
    .selectFrom('receipt')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .where('notice_id', '=', path.split('/')[2] ?? '')
    .select(['code', 'receipt.id', 'closed_how', 'next_step_at'])
    .orderBy('code')
    .execute()
const seen = async (path: string) => {
  const { id, version, mode } = await rowOf(path)
  return { version: String(version), mode, seen: await seenNow(site.tools, id) }
}
const lastTrail = async () => (await site.trail()).at(-1)

test('N-8 what is real is released by a second person, who sees a button with its verb, number and mode', async () => {
  const path = await submitted()
  const own = await (await author.get(path)).text()
  assert.match(own, /ほかの人の承認が必要です/)
  assert.doesNotMatch(own, />実災害として1機関に通知を送る</)
  const refused = await author.post(`${path}/release`, await seen(path))
  assert.equal(refused.status, 409)
  assert.match(await refused.text(), /ほかの人の承認が必要です[\s\S]*下書きはそのまま残っています/)
  assert.equal((await rowOf(path)).state, 'submitted')

  assert.match(await (await approver.get('/home')).text(), /承認待ちの通知/)
  const page = await (await approver.get(path)).text()
  assert.match(page, />実災害として1機関に通知を送る</)
  assert.match(page, /実災害の通知です。訓練ではありません/)
  assert.equal((await approver.post(`${path}/release`, hiddenIn(page, `${path}/release`))).status, 303)
  const row = await rowOf(path)
  assert.deepEqual([row.state, row.override_reason], ['released', null])
  assert.deepEqual(
    (await receiptsOf(path)).map(({ code }) => code),
    ['SEC-001'],
  )
  assert.equal((await lastTrail())?.action, 'notice.released')
  assert.match(await (await author.get(path)).text(), /1機関のうち0機関が回答しました/)
})

test('N-8 who put another’s draft forward does not release it: they read why, and what they can do', async () => {
  const path = await draft()
  const deputy = await site.signIn('desk-deputy@assoc.example')
  const check = await (await deputy.get(`${path}/check`)).text()
  await site.done(deputy, `${path}/submission`, hiddenIn(check, `${path}/submission`))
  const page = await (await deputy.get(path)).text()
  assert.doesNotMatch(page, />実災害として1機関に通知を送る</)
  const override = hiddenIn(page, `${path}/release`)
  const refused = await deputy.post(`${path}/release`, override)
  assert.equal(refused.status, 409)
  assert.match(await refused.text(), /ほかの人の承認が必要です[\s\S]*理由を入力して1人で送れます/)
  assert.equal((await rowOf(path)).state, 'submitted')
})

test('N-8 the database itself refuses that one person writes and releases what is real', async () => {
  const path = await submitted()
  const { id, drafted_by } = await rowOf(path)
  await assert.rejects(
    site.db
      .updateTable('notice')
      .set({ state: 'released', released_by: drafted_by, released_at: now })
      .where('id', '=', id)
      .execute(),
    /two_people/,
  )
  // Nor is it put into another mode than that of its situation, once it has one.
  const opened = await openSituation('exercise')
  await assert.rejects(
    site.db.updateTable('notice').set({ situation_id: opened }).where('id', '=', id).execute(),
    /foreign key/,
  )
})

test('N-8 in an emergency one person releases with a reason, everyone who could have is told, and it stands in red', async () => {
  const path = await submitted({ subject_ja: '津波警報が出ました' })
  const letters = () =>
    site.db.selectFrom('letter').where('purpose', '=', 'notice-override').select(['address', 'body']).execute()
  const short = await author.post(`${path}/release`, { ...(await seen(path)), override_reason: '  急ぎ 　' })
  assert.equal(short.status, 422)
  assert.match(await short.text(), /<a href="#override_reason">/)
  assert.equal((await letters()).length, 0)

  const reason = '承認者全員に電話したが、だれも出ないため'
  const pressed = { ...(await seen(path)), override_reason: reason }
  const answers = await Promise.all([author.post(`${path}/release`, pressed), author.post(`${path}/release`, pressed)])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 303],
  )
  assert.equal((await rowOf(path)).override_reason, reason)
  const desk = await site.db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .where('role', 'in', ['secretariat', 'secretariat_approver'])
    .where('person.id', '<>', (await site.accountOf('secretariat')).id)
    .select('email')
    .distinct()
    .orderBy('email')
    .execute()
  const told = await letters()
  assert.ok(desk.length > 0)
  assert.deepEqual(told.map(({ address }) => address).sort(), desk.map(({ email }) => email).sort())
  assert.match(
    told[0]?.body ?? '',
    /津波警報が出ました[\s\S]*だれも出ないため[\s\S]*without waiting for a second person/,
  )
  const trail = (await site.trail()).filter(({ action }) => action === 'notice.released-by-one')
  assert.equal(trail.length, 1)
  assert.match(JSON.stringify(trail[0]?.details), /だれも出ないため/)
  assert.match(await (await (await site.as('auditor')).get(path)).text(), /data-look="severe"/)
  assert.match(await (await author.get(path)).text(), /承認を待たずに1人で送られました/)
})

test('an exercise is released by one person, and never with the words of the real thing', async () => {
  const path = await submitted({ belongs_to: 'none:exercise' })
  const page = await (await author.get(path)).text()
  assert.match(page, />訓練として1機関に送る</)
  assert.doesNotMatch(page, /実災害として|訓練ではありません/)
  assert.equal((await author.post(`${path}/release`, hiddenIn(page, `${path}/release`))).status, 303)
  assert.deepEqual([(await rowOf(path)).state, (await rowOf(path)).mode], ['released', 'exercise'])
})

test('a notice is not released in another mode than the page showed', async () => {
  const path = await submitted({ belongs_to: 'none:exercise' })
  const answer = await approver.post(`${path}/release`, { ...(await seen(path)), mode: 'actual' })
  assert.equal(answer.status, 409)
  assert.match(await answer.text(), /区分（実災害・訓練・試験）が合いません/)
  assert.equal((await rowOf(path)).state, 'submitted')
})

test('what changed after the releaser looked is not released, and the page says so', async () => {
  const path = await submitted()
  const page = await (await approver.get(path)).text()
  const pressed = hiddenIn(page, `${path}/release`)
  const edit = noticeForm({
    version: pressed.version ?? '',
    subject_ja: '別の件名',
    institutions: 'SEC-001',
    everyone: '',
  })
  assert.equal((await writeNotice(author, edit, [], path)).status, 303)
  const gone = await approver.post(`${path}/release`, pressed)
  assert.equal(gone.status, 409)
  assert.match(await gone.text(), /承認待ちではなくなっています/)
  const acts = (await site.trailOf(path)).map(({ action }) => action)
  assert.deepEqual(acts, ['notice.drafted', 'notice.submitted', 'notice.changed'])

  const check = await (await author.get(`${path}/check`)).text()
  await author.post(`${path}/submission`, hiddenIn(check, `${path}/submission`))
  const changed = await approver.post(`${path}/release`, pressed)
  assert.equal(changed.status, 409)
  assert.match(await changed.text(), /確認したあとに変わりました。通知は送られていません/)
  assert.equal((await receiptsOf(path)).length, 0)
})

test('two releasers at once release once', async () => {
  const path = await submitted({ belongs_to: 'none:test' })
  const pressed = await seen(path)
  const answers = await Promise.all(
    [author, approver, author, approver].map((each) => each.post(`${path}/release`, pressed)),
  )
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 303, 303, 303],
  )
  assert.equal((await receiptsOf(path)).length, 1)
  const lines = (await site.trail()).filter(({ action, about }) => action === 'notice.released' && about === path)
  assert.equal(lines.length, 1)
})

test('a drill is not sent beside something real unless who releases it says that they know', async () => {
  const real = await openSituation('actual')
  const path = await submitted({ belongs_to: 'none:exercise' })
  const page = await (await author.get(path)).text()
  assert.match(page, /実災害の事案に対応中です[\s\S]*承知で、訓練・試験の通知を1機関に送る/)
  const pressed = hiddenIn(page, `${path}/release`)
  const refused = await author.post(`${path}/release`, pressed)
  assert.equal(refused.status, 422)
  assert.match(await refused.text(), /<a href="#drill">/)
  assert.equal((await rowOf(path)).state, 'submitted')
  await site.done(author, `${path}/release`, { ...pressed, drill: 'yes' })
  assert.equal((await rowOf(path)).state, 'released')
  await closeAt(author, `/situations/${real}`, { closing_reason: '終わった', closing_ja: '終わりました' })
})

test('a deadline that has passed since, and a situation that was closed since, are told before anything goes out', async () => {
  const situation_id = await openSituation('actual')
  const late = await submitted({ answer_by: toCivilInput(new Date(now.getTime() + 60_000)) })
  const closed = await submitted({ belongs_to: situation_id })
  now = new Date(now.getTime() + 120_000)
  const past = await approver.post(`${late}/release`, await seen(late))
  assert.equal(past.status, 409)
  assert.match(await past.text(), /回答期限が過ぎています/)
  assert.equal(
    (await closeAt(author, `/situations/${situation_id}`, { closing_reason: '終わった', closing_ja: '終わりました' }))
      .status,
    303,
  )
  const over = await approver.post(`${closed}/release`, await seen(closed))
  assert.equal(over.status, 409)
  assert.match(await over.text(), /事案が終結しています/)
})

test('a releaser sends a draft back with a reason, which its author reads; a dropped draft is never released', async () => {
  const path = await submitted()
  const without = await approver.post(`${path}/return`, { ...(await seen(path)), return_reason: ' ' })
  assert.equal(without.status, 422)
  const back = await approver.post(`${path}/return`, { ...(await seen(path)), return_reason: '<b>宛先</b>が違います' })
  assert.equal(back.status, 303)
  assert.match(await (await author.get('/home')).text(), /差し戻されました/)
  assert.match(await (await author.get(path)).text(), /&lt;b&gt;宛先&lt;\/b&gt;が違います/)
  assert.equal((await author.post(`${path}/drop`, await seen(path))).status, 303)
  assert.equal((await author.post(`${path}/drop`, await seen(path))).status, 303)
  assert.equal((await approver.post(`${path}/release`, await seen(path))).status, 409)
  assert.equal((await author.get(`${path}/edit`)).status, 409)
  assert.equal((await rowOf(path)).state, 'dropped')
  const acts = (await site.trailOf(path)).map(({ action }) => action)
  assert.deepEqual(acts, ['notice.drafted', 'notice.submitted', 'notice.returned', 'notice.dropped'])
})

test('N-8 a correction reaches exactly those whom the first reached, whatever the directory says by then', async () => {
  const first = await draft({ institutions: 'SEC-002', subject_ja: '取引は15時に再開します' })
  await release(first, { author, releaser: approver })
  const before = await receiptsOf(first)
  // The institution leaves, its contacts change: what was stamped stays, and the correction still goes to it.
  await sql`update institution set active_to = ${now.toISOString().slice(0, 10)}::date - 1 where code = 'SEC-002'`.execute(
    site.db,
  )
  assert.deepEqual(await receiptsOf(first), before)

  const form = await (await author.get(`/notices/new?replaces=${first.split('/')[2]}`)).text()
  assert.match(form, /value="取引は15時に再開します"/)
  assert.doesNotMatch(form, /name="everyone"/)
  const correction = await written(
    await writeNotice(author, {
      ...noticeForm({ kind: 'correction', subject_ja: '取引は16時に再開します', everyone: '' }),
      ...hiddenIn(form, '/notices'),
    }),
  )
  await release(correction, { author, releaser: approver })
  assert.deepEqual(
    (await receiptsOf(correction)).map(({ code }) => code),
    ['SEC-002'],
  )
  const row = await rowOf(first)
  assert.equal(`/notices/${row.replaced_by_id}`, correction)
  assert.deepEqual(
    (await receiptsOf(first)).map(({ closed_how, next_step_at }) => [closed_how, next_step_at]),
    [['ended', null]],
  )
  for (const at of [first, '/notices?shown=replaced'])
    assert.match(await (await author.get(at)).text(), new RegExp(`<s>取引は15時に再開します</s>[\\s\\S]*${correction}`))
  // The first was put right: whoever comes second is led to the correction.
  const again = await author.get(`/notices/new?replaces=${first.split('/')[2]}`)
  assert.equal(again.status, 409)
  assert.match(await again.text(), new RegExp(`href="${correction}"`))
})

test('N-8 one press withdraws, ready to be checked; it ends the chasing of what it withdraws, pressed twice it is one', async () => {
  const first = await draft({ institutions: 'SEC-003' })
  await release(first, { author, releaser: approver })
  assert.equal((await receiptsOf(first))[0]?.closed_how, null)
  const presses = await Promise.all([author.post(`${first}/withdrawal`), author.post(`${first}/withdrawal`)])
  const paths = presses.map((answer) => answer.headers.get('location'))
  const withdrawal = (await author.post(`${first}/withdrawal`)).headers.get('location')?.replace(/\/check$/, '') ?? ''
  assert.ok(paths.some((path) => path === `${withdrawal}/check`))
  await release(withdrawal, { author, releaser: approver })
  assert.deepEqual(
    (await receiptsOf(withdrawal)).map(({ code }) => code),
    ['SEC-003'],
  )
  assert.equal((await receiptsOf(first))[0]?.closed_how, 'ended')
  const waiting = await site.db
    .selectFrom('delivery')
    .where('notice_id', '=', first.split('/')[2] ?? '')
    .where('state', '=', 'waiting')
    .execute()
  assert.equal(waiting.length, 0)
  assert.match(await (await author.get(first)).text(), /この通知は取り消されました/)
  assert.equal((await author.post(`${first}/withdrawal`)).status, 409)
})

async function openSituation(mode: 'actual' | 'exercise'): Promise<string> {
  const { id: opened_by } = await site.accountOf('secretariat')
  const { id } = await site.db
    .insertInto('situation')
    .values({
      ...{ mode, hazard: 'earthquake', title_ja: '架空の地震', title_en: 'Fictional', text_ja: '', text_en: '' },
      ...{ reason: '試験', event_at: now, opened_by, opened_at: now },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

test('a second person is told what became of the notice, by whom, and keeps their own words', async () => {
  const path = await submitted()
  const pressed = await seen(path)
  const { name_ja } = await site.accountOf('secretariat_approver')
  // The clock has gone on since the first sign-in of these tests.
  const releaser = await site.as('secretariat_approver')
  assert.equal((await releaser.post(`${path}/release`, pressed)).status, 303)
  const other = await site.signIn('desk-deputy@assoc.example')
  const reason = '宛先が 足りません。確かめてください'
  const refused = async (act: string, form: Record<string, string>) => site.refused(other, path + act, 409, form)
  for (const [act, form] of [
    ['/return', { ...pressed, return_reason: reason }],
    ['/drop', pressed],
    ['/submission', pressed],
  ] as const) {
    const words = await refused(act, form)
    assert.match(words, /この通知は、もう配信されています/, act)
    assert.ok(words.includes(name_ja), act)
    assert.match(words, /通知を承認して配信.*1機関に配信されました.*いま押した操作は行われていません/, act)
    assert.match(words, /訂正する.*取り消す/, act)
    assert.doesNotMatch(words, /送られていません|届いたものはありません/, act)
    if ('return_reason' in form) assert.ok(words.includes(reason))
  }
  // A text that was being changed meanwhile is not gone either.
  const text_ja = '書きかけの 本文です'
  const late = await writeNotice(
    other,
    { ...noticeForm({ text_ja, institutions: 'SEC-001', everyone: '' }), version: '1' },
    [],
    path,
  )
  assert.equal(late.status, 409)
  assert.match(await late.text(), new RegExp(`もう配信されています[\\s\\S]*${text_ja}`))

  const dropped = await submitted()
  const before = await seen(dropped)
  assert.equal((await author.post(`${dropped}/drop`, before)).status, 303)
  const words = await site.refused(other, `${dropped}/return`, 409, { ...before, return_reason: reason })
  assert.match(words, /通知は送られていません.*通知の下書きを破棄/)
  assert.ok(words.includes(reason))
})

// Last, since it lets every proof of these readers grow old.
test('S3-4(11) a proof that is too old is asked for again before a notice is released; with it, the release goes on', async () => {
  const path = await submitted()
  const releaser = await site.signIn('approver@assoc.example')
  const pressed = hiddenIn(await (await releaser.get(path)).text(), `${path}/release`)
  now = new Date(now.getTime() + 16 * 60_000)
  const asked = await releaser.post(`${path}/release`, pressed)
  assert.equal(asked.status, 401)
  assert.match(await asked.text(), /<h1>ご本人の確認<\/h1>/)
  assert.equal((await rowOf(path)).state, 'submitted')
  await site.done(releaser, `${path}/release`, { ...pressed, confirm_password: demoPassword })
  assert.equal((await rowOf(path)).state, 'released')
})
