import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demoPassword } from '#access/sign-in/index.ts'
import { putOnCallList } from '#asking/calls/index.ts'
import { startMailIntake } from '#asking/mail-intake/index.ts'
import { careForRounds } from '#asking/rounds/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Role } from '#ground/db/tables.ts'
import type { Person } from '#ground/rights/person.ts'
import { record } from '#ground/trail/record.ts'
import { latestSnapshot } from '#public/publication/index.ts'
import { preview, publish } from '#public/publication/publish.ts'
import { pathsOf, renderSite } from '#public/site/index.ts'
import { fieldsOf } from '#simulate/index.ts'
import { allNormal, fileReport } from '#status/reports/index.ts'
import { draftNotice, type NoticeDraft, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { seenNow, testDraft } from '../kit/notices.ts'
import { deskOf, openDrill, recipientsOf, sendDue, writeTo } from '../kit/replies.ts'
import { askAsPeople } from '../kit/rounds.ts'
import { type TestSite, testSite } from '../kit/site.ts'

let site: TestSite
let desk: TestSite['nobody']
let by: Person
let intake: { close(): Promise<void> }
let now = new Date('2027-01-15T00:00:00Z')
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
const port = 20_000 + Math.floor(Math.random() * 20_000)
before(async () => {
  site = await testSite({ clock: () => now, config: { bounce_port: port } })
  intake = await startMailIntake(site.tools, port, (error) => site.reported.push(error))
  desk = await site.as('secretariat')
  by = await deskOf(site)
})
after(async () => {
  await intake.close()
  await site.close()
})

const institutions = () => site.db.selectFrom('institution').selectAll().orderBy('code').execute()
const idOf = async (code: string) => (await institutions()).find((one) => one.code === code)?.id ?? assert.fail(code)
const contactOf = async (code: string): Promise<Person> => {
  const institution_id = await idOf(code)
  const person = { name_ja: '担当 二郎', name_en: null, institution_id }
  const { id } = await site.db
    .insertInto('person')
    .values({ ...person, email: `${crypto.randomUUID()}@market.example` })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { ...person, id, roles: ['bcp_contact'] }
}
const report = async (situation_id: string, code: string, next_update_minutes = 60) => {
  const form = { ...allNormal(next_update_minutes), idempotency_key: crypto.randomUUID() }
  const filed = await fileReport(site.tools, await contactOf(code), { situation_id, mode: 'exercise', ...form })
  if ('failed' in filed) assert.fail(filed.failed)
}
/** Corrects or withdraws an asking as people do it; gives the notice. */
const replace = async (draft: Partial<NoticeDraft>) => {
  const { id } = await draftNotice(site.tools, by, testDraft({ mode: 'exercise', ...draft }))
  const seen = await seenNow(site.tools, id)
  await submitNotice(site.tools, by, { id, version: 1, seen })
  const released = await releaseNotice(site.tools, by, {
    id,
    version: 1,
    seen,
    mode: 'exercise',
    override_reason: null,
  })
  if ('failed' in released) assert.fail(released.failed)
  return id
}
const newestOf = (round_id: string) =>
  site.db
    .selectFrom('notice')
    .where('round_id', '=', round_id)
    .orderBy('asking', 'desc')
    .limit(1)
    .selectAll()
    .executeTakeFirstOrThrow()
const publishNow = async (situation_id: string) => {
  const form = {
    ...{ text_ja: '訓練の状況です。', text_en: 'This is an exercise.', functions: [], institutions: [] },
    ...{ participants: 'yes', activations: [], next_update_at: null, is_correction: false },
  } as unknown as Parameters<typeof preview>[3]
  const { seen } = await preview(site.tools, by, situation_id, form)
  const published = await publish(site.tools, by, situation_id, form, {
    ...{ seen, idempotency_key: crypto.randomUUID(), may_part: true },
  })
  if ('failed' in published) assert.fail(published.failed)
}

/** What a pattern finds as two figures. */
const figures = (text: string, pattern: RegExp, what: string): [number, number] => {
  const [, one, other] = pattern.exec(text) ?? assert.fail(`${what}: no ${pattern} in: ${text.slice(0, 3000)}`)
  return [Number(one), Number(other)]
}
const flipped = ([all, done]: [number, number]): [number, number] => [done, all]

/** The figures of every place, as [reported or answered, asked], by the name of the place. */
async function places(situation_id: string, round_id: string) {
  const home = await site.read(desk, '/home')
  const board = await site.read(desk, `/situations/${situation_id}/board`)
  const views = ['関係機関', '市場参加者'].map((view) =>
    figures(board, new RegExp(`${view} (\\d+) / (\\d+)機関`), `board, ${view}`),
  )
  const sum = views.reduce<[number, number]>(([a, b], [c, d]) => [a + c, b + d], [0, 0])
  const { id } = await newestOf(round_id)
  await publishNow(situation_id)
  const snapshot = await latestSnapshot(site.db, 'exercise')
  const files = renderSite(snapshot, {
    ...{ origin: 'https://bcp.example', now, silent_since: null, masthead: null, demo: true },
  })
  const paths = pathsOf('exercise')
  const json = JSON.parse(String(files.get(paths.json)?.body))
  const told = json.open.find((one: { id: string }) => one.id === situation_id).participants
  const page = String(files.get(paths.page.ja)?.body).replace(/<[^>]*>/g, '')
  return {
    home: figures(home, /(\d+) \/ (\d+)機関が報告/, 'home'),
    situation: figures(await site.read(desk, `/situations/${situation_id}`), /(\d+) \/ (\d+)機関が報告/, 'situation'),
    board: sum,
    round: flipped(figures(await site.read(desk, `/rounds/${round_id}`), /(\d+)機関のうち(\d+)機関が回答/, 'round')),
    notice: flipped(
      figures(await site.read(desk, `/notices/${id}`), /状況照会全体：(\d+)機関のうち(\d+)機関が回答/, 'notice'),
    ),
    participants: views[1] as [number, number],
    json: [told.reported, told.asked] as [number, number],
    public: flipped(figures(page, /報告を求めた(\d+)社のうち、(\d+)社が報告/, 'public page')),
  }
}

/** A change of who is there, with its line in the trail as every change has one. */
const inDirectory = (change: (tx: Tx) => Promise<unknown>) =>
  site.db.transaction().execute(async (tx) => {
    await change(tx)
    await record(tx, { program: 'command-line' }, site.tools.clock(), {
      action: 'roster.imported',
      about: '/institutions',
    })
  })

test('S0-16 every place counts the same after every act: home, situation, board, round, notice, public page, closing, trail', async () => {
  const situation_id = await openDrill(site, now)
  // Who is only informed is in no figure.
  const whole = (await institutions()).filter(({ is_asked }) => is_asked).length
  const firms = (await institutions()).filter(({ is_infrastructure }) => !is_infrastructure).length
  assert.match(await site.read(desk, '/home'), /未依頼/)
  const { round_id } = await askAsPeople(site.tools, by, { situation_id, repeat_minutes: 30, answer_minutes: 60 })
  const agree = async (act: string, done: number, all: number, done_firms: number, all_firms: number) => {
    const { participants, json, public: page, ...market } = await places(situation_id, round_id)
    for (const [place, found] of Object.entries(market)) assert.deepEqual(found, [done, all], `${act}: ${place}`)
    for (const [place, found] of Object.entries({ participants, json, page }))
      assert.deepEqual(found, [done_firms, all_firms], `${act}: ${place}`)
  }
  await agree('asked', 0, whole, 0, firms)

  const first = await newestOf(round_id)
  await sendDue(site)
  await report(situation_id, 'SEC-030')
  const [linked] = await recipientsOf(site, first.id, 'SEC-002')
  assert.ok((await site.nobody.post(`/a/${linked!.token}`, { all_normal: 'yes' })).status < 400)
  const [written] = await recipientsOf(site, first.id, 'SEC-003')
  await writeTo(port, { from: written!.mail, to: `reply+${written!.token}@market.example`, text: '1\r\n' })
  await agree('answered by portal, link and mail', 3, whole, 3, firms)

  pass(5)
  const correction = await replace({
    ...{ kind: 'correction', replaces_id: first.id, situation_id, answer_wanted: 'report', repeat_minutes: 30 },
    ...{ text_ja: '15時時点の状況を報告してください', answer_by: new Date(now.getTime() + 60 * 60_000) },
  })
  await agree('corrected', 3, whole, 3, firms)
  const missing = await site.read(desk, `/rounds/${round_id}`)
  assert.match(missing, /最後の照会に未回答 3/, 'asked again, and still counted')

  pass(30)
  await careForRounds(site.tools)
  const repeated = await newestOf(round_id)
  assert.notEqual(repeated.id, correction)
  await agree('repeated to those who have not promised an update', 3, whole, 3, firms)

  // One joins after the asking: asked by nobody, it is in no figure.
  await inDirectory((tx) =>
    tx
      .insertInto('institution')
      .values({
        ...{ code: 'SEC-NEW', kind: 'securities_firm', name_ja: '架空新入証券', name_en: 'Fictional Newcomer' },
        active_from: '2027-01-15',
      })
      .execute(),
  )
  await agree('one joined', 3, whole, 3, firms)
  const firms_page = await site.read(desk, `/situations/${situation_id}/board?view=participants&state=not_asked`)
  assert.match(firms_page, /架空新入証券 照会なし/)

  // One leaves that has said nothing: it is waited for no more. One that has answered stays with its word.
  await inDirectory((tx) =>
    tx
      .updateTable('institution')
      .set({ active_to: '2027-01-14' })
      .where('code', 'in', ['SEC-031', 'SEC-030'])
      .execute(),
  )
  await agree('two left', 3, whole - 1, 3, firms - 1)

  await report(situation_id, 'SEC-002')
  await agree('one reported again', 3, whole - 1, 3, firms - 1)

  const [rung] = await recipientsOf(site, repeated.id, 'SEC-005')
  await putOnCallList(site.tools, by, { receipt_ids: [rung!.receipt_id], is_listed: true })
  await site.done(desk, `/calls/${rung!.receipt_id}/answer`, {
    as: 'normal',
    text: '',
    idempotency_key: crypto.randomUUID(),
  })
  await agree('one answered a call', 4, whole - 1, 4, firms - 1)

  // The newcomer reports by itself: beside the figures, in none of them.
  await report(situation_id, 'SEC-NEW')
  await agree('one reported unasked', 4, whole - 1, 4, firms - 1)
  assert.match(await site.read(desk, '/home'), /依頼していない1機関が報告/)
  assert.match(await site.read(desk, `/situations/${situation_id}/board`), /ほかに照会していない1機関が報告/)

  const closing = `/situations/${situation_id}/close`
  const words = { closing_reason: '訓練の終了', closing_ja: '終わりました', closing_en: 'It is over.' }
  const check = await (await desk.post(closing, { ...words, confirm_password: demoPassword })).text()
  await site.done(desk, closing, fieldsOf(check, closing, 'seen'))
  const [line] = (await site.trailOf(`/situations/${situation_id}`)).filter(({ action }) => action === 'round.closed')
  const { asked, answered, missing: silent } = (line ?? assert.fail('no line')).details as Record<string, number>
  assert.deepEqual([answered, asked, silent], [4, whole - 1, whole - 5], 'the trail')
  const closed = new RegExp(`${whole - 1}機関のうち4機関が回答`)
  for (const path of [`/rounds/${round_id}`, `/situations/${situation_id}`])
    assert.match(await site.read(desk, path), closed, path)
  assert.deepEqual(site.reported, [])
})

test('a withdrawn asking asks nobody any more: what was reported stands, nobody has not reported', async () => {
  await site.db
    .updateTable('situation')
    .set({ closed_at: now, closing_reason: 'test' })
    .where('closed_at', 'is', null)
    .execute()
  const situation_id = await openDrill(site, now)
  const { round_id, notice_id } = await askAsPeople(site.tools, by, { situation_id, repeat_minutes: 15 })
  await report(situation_id, 'SEC-002')
  pass(15)
  await careForRounds(site.tools)
  const twin = await newestOf(round_id)
  assert.notEqual(twin.id, notice_id)
  await replace({ kind: 'withdrawal', replaces_id: twin.id, situation_id, answer_wanted: 'none' })
  for (const path of ['/home', `/situations/${situation_id}`])
    assert.match(await site.read(desk, path), /未依頼 ・ 依頼していない1機関が報告/, path)
  const board = await site.read(desk, `/situations/${situation_id}/board`)
  assert.match(board, /関係機関 照会なし/)
  assert.match(board, /未報告 0/)
  assert.doesNotMatch(board, /未報告 [1-9]/)
  // The other asking said the same: it is withdrawn with it.
  assert.match(await site.read(desk, `/notices/${notice_id}`), /この通知は取り消されました/)
})

for (const role of ['council_member', 'institution_administrator', 'observer', 'bcp_contact'] as Role[])
  test(`who does not see the market reads no figure of it: ${role}`, async () => {
    await site.db
      .updateTable('situation')
      .set({ closed_at: now, closing_reason: 'test' })
      .where('closed_at', 'is', null)
      .execute()
    const situation_id = await openDrill(site, now)
    const account = await site.accountOf(role)
    const { code } = await site.db
      .selectFrom('institution')
      .where('id', '=', account.institution_id)
      .select('code')
      .executeTakeFirstOrThrow()
    const reader = await site.as(role)
    const paths = ['/home', `/situations/${situation_id}`]
    const read = async () => (await Promise.all(paths.map((path) => site.read(reader, path)))).join('\n')
    const lacks = async () => assert.doesNotMatch(await read(), /\d+ ?\/ ?\d+|\d+機関が(報告|回答)/)
    await lacks()
    assert.doesNotMatch(await read(), /貴機関：/, 'nobody was asked')
    await askAsPeople(site.tools, by, { situation_id })
    await lacks()
    assert.match(await site.read(reader, `/situations/${situation_id}`), /貴機関：未報告/)
    await report(situation_id, code)
    await lacks()
    assert.match(await site.read(reader, `/situations/${situation_id}`), /貴機関：報告済み/)
    const english = await (await reader.get(`/situations/${situation_id}`, { 'accept-language': 'en' })).text()
    assert.doesNotMatch(english, /\d+ of \d+ reported/)
  })
