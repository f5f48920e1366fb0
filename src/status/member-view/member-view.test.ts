import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { reportForm, situationForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
let desk: Client
let deputy: Client
let approver: Client
let member: Client
before(async () => {
  site = await testSite()
  desk = await site.signIn('desk@assoc.example')
  deputy = await site.signIn('desk-deputy@assoc.example')
  approver = await site.signIn('approver@assoc.example')
  member = await site.signIn('bcp@sokyu.example')
})
after(() => site.close())

const by_name = { shows_functions: 'name', shows_bcp: 'name', shows_said_at: 'name', shows_next_update: 'name' }
const counts = { shows_functions: 'counts', shows_bcp: 'counts', shows_said_at: 'counts', shows_next_update: 'counts' }
const newest = async () => {
  const { version } = await site.db
    .selectFrom('member_view')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirstOrThrow()
  return Number(version)
}
const inForce = async () => {
  const words = await site.read(member, '/member-view')
  return words.slice(words.indexOf('いまの設定'), words.indexOf('これまでの設定'))
}
const actions = async () => (await site.trailOf('/member-view')).map(({ action }) => action)

test('a new installation shows participants by name; a change counts only once another person has agreed', async () => {
  assert.match(await inForce(), /業務の状況 名前で見える/)
  const form = { ...by_name, shows_bcp: 'counts', reason: '協議会 第3回の決定', version: '1' }
  assert.match(await site.read(desk, '/member-view/edit'), /もう1人.*実施するまで、何も変わりません/)
  await site.done(desk, '/member-view', form)
  await site.done(desk, '/member-view', form)
  assert.equal(await newest(), 2, 'the same press twice is heard once')
  assert.match(await inForce(), /BCPの発動状況 名前で見える/, 'nothing has changed yet')
  assert.match(await site.read(desk, '/member-view'), /提案した人は実施できません/)
  assert.match(await site.refused(desk, '/member-view/2/agreement', 409, {}), /提案した人は実施できません/)
  assert.match(await site.read(approver, '/home'), /会員に見える範囲の変更を実施するか決める/)
  assert.match(await site.read(approver, '/member-view'), /協議会 第3回の決定.*BCPの発動状況 名前で見える 件数だけ/)
  await site.done(approver, '/member-view/2/agreement')
  await site.done(approver, '/member-view/2/agreement')
  assert.match(await inForce(), /BCPの発動状況 件数だけ/)
  assert.match(await site.refused(deputy, '/member-view/2/refusal', 409, {}), /すでに実施されています/)
  assert.deepEqual(await actions(), ['member-view.proposed', 'member-view.agreed'])
  const [proposed] = await site.trailOf('/member-view')
  assert.deepEqual(proposed?.details.changes, [{ field: 'shows_bcp', before: true, after: false }])
})

test('of two proposals the second person is told of the first; a refused or overtaken one never counts', async () => {
  const version = await newest()
  const propose = (client: Client, fields: Record<string, string>, reason: string, seen: number) =>
    client.post('/member-view', { ...fields, reason, version: String(seen) })
  const both = await Promise.all([propose(desk, by_name, '甲', version), propose(deputy, counts, '乙', version)])
  assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
  const told = await both.find(({ status }) => status === 409)?.text()
  assert.match(told ?? '', /ほかの人が先に変更を提案しました/)
  assert.match(told ?? '', new RegExp(`name="version" value="${version + 1}"`), 'and may press once more')
  await site.done(deputy, '/member-view', { ...counts, reason: '丙', version: String(version + 1) })
  assert.match(
    await site.refused(approver, `/member-view/${version + 1}/agreement`, 409, {}),
    /新しい提案に置き換わって/,
  )
  await site.done(approver, `/member-view/${version + 2}/refusal`)
  assert.match(await inForce(), /業務の状況 名前で見える/)
  assert.deepEqual((await actions()).slice(-1), ['member-view.refused'])
  assert.match(
    await site.refused(desk, '/member-view', 409, {
      ...{ ...by_name, shows_bcp: 'counts', reason: '丁', version: String(version + 2) },
    }),
    /いまの設定と同じです/,
  )
  const wrong = { ...counts, shows_said_at: 'name', reason: '戊', version: String(version + 2) }
  assert.match(await site.refused(desk, '/member-view', 422, wrong), /時刻だけを名前で見せることはできません/)
  for (const act of ['agreement', 'refusal']) await site.refused(member, `/member-view/${version + 2}/${act}`, 403, {})
  await site.refused(desk, '/member-view/1/agreement', 404, {})
})

test('while a situation is open the check says what those were told who have filed', async () => {
  const criterion = await site.db.selectFrom('criterion').select('id').limit(1).executeTakeFirstOrThrow()
  const mode = 'exercise'
  const situation = await site.done(desk, '/situations', situationForm(criterion.id, site.tools.clock(), { mode }))
  const check = () =>
    desk.post('/member-view/check', { ...counts, reason: '協議会の決定', version: '1' }).then((one) => one.text())
  assert.match(await check(), /事案が対応中です.*報告した市場参加者は、まだありません/s)
  await site.done(member, `${situation.replace(/\?.*/, '')}/report`, reportForm())
  const told = await check()
  assert.match(
    told,
    /報告した1機関には、報告のとき「会員に見えるもの（還元の後）：貴機関の名前、業務の状況、報告の時刻、次回の報告の予定。」と伝えています/,
  )
  assert.match(told, /【訓練】/)
  assert.match(told, /市場参加者\d+機関/)
})

test('the database lets nobody put in force what they proposed, and no version is changed', async () => {
  const { person } = await site.personOf((await site.accountOf('secretariat')).id)
  const version = (await newest()) + 1
  await site.done(desk, '/member-view', { ...counts, reason: '己', version: String(version - 1) })
  const db = site.tools.dbOf(person, false)
  await assert.rejects(
    db
      .insertInto('member_view_decision')
      .values({ version, decision: 'agreed', decided_by: person.id, decided_at: site.tools.clock() })
      .execute(),
    /row-level security/,
  )
  await assert.rejects(db.updateTable('member_view').set({ shows_bcp: true }).execute(), /permission denied/)
  await assert.rejects(db.deleteFrom('member_view').execute(), /permission denied/)
})
