import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { previewSteps, takeSteps } from '#delivery/deliveries/index.ts'
import type { Person } from '#ground/rights/person.ts'
import { draftNotice, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { seenNow, testDraft } from '#tests/kit/notices.ts'
import { deskOf, openDrill, recipientsOf } from '#tests/kit/replies.ts'
import { askAsPeople } from '#tests/kit/rounds.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { careForRounds } from './care.ts'

let site: TestSite
let desk: TestSite['nobody']
let by: Person
let now = new Date('2027-01-15T00:00:00Z')
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
before(async () => {
  site = await testSite({ clock: () => now })
  desk = await site.as('secretariat')
  by = await deskOf(site)
})
after(() => site.close())

/** A round of its own that repeats every quarter of an hour; those before it are none of its business. */
async function story() {
  await site.db
    .updateTable('round')
    .set({ closed_at: now, next_repeat_at: null })
    .where('closed_at', 'is', null)
    .execute()
  await site.db
    .updateTable('receipt')
    .set({ closed_at: now, closed_how: 'ended', next_step_at: null })
    .where('closed_at', 'is', null)
    .execute()
  const situation_id = await openDrill(site, now)
  const asked = await askAsPeople(site.tools, by, { situation_id, repeat_minutes: 15, answer_minutes: 60 })
  return { situation_id, ...asked }
}
/** What the workers do in a minute. */
const work = async () => {
  await careForRounds(site.tools)
  while ((await takeSteps(site.tools, ['mail'])) > 0);
}
const minute = async (minutes = 1) => {
  for (let done = 0; done < minutes; done++) {
    pass(1)
    await work()
  }
}
const askings = (round_id: string) =>
  site.db.selectFrom('notice').where('round_id', '=', round_id).selectAll().orderBy('asking').execute()
const openOf = async (round_id: string) =>
  site.db
    .selectFrom('receipt')
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .where('notice.round_id', '=', round_id)
    .where('receipt.closed_at', 'is', null)
    .selectAll('receipt')
    .select('notice.asking')
    .execute()

test('S2-13 a round that repeats comes to the telephone at the minute that its check promised, and stays there', async () => {
  const everyone = (await site.db.selectFrom('institution').select('id').execute()).map(({ id }) => id)
  const notice = { severity: 'urgent', answer_wanted: 'report', replaces_id: null } as const
  const promised = (await previewSteps(site.tools, notice, everyone, ['mail'], now)).find(({ calls }) => calls > 0)
  assert.ok(promised && promised.after_minutes > 15, 'later than the first repeat')
  const { round_id } = await story()
  await work()
  await minute(promised.after_minutes - 1)
  assert.ok((await askings(round_id)).length > 1, 'it has asked again')
  assert.ok(
    (await openOf(round_id)).every(({ call_since }) => call_since === null),
    'a minute before',
  )
  await minute()
  const listed = await openOf(round_id)
  assert.equal(listed.filter(({ call_since }) => call_since?.getTime() === now.getTime()).length, promised.calls)
  const since = now
  await minute(15)
  const again = await openOf(round_id)
  assert.ok(
    again.every(({ asking }) => (asking ?? 0) > (listed[0]?.asking ?? 0)),
    'asked once more',
  )
  assert.ok(
    again.every(({ call_since }) => call_since?.getTime() === since.getTime()),
    'on the list since then',
  )
  assert.match(await site.read(desk, `/calls?round=${round_id}`), new RegExp(`電話する機関（${promised.calls}）`))
})

test('a repeated asking goes at once to whom the ladder has reached by then, to each person once', async () => {
  const { round_id } = await story()
  await work()
  await minute(14)
  const [first] = await askings(round_id)
  // Who is only informed is told once.
  const before = await site.db
    .selectFrom('delivery')
    .innerJoin('institution', 'institution.id', 'delivery.institution_id')
    .where('notice_id', '=', first!.id)
    .where('institution.is_asked', '=', true)
    .select('address')
    .execute()
  await minute()
  const [, second] = await askings(round_id)
  const told = await site.db.selectFrom('delivery').where('notice_id', '=', second!.id).select('address').execute()
  assert.deepEqual(
    told.map(({ address }) => address).sort(),
    [...new Set(before.map(({ address }) => address))].sort(),
    'the deputies, too',
  )
})

test('S2-13 who is late is late since the first asking that they have not answered, by name, whatever was asked again', async () => {
  const { round_id } = await story()
  await work()
  await minute(59)
  assert.doesNotMatch(await site.read(desk, '/home'), /回答期限を過ぎた機関/)
  const due = (await askings(round_id))[0]?.answer_by
  await minute(2)
  const all = (await openOf(round_id)).length
  const home = await site.read(desk, '/home')
  assert.match(home, new RegExp(`回答期限を過ぎた機関が${all}`))
  assert.match(home, /最も早い回答期限 10:\d\d JST .*ほか\d+機関/)
  const round = await site.read(desk, `/rounds/${round_id}`)
  assert.match(round, new RegExp(`回答期限を過ぎた機関が${all}`))
  assert.ok((await openOf(round_id)).every(({ wanted_by }) => wanted_by?.getTime() === due?.getTime()))
})

test('a call page that stays open while it is asked again goes on with the newest asking, and never says that nobody is wanted', async () => {
  const { round_id, notice_id } = await story()
  await work()
  const [before] = await recipientsOf(site, notice_id, 'SEC-007')
  const page = `/calls/${before!.receipt_id}`
  await site.done(desk, `${page}/claim`)
  await minute(15)
  const newest = (await openOf(round_id)).find(({ institution_id }) => institution_id === before!.institution_id)
  assert.notEqual(newest?.id, before!.receipt_id)
  assert.equal((await desk.get(page)).headers.get('location'), `/calls/${newest?.id}`)
  const shown = await site.read(desk, `/calls/${newest?.id}`)
  assert.doesNotMatch(shown, /電話する必要はありません/)
  // Pressed on the old page: it counts for the round.
  const press = {
    outcome: 'wrong_number',
    note: '別の会社',
    recipient_id: before!.id,
    idempotency_key: crypto.randomUUID(),
  }
  await site.done(desk, `${page}/calls`, press)
  assert.match(await site.read(desk, `/calls/${newest?.id}`), /直近の電話： 番号違い/)

  // The desk mends the number and takes a person out: the page, the list and the sheet have what is true now.
  const mobile = await site.db
    .selectFrom('contact_address')
    .where('contact_id', '=', before!.contact_id)
    .where('means', 'in', ['mobile', 'phone'])
    .where('removed_at', 'is', null)
    .selectAll()
    .executeTakeFirstOrThrow()
  await site.db.updateTable('contact_address').set({ address: '+81399998888' }).where('id', '=', mobile.id).execute()
  const [, second] = await recipientsOf(site, notice_id, 'SEC-007')
  await site.db.updateTable('contact').set({ removed_at: now }).where('id', '=', second!.contact_id).execute()
  await site.done(desk, `/calls/${newest?.id}/listing`, { is_listed: 'yes' })
  for (const at of [`/calls?round=${round_id}`, `/calls/sheet?round=${round_id}`, `/calls/${newest?.id}`]) {
    const html = await site.main(desk, at)
    assert.match(html, /href="tel:\+81399998888"/, at)
    assert.ok(!html.includes(`href="tel:${mobile.address}"`), `the number before is not dialled: ${at}`)
    assert.match(html, /通知の後に変わった番号/, at)
  }
  assert.match(
    await site.read(desk, `/calls?round=${round_id}`),
    new RegExp(`${second!.name_ja} ?（名簿から外れた人）`),
  )

  const answer = { as: 'normal', text: '', idempotency_key: crypto.randomUUID() }
  await site.done(desk, `${page}/answer`, answer)
  assert.match(await site.read(desk, `/calls/${newest?.id}`), /この機関は回答しました/)
})

test('N-8 a correction replaces every asking of its round that still stands, and goes wherever any of them went', async () => {
  const { round_id, notice_id, situation_id } = await story()
  await work()
  const [early] = await recipientsOf(site, notice_id, 'SEC-008')
  assert.ok((await site.nobody.post(`/a/${early!.token}`, { all_normal: 'yes' })).status < 400)
  await minute(15)
  const [, twin] = await askings(round_id)
  const { id } = await draftNotice(
    site.tools,
    by,
    testDraft({
      ...{ mode: 'exercise', kind: 'correction', replaces_id: twin!.id, situation_id, answer_wanted: 'report' },
      ...{ text_ja: '正しい照会文', answer_by: new Date(now.getTime() + 30 * 60_000), repeat_minutes: 15 },
    }),
  )
  const seen = await seenNow(site.tools, id)
  await submitNotice(site.tools, by, { id, version: 1, seen })
  await releaseNotice(site.tools, by, { id, version: 1, seen, mode: 'exercise', override_reason: null })
  const [first, second] = await askings(round_id)
  assert.deepEqual([first?.replaced_by_id, second?.replaced_by_id], [id, id])
  for (const asking of [notice_id, twin!.id])
    assert.match(await site.read(desk, `/notices/${asking}`), /この通知は訂正されました/)
  // Who was passed over has the wrong text all the same.
  assert.equal((await recipientsOf(site, id, 'SEC-008')).length > 0, true)
  await work()
  const told = await site.db.selectFrom('delivery').where('notice_id', '=', id).select('address').execute()
  assert.ok(told.some(({ address }) => address === early!.mail))
  // What it said to the wrong text is no answer to the right one, and stays a report.
  assert.match(
    await site.read(desk, `/notices/${id}`),
    /\d+機関のうち0機関が回答しました 状況照会全体：\d+機関のうち1機関が回答/,
  )
})

test('missing institutions and the lines of a board are found by name and code', async () => {
  const { round_id, situation_id } = await story()
  const { name_ja } = await site.db
    .selectFrom('institution')
    .where('code', '=', 'SEC-009')
    .select('name_ja')
    .executeTakeFirstOrThrow()
  for (const q of ['SEC-009', name_ja.slice(0, 2)]) {
    const round = await site.read(desk, `/rounds/${round_id}?q=${encodeURIComponent(q)}`)
    assert.ok(round.includes(name_ja), q)
    assert.doesNotMatch(round, /未回答の機関（[2-9]\d）/)
    const board = await site.read(desk, `/situations/${situation_id}/board?q=${encodeURIComponent(q)}`)
    assert.match(board.slice(board.indexOf('見つかった機関')), new RegExp(name_ja), q)
  }
  assert.match(await site.read(desk, `/rounds/${round_id}?q=zzz`), /「zzz」に当たる未回答の機関はありません/)
})
