import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { draftNotice, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { closeAt } from '#tests/kit/closing.ts'
import {
  checkPublication,
  confirmPublication,
  fieldsIn,
  type House,
  openHouse,
  openSituationIn,
  situationFields,
} from '#tests/kit/house.ts'
import { seenNow, testDraft } from '#tests/kit/notices.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const desk = () => house.as(house.desk)
const all = () => house.db.selectFrom('situation').selectAll().orderBy('number').execute()
const only = async () => {
  const [situation, ...more] = await all()
  assert.ok(situation)
  assert.equal(more.length, 0)
  return situation
}
const closing = { closing_reason: '全機能が復旧した', closing_ja: '対応を終えました。' }

test('the secretariat opens a situation, and its clock runs from the event, in the market’s own time', async () => {
  const form = await desk().get('/command-centre/new')
  assert.match(form.text, /選んだ区分で対策本部を設置する/)
  const { code, location } = await desk().post('/situations', {
    ...fieldsIn(form.html, '/situations'),
    ...situationFields({ event_at: '2006-10-16T09:45' }),
  })
  assert.equal(code, 303)
  const { event_at, opened_at, mode, hazard } = await only()
  assert.deepEqual(
    [event_at.toISOString(), opened_at, mode, hazard],
    ['2006-10-16T00:45:00.000Z', house.now(), 'actual', 'earthquake'],
  )
  const page = await desk().get(location ?? '')
  assert.match(page.text, /復旧目標時限 2時間以内.*残り 1時間30分.*発生 09:45 JST.*目標時刻 11:45 JST/)
  assert.match((await house.as(house.desk, 'en').get(location ?? '')).text, /Tokyo Bay earthquake/)
  assert.deepEqual(await house.trail(), ['situation.opened'])
  assert.match(page.text, /経過.*対策本部を設置.*事務 太郎/)
})

for (const [what, criterion, name, said] of [
  [
    'S0-59 that market practice seems difficult to continue',
    '00000000-0000-4000-8000-000000000001',
    /市場慣行等の継続が困難と思われる緊急事態/,
    '清算と決済が止まり、約定を続けられない',
  ],
  [
    'that a national headquarters is set up',
    '00000000-0000-4000-8000-000000000009',
    /法律にもとづく国の対策本部が設置された/,
    '災害対策基本法にもとづく本部が設置された',
  ],
] as const)
  test(`${what} is a criterion that people choose, with their reason, and software never proposes`, async () => {
    const form = await desk().get('/command-centre/new')
    assert.match(form.text, name)
    await openSituationIn(house, { criterion: `${criterion}:1`, reason: said })
    const { criterion_id, criterion_version, reason, id } = await only()
    assert.deepEqual([criterion_id, criterion_version, reason], [criterion, 1, said])
    const page = (await desk().get(`/situations/${id}`)).text
    assert.match(page, name)
    assert.ok(page.includes(said))
    assert.deepEqual(await house.db.selectFrom('proposal').select('id').execute(), [])
  })

test('a situation with an English name left empty carries the Japanese one', async () => {
  await openSituationIn(house, { title_en: ' ' })
  assert.equal((await only()).title_en, '東京湾の地震')
})

for (const { what, changes, field } of [
  { what: 'no mode', changes: { mode: '' }, field: 'mode' },
  { what: 'no hazard', changes: { hazard: 'dragon' }, field: 'hazard' },
  { what: 'no name', changes: { title_ja: ' ' }, field: 'title_ja' },
  { what: 'a name too long', changes: { title_ja: 'あ'.repeat(121) }, field: 'title_ja' },
  { what: 'no time', changes: { event_at: '' }, field: 'event_at' },
  { what: 'a day that does not exist', changes: { event_at: '2006-02-30T10:00' }, field: 'event_at' },
  { what: 'an event in the future', changes: { event_at: '2006-10-16T10:17' }, field: 'event_at' },
  { what: 'an event tomorrow', changes: { event_at: '2006-10-17T10:12' }, field: 'event_at' },
  { what: 'no criterion', changes: { criterion: '' }, field: 'criterion' },
  { what: 'no reason', changes: { reason: '' }, field: 'reason' },
  { what: 'no recovery objective', changes: { recovery_minutes: '2時間' }, field: 'recovery_minutes' },
  { what: 'an interval of a minute', changes: { update_minutes: '1' }, field: 'update_minutes' },
])
  test(`a situation with ${what} comes back with its words and a summary that links to the field`, async () => {
    for (const language of ['ja', 'en'] as const) {
      const { code, html } = await house
        .as(house.desk, language)
        .post('/situations', situationFields({ text_ja: '書きかけ <説明>', ...changes }))
      assert.equal(code, 422)
      assert.match(html, new RegExp(`<a href="#${field}">`))
      assert.match(html, new RegExp(`id="${field}"`))
      assert.match(html, /書きかけ &lt;説明&gt;<\/textarea>/)
      if (language === 'en')
        assert.doesNotMatch(new RegExp(`<a href="#${field}">([^<]*)`).exec(html)?.[1] ?? 'あ', /[ぁ-んァ-ン一-龠]/)
    }
    assert.deepEqual(await all(), [])
  })

test('figures in full width are figures', async () => {
  await openSituationIn(house, { recovery_minutes: '１８０' })
  assert.equal((await only()).recovery_minutes, 180)
})

test('a clock of recovery is shown only where somebody has set an objective', async () => {
  const id = await openSituationIn(house, { recovery_minutes: '' })
  assert.equal((await only()).recovery_minutes, null)
  for (const path of [`/situations/${id}`, '/home', `/situations/${id}/board`])
    assert.doesNotMatch((await desk().get(path)).text, /復旧目標時限|残り|超過/, path)
})

test('one press with a reason from the list sets up a command centre: the reason gives name, hazard and criterion', async () => {
  const form = fieldsIn((await desk().get('/command-centre/new')).html, '/situations')
  const opened = await desk().post('/situations', { ...form, mode: 'actual', reason_choice: 'infrastructure' })
  assert.equal(opened.code, 303)
  const { title_ja, hazard, reason, reason_code, criterion_id, centre_set_up_at, opened_at } = await only()
  assert.deepEqual([title_ja, hazard], ['関係機関の対策本部設置への対応', 'other'])
  assert.match(reason, /対策本部を設置し、市場横断の対応が必要/)
  assert.equal(reason_code, 'command_centre.infrastructure.1')
  assert.deepEqual(centre_set_up_at, opened_at)
  const { basis } = await house.db
    .selectFrom('criterion_now')
    .where('id', '=', criterion_id ?? '')
    .select('basis')
    .executeTakeFirstOrThrow()
  assert.equal(basis, 'S0-60')
})

test('a double press opens one situation, with or without a proposal', async () => {
  const fields = situationFields()
  const answers = await Promise.all([desk().post('/situations', fields), desk().post('/situations', fields)])
  assert.deepEqual(
    answers.map(({ code }) => code),
    [303, 303],
  )
  assert.equal(answers[0]?.location, answers[1]?.location)
  await only()
  assert.deepEqual(await house.trail(), ['situation.opened'])
  // Somebody else's key is nobody's business.
  assert.equal((await house.as(house.deputy).post('/situations', fields)).code, 403)
})

test('the second of two who open or set aside one proposal is told what the first did, and keeps their words', async () => {
  await house.telegram('vxse51-tokyo')
  const { id } = await house.db.selectFrom('proposal').select('id').executeTakeFirstOrThrow()
  const mine = situationFields({ proposal_id: id, reason: '震度6弱を 確認した' })
  const theirs = situationFields({ proposal_id: id, reason: '揺れが 大きかった' })
  const [first, second] = [
    await desk().post('/situations', mine),
    await house.as(house.deputy).post('/situations', theirs),
  ]
  assert.deepEqual([first.code, second.code], [303, 409])
  assert.match(second.text, /すでに設置されています.*行われていません.*事務 太郎さんが設置しました.*震度6弱を 確認した/)
  assert.match(second.html, /揺れが 大きかった/)
  assert.match(second.html, new RegExp(`href="${first.location}"`))
  // The first presses once more and comes to what they opened.
  assert.equal((await desk().post('/situations', mine)).location, first.location)
  const aside = await house.as(house.deputy).post(`/proposals/${id}/set-aside`, { reason: '見送りで よい' })
  assert.equal(aside.code, 409)
  assert.match(aside.text, /すでに設置されています.*「この提案を見送る」は行われていません/)
  assert.match(aside.html, /見送りで よい/)
  await only()
})

test('what came since the form of a new situation was opened is shown before it is, and the next press opens it', async () => {
  await house.telegram('vxse51-tokyo')
  const { id } = await house.db.selectFrom('proposal').select('id').executeTakeFirstOrThrow()
  const form = await desk().get(`/command-centre/new?proposal=${id}`)
  const filled = { ...fieldsIn(form.html, '/situations'), reason: '震度6弱を 確認した' }
  await house.telegram('vxse53-tokyo-corrected')
  const old = await desk().post('/situations', filled)
  assert.equal(old.code, 409)
  assert.match(
    old.text,
    /提案が更新されました（.*VXSE53.*）。まだ何も行われていません。内容を確かめて、もう一度押してください/,
  )
  assert.match(old.html, /震度6弱を 確認した/)
  assert.deepEqual(await house.db.selectFrom('situation').select('id').execute(), [])
  const again = await desk().post('/situations', fieldsIn(old.html, '/situations'))
  assert.equal(again.code, 303)
})

test('only the secretariat opens, changes, returns and closes; everyone signed in sees that it is open', async () => {
  const id = await openSituationIn(house)
  for (const person of [house.of('EXCH'), house.observer]) {
    const asked = house.as(person)
    assert.equal((await asked.post('/situations', situationFields())).code, 403)
    assert.equal((await asked.get('/command-centre/new')).code, 403)
    for (const act of ['phase', 'return', 'close'])
      assert.equal((await asked.post(`/situations/${id}/${act}`, { phase: 'recovery', ...closing })).code, 403, act)
    assert.equal((await asked.get(`/situations/${id}/close`)).code, 403)
    assert.equal((await asked.get(`/situations/${id}`)).code, 200)
    assert.match((await asked.get('/home')).html, /東京湾の地震/)
  }
  const firm = await house.as(house.of('FIRM')).get(`/situations/${id}`)
  assert.doesNotMatch(firm.text, /市場の継続が困難と判断した|事務 太郎/)
  const { closed_at, phase, returned_at } = await only()
  assert.deepEqual([closed_at, phase, returned_at], [null, 'emergency', null])
})

test('S0-48 the phases go forth and back, and a phase that is none changes nothing', async () => {
  const id = await openSituationIn(house)
  const to = (phase: string) => desk().post(`/situations/${id}/phase`, { phase })
  await to('recovery')
  await to('recovery')
  assert.equal((await only()).phase, 'recovery')
  assert.match((await desk().get(`/situations/${id}`)).text, /再開の見込みを集約/)
  assert.equal((await to('party')).code, 422)
  assert.equal((await to('')).code, 422)
  assert.equal((await only()).phase, 'recovery')
  await to('emergency')
  assert.equal((await only()).phase, 'emergency')
  assert.equal((await house.trail()).filter((action) => action === 'situation.phase-changed').length, 2)
})

test('S0-10 the board is returned once, by an act of its own, and only then do institutions see it', async () => {
  const id = await openSituationIn(house)
  const firm = house.as(house.of('FIRM'))
  assert.doesNotMatch((await firm.get(`/situations/${id}/board`)).text, /架空東京取引所/)
  await desk().post(`/situations/${id}/return`)
  house.pass(5)
  await desk().post(`/situations/${id}/return`)
  const board = (await firm.get(`/situations/${id}/board`)).text
  assert.match(board, /架空東京取引所/)
  // Its label names who reads it now.
  assert.match(board, /TLP:AMBER 市場関係者だけが読めます/)
  assert.doesNotMatch(board, /当該機関と、/)
  const { returned_at, opened_at } = await only()
  assert.deepEqual(returned_at, opened_at)
  assert.deepEqual(await house.trail(), ['situation.opened', 'situation.returned'])
  assert.deepEqual(await house.db.selectFrom('publication').select('id').execute(), [])
})

test('closing closes everywhere, once, and nothing can be asked, reported, returned or published after it', async () => {
  const id = await openSituationIn(house)
  await house.report('EXCH', id)
  const checked = await checkPublication(house, id)
  const published = await confirmPublication(house, id, checked)
  assert.equal(published.code, 303)
  const asking = testDraft({
    ...{ mode: 'actual', situation_id: id, kind: 'report_request', answer_wanted: 'report' },
    answer_by: new Date(house.now().getTime() + 180 * 60_000),
  })
  const { id: notice_id } = await draftNotice(house.tools, house.desk, asking)
  await submitNotice(house.tools, house.desk, {
    id: notice_id,
    version: 1,
    seen: await seenNow(house.tools, notice_id),
  })

  const empty = await desk().post(`/situations/${id}/close`, { ...closing, closing_reason: ' ' })
  assert.equal(empty.code, 422)
  assert.match(empty.html, /<a href="#closing_reason">/)
  assert.match(empty.html, /対応を終えました。<\/textarea>/)

  house.pass(90)
  assert.equal((await closeAt(desk(), `/situations/${id}`, closing)).location, `/situations/${id}`)
  const { closed_at } = await only()
  house.pass(5)
  await closeAt(house.as(house.deputy), `/situations/${id}`, { ...closing, closing_reason: '二度目' })
  assert.deepEqual([(await only()).closed_at, (await only()).closing_reason], [closed_at, '全機能が復旧した'])
  assert.equal((await house.trail()).filter((action) => action === 'situation.closed').length, 1)

  const page = await desk().get(`/situations/${id}`)
  assert.match(page.text, /この事案は終結しました.*全機能が復旧した/)
  assert.ok(page.html.includes(`/situations/${id}/board`), 'what was reported stays readable')
  for (const person of [house.desk, house.of('FIRM')])
    assert.doesNotMatch((await house.as(person).get('/home')).html, /東京湾の地震/)
  assert.match((await desk().get('/situations')).text, /東京湾の地震.*終結/)

  await assert.rejects(house.report('FIRM', id), /closed/)
  await desk().post(`/situations/${id}/return`)
  await desk().post(`/situations/${id}/phase`, { phase: 'recovery' })
  const release = { id: notice_id, version: 1, seen: '', mode: 'actual' as const, override_reason: null }
  assert.deepEqual(await releaseNotice(house.tools, house.deputy, release), { failed: 'closed' })
  assert.deepEqual(await house.db.selectFrom('round').select('id').execute(), [])
  const { returned_at, phase } = await only()
  assert.deepEqual([returned_at, phase], [null, 'emergency'])
  assert.equal((await house.trail()).at(-1), 'situation.closed')
})

test('what a closing ends stands in numbers before it, and what changed meanwhile is shown again', async () => {
  const id = await openSituationIn(house)
  await house.report('EXCH', id, { order_trading: 'stopped' })
  const published = await confirmPublication(house, id, await checkPublication(house, id, { text_en: 'A quake.' }))
  assert.equal(published.code, 303)
  const asking = testDraft({
    ...{ mode: 'actual', situation_id: id, kind: 'report_request', answer_wanted: 'report' },
    answer_by: new Date(house.now().getTime() + 180 * 60_000),
  })
  await draftNotice(house.tools, house.desk, asking)

  const path = `/situations/${id}/close`
  const page = await desk().get(path)
  for (const line of [
    /関係機関：架空東京取引所：停止/,
    /報告を依頼していない（照会なしの）関係機関：4機関/,
    /未回答の機関はありません/,
    /作成中・承認待ちの通知1件は、配信できなくなります/,
    /2人で再開できます/,
  ])
    assert.match(page.text, line)
  assert.doesNotMatch(page.text, /状況が分からない/, 'who was not asked is not said to be silent')
  const both = { ...closing, closing_en: 'It has ended.' }
  const check = await desk().post(path, both)
  assert.equal(check.code, 200)
  assert.match(
    check.text,
    /対応を終えました。.*It has ended\..*公表ページは、次のとおり変わります.*終結の説明（日本語）/,
  )
  assert.equal((await only()).closed_at, null)

  // Another institution stands still meanwhile: what was checked is not what would be closed.
  await house.report('CLEAR', id, { clearing: 'stopped' })
  const pressed = fieldsIn(check.html, path)
  const again = await desk().post(path, pressed)
  assert.equal(again.code, 409)
  assert.match(again.text, /確かめている間に状況が変わりました.*架空清算機構：停止/)
  assert.equal((await only()).closed_at, null)
  // An answer that comes in is no other closing.
  await house.report('OSAKA', id)
  assert.equal((await desk().post(path, fieldsIn(again.html, path))).code, 303)
  assert.notEqual((await only()).closed_at, null)
})

test('Japanese and English of a closing do not part unnoticed where the public reads them', async () => {
  const id = await openSituationIn(house)
  await confirmPublication(house, id, await checkPublication(house, id))
  const path = `/situations/${id}/close`
  const usual = fieldsIn((await desk().get(path)).html, path)
  const check = await desk().post(path, { ...usual, ...closing })
  assert.match(check.text, /英語はもとのままです.*英語はこのままで正しい/)
  assert.equal((await desk().post(path, fieldsIn(check.html, path))).code, 422)
  assert.equal((await only()).closed_at, null)
  assert.equal((await desk().post(path, { ...fieldsIn(check.html, path), languages: 'yes' })).code, 303)
})

test('who will see what once the board is returned stands in numbers before it is', async () => {
  const id = await openSituationIn(house)
  await house.report('EXCH', id, { order_trading: 'stopped' })
  const page = await desk().get(`/situations/${id}/return`)
  assert.match(
    page.text,
    /見られるようになる機関 6機関 名前を出して見える関係機関 5機関の状況.*架空東京取引所：停止 名前を出して見える市場参加者 1機関（うち未報告0機関、照会なし1機関） 見えるもの：業務の状況、BCPの発動状況/,
  )
  assert.equal((await house.as(house.of('FIRM')).get(`/situations/${id}/return`)).code, 403)
  await desk().post(`/situations/${id}/return`)
  assert.equal((await desk().get(`/situations/${id}/return`)).location, `/situations/${id}`)
})

test('a drill beside something real is opened only by who says that they know', async () => {
  const drill = { mode: 'exercise', title_ja: '合同訓練', drill: '' }
  await openSituationIn(house)
  const refused = await desk().post('/situations', situationFields(drill))
  assert.equal(refused.code, 422)
  assert.match(refused.html, /<a href="#drill">/)
  assert.match(refused.text, /実災害の事案に対応中です.*東京湾の地震/)
  assert.equal((await all()).length, 1)
  assert.equal((await desk().post('/situations', situationFields({ ...drill, drill: 'yes' }))).code, 303)
  assert.deepEqual(
    (await all()).map(({ mode }) => mode),
    ['actual', 'exercise'],
  )
})

test('the closing page claims nothing that nobody has checked', async () => {
  const id = await openSituationIn(house)
  const { html } = await desk().get(`/situations/${id}/close`)
  assert.doesNotMatch(html, /通常どおり|as usual/)
})

test('S0-28 an exercise is one on every page of it', async () => {
  const id = await openSituationIn(house, { mode: 'exercise', title_ja: '合同訓練' })
  for (const path of ['', '/close', '/publication', '/board']) {
    const { code, html } = await desk().get(`/situations/${id}${path}`)
    assert.equal(code, 200, path)
    assert.match(html, /<title>【訓練】/, path)
    assert.match(html, /これは訓練です/, path)
  }
  assert.match((await desk().post(`/situations/${id}/close`, closing)).text, /訓練を終結する/)
})

test('a situation that is not there is not there', async () => {
  for (const id of ['00000000-0000-4000-8000-000000000000', 'nonsense'])
    for (const path of ['', '/close']) assert.equal((await desk().get(`/situations/${id}${path}`)).code, 404)
  for (const act of ['phase', 'return', 'close'])
    assert.equal(
      (
        await desk().post(`/situations/00000000-0000-4000-8000-000000000000/${act}`, {
          phase: 'recovery',
          ...closing,
        })
      ).code,
      404,
      act,
    )
  assert.equal((await desk().get('/command-centre/new?proposal=nonsense')).code, 404)
  assert.equal((await desk().get('/situations?page=99999999999')).code, 200)
})
