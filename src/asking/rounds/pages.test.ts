import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readPerson } from '#access/sign-in/index.ts'
import { takeSteps } from '#delivery/deliveries/index.ts'
import type { Person } from '#ground/rights/person.ts'
import { fieldsOf } from '#simulate/index.ts'
import { askAsPeople, openTestSituation } from '#tests/kit/rounds.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { careForRounds } from './care.ts'

let site: TestSite
let desk: Person
let institutionOfFirm = ''
let now = new Date('2027-01-15T00:00:00Z')
before(async () => {
  site = await testSite({ clock: () => now })
  const { id } = await site.accountOf('secretariat')
  desk = (await readPerson(site.db, id)) as Person
  institutionOfFirm = await firmOf(firm)
})
after(() => site.close())

const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
const firm = 'bcp@sokyu.example'
const text = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
const firmOf = async (mail: string) =>
  (await site.db.selectFrom('person').where('email', '=', mail).select('institution_id').executeTakeFirstOrThrow())
    .institution_id
/** Those who are asked at all. */
const marketSize = async () =>
  (await site.db.selectFrom('institution').where('is_asked', '=', true).select('id').execute()).length
async function asked(mode: 'actual' | 'exercise' = 'exercise', repeat_minutes: number | null = 30) {
  const { id: situation_id } = await openTestSituation(site.db, desk, mode)
  return { situation_id, ...(await askAsPeople(site.tools, desk, { situation_id, mode, repeat_minutes })) }
}
const file = async (mail: string, situation_id: string) => {
  const reader = await site.signIn(mail)
  const path = `/situations/${situation_id}/report`
  const page = await (await reader.get(path)).text()
  const filed = await reader.post(path, { ...fieldsOf(page, path, 'all_normal'), all_normal: 'yes' })
  assert.equal(filed.status, 303)
}

test('S0-16 the page of a round counts answers, names who is missing, the core of the market first, and draws the curve in words, too', async () => {
  const { situation_id, round_id } = await asked()
  const all = await marketSize()
  pass(10)
  await file(firm, situation_id)
  const reader = await site.as('secretariat')
  const page = await (await reader.get(`/rounds/${round_id}`)).text()
  assert.match(text(page), new RegExp(`${all}機関のうち1機関が回答しました`))
  assert.match(page, new RegExp(`未回答の機関（${all - 1}）`))
  assert.match(page, /aria-label="回答率の推移。/)
  assert.match(page, /data-mode="exercise"/)
  assert.match(page, new RegExp(`data-live="/situations/${situation_id} /rounds/${round_id} /notices"`))
  const rows = [...page.matchAll(/\/institutions\/([0-9a-f-]{36})">経過を見る/g)].map(([, id = '']) => id)
  const kinds = new Map(
    (await site.db.selectFrom('institution').select(['id', 'kind']).execute()).map(({ id, kind }) => [id, kind]),
  )
  assert.equal(kinds.get(rows[0] ?? ''), 'exchange')
  const infrastructure = rows.map((id) => !['securities_firm', 'special_member'].includes(kinds.get(id) ?? ''))
  assert.equal(infrastructure.lastIndexOf(true) + 1, infrastructure.filter(Boolean).length, 'participants come last')
  const english = await (await reader.get(`/rounds/${round_id}`, { cookie: `${reader.cookie}; language=en` })).text()
  assert.match(text(english), new RegExp(`1 of ${all} institutions have answered`))
  assert.deepEqual(site.reported, [])
})

test('S2-13 past the time to answer, the round and the home page alarm with the count; the report takes it away', async () => {
  const { situation_id, round_id } = await asked('exercise', null)
  const all = await marketSize()
  const reader = await site.as('secretariat')
  const late = new RegExp(`回答期限を過ぎた機関が${all}<`)
  assert.doesNotMatch(await site.main(reader, '/home'), late)
  pass(31)
  const home = await (await reader.get('/home')).text()
  assert.match(home, late)
  assert.match(home, new RegExp(`href="/rounds/${round_id}"`))
  assert.match(await (await reader.get(`/rounds/${round_id}`)).text(), late)
  const contact = await site.signIn(firm)
  assert.match(await (await contact.get('/home')).text(), /回答が必要です/)
  assert.doesNotMatch(await site.main(contact, '/home'), /回答期限を過ぎた機関/)
  await file(firm, situation_id)
  assert.match(await (await reader.get('/home')).text(), new RegExp(`回答期限を過ぎた機関が${all - 1}<`))
})

test('S2-13 an asking that the program did not get to is said on the home page', async () => {
  const { round_id } = await asked('exercise', 30)
  const reader = await site.as('secretariat')
  pass(34)
  assert.match(await (await reader.get('/home')).text(), /繰り返しの照会が予定の時刻を過ぎています/)
  await careForRounds(site.tools)
  assert.doesNotMatch(await site.main(reader, '/home'), /繰り返しの照会が予定の時刻を過ぎています/)
  const page = await (await reader.get(`/rounds/${round_id}`)).text()
  assert.match(text(page), /第2回照会/)
})

test('S0-16 each asking has a page of its own, and who promised an update stands apart from who is missing', async () => {
  const { situation_id, round_id } = await asked()
  const all = await marketSize()
  pass(5)
  await file(firm, situation_id)
  pass(25)
  await careForRounds(site.tools)
  const reader = await site.as('secretariat')
  const newest = await (await reader.get(`/rounds/${round_id}`)).text()
  assert.match(newest, new RegExp(`未回答の機関（${all - 1}）`))
  assert.match(newest, /次の更新予定まで照会しない機関（1）/)
  assert.match(newest, /蒼穹証券/)
  const first = await (await reader.get(`/rounds/${round_id}?asking=1`)).text()
  assert.match(first, /これより新しい回があります/)
  assert.match(text(first), new RegExp(`${all}機関のうち1機関が回答しました`))
  assert.doesNotMatch(first, /action="[^"]*\/chase"/, 'nothing is done about an asking that is over')
  for (const strange of ['9', '0', 'x', '1%27', '']) {
    const { status } = await reader.get(`/rounds/${round_id}?asking=${strange}`)
    assert.equal(status, strange === '' ? 200 : 404, strange)
  }
})

test('one press puts all who are missing, or one of them, on the call list; twice is once', async () => {
  const { situation_id, round_id, notice_id } = await asked()
  const all = await marketSize()
  await file(firm, situation_id)
  const one = await firmOf('bcp@soten.example')
  const approver = await site.as('secretariat_approver')
  const listed = async () =>
    (
      await site.db
        .selectFrom('receipt')
        .where('notice_id', '=', notice_id)
        .where('call_since', 'is not', null)
        .select('institution_id')
        .execute()
    ).map(({ institution_id }) => institution_id)
  assert.equal((await approver.post(`/rounds/${round_id}/calls`, { institution_id: one })).status, 303)
  assert.deepEqual(await listed(), [one])
  const page = await (await approver.get(`/rounds/${round_id}`)).text()
  assert.match(page, new RegExp(`未回答の${all - 2}機関を電話連絡リストに載せる`))
  assert.match(page, new RegExp(`href="/calls\\?round=${round_id}"`))
  const before = (await site.trail()).length
  await Promise.all([approver.post(`/rounds/${round_id}/calls`), approver.post(`/rounds/${round_id}/calls`)])
  assert.equal((await listed()).length, all - 1)
  assert.ok(!(await listed()).includes(await firmOf(firm)), 'who has answered is not called')
  const lines = (await site.trail()).slice(before)
  assert.deepEqual(
    lines.map(({ action }) => action),
    ['call.listed'],
  )
  assert.equal((await (await site.signIn(firm)).post(`/rounds/${round_id}/calls`)).status, 403)
})

test('S0-16 one press takes the next step of the ladder at once for who is missing, and for nobody else', async () => {
  const { situation_id, round_id, notice_id } = await asked()
  await file(firm, situation_id)
  while ((await takeSteps(site.tools, ['mail'])) > 0);
  const sent = async () =>
    await site.db.selectFrom('delivery').where('notice_id', '=', notice_id).select(['institution_id', 'step']).execute()
  const before = await sent()
  assert.equal(await takeSteps(site.tools, ['mail']), 0, 'the deputies are not due for ten minutes')
  const reader = await site.as('secretariat')
  assert.match(await (await reader.get(`/rounds/${round_id}`)).text(), /機関に次の段階の連絡を今すぐ行う/)
  assert.equal((await reader.post(`/rounds/${round_id}/chase`)).status, 303)
  await takeSteps(site.tools, ['mail'])
  const after_chase = (await sent()).slice(before.length)
  assert.ok(after_chase.length > 0, 'the deputies are written to now')
  assert.ok(!after_chase.some(({ institution_id }) => institution_id === institutionOfFirm))
  assert.ok(!(await site.trail()).some(({ action, mode }) => action === 'round.chased' && mode !== 'exercise'))
})

test('S0-16 the secretariat reports on behalf with the whole form; it is marked so on every page that shows it', async () => {
  const { situation_id, round_id, notice_id } = await asked()
  const path = `/rounds/${round_id}/report-for/${institutionOfFirm}`
  const reader = await site.as('secretariat')
  const form = await (await reader.get(path)).text()
  assert.match(form, /蒼穹証券[^<]*に代わって報告します/)
  const fields = { ...fieldsOf(form, path, 'bcp'), bcp: 'activated', command_centre: 'set_up', text: '電話で確認' }
  const wrong = await reader.post(path, { ...fields, bcp: 'perhaps' })
  assert.equal(wrong.status, 422)
  assert.match(await wrong.text(), /電話で確認/)
  const filed = await reader.post(path, fields)
  assert.equal(filed.status, 303)
  assert.equal((await reader.post(path, fields)).headers.get('location'), filed.headers.get('location'))
  const rows = await site.db.selectFrom('report').where('situation_id', '=', situation_id).selectAll().execute()
  const [{ institution_id, reported_by, via, is_on_behalf, mode } = assert.fail(), ...more] = rows
  assert.deepEqual(more, [])
  assert.deepEqual(
    { institution_id, reported_by, via, is_on_behalf, mode },
    { institution_id: institutionOfFirm, reported_by: desk.id, via: 'call', is_on_behalf: true, mode: 'exercise' },
  )
  const answer = await site.db
    .selectFrom('answer')
    .where('notice_id', '=', notice_id)
    .selectAll()
    .executeTakeFirstOrThrow()
  assert.deepEqual(
    [answer.via, answer.is_on_behalf, answer.answered_by, answer.is_first],
    ['call', true, desk.id, true],
  )
  const line = (await site.trail()).findLast(({ action }) => action === 'report.filed-for')
  assert.deepEqual(
    [line?.person_id, (line?.details as { institution_id?: string } | undefined)?.institution_id],
    [desk.id, institutionOfFirm],
  )

  const marked = /事務局が代わって記録/
  const report = filed.headers.get('location') ?? ''
  for (const page of [
    report,
    `/situations/${situation_id}/board?q=${encodeURIComponent('蒼穹証券')}`,
    `/rounds/${round_id}`,
  ])
    assert.match(await (await reader.get(page)).text(), marked, page)
  const history = await (await reader.get(`/rounds/${round_id}/institutions/${institutionOfFirm}`)).text()
  assert.match(history, /事務局が代わって記録/)
  const own = await (await (await site.signIn(firm)).get(report)).text()
  assert.match(own, marked)
  assert.match(own, /違うところがあれば、訂正を報告してください/)
})

test('S0-16 the board says which asking a report answers, and who has not answered the last one is not taken for fresh', async () => {
  const { situation_id } = await asked()
  await file(firm, situation_id)
  const reader = await site.as('secretariat')
  const board = () => site.read(reader, `/situations/${situation_id}/board?q=${encodeURIComponent('蒼穹証券')}`)
  assert.match(await board(), /第1回照会への回答/)
  assert.doesNotMatch(await board(), /第2回照会に未回答/)
  pass(90)
  await careForRounds(site.tools)
  assert.match(await board(), /蒼穹証券[^第]*第2回照会に未回答/)
  await file(firm, situation_id)
  assert.match(await board(), /第2回照会への回答/)
})

test('S0-30 rounds are for those who see the market; only the secretariat chases, closes and reports for others', async () => {
  const { round_id } = await asked('actual')
  const authority = await site.as('authority')
  const page = await (await authority.get(`/rounds/${round_id}`)).text()
  assert.doesNotMatch(page, /<form(?![^>]*method="get")[^>]*\/rounds\/|代わりに報告する|状況照会を終了する/)
  for (const path of [`/rounds/${round_id}/close`, `/rounds/${round_id}/report-for/${institutionOfFirm}`])
    for (const role of ['authority', 'secretariat_approver', 'bcp_contact'] as const)
      assert.equal((await (await site.as(role)).get(path)).status, 403, `${role} ${path}`)
  const secretariat = await site.as('secretariat')
  for (const path of [
    `/rounds/${round_id}/report-for/${crypto.randomUUID()}`,
    `/rounds/${crypto.randomUUID()}/report-for/${institutionOfFirm}`,
    `/rounds/${round_id}/institutions/nobody`,
    `/rounds/${crypto.randomUUID()}/institutions/${institutionOfFirm}`,
  ])
    assert.equal((await secretariat.get(path)).status, 404, path)
  const ask = await secretariat.get(`/situations/${crypto.randomUUID()}/ask`)
  assert.equal(ask.status, 404)
})

test('S0-28 the curve of a real round is held against the last exercise, by name and without its institutions', async () => {
  const exercise = await asked('exercise')
  pass(7)
  await file(firm, exercise.situation_id)
  pass(60)
  const { situation_id, round_id } = await asked('actual')
  const reader = await site.as('secretariat')
  const page = await (await reader.get(`/rounds/${round_id}`)).text()
  assert.match(page, /破線：前回の訓練（/)
  assert.match(page, /<body data-mode="actual"/)
  const ask = await reader.get(`/situations/${situation_id}/ask`)
  assert.deepEqual(
    [ask.status, ask.headers.get('location')],
    [303, `/notices/new?kind=report_request&situation=${situation_id}`],
  )
  assert.deepEqual(site.reported, [])
})
