import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { closeAt } from '#tests/kit/closing.ts'
import { fieldsIn, type House, openHouse, openSituationIn } from '#tests/kit/house.ts'

let house: House
let situation: string
beforeEach(async () => {
  house = await openHouse()
  await house.telegram('vxse51-tokyo')
  await house.telegram('vxse53-tokyo')
  situation = await openFrom()
})
afterEach(() => house.close())

const desk = () => house.as(house.desk)

/** Opens a situation from the proposal that waits, with the words that its form offers. */
async function openFrom() {
  const { id } = await house.db
    .selectFrom('proposal')
    .where('decision', 'is', null)
    .select('id')
    .executeTakeFirstOrThrow()
  const form = await desk().get(`/command-centre/new?proposal=${id}`)
  const { location } = await desk().post('/situations', {
    ...fieldsIn(form.html, '/situations'),
    reason: '震度6弱のため',
  })
  return location?.split('/')[2] ?? ''
}
const changes = () => house.db.selectFrom('situation_change').selectAll().orderBy('heard_at').orderBy('id').execute()
const letters = () => house.db.selectFrom('letter').where('purpose', '=', 'situation-change').selectAll().execute()
const wherever = ['/home', '', '/board'].map((path) => (path === '/home' ? path : `situation${path}`))
const at = (path: string) => (path === '/home' ? path : path.replace('situation', `/situations/${situation}`))

test('a correction after the opening stands on home, situation, board and in the log, with ways to what it rests on', async () => {
  house.pass(5)
  await house.telegram('vxse53-tokyo-corrected')
  const said = /気象庁の訂正：地震 最大震度4（[^）]+）。いまはどの基準にも当たりません。/
  for (const path of wherever) {
    const page = await desk().get(at(path))
    assert.match(page.text, said, path)
    assert.match(page.text, /名称と公表内容を見直/, path)
    assert.match(page.html, /href="\/telegrams\/[0-9a-f-]{36}".*href="\/proposals\/[0-9a-f-]{36}"/s, path)
    const english = await house.as(house.desk, 'en').get(at(path))
    assert.match(
      english.text,
      /Agency corrected: Earthquake, maximum intensity 4 .*No criterion is met any more\./,
      path,
    )
  }
  // An institution reads what changed; that its name is to be reviewed is the desk's own matter.
  const firm = await house.as(house.of('FIRM')).get(`/situations/${situation}`)
  assert.match(firm.text, said)
  assert.doesNotMatch(firm.text, /見直/)
  assert.doesNotMatch(firm.html, /href="\/(telegrams|proposals)\//)
  assert.equal((await house.trail()).filter((action) => action === 'situation.event-changed').length, 1)
})

test('what only repeats what was known is told to nobody', async () => {
  await house.telegram('vxse53-tokyo', ['2006-10-16T01:19:40Z', '2006-10-16T01:25:00Z'])
  assert.equal((await house.db.selectFrom('telegram').select('id').execute()).length, 3)
  assert.deepEqual(await changes(), [])
  assert.deepEqual(await letters(), [])
})

test('each change is told once, whatever it is: correction, cancellation, tsunami, lifting', async () => {
  const told = async () => (await changes()).map(({ said_ja }) => said_ja)
  house.pass(1)
  await house.telegram('vtse41-tokyo')
  assert.match(
    (await told()).at(-1) ?? '',
    /^気象庁の続報：地震 最大震度6弱.*・津波警報。新たに当たった基準：津波警報以上。/,
  )
  house.pass(1)
  await house.telegram('vtse41-tokyo-lifted')
  assert.match(
    (await told()).at(-1) ?? '',
    /^気象庁の続報：地震 最大震度6弱[^・]*。当たらなくなった基準：津波警報以上。$/,
  )
  house.pass(1)
  await house.telegram('vxse53-tokyo-cancelled')
  assert.match((await told()).at(-1) ?? '', /^気象庁の取消：/)
  house.pass(1)
  await house.telegram('vxse51-tokyo-cancelled')
  assert.match((await told()).at(-1) ?? '', /^気象庁の取消：.*いまはどの基準にも当たりません。$/)
  house.pass(1)
  await house.telegram('vtse41-tokyo', ['2006-10-16T01:20:10Z', '2006-10-16T09:00:00Z'])
  assert.match((await told()).at(-1) ?? '', /津波警報.*新たに当たった基準：津波警報以上。/)
  assert.equal((await told()).length, 5)
  // Two of the desk, once for each change.
  const posted = await letters()
  assert.equal(posted.length, 10)
  assert.equal(new Set(posted.map(({ address }) => address)).size, 2)
  assert.match(posted[0]?.subject ?? '', /^【要見直し】地震 最大震度6弱.* \/ To be reviewed: Earthquake/)
  assert.ok(posted[0]?.body.includes(`https://bcp.market.example/situations/${situation}`))
})

test('after a correction, a cancellation is still told', async () => {
  await house.telegram('vxse53-tokyo-corrected')
  house.pass(1)
  await house.telegram('vxse53-tokyo-cancelled', ['2006-10-16T01:40:25Z', '2006-10-16T02:30:00Z'])
  assert.deepEqual(
    (await changes()).map(({ said_ja }) => /^気象庁の(訂正|取消)/.exec(said_ja)?.[1]),
    ['訂正', '取消'],
  )
})

test('the mark stays until a person of the desk has reviewed, who may mend the name; a new change marks again', async () => {
  await house.telegram('vxse53-tokyo-corrected')
  const path = `/situations/${situation}/review`
  for (const person of [house.observer, house.of('FIRM')]) {
    assert.equal((await house.as(person).get(path)).code, 403)
    assert.equal((await house.as(person).post(path, { title_ja: '別の名称' })).code, 403)
  }
  const form = await desk().get(path)
  assert.match(form.text, /いまの発表では：地震 最大震度4/)
  const empty = await desk().post(path, { ...fieldsIn(form.html, path), title_ja: ' ' })
  assert.equal(empty.code, 422)
  assert.match(empty.html, /<a href="#title_ja">/)

  house.pass(2)
  // Heard after the page was opened: not reviewed by pressing on it.
  await house.telegram('vtse41-tokyo')
  const fields = { ...fieldsIn(form.html, path), title_ja: '東京湾の地震（最大震度4）' }
  assert.equal((await desk().post(path, fields)).code, 303)
  const page = await desk().get(`/situations/${situation}`)
  assert.match(page.text, /東京湾の地震（最大震度4）/)
  assert.match(page.text, /名称と公表内容を見直してください.*津波警報/)
  assert.deepEqual(
    (await changes()).map(({ reviewed_by }) => reviewed_by),
    [house.desk.id, null],
  )
  const again = await desk().get(path)
  await desk().post(path, fieldsIn(again.html, path))
  for (const each of wherever) assert.doesNotMatch((await desk().get(at(each))).text, /見直してください/, each)
  assert.match((await desk().get(`/situations/${situation}`)).text, /津波警報.*事務 太郎が見直し済み/)
  assert.equal((await house.trail()).filter((action) => action === 'situation.reviewed').length, 2)
})

test('of two who review, the second reads that another was first, and keeps the name they typed', async () => {
  await house.telegram('vxse53-tokyo-corrected')
  const path = `/situations/${situation}/review`
  const form = fieldsIn((await desk().get(path)).html, path)
  await desk().post(path, { ...form, title_ja: '先の名称' })
  const second = await house.as(house.deputy).post(path, { ...form, title_ja: '後の名称' })
  assert.equal(second.code, 409)
  assert.match(second.text, /ほかの人が先に見直しました.*今の名称：先の名称/)
  assert.match(second.html, /value="後の名称"/)
  const told = await house.as(house.deputy).post(path, fieldsIn(second.html, path))
  assert.equal(told.code, 303)
  assert.match((await desk().get(`/situations/${situation}`)).text, /後の名称/)
})

test('what is heard of a drill stays in the drill, and a closed situation hears nothing', async () => {
  await house.telegram('vxse51-tokyo-exercise')
  const drill = await openFrom()
  await house.telegram('vxse53-tokyo-corrected')
  assert.deepEqual(
    (await changes()).map(({ situation_id }) => situation_id),
    [situation],
  )
  assert.doesNotMatch((await desk().get(`/situations/${drill}`)).text, /気象庁の訂正/)
  const closing = { closing_reason: '終わり', closing_ja: '終わりました。', closing_en: 'It is over.' }
  assert.equal((await closeAt(desk(), `/situations/${situation}`, closing)).code, 303)
  const before = await changes()
  await house.telegram('vtse41-tokyo')
  assert.deepEqual(await changes(), before)
})

test('a proposal is joined to a situation at work, which then hears of its event, too', async () => {
  await house.telegram('vyse50-warning')
  const { id } = await house.db
    .selectFrom('proposal')
    .where('decision', 'is', null)
    .select('id')
    .executeTakeFirstOrThrow()
  const path = `/proposals/${id}/join`
  const page = await desk().get(`/proposals/${id}`)
  const fields = { ...fieldsIn(page.html, path), join_reason: '同じ地震に続くため' }
  assert.equal(fieldsIn(page.html, path).situation_id?.[0], situation)
  assert.equal((await house.as(house.observer).post(path, fields)).code, 403)
  const empty = await desk().post(path, { ...fields, join_reason: '' })
  assert.equal(empty.code, 422)
  const drill = await openSituationIn(house, { mode: 'exercise' })
  const refused = await desk().post(path, { ...fields, situation_id: drill })
  assert.equal(refused.code, 422)
  assert.match(refused.text, /この事案には加えられません/)
  assert.equal((await desk().post(path, fields)).code, 303)
  assert.equal((await desk().post(path, fields)).code, 303)
  const second = await desk().post(path, { ...fields, join_reason: '二度目' })
  assert.equal(second.code, 409)
  assert.match(second.text, /すでに対応中の事案に加えられています.*二度目/)
  assert.doesNotMatch((await desk().get('/home')).text, /判断を待っている提案/)
  assert.match((await desk().get(`/proposals/${id}`)).text, /対応中の事案に加えた.*同じ地震に続くため/)
  assert.ok((await desk().get(`/situations/${situation}`)).html.includes(`href="/proposals/${id}"`))
  assert.equal((await house.trail()).filter((action) => action === 'situation.joined').length, 1)

  await house.telegram('vyse50-warning', ['<InfoType>発表', '<InfoType>取消'], ['11:05:00Z', '11:15:00Z'])
  assert.match((await changes())[0]?.said_ja ?? '', /^気象庁の取消：/)
  const telegram = await house.db
    .selectFrom('telegram')
    .where('info_kind', '=', 'cancelled')
    .select('id')
    .executeTakeFirstOrThrow()
  const links = await desk().get(`/telegrams/${telegram.id}`)
  assert.ok(links.html.includes(`href="/proposals/${id}"`) && links.html.includes(`href="/situations/${situation}"`))
})
