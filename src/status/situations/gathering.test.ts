import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { keptAudience, membersOf } from '#telling/audience/index.ts'
import { draftNotice, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { closeAt } from '#tests/kit/closing.ts'
import { seenNow } from '#tests/kit/notices.ts'
import { idIn } from '#tests/kit/pages.ts'
import { situationForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']
const criterion_id = '00000000-0000-4000-8000-000000000001'
const osaka = { areas: '27' }

let site: TestSite
let desk: Client
let asked: Client
let other: Client
let sites: TestSite[] = []

beforeEach(async () => {
  site = await testSite()
  sites = [...sites, site]
  desk = await site.signIn('desk@assoc.example')
  const ids = new Set((await membersIn({ areas: ['520', '521'] })).map(({ id }) => id))
  const contacts = await site.db
    .selectFrom('person')
    .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .where('role', '=', 'bcp_contact')
    .where('institution.kind', '=', 'securities_firm')
    .select(['person.email', 'person.institution_id'])
    .orderBy('person.email')
    .execute()
  asked = await site.signIn(contacts.find(({ institution_id }) => ids.has(institution_id))?.email ?? '')
  other = await site.signIn(contacts.find(({ institution_id }) => !ids.has(institution_id))?.email ?? '')
})
after(() => Promise.all(sites.map((each) => each.close())))

const membersIn = (audience: object) => membersOf(site.db, keptAudience(audience), new Date()).execute()

const form = (change: Record<string, string> = {}) => ({
  mode: 'actual',
  reason_choice: 'storm',
  update_minutes: '60',
  event_at: '2026-11-30T09:00',
  idempotency_key: crypto.randomUUID(),
  ...osaka,
  ...change,
})
const open = (change: Record<string, string> = {}) => site.done(desk, '/gatherings', form(change))
const rowOf = (path: string) =>
  site.db.selectFrom('situation').where('id', '=', idIn(path)).selectAll().executeTakeFirstOrThrow()
const actionsOf = async (path: string) =>
  (await site.trailOf(path)).map(({ action }) => action).filter((action) => action !== 'access.denied')

/** Asks everyone of the gathering, as the form offers it; one person alone, with a reason. */
async function ask(path: string) {
  const situation = await rowOf(path)
  const { person } = await site.personOf((await site.accountOf('secretariat')).id)
  const draft = await draftNotice(site.tools, person, {
    ...{
      kind: 'report_request',
      severity: 'important',
      label: 'green',
      situation_id: situation.id,
      mode: situation.mode,
    },
    ...{ official_notice_id: null, replaces_id: null, template_id: null, choices: [], repeat_minutes: null },
    ...{ subject_ja: '状況', subject_en: 'State', text_ja: '報告してください', text_en: 'Please report' },
    audience: keptAudience(situation.audience),
    answer_wanted: 'report',
    answer_by: new Date(Date.now() + 3_600_000),
    idempotency_key: crypto.randomUUID(),
  })
  const seen = await seenNow(site.tools, draft.id)
  await submitNotice(site.tools, person, { id: draft.id, version: 1, seen })
  const released = await releaseNotice(site.tools, person, {
    ...{ id: draft.id, version: 1, seen, mode: situation.mode },
    override_reason: '夜間で承認者がいないため',
  })
  assert.ok('id' in released, JSON.stringify(released))
}

test('S0-17 in peacetime the secretariat asks, gathers and shares among any institutions, without a command centre', async () => {
  const path = await open()
  const { audience, centre_set_up_at, reason, reason_code, title_ja, hazard, recovery_minutes } = await rowOf(path)
  assert.deepEqual(keptAudience(audience).areas, ['520', '521'])
  assert.deepEqual([centre_set_up_at, recovery_minutes, hazard], [null, null, 'weather'])
  assert.deepEqual([title_ja, reason_code], ['台風・大雨による影響の確認', 'gathering.storm.1'])
  assert.match(reason, /台風・大雨・洪水/)
  assert.deepEqual(await actionsOf(path), ['situation.gathering-opened'])

  // Before it asks nobody knows of it but the desk; then those whom it asked, and no others.
  for (const client of [asked, other]) await site.refused(client, path, 404)
  await ask(path)
  await site.refused(other, path, 404)
  await site.refused(other, `${path}/board`, 404)
  await site.refused(other, `${path}/report`, 404)
  assert.doesNotMatch(await site.whole(other, '/home'), /台風・大雨による影響の確認|情報収集中|緊急/)
  assert.doesNotMatch(await site.read(other, '/situations'), /台風・大雨/)
  const home = await site.whole(asked, '/home')
  assert.match(home, /情報収集中/)
  assert.doesNotMatch(home, /緊急　発生中/)
  assert.match(await site.read(asked, '/home'), /市場の対策本部は設置していません/)

  // It answers; the board counts those who were asked, and the others are not asked, never silent.
  await site.done(asked, `${path}/report`, { all_normal: 'yes', idempotency_key: crypto.randomUUID() })
  const members = await membersIn({ areas: ['520', '521'] })
  const board = await site.read(desk, `${path}/board`)
  assert.match(board, /対策本部は設置していません/)
  assert.match(board, /照会なし/)
  const tally = await site.read(desk, path)
  // Of those addressed, the bureau of the region is informed and not asked.
  const { count } = await site.db
    .selectFrom('institution')
    .where('is_asked', '=', true)
    .where(
      'id',
      'in',
      members.map(({ id }) => id),
    )
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  assert.ok(Number(count) < members.length)
  assert.match(tally, new RegExp(`1 ?/ ?${count}機関`))

  // It is returned to those whom it asked.
  assert.doesNotMatch(await site.read(asked, `${path}/board`), /市場ごとの業務の状況/)
  assert.match(await site.read(desk, `${path}/return`), new RegExp(`見られるようになる機関 ${members.length}機関`))
  await site.done(desk, `${path}/return`)
  assert.match(await site.read(asked, `${path}/board`), /市場ごとの業務の状況/)
  await site.refused(other, `${path}/board`, 404)

  await closeAt(desk, path, { closing_reason: '影響なし', closing_ja: '終わりました。', closing_en: 'Over.' })
  assert.deepEqual(await actionsOf(path), [
    'situation.gathering-opened',
    'round.asked',
    'report.filed',
    'situation.returned',
    'round.closed',
    'situation.closed',
  ])
  const after = await site.read(desk, path)
  assert.doesNotMatch(after, /設置中|復旧目標|対策本部を設置(?!してい|する)/)
  assert.equal(await site.db.selectFrom('command_centre_act').select('id').executeTakeFirst(), undefined)
})

test('while information is gathered the role of command-centre members shows nothing; once one is set up it does', async () => {
  const path = await open()
  const member = await site.as('command_centre_member')
  await site.refused(member, path, 403)
  await site.done(desk, `${path}/command-centre`, { reason_choice: 'outage' })
  assert.match(await site.read(member, path), /緊急時/)
  await site.done(desk, `${path}/command-centre/dissolution`, { reason_choice: 'continued' })
  await site.refused(member, path, 403)
})

test('a gathering becomes an emergency with all that was asked and reported in it, and never a gathering again', async () => {
  const path = await open()
  await ask(path)
  await site.done(asked, `${path}/report`, { all_normal: 'yes', idempotency_key: crypto.randomUUID() })
  assert.match(await site.refused(desk, `${path}/phase`, 422, { phase: 'recovery' }), /./)
  assert.match(await site.refused(desk, `${path}/command-centre`, 422, { reason: ' ' }), /理由を一覧から選ぶ/)
  await site.done(desk, `${path}/command-centre`, { reason_choice: 'quake', recovery_minutes: '90' })

  const { centre_set_up_at, criterion_id: by, recovery_minutes } = await rowOf(path)
  assert.ok(centre_set_up_at)
  assert.deepEqual([by, recovery_minutes], [criterion_id, 90])
  assert.deepEqual((await actionsOf(path)).at(-1), 'situation.centre-set-up')
  const page = await site.read(desk, path)
  assert.match(page, /対策本部の仕事/)
  assert.match(page, /1時間30分以内/)
  assert.match(page, /大きな地震があり/)
  assert.equal(
    (await site.db.selectFrom('report').where('situation_id', '=', idIn(path)).selectAll().execute()).length,
    1,
  )
  // Now it is everybody's.
  assert.match(await site.whole(other, '/home'), /緊急　発生中/)
  assert.match(await site.read(other, path), /緊急時/)
  await assert.rejects(
    site.db.updateTable('situation').set({ centre_set_up_at: null }).where('id', '=', idIn(path)).execute(),
    /is not changed/,
  )
  // The same press again is no other; somebody else's is told what was done.
  await site.done(desk, `${path}/command-centre`, { reason_choice: 'quake' })
  const second = await site.signIn('desk-deputy@assoc.example')
  const told = await site.refused(second, `${path}/command-centre`, 409, { reason: '揺れが大きい' })
  assert.match(told, /対策本部は、すでに設置されています.*揺れが大きい/)
})

test('a command centre is dissolved while its situation goes on, can be set up again, and closing says that it does both', async () => {
  const path = await site.done(desk, '/situations', situationForm(criterion_id, new Date()))
  assert.match(await site.read(desk, `${path}/close`), /対策本部も同時に廃止します/)
  const check = await site.read(desk, `${path}/command-centre/dissolution`)
  assert.match(check, /対策本部員の役割を持つ1人は.*照会に未回答の機関はありません/)
  await site.done(desk, `${path}/command-centre/dissolution`, { reason_choice: 'resumed' })
  const { closed_at, centre_dissolved_at } = await rowOf(path)
  assert.deepEqual([closed_at, centre_dissolved_at === null], [null, false])
  assert.match(await site.read(desk, path), /対策本部は廃止されています.*事務局の仕事/)
  assert.match(await site.read(desk, `${path}/close`), /対策本部はすでに廃止されています/)
  assert.deepEqual(await actionsOf(path), ['situation.opened', 'situation.centre-dissolved'])
  // The institutions go on reporting, and it can be set up once more.
  await site.done(asked, `${path}/report`, { all_normal: 'yes', idempotency_key: crypto.randomUUID() })
  await site.done(desk, `${path}/command-centre`, { reason_choice: 'outage' })
  await closeAt(desk, path, { closing_reason: '復旧', closing_ja: '終わりました。', closing_en: 'Over.' })
  assert.deepEqual((await actionsOf(path)).slice(-3), [
    'situation.centre-set-up',
    'situation.centre-dissolved',
    'situation.closed',
  ])
  const acts = await site.db
    .selectFrom('command_centre_act')
    .select(['act', 'is_with_closing'])
    .orderBy('number')
    .execute()
  assert.deepEqual(acts, [
    { act: 'set_up', is_with_closing: false },
    { act: 'dissolved', is_with_closing: false },
    { act: 'set_up', is_with_closing: false },
    { act: 'dissolved', is_with_closing: true },
  ])
})

test('what was dissolved before a mistaken closing stays dissolved when the situation is opened again', async () => {
  const path = await site.done(desk, '/situations', situationForm(criterion_id, new Date()))
  await site.done(desk, `${path}/command-centre/dissolution`, { reason_choice: 'resumed' })
  await closeAt(desk, path, { closing_reason: '誤り', closing_ja: '終わりました。', closing_en: 'Over.' })
  const id = crypto.randomUUID()
  await site.done(desk, `${path}/reopening`, {
    id,
    reason: '誤って終結した',
    text_ja: '続きます',
    text_en: 'It goes on',
  })
  const approver = await site.signIn('approver@assoc.example')
  assert.match(await site.read(approver, `${path}/reopening`), /再開しても廃止されたままです/)
  await site.done(approver, `${path}/reopening/agreement`, { id })
  const { closed_at, centre_dissolved_at } = await rowOf(path)
  assert.deepEqual([closed_at, centre_dissolved_at === null], [null, false])
  assert.doesNotMatch((await actionsOf(path)).join(), /centre-restored/)
})
