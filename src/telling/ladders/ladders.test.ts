import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { demoPassword, readPerson } from '#access/sign-in/index.ts'
import type { LadderStep, NoticeSeverity } from '#ground/db/tables.ts'
import { draftNotice, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { seenNow, testDraft } from '#tests/kit/notices.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { ladderLists, readLadder } from './ladder-form.ts'
import { newestLadder } from './queries.ts'
import { inOrder, type Scope, twice } from './rules.ts'
import { ladderSaid, minuteWords } from './words.ts'

let site: TestSite
let desk: TestSite['nobody']
let deputy: TestSite['nobody']
let now = new Date('2027-01-15T00:00:00Z')
before(async () => {
  site = await testSite({ clock: () => now })
  desk = await site.as('secretariat')
  deputy = await site.signIn('desk-deputy@assoc.example')
})
after(() => site.close())
beforeEach(() => assert.deepEqual(site.reported, []))

const first: LadderStep = { after_minutes: 0, to: 'primary', channels: ['mail'] }
const called: LadderStep = { after_minutes: 15, to: 'all', channels: ['call'] }
/** As a browser sends the form: check boxes come once each. */
const sent = (steps: LadderStep[], version: number, more: Record<string, string> = {}) =>
  new URLSearchParams([
    ...Object.entries(ladderLists(steps, version)).flatMap(([name, values]) => values.map((value) => [name, value])),
    ...Object.entries(more),
  ] as [string, string][])
const post = (client: TestSite['nobody'], at: string, form: URLSearchParams) =>
  client.send('POST', at, form, { 'sec-fetch-site': 'same-origin' })
const versionOf = async (severity: NoticeSeverity, scope: Scope) =>
  (await newestLadder(site.db, severity, scope))?.version ?? 0
const versions = (severity: NoticeSeverity, scope: Scope) =>
  site.db
    .selectFrom('ladder')
    .where('severity', '=', severity)
    .where('scope', '=', scope)
    .selectAll()
    .orderBy('version')
    .execute()
const edits = async () => (await site.trail()).filter(({ action }) => action === 'ladder.edited')

/** An exercise that goes out to everyone; gives the ladder that each institution's receipt climbs. */
async function release(severity: NoticeSeverity) {
  const by = await readPerson(site.db, (await site.accountOf('secretariat')).id)
  assert.ok(by)
  const { id } = await draftNotice(site.tools, by, testDraft({ mode: 'exercise', severity }))
  const seen = await seenNow(site.tools, id)
  await submitNotice(site.tools, by, { id, version: 1, seen })
  const release = { id, version: 1, seen, mode: 'exercise' as const, override_reason: null }
  assert.deepEqual(await releaseNotice(site.tools, by, release), { id })
  const rows = await site.db
    .selectFrom('receipt')
    .innerJoin('ladder', 'ladder.id', 'receipt.ladder_id')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .where('notice_id', '=', id)
    .select(['is_infrastructure', 'scope', 'version'])
    .execute()
  const of = (infrastructure: boolean) => [
    ...new Set(
      rows.filter((row) => row.is_infrastructure === infrastructure).map((row) => `${row.scope} ${row.version}`),
    ),
  ]
  return { infrastructure: of(true), participants: of(false) }
}

test('a ladder is looked at before it changes; the change is a new version, and notices that are out keep theirs', async () => {
  assert.deepEqual(await release('routine'), { infrastructure: ['all 1'], participants: ['all 1'] })
  const form = sent([called, first], 1)
  const checked = await post(desk, '/ladders/routine/all/check', form)
  assert.equal(checked.status, 200)
  const page = await checked.text()
  assert.match(page, /今の名簿では60機関への通知に使われます/)
  assert.match(
    page,
    /配信と同時に正担当者へメールで送り、15分たっても回答がなければ電話連絡リストに載せます。回答があった機関/,
  )
  assert.equal(await versionOf('routine', 'all'), 1, 'looking changes nothing')

  for (const answer of await Promise.all([
    post(desk, '/ladders/routine/all', form),
    post(desk, '/ladders/routine/all', form),
  ]))
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/ladders'])
  const [before, after, ...others] = await versions('routine', 'all')
  assert.deepEqual([others, after?.steps], [[], [first, called]])
  const [line, ...lines] = await edits()
  assert.deepEqual(lines, [], 'pressed twice, heard once')
  assert.deepEqual(line?.details, {
    severity: 'routine',
    scope: 'all',
    version: 2,
    changes: [{ field: 'steps', before: before?.steps, after: after?.steps }],
  })
  assert.deepEqual(await release('routine'), { infrastructure: ['all 2'], participants: ['all 2'] })
  const climbing = await site.db
    .selectFrom('receipt')
    .innerJoin('ladder', 'ladder.id', 'receipt.ladder_id')
    .select('ladder.version')
    .distinct()
    .orderBy('version')
    .execute()
  assert.deepEqual(
    climbing.map(({ version }) => version),
    [1, 2],
  )
})

test('a group has a ladder of its own until it gives it up; then that of all holds again', async () => {
  const list = await (await desk.get('/ladders')).text()
  assert.match(list, /すべての機関と同じ段階です/)
  const begun = await (await desk.get('/ladders/important/infrastructure')).text()
  assert.match(begun, /name="version" value="0"/)
  assert.match(begun, /name="minutes_4" value="240"|value="240"[^>]*name="minutes_4"/, 'begins as what holds for all')
  assert.equal((await post(desk, '/ladders/important/infrastructure', sent([first], 0))).status, 303)
  assert.deepEqual(await release('important'), { infrastructure: ['infrastructure 1'], participants: ['all 1'] })
  const checked = await post(desk, '/ladders/important/all/check', sent([first], 1))
  assert.match(await checked.text(), /今の名簿では(?!59)\d+機関/)

  const give_up = () => post(desk, '/ladders/important/infrastructure/removal', new URLSearchParams({ version: '1' }))
  for (const answer of [await give_up(), await give_up()]) assert.equal(answer.status, 303)
  assert.deepEqual(
    (await versions('important', 'infrastructure')).map(({ steps }) => steps),
    [[first], []],
  )
  assert.deepEqual(await release('important'), { infrastructure: ['all 1'], participants: ['all 1'] })
  assert.equal((await post(desk, '/ladders/important/infrastructure', sent([first, called], 2))).status, 303)
  assert.equal(await versionOf('important', 'infrastructure'), 3)
  assert.equal((await post(desk, '/ladders/important/all/removal', new URLSearchParams({ version: '1' }))).status, 404)
  await assert.rejects(
    site.db
      .insertInto('ladder')
      .values({ severity: 'important', scope: 'all', version: 2, steps: '[]', made_by: null, made_at: now })
      .execute(),
    /check constraint/,
    'what holds for all can never be nothing',
  )
})

test('of two who change a ladder the second sees what the first saved and keeps their own steps', async () => {
  assert.equal((await post(desk, '/ladders/urgent/participants', sent([first], 0))).status, 303)
  const own: LadderStep[] = [first, { after_minutes: 77, to: 'deputies', channels: ['mail'] }]
  const late = await post(deputy, '/ladders/urgent/participants', sent(own, 0))
  assert.equal(late.status, 409)
  const page = await late.text()
  assert.match(page, /ほかの人がこの段階を先に変更しました/)
  assert.match(page, /value="77"/)
  assert.match(page, /name="version" value="1"/)
  assert.equal(await versionOf('urgent', 'participants'), 1)
  assert.equal((await post(deputy, '/ladders/urgent/participants', sent(own, 1))).status, 303)
  const stale = await post(desk, '/ladders/urgent/participants/removal', new URLSearchParams({ version: '1' }))
  assert.equal(stale.status, 409)
  assert.match(await stale.text(), /1時間17分/)
  const both = await Promise.all([
    post(desk, '/ladders/urgent/participants', sent([first], 2)),
    post(deputy, '/ladders/urgent/participants', sent([first, called], 2)),
  ])
  assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
  assert.equal(await versionOf('urgent', 'participants'), 3)
})

test('a change asks who is at the desk when the last proof is old, and carries the steps over', async () => {
  const version = await versionOf('urgent', 'all')
  now = new Date(now.getTime() + 20 * 60_000)
  const form = sent([first, called], version)
  assert.equal((await post(desk, '/ladders/urgent/all/check', form)).status, 200)
  const asked = await post(desk, '/ladders/urgent/all', form)
  assert.equal(asked.status, 401)
  assert.match(await asked.text(), /name="channels_2" value="call"/)
  assert.equal((await post(desk, '/ladders/urgent/infrastructure/removal', new URLSearchParams())).status, 401)
  assert.equal(await versionOf('urgent', 'all'), version)
  const proved = sent([first, called], version, { confirm_password: demoPassword })
  assert.equal((await post(desk, '/ladders/urgent/all', proved)).status, 303)
  assert.equal(await versionOf('urgent', 'all'), version + 1)
})

const step = (after_minutes: number, to: LadderStep['to'], ...channels: LadderStep['channels']): LadderStep => ({
  after_minutes,
  to,
  channels,
})
const bad: [why: string, steps: LadderStep[], more: Record<string, string>, field: string][] = [
  ['no steps at all', [], {}, 'minutes_1'],
  ['nothing at once', [step(1, 'primary', 'mail')], {}, 'minutes_1'],
  ['only the call list at once', [step(0, 'primary', 'call')], {}, 'minutes_1'],
  ['only what is not set up at once', [step(0, 'all', 'sms', 'file_drop'), step(5, 'all', 'mail')], {}, 'minutes_1'],
  ['a step before the first', [first, step(-1, 'all', 'mail')], {}, 'minutes_2'],
  ['half a minute', [first, step(0.5, 'all', 'mail')], {}, 'minutes_2'],
  ['more than a week', [first, step(10_081, 'all', 'mail')], {}, 'minutes_2'],
  ['no channel', [first, step(5, 'all')], {}, 'channels_2'],
  ['a channel that there is not', [first, step(5, 'all')], { channels_2: 'pigeon' }, 'channels_2'],
  ['nobody', [first], { minutes_2: '5', channels_2: 'mail', to_2: '' }, 'to_2'],
  ['no minutes', [first], { minutes_2: ' ', channels_2: 'mail', to_2: 'all' }, 'minutes_2'],
  ['letters', [first], { minutes_2: '1e2', channels_2: 'mail', to_2: 'all' }, 'minutes_2'],
  ['the same twice', [first, step(9, 'all', 'mail'), step(9, 'all', 'mail', 'call')], {}, 'minutes_3'],
  ['the same people twice', [first, step(0, 'all', 'mail')], {}, 'minutes_2'],
]
for (const [why, steps, more, field] of bad)
  test(`bad input: a ladder with ${why} is a page that keeps what was entered and leads to the field`, async () => {
    const version = await versionOf('urgent', 'all')
    for (const at of ['/ladders/urgent/all/check', '/ladders/urgent/all']) {
      const refused = await post(desk, at, sent(steps, version, more))
      assert.equal(refused.status, 422)
      const page = await refused.text()
      assert.match(page, new RegExp(`<a href="#${field}">`))
      assert.match(page, new RegExp(`id="${field}"`))
      for (const { after_minutes } of steps) assert.match(page, new RegExp(`value="${after_minutes}"`))
    }
    assert.equal(await versionOf('urgent', 'all'), version)
  })

test('steps come in the order of time, in full-width figures, too; those that were dropped or left empty are none', () => {
  const read = readLadder(
    'ja',
    {
      ...ladderLists([step(5, 'all', 'call'), first, step(9, 'all', 'mail')], 3),
      ...{ minutes_1: ['５'], to_3: ['none'], minutes_4: [''], to_4: [''], minutes_13: ['x'] },
    },
    ['mail'],
  )
  assert.deepEqual(read, { steps: [first, step(5, 'all', 'call')], version: 3 })
  assert.deepEqual(inOrder([step(5, 'all', 'call'), step(0, 'all', 'sms'), first]), [
    step(0, 'all', 'sms'),
    first,
    step(5, 'all', 'call'),
  ])
  assert.equal(twice([first, step(0, 'deputies', 'mail'), step(1, 'all', 'mail')]), null)
})

test('a ladder is said as people would say it', () => {
  assert.deepEqual([0, 5, 60, 75, 1440, 1505].map(minuteWords.ja), [
    '0分',
    '5分',
    '1時間',
    '1時間15分',
    '1日',
    '1日1時間5分',
  ])
  assert.deepEqual([0, 75, 2880].map(minuteWords.en), ['0 min', '1 h 15 min', '2 d'])
  assert.equal(
    ladderSaid.en([first, called]),
    'At once mail to the primary contact; without an answer after 15 min onto the call list. An institution that has answered is not contacted further.',
  )
})

test('S0-30 those who look at the whole market read the ladders and change none; institutions do not see them', async () => {
  for (const role of ['secretariat_approver', 'auditor', 'authority'] as const) {
    const reader = await site.as(role)
    const page = await (await reader.get('/ladders')).text()
    assert.match(page, /緊急の通知/)
    assert.match(page, /この環境では使えない手段：.*SMS/)
    assert.doesNotMatch(page, /href="\/ladders\/urgent/)
    assert.equal((await reader.get('/ladders/urgent/all')).status, 403)
    assert.equal((await post(reader, '/ladders/urgent/all', sent([first], 1))).status, 403)
  }
  assert.equal((await (await site.as('bcp_contact')).get('/ladders')).status, 403)
  for (const strange of ['urgent/everyone', 'now/all', 'urgent/%00', '__proto__/all'])
    assert.equal((await desk.get(`/ladders/${strange}`)).status, 404, strange)
})

test('where an SMS gateway is set up, a ladder may begin with it', () => {
  const read = readLadder('en', ladderLists([step(0, 'primary', 'sms')], 1), ['mail', 'sms'])
  assert.deepEqual(read, { steps: [step(0, 'primary', 'sms')], version: 1 })
})
