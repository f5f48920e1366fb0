import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startMailIntake } from '#asking/mail-intake/index.ts'
import { readPackData } from '#command-centre/pack/read-pack-data.ts'
import type { Person } from '#ground/rights/person.ts'
import { latestSnapshot } from '#public/publication/index.ts'
import { preview, publish } from '#public/publication/publish.ts'
import { differences, pathsOf, renderSite } from '#public/site/index.ts'
import { readBoard } from '#status/board/index.ts'
import { idIn } from '../kit/pages.ts'
import { answersOfReceipt, deskOf, openDrill, ownMessagesOf, recipientsOf, sendDue, writeTo } from '../kit/replies.ts'
import { askAsPeople } from '../kit/rounds.ts'
import { reportForm } from '../kit/samples/status.ts'
import { type TestSite, testSite } from '../kit/site.ts'

// A clearing house on its second centre (代替, 0052): neither normal nor partly disrupted, wherever it stands.

let site: TestSite
let desk: TestSite['nobody']
let clearing: TestSite['nobody']
let by: Person
let intake: { close(): Promise<void> }
let now = new Date('2027-01-15T00:00:00Z')
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
const port = 20_000 + Math.floor(Math.random() * 20_000)
before(async () => {
  site = await testSite({ clock: () => now, config: { bounce_port: port } })
  intake = await startMailIntake(site.tools, port, (error) => site.reported.push(error))
  desk = await site.as('secretariat')
  clearing = await site.signIn('bcp@tenbinza.example')
  by = await deskOf(site)
})
after(async () => {
  await intake.close()
  await site.close()
})

const idOf = async (code: string) =>
  (await site.db.selectFrom('institution').where('code', '=', code).select('id').executeTakeFirstOrThrow()).id
const onSecondCentre = (change: Record<string, string> = {}) =>
  reportForm({
    ...{ clearing: 'alternative', settlement: 'alternative', bcp: 'activated', command_centre: 'set_up' },
    ...{ alternative_from: 'second_centre', alternative_other: '', normal_at: '2027-01-16T08:00' },
    ...{ idempotency_key: crypto.randomUUID(), written_upon: '' },
    ...change,
  })
const word = '代替運用中'

async function publishNow(situation_id: string, institutions: string[]) {
  const form = {
    ...{ text_ja: '訓練の状況です。', text_en: 'This is an exercise.', institutions, participants: true },
    functions: [
      { market: 'exchange', function_code: 'clearing' },
      { market: 'off_exchange', function_code: 'clearing' },
    ],
    ...{ activations: [], next_update_at: null, is_correction: false },
  } as unknown as Parameters<typeof preview>[3]
  const { seen, before: was, after: is } = await preview(site.tools, by, situation_id, form)
  const published = await publish(site.tools, by, situation_id, form, {
    ...{ seen, idempotency_key: crypto.randomUUID(), may_part: true },
  })
  if ('failed' in published) assert.fail(published.failed)
  const snapshot = await latestSnapshot(site.db, 'exercise')
  return {
    changes: differences(was, is, 'ja'),
    files: renderSite(snapshot, { origin: 'https://bcp.example', now, silent_since: null, masthead: null, demo: true }),
  }
}
const plain = (html: unknown) =>
  String(html)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

test('S0-54 a clearing house on its second centre stands as that on report, board, home, return, public page, feeds and pack', async () => {
  const situation_id = await openDrill(site, now)
  const situation = `/situations/${situation_id}`
  await askAsPeople(site.tools, by, { situation_id })

  // Which alternative is asked for, beside its field, and nothing typed is lost.
  const refused = await clearing.post(`${situation}/report`, onSecondCentre({ alternative_from: '', text: '切替済み' }))
  const again = await refused.text()
  assert.equal(refused.status, 422)
  assert.match(again, /代替先を選んでください/)
  assert.match(again, /切替済み/)
  assert.match(again, /<input(?=[^>]*name="clearing")(?=[^>]*value="alternative")(?=[^>]*checked)/)
  const nameless = await clearing.post(`${situation}/report`, onSecondCentre({ alternative_from: 'other' }))
  assert.match(await nameless.text(), /代替先「その他」の内容を/)

  const path = await site.done(clearing, `${situation}/report`, onSecondCentre())
  const row = await site.db.selectFrom('report').where('id', '=', idIn(path)).selectAll().executeTakeFirstOrThrow()
  assert.deepEqual(
    [row.clearing, row.alternative_from, row.alternative_other, row.normal_at?.toISOString()],
    ['alternative', 'second_centre', '', '2027-01-15T23:00:00.000Z'],
  )
  const [line] = (await site.trailOf(situation)).filter(({ details }) => details.report_id === row.id)
  assert.equal(line?.details.overall, 'alternative')
  for (const reader of [clearing, desk]) {
    const receipt = await site.main(reader, path)
    assert.match(
      plain(receipt),
      /清算 代替運用中 .*代替先 第2センター .*通常復帰の見込み 1月16日（土） 08:00|代替先 第2センター/,
    )
  }

  // Counted apart from normal and partial, and for everyone who counts.
  const { views, cells } = await readBoard(site.db, { situation_id, mode: 'exercise', now })
  const { alternative, normal, partial } = views.infrastructure.overall
  assert.deepEqual([alternative, normal, partial], [1, 0, 0])
  const cell = cells.find(({ market, function_code }) => market === 'exchange' && function_code === 'clearing')
  assert.deepEqual([cell?.worst, cell?.counts.alternative, cell?.total], ['alternative', 1, 1])
  const board = plain(await site.main(desk, `${situation}/board`))
  assert.match(board, /代替運用中 1/)
  assert.match(board, /天秤座清算機構 清算 代替運用中 決済 代替運用中 代替先 第2センター 通常復帰の見込み/)
  assert.match(plain(await site.main(desk, `${situation}/board?state=alternative`)), /天秤座清算機構/)
  assert.match(plain(await site.main(desk, '/home')), /天秤座清算機構 清算・決済 代替運用中 .*代替先 第2センター/)
  assert.match(plain(await site.main(desk, situation)), /天秤座清算機構: ?清算 代替運用中/)
  assert.match(plain(await site.main(desk, `${situation}/return`)), /天秤座清算機構：代替運用中/)
  assert.match(plain(await site.main(desk, `${situation}/close`)), /天秤座清算機構：代替運用中/)

  // 還元: members read the word by name; the second centre itself stays with whoever sees the whole market.
  await site.done(desk, `${situation}/return`)
  const member = plain(await site.main(await site.signIn('bcp@sokyu.example'), `${situation}/board`))
  assert.match(member, /天秤座清算機構 清算 代替運用中/)
  assert.doesNotMatch(member, /第2センター/)

  const { files, changes } = await publishNow(situation_id, [await idOf('CCP-EQ')])
  assert.ok(
    changes.some(({ after: told }) => told?.includes(`状況：${word}`)),
    JSON.stringify(changes),
  )
  const paths = pathsOf('exercise')
  const page = plain(files.get(paths.page.ja)?.body)
  assert.match(page, /取引所取引：清算 代替運用中/)
  assert.match(page, /天秤座清算機構 清算機関（株式） 代替運用中/)
  assert.match(page, /通常復帰の見込み/)
  assert.match(plain(files.get(paths.page.en)?.body), /Running on the alternative/)
  assert.match(String(files.get(paths.feed.ja)?.body), /取引所取引 \/ 清算: 代替運用中/)
  const json = JSON.parse(String(files.get(paths.json)?.body)).open.find(
    ({ id }: { id: string }) => id === situation_id,
  )
  assert.equal(json.functions[0].condition, 'alternative')
  assert.deepEqual(
    [json.institutions[0].condition, json.institutions[0].normal_at],
    ['alternative', '2027-01-15T23:00:00.000Z'],
  )
  const [message] = (await latestSnapshot(site.db, 'exercise')).messages
  const cap = String(files.get(paths.message(message!))?.body)
  assert.match(cap, /<valueName>exchange\.clearing<\/valueName>\s*<value>alternative<\/value>/)
  assert.match(cap, /<urgency>Immediate<\/urgency>\s*<severity>Minor<\/severity>/)
  assert.match(cap, /清算: 代替運用中/)

  const pack = await readPackData(site.db, now)
  const packed = pack.situations.flatMap(({ rows }) => rows).find(([of]) => of === '天秤座清算機構')
  assert.equal(packed?.[1], word)

  // What stops, is partly restored and resumes stands beside it, with the time at which it is expected to.
  const exchange = await site.signIn('bcp@soten.example')
  const stopped = reportForm({ order_trading: 'stopped', resumption_at: '2027-01-15T13:30', bcp: 'activated' })
  const stopped_path = await site.done(exchange, `${situation}/report`, { ...stopped, written_upon: '' })
  const troubles = plain(await site.main(desk, '/home'))
  assert.match(
    troubles,
    /蒼天証券取引所 約定（注文・売買） 停止 再開見込み 13:30 JST .*天秤座清算機構 清算・決済 代替運用中/,
  )
  const upon = { written_upon: idIn(stopped_path), idempotency_key: crypto.randomUUID() }
  await site.done(exchange, `${situation}/report`, { ...stopped, ...upon, order_trading: 'resumed', resumption_at: '' })
  assert.match(plain(await site.main(desk, situation)), /蒼天証券取引所: ?約定（注文・売買） 再開/)

  // Back to normal: the form still holds the second centre, and nothing of it is filed.
  pass(10)
  const back = { clearing: 'resumed', settlement: 'resumed', written_upon: row.id }
  const after_path = await site.done(clearing, `${situation}/report`, onSecondCentre(back))
  const after_row = await site.db
    .selectFrom('report')
    .where('id', '=', idIn(after_path))
    .selectAll()
    .executeTakeFirstOrThrow()
  assert.deepEqual([after_row.alternative_from, after_row.normal_at], [null, null])
  assert.match(plain(await site.main(desk, situation)), /天秤座清算機構: ?清算 再開/)
  assert.deepEqual(site.reported, [])
})

test('one press behind the link, and “3” by mail, report it; a colleague’s older “all is normal” does not pass over it', async () => {
  const situation_id = await openDrill(site, now)
  const situation = `/situations/${situation_id}`
  const { notice_id } = await askAsPeople(site.tools, by, { situation_id })
  const mails = await sendDue(site)
  assert.ok(mails.some(({ text }) => text?.includes('（代替運用中）なら「3」だけで')))
  const [first, second] = await recipientsOf(site, notice_id, 'CCP-EQ')
  const link = `/a/${first!.token}`
  const form = plain(await (await site.nobody.get(link)).text())
  assert.match(form, /代替運用中と報告する/)
  await site.done(site.nobody, link, { on_alternative: 'yes', alternative_text: '第2センター' })
  const told = plain(await (await site.nobody.get(`${link}?told=taken`)).text())
  assert.match(told, /代替運用中（詳しくは後で）/)
  const standing = () =>
    site.db
      .selectFrom('report_now')
      .innerJoin('institution', 'institution.id', 'report_now.institution_id')
      .where('situation_id', '=', situation_id)
      .where('institution.code', '=', 'CCP-EQ')
      .selectAll('report_now')
      .executeTakeFirstOrThrow()
  const pressed = await standing()
  assert.deepEqual(
    [pressed.clearing, pressed.settlement, pressed.custody, pressed.damage_building, pressed.text],
    ['alternative', 'alternative', null, 'unknown', '第2センター'],
  )
  assert.match(plain(await site.main(desk, `${situation}/board`)), /天秤座清算機構 詳しくは後で 清算 代替運用中/)

  // The other contact says "all is normal": fewer words, another person. A person decides.
  await writeTo(port, { from: second!.mail, to: `reply+${second!.token}@market.example`, text: '1\r\n' })
  assert.equal((await standing()).id, pressed.id)
  assert.match(plain(await site.main(desk, '/replies')), /代替運用中（詳しくは後で）/)

  // Wholly clear by mail; what is not goes to a person with a sign, and the person has the press.
  const [of_csd] = await recipientsOf(site, notice_id, 'CSD')
  const write = (text: string) =>
    writeTo(port, { from: of_csd!.mail, to: `reply+${of_csd!.token}@market.example`, text })
  await write('バックアップサイトに切り替えました。\r\n')
  const replies = plain(await site.main(desk, '/replies'))
  assert.match(replies, /代替運用のことが書かれています バックアップサイトに切り替えました。/)
  assert.match(replies, /「代替運用中」と報告する/)
  pass(1)
  await write('3 バックアップサイトで代替運用中です。\r\n')
  const [answer] = await answersOfReceipt(site, of_csd!.receipt_id)
  assert.equal(answer?.via, 'mail')
  const back = (await ownMessagesOf(site, of_csd!.receipt_id)).at(-1)
  assert.match(back?.body ?? '', /「代替運用中（業務はすべて代替手段で継続/)

  // And the desk by phone.
  const [rung] = await recipientsOf(site, notice_id, 'CCP-GB')
  await site.done(desk, `/calls/${rung!.receipt_id}/answer`, {
    ...{ as: 'alternative', text: '代替オフィスから', idempotency_key: crypto.randomUUID() },
  })
  const { views } = await readBoard(site.db, { situation_id, mode: 'exercise', now })
  assert.deepEqual([views.infrastructure.overall.alternative, views.infrastructure.overall.normal], [3, 0])
  assert.deepEqual(site.reported, [])
})

test('the association, which has no function of the market, reports and is nowhere called unknown', async () => {
  const situation_id = await openDrill(site, now)
  const situation = `/situations/${situation_id}`
  const of = await site.db
    .selectFrom('person')
    .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .where('institution.kind', '=', 'association')
    .where('role_grant.role', '=', 'secretariat')
    .select('institution.id')
    .executeTakeFirstOrThrow()
  const { round_id } = await askAsPeople(site.tools, by, { situation_id })
  await site.done(desk, `/rounds/${round_id}/report-for/${of.id}`, {
    ...reportForm({ idempotency_key: crypto.randomUUID(), written_upon: '' }),
  })
  const says = '報告あり・担当業務なし'
  assert.match(plain(await site.main(desk, `${situation}/board`)), new RegExp(`架空証券業協会 ${says}`))
  await site.done(desk, `${situation}/return`)
  const member = await site.signIn('bcp@sokyu.example')
  assert.match(plain(await site.main(member, `${situation}/board`)), new RegExp(`架空証券業協会 ${says}`))
  assert.match(plain(await site.main(member, `${situation}/board?state=no_functions`)), /架空証券業協会/)
  const { files } = await publishNow(situation_id, [of.id])
  const paths = pathsOf('exercise')
  assert.match(plain(files.get(paths.page.ja)?.body), new RegExp(`架空証券業協会 協会 ${says}`))
  const json = JSON.parse(String(files.get(paths.json)?.body)).open.find(
    ({ id }: { id: string }) => id === situation_id,
  )
  assert.equal(json.institutions[0].condition, 'no_functions')
})

test('in peacetime the form asks for what is so, and sends practice to an exercise', async () => {
  const page = plain(await site.main(clearing, '/report'))
  assert.doesNotMatch(page, /慣れる/)
  assert.match(page, /操作の練習は、訓練の事案で行ってください/)
})
