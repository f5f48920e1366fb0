import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readPerson } from '#access/sign-in/index.ts'
import type { Person } from '#ground/rights/person.ts'
import { allNormal, fileReport } from '#status/reports/index.ts'
import { askAsPeople, openTestSituation } from '#tests/kit/rounds.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { careForRounds } from './care.ts'
import { isLate } from './rules.ts'

let site: TestSite
let desk: Person
let reader: TestSite['nobody']
let now = new Date('2027-01-15T01:00:00Z')
before(async () => {
  site = await testSite({ clock: () => now })
  const { id } = await site.accountOf('secretariat')
  desk = (await readPerson(site.db, id)) as Person
  reader = await site.signIn('desk@assoc.example')
})
after(() => site.close())

const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
const read = (path: string) => site.read(reader, path)
const contactOf = async (mail: string) => {
  const { id } = await site.db.selectFrom('person').where('email', '=', mail).select('id').executeTakeFirstOrThrow()
  return (await readPerson(site.db, id)) as Person
}
/** Asked at `now` to answer within half an hour, and again after an hour. */
async function asked() {
  const { id: situation_id } = await openTestSituation(site.db, desk, 'exercise')
  const round = await askAsPeople(site.tools, desk, { situation_id, answer_minutes: 30, repeat_minutes: 60 })
  return { situation_id, ...round }
}
async function file(mail: string, situation_id: string, written_at?: Date) {
  const by = await contactOf(mail)
  const form = { ...allNormal(120), idempotency_key: crypto.randomUUID() }
  const writing = written_at ? { written_at, written_by: by.id, written_upon: null } : {}
  const filed = await fileReport(site.tools, by, { situation_id, mode: 'exercise', ...form, ...writing })
  if ('failed' in filed) assert.fail(filed.failed)
  return by.institution_id
}

test('an answer is in time up to the very moment of its deadline', () => {
  const answer_by = new Date('2027-01-15T01:30:00Z')
  for (const [at, expected] of [
    ['2027-01-15T01:30:00.000Z', false],
    ['2027-01-15T01:30:00.001Z', true],
    ['2027-01-15T00:00:00.000Z', false],
  ] as const)
    assert.equal(isLate({ answered_at: new Date(at) }, { answer_by }), expected, at)
  assert.equal(isLate({ answered_at: answer_by }, { answer_by: null }), false, 'where there is none nothing is late')
})

test('N-15 S0-16 written at 10:00 and received at 10:40, the deadline being 10:30: late everywhere, and every page says when it was written', async () => {
  const asked_at = now
  const { situation_id, round_id, notice_id } = await asked()
  pass(10)
  await file('bcp@soten.example', situation_id)
  pass(30)
  const receipts = site.db.selectFrom('receipt').where('notice_id', '=', notice_id)
  const asked_ones = (await receipts.select('closed_how').execute()).filter(
    ({ closed_how }) => closed_how !== 'informed',
  )
  const size = asked_ones.length
  assert.match(await read(`/rounds/${round_id}`), new RegExp(`回答期限を過ぎた機関が${size - 1}`))
  const late = await file('bcp@sokyu.example', situation_id, asked_at)

  const round = await read(`/rounds/${round_id}`)
  assert.match(round, new RegExp(`期限内の回答 1 / ${size}機関（期限の後に1） 届いた時刻で数えます。`))
  assert.match(round, new RegExp(`${size}機関のうち2機関が回答しました`))
  const curve = await (await reader.get(`/rounds/${round_id}`)).text()
  const [, words = ''] = /aria-label="(回答率の推移。[^"]+)"/.exec(curve) ?? []
  assert.match(words, /照会から30分で1%/, 'before it arrived the curve does not count it')
  assert.match(words, /照会から40分で3%/)
  assert.doesNotMatch(await read(`/rounds/${round_id}?page=1`), /蒼穹証券 市場参加者/, 'it is missing no more')
  const history = await read(`/rounds/${round_id}/institutions/${late}`)
  assert.match(history, /10:40 JST[^:]*回答: ポータル/)
  assert.match(history, /回答期限の後に届きました。 つながらない間に書かれた報告（記入 10:00 JST ）。/)
  assert.match(await read(`/notices/${notice_id}`), /10:40 JST （期限の後）（記入 10:00 JST ）/)
  assert.match(
    await read(`/situations/${situation_id}/board?q=${encodeURIComponent('蒼穹証券')}`),
    /蒼穹証券[^年]*記入 10:00 JST 40分前/,
  )

  pass(20)
  await careForRounds(site.tools)
  const again = await read(`/rounds/${round_id}`)
  assert.match(again, /第2回照会/)
  assert.match(again, /蒼穹証券 次の更新予定 12:00 JST 10:40 JST （記入 10:00 JST ）/)
})

test('what the secretariat reports on behalf counts from when it was filed, like any other', async () => {
  const { situation_id, round_id, notice_id } = await asked()
  const { institution_id } = await contactOf('bcp@sokyu.example')
  pass(31)
  const form = { ...allNormal(60), idempotency_key: crypto.randomUUID() }
  const filed = await fileReport(site.tools, desk, { situation_id, mode: 'exercise', ...form }, institution_id)
  assert.ok('id' in filed)
  assert.match(await read(`/rounds/${round_id}`), /期限内の回答 0 \/ \d+機関（期限の後に1）/)
  assert.match(
    await read(`/rounds/${round_id}/institutions/${institution_id}`),
    /事務局が代わって記録 回答期限の後に届きました。/,
  )
  assert.match(await read(`/notices/${notice_id}`), /（事務局が代わって記録） .*（期限の後）/)
  assert.deepEqual(site.reported, [])
})
