import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { record } from '#ground/trail/record.ts'
import { closeAt } from '#tests/kit/closing.ts'
import { fieldsIn, type House, openHouse, situationFields } from '#tests/kit/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const proposals = () => house.db.selectFrom('proposal').selectAll().orderBy('proposed_at').orderBy('mode').execute()
const only = async () => {
  const [proposal, ...more] = await proposals()
  assert.ok(proposal)
  assert.equal(more.length, 0)
  return proposal
}
const criteriaOf = ({ matches }: { matches: unknown }) =>
  (matches as { criterion_ja: string }[]).map(({ criterion_ja }) => criterion_ja)
const sixAtSites = '関係機関の拠点がある地域で震度6弱以上'
const fiveInTokyo = '東京都23区で震度5強以上'
const tsunamiWarning = '津波警報以上'

const desk = () => house.as(house.desk)
const home = async () => (await desk().get('/home')).text
const proposalPage = async (language: 'ja' | 'en' = 'ja') =>
  house.as(house.desk, language).get(`/proposals/${(await only()).id}`)
const setAside = async (reason = '被害の報告がない') =>
  desk().post(`/proposals/${(await only()).id}/set-aside`, { reason })
const open = async () => {
  const { id } = await only()
  const form = await desk().get(`/command-centre/new?proposal=${id}`)
  return desk().post('/situations', { ...fieldsIn(form.html, '/situations'), reason: '震度6弱のため' })
}

test('S0-62 N-5 a telegram makes a proposal: which criterion, which telegram, who has sites there', async () => {
  await house.telegram('vxse51-tokyo')
  assert.deepEqual(criteriaOf(await only()), [sixAtSites, fiveInTokyo])
  assert.deepEqual(await house.trail(), ['telegram.received', 'proposal.made'])
  assert.match(
    await home(),
    /判断を待っている提案.*地震 最大震度6弱（東京都２３区ほか）.*関係機関の拠点がある地域で震度6弱以上/,
  )

  const { html, text } = await proposalPage()
  assert.match(text, /架空東京取引所 本店 東京都２３区 震度6弱 架空町1-1/)
  assert.match(text, /VXSE51 震度速報/)
  assert.match(html, /href="\/telegrams\/[0-9a-f-]{36}"/)
  assert.match(html, /role="img" aria-label="[^"]*東京都 震度6弱 拠点3/)
})

test('the proposal reads in English too', async () => {
  await house.telegram('vxse51-tokyo')
  const { html, text } = await proposalPage('en')
  assert.match(text, /Earthquake, maximum intensity 6- \(Tokyo and others\)/)
  assert.match(text, /EXCH of Nowhere Head office/)
  assert.match(html, /aria-label="[^"]*Tokyo, intensity 6-, 3 sites"/)
  await house.telegram('vxse53-tokyo-corrected')
  assert.match((await proposalPage('en')).text, /No criterion is met any more.*Correction: VXSE53/)
})

test('the same telegram twice is one telegram and one proposal', async () => {
  await house.telegram('vxse51-tokyo')
  const again = await house.telegram('vxse51-tokyo')
  assert.equal(again.is_new, false)
  await only()
  assert.deepEqual(await house.trail(), ['telegram.received', 'proposal.made'])
})

test('two deliveries of one telegram at the same moment make one proposal', async () => {
  await Promise.all([house.telegram('vxse51-tokyo'), house.telegram('vxse51-tokyo')])
  await only()
  assert.deepEqual(await house.trail(), ['telegram.received', 'proposal.made'])
})

test('a later telegram brings the proposal up to date and says so', async () => {
  await house.telegram('vxse51-tokyo')
  house.pass(5)
  await house.telegram('vxse53-tokyo')
  assert.deepEqual(criteriaOf(await only()), [sixAtSites, fiveInTokyo])
  const { text } = await proposalPage()
  assert.match(text, /提案が更新されました.*続報 VXSE53/)
  assert.match(text, /架空清算機構 本店.*可能性あり（未入電）/)
  assert.equal((await house.trail()).at(-1), 'proposal.changed')
})

test('a correction below every threshold withdraws the proposal; it stays readable, waits and says why', async () => {
  await house.telegram('vxse51-tokyo')
  await house.telegram('vxse53-tokyo')
  await house.telegram('vxse53-tokyo-corrected')
  const { withdrawn_at, decision } = await only()
  assert.deepEqual([withdrawn_at, decision], [house.now(), null])
  assert.match(await home(), /いまはどの基準にも当たりません.*訂正 VXSE53/)
  assert.match((await proposalPage()).text, /いまはどの基準にも当たりません.*訂正 VXSE53.*架空東京取引所/)
  assert.equal((await house.trail()).at(-1), 'proposal.withdrawn')
})

test('when every telegram of the event is cancelled the proposal is withdrawn; while one stands, it stands', async () => {
  await house.telegram('vxse51-tokyo')
  await house.telegram('vxse53-tokyo')
  await house.telegram('vxse53-tokyo-cancelled')
  assert.equal((await only()).withdrawn_at, null)
  assert.match(await home(), /取消 VXSE53/)
  await house.telegram('vxse51-tokyo-cancelled')
  assert.ok((await only()).withdrawn_at)
  assert.match(await home(), /いまはどの基準にも当たりません.*取消 VXSE51/)
})

test('an older telegram that arrives late changes nothing, not even a late correction', async () => {
  await house.telegram('vxse53-tokyo')
  const before = await only()
  house.pass(3)
  await house.telegram('vxse51-tokyo')
  await house.telegram('vxse53-tokyo-corrected', ['2006-10-16T01:31:10Z', '2006-10-16T01:18:00Z'])
  assert.deepEqual(await only(), before)
  assert.deepEqual(
    (await house.trail()).filter((action) => action.startsWith('proposal')),
    ['proposal.made'],
  )
})

test('a quake first said to be weak is proposed once it is revised', async () => {
  await house.telegram('vxse51-osaka-first')
  assert.deepEqual(await proposals(), [])
  await house.telegram('vxse53-osaka-revised')
  assert.deepEqual(criteriaOf(await only()), [sixAtSites])
  assert.match((await proposalPage()).text, /架空大阪取引所/)
})

test('S0-28 a drill telegram proposes an exercise only, apart from the actual event of the same number', async () => {
  await house.telegram('vxse51-tokyo-exercise')
  assert.equal((await only()).mode, 'exercise')
  assert.match(await home(), /【訓練】地震 最大震度6弱/)
  assert.match((await proposalPage()).text, /この訓練電文で訓練を始める/)

  await house.telegram('vxse51-tokyo')
  await house.telegram('vxse53-tokyo-corrected')
  const [actual, exercise] = await proposals()
  assert.deepEqual([actual?.mode, exercise?.mode], ['actual', 'exercise'])
  assert.ok(actual?.withdrawn_at)
  assert.equal(exercise?.withdrawn_at, null)

  const refused = await desk().post('/situations', situationFields({ proposal_id: exercise?.id ?? '', mode: 'actual' }))
  assert.equal(refused.code, 422)
  assert.deepEqual(await house.db.selectFrom('situation').select('id').execute(), [])
})

test('a test telegram proposes nothing', async () => {
  await house.telegram('vxse51-tokyo-test')
  assert.deepEqual(await proposals(), [])
  assert.deepEqual(await house.trail(), ['telegram.received'])
})

test('a tsunami warning joins the proposal of its quake, and leaves it when it is lifted', async () => {
  await house.telegram('vxse51-tokyo')
  await house.telegram('vtse41-tokyo')
  const joined = await only()
  assert.deepEqual(criteriaOf(joined), [sixAtSites, fiveInTokyo, tsunamiWarning])
  assert.match(joined.title_ja, /最大震度6弱.*津波警報/)
  await house.telegram('vtse41-tokyo-lifted')
  const left = await only()
  assert.deepEqual(criteriaOf(left), [sixAtSites, fiveInTokyo])
  assert.doesNotMatch(left.title_ja, /津波/)
})

test('S0-62 setting aside needs a reason, is the secretariat’s alone, and keeps who decided and why', async () => {
  await house.telegram('vxse51-tokyo')
  const { id } = await only()
  const empty = await setAside('  ')
  assert.equal(empty.code, 422)
  assert.match(empty.html, /<a href="#reason">見送る理由を/)
  for (const person of [house.observer, house.of('EXCH')])
    assert.equal((await house.as(person).post(`/proposals/${id}/set-aside`, { reason: 'いいえ' })).code, 403)
  assert.equal((await only()).decision, null)

  assert.equal((await setAside()).code, 303)
  assert.match((await proposalPage()).text, /見送り.*事務 太郎.*被害の報告がない/)
  assert.doesNotMatch(await home(), /判断を待っている提案/)
  const late = await house.as(house.deputy).post(`/proposals/${id}/set-aside`, { reason: '別の 理由です' })
  assert.equal(late.code, 409)
  assert.match(late.text, /すでに見送られています.*行われていません.*事務 太郎さんが見送りました.*被害の報告がない/)
  assert.match(late.html, /別の 理由です/)
  // The same press again is no second decision.
  assert.equal((await setAside()).code, 303)
  assert.equal((await only()).reason, '被害の報告がない')
  assert.equal((await house.trail()).filter((action) => action === 'proposal.set-aside').length, 1)
})

test('what came since a form was opened is shown before a proposal is set aside, and the words are kept', async () => {
  await house.telegram('vxse51-tokyo')
  const { id } = await only()
  const path = `/proposals/${id}/set-aside`
  const opened = fieldsIn((await proposalPage()).html, path)
  await house.telegram('vxse53-tokyo-corrected')
  const old = await desk().post(path, { ...opened, reason: '被害の 報告がない' })
  assert.equal(old.code, 409)
  assert.match(old.text, /この画面を開いた後に、提案が更新されました（.*VXSE53.*）。まだ何も行われていません/)
  assert.match(old.html, /被害の 報告がない/)
  assert.deepEqual([(await only()).decision, (await house.trail()).includes('proposal.set-aside')], [null, false])
  const again = fieldsIn(old.html, path)
  assert.equal((await desk().post(path, { ...again, reason: '被害の 報告がない' })).code, 303)
  assert.equal((await only()).decision, 'set_aside')
})

test('only who may see proposals sees them', async () => {
  await house.telegram('vxse51-tokyo')
  const { id } = await only()
  const firm = house.as(house.of('FIRM'))
  for (const path of [`/proposals/${id}`, '/telegrams', '/criteria'])
    assert.equal((await firm.get(path)).code, 403, path)
  assert.doesNotMatch((await firm.get('/home')).text, /提案/)
  const observer = await house.as(house.observer).get(`/proposals/${id}`)
  assert.equal(observer.code, 200)
  assert.doesNotMatch(observer.html, /set-aside|situations\/new/)
  assert.equal((await desk().get('/proposals/00000000-0000-4000-8000-000000000000')).code, 404)
  assert.equal((await desk().get('/proposals/nonsense')).code, 404)
})

test('what was set aside stays so while the event only repeats itself, and waits again when it meets another criterion', async () => {
  await house.telegram('vxse51-tokyo')
  await setAside()
  await house.telegram('vxse53-tokyo')
  assert.equal((await only()).decision, 'set_aside')
  await house.telegram('vtse41-tokyo')
  const { decision, reason, decided_at } = await only()
  assert.deepEqual([decision, reason, decided_at], [null, null, null])
  assert.match(await home(), /判断を待っている提案.*津波警報/)
})

test('what was set aside, withdrawn and then comes back waits again', async () => {
  await house.telegram('vxse51-tokyo')
  await setAside()
  await house.telegram('vxse51-tokyo-cancelled')
  assert.equal((await only()).decision, 'set_aside')
  house.pass(60)
  await house.telegram('vxse53-tokyo', ['2006-10-16T01:19:40Z', '2006-10-16T02:15:00Z'])
  const { decision, proposed_at } = await only()
  assert.deepEqual([decision, proposed_at], [null, house.now()])
})

test('opened stays opened, and the proposal shows what changed since', async () => {
  await house.telegram('vxse51-tokyo')
  const { location } = await open()
  assert.match(location ?? '', /^\/situations\//)
  await house.telegram('vxse53-tokyo-corrected')
  const { decision, withdrawn_at } = await only()
  assert.equal(decision, 'opened')
  assert.ok(withdrawn_at)
  const { text, html } = await proposalPage()
  assert.match(text, /訂正 VXSE53.*対策本部を設置.*震度6弱のため/)
  assert.ok(html.includes(`href="${location}"`))
})

test('a proposal that was opened leads to its situation, from wherever it is opened again', async () => {
  await house.telegram('vxse51-tokyo')
  const { id } = await only()
  const form = fieldsIn((await desk().get(`/command-centre/new?proposal=${id}`)).html, '/situations')
  const [first, second] = await Promise.all([
    desk().post('/situations', { ...form, reason: '一人目' }),
    house.as(house.deputy).post('/situations', {
      ...form,
      reason: '二人目',
      idempotency_key: crypto.randomUUID(),
    }),
  ])
  const [opened, told] = first.code === 303 ? [first, second] : [second, first]
  assert.match(opened.location ?? '', /^\/situations\/[0-9a-f-]{36}$/)
  assert.equal(told.code, 409)
  assert.ok(told.html.includes(`href="${opened.location}"`))
  assert.match(told.html, first.code === 303 ? /二人目/ : /一人目/)
  assert.equal((await desk().get(`/command-centre/new?proposal=${id}`)).location, opened.location)
  // Not even a form with mistakes in it opens a second one beside it.
  const again = { ...form, reason: '', idempotency_key: crypto.randomUUID() }
  assert.equal((await desk().post('/situations', again)).code, 409)
  assert.equal((await house.db.selectFrom('situation').select('id').execute()).length, 1)
})

test('nothing is opened from a proposal that was set aside; its page says why', async () => {
  await house.telegram('vxse51-tokyo')
  const { id } = await only()
  const form = fieldsIn((await desk().get(`/command-centre/new?proposal=${id}`)).html, '/situations')
  await setAside()
  assert.equal((await desk().get(`/command-centre/new?proposal=${id}`)).location, `/proposals/${id}`)
  const late = await desk().post('/situations', { ...form, reason: '設置する' })
  assert.equal(late.code, 409)
  assert.match(
    late.text,
    /すでに見送られています.*「対策本部を設置する」は行われていません.*対策本部は設置されていません/,
  )
  assert.match(late.html, /設置する<\/textarea>/)
  assert.deepEqual(await house.db.selectFrom('situation').select('id').execute(), [])
})

test('a weather special warning is proposed each time it comes, however the last one ended', async () => {
  const days = 24 * 60
  await house.telegram('vpww53-tokyo')
  await house.telegram('vpww54-tokyo')
  const first = await only()
  assert.equal(first.hazard, 'weather')
  assert.match((await proposalPage()).text, /大雨特別警報.*架空東京取引所/)
  const { location } = await open()
  await house.telegram('vpww54-tokyo-lifted')
  assert.ok((await only()).withdrawn_at)
  await closeAt(desk(), location ?? '', { closing_reason: '解除された', closing_ja: '終了しました' })

  house.pass(365 * days)
  await house.telegram('vpww54-tokyo', ['2006-09-12', '2007-09-12'])
  const [old, again] = await proposals()
  assert.deepEqual([old?.id, old?.decision], [first.id, 'opened'])
  assert.deepEqual([again?.decision, again?.withdrawn_at, again?.proposed_at], [null, null, house.now()])
  assert.match(await home(), /判断を待っている提案.*大雨特別警報/)
})

test('a telegram that comes in while somebody decides waits for them, and neither fails', async () => {
  await house.telegram('vxse51-tokyo')
  const { id } = await only()
  let coming: Promise<unknown> = Promise.resolve()
  await house.db.transaction().execute(async (tx) => {
    await tx.selectFrom('proposal').select('id').where('id', '=', id).forUpdate().execute()
    coming = house.telegram('vxse53-tokyo')
    await house.untilBlocked()
    await record(tx, house.desk, house.now(), { action: 'proposal.set-aside', about: `/proposals/${id}` })
  })
  await coming
  assert.equal((await house.trail()).at(-1), 'proposal.changed')
})

test('an institution that leaves the market next year still counts today; one that has left does not', async () => {
  await house.db.updateTable('institution').set({ active_to: '2006-12-31' }).where('code', '=', 'EXCH').execute()
  await house.db.updateTable('institution').set({ active_to: '2006-10-15' }).where('code', '=', 'REG').execute()
  await house.telegram('vxse51-tokyo')
  const { text } = await proposalPage()
  assert.match(text, /架空東京取引所/)
  assert.doesNotMatch(text, /架空監督庁/)
})

test('the telegrams are listed and shown as they came, in both languages', async () => {
  await house.telegram('vxse51-tokyo')
  await house.telegram('broken-truncated')
  const { text, html } = await desk().get('/telegrams')
  assert.match(text, /VXSE51 震度速報.*読めなかった電文.*broken-truncated\.xml/)
  const path = /\/telegrams\/[0-9a-f-]{36}/.exec(html)?.[0] ?? ''
  assert.match((await desk().get(path)).text, /vxse51-tokyo\.xml/)
  assert.match((await house.as(house.desk, 'en').get(path)).text, /Issued/)
  assert.match((await desk().get(`${path}/xml`)).html, /^<\?xml/)
  assert.equal((await desk().get('/telegrams/00000000-0000-4000-8000-000000000000')).code, 404)
})
