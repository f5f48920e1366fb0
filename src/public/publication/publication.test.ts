import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import type { Mode } from '#ground/db/tables.ts'
import { renderSite, Snapshot } from '#public/site/index.ts'
import { closeAt } from '#tests/kit/closing.ts'
import {
  checkPublication,
  confirmPublication,
  fieldsIn,
  type House,
  openHouse,
  openSituationIn,
} from '#tests/kit/house.ts'
import { askTest } from '#tests/kit/rounds.ts'
import { closePublicly } from './close-publicly.ts'
import { latestSnapshot } from './publish-snapshot.ts'

let house: House
let id: string
beforeEach(async () => {
  house = await openHouse()
  id = await openSituationIn(house)
})
afterEach(() => house.close())

const check = (changes = {}) => checkPublication(house, id, changes)
const confirm = (checked: Awaited<ReturnType<typeof check>>) => confirmPublication(house, id, checked)
const publishNow = async (changes = {}) => {
  const published = await confirm(await check(changes))
  assert.equal(published.code, 303)
  return published.location ?? ''
}
const publications = () => house.db.selectFrom('publication').selectAll().orderBy('number').execute()
const publicNow = async (mode: Mode = 'actual') =>
  (await latestSnapshot(house.db, mode)).situations.find((s) => s.id === id)
const trading = async () =>
  (await publicNow())?.functions.find(({ function_code }) => function_code === 'order_trading')

test('S0-11 N-3 the check shows exactly what changes publicly, and publishing makes exactly that public', async () => {
  await house.report('EXCH', id, { order_trading: 'stopped', text: '内部の事情', damage_systems: 'severe' })
  const checked = await check({ institutions: [house.institution('EXCH')] })
  assert.equal(checked.code, 200)
  assert.match(checked.text, /東京湾で地震がありました。.*停止.*架空東京取引所/)
  assert.doesNotMatch(checked.text, /内部の事情/)
  assert.deepEqual(await publications(), [])

  const { location } = await confirm(checked)
  assert.match((await house.as(house.desk).get(location ?? '')).text, /公表しました.*最初の公表/)
  const told = await publicNow()
  assert.equal(told?.text_ja, '東京湾で地震がありました。')
  assert.deepEqual(
    told?.institutions.map(({ name_ja, condition }) => [name_ja, condition]),
    [['架空東京取引所', 'stopped']],
  )
  assert.doesNotMatch(JSON.stringify(told), /内部の事情|severe|担当 EXCH/)
  assert.equal((await house.trail()).at(-1), 'publication.published')
  assert.match((await house.as(house.desk).get(`/situations/${id}`)).text, /経過.*一般に公表/)
})

test('a report that arrives between check and confirmation is shown before anything is published', async () => {
  await house.report('EXCH', id)
  await house.report('OSAKA', id)
  const checked = await check()
  await house.report('EXCH', id, { order_trading: 'stopped' })
  const refused = await confirm(checked)
  assert.equal(refused.code, 409)
  assert.match(refused.text, /確かめている間に内容が変わりました.*停止/)
  assert.deepEqual(await publications(), [])
  assert.equal((await confirm(refused)).code, 303)
  assert.equal((await trading())?.condition, 'stopped')
})

test('N-4 a report that expires between check and confirmation counts as unknown, and is shown again', async () => {
  for (const code of ['EXCH', 'OSAKA']) await house.report(code, id, { next_update_minutes: 30 })
  const checked = await check({ next_update_at: '' })
  house.pass(31)
  assert.equal((await confirm(checked)).code, 409)
})

test('two people who confirm at once: one publishes, the other sees what has changed', async () => {
  const [one, other] = await Promise.all([
    checkPublication(house, id, { text_ja: '一人目の文章' }),
    checkPublication(house, id, { text_ja: '二人目の文章' }, house.deputy),
  ])
  const answers = await Promise.all([
    confirmPublication(house, id, one),
    confirmPublication(house, id, other, house.deputy),
  ])
  assert.deepEqual(answers.map(({ code }) => code).sort(), [303, 409])
  const late = answers.find(({ code }) => code === 409)
  assert.match(
    late?.text ?? '',
    /確かめている間に内容が変わりました.*JST その間に.+さんが公表第1号を公表しました。.*あなたの内容は公表されていません/,
  )
  assert.doesNotMatch(late?.text ?? '', /まだ何も公表されていません/)
  assert.equal((await publications()).length, 1)
})

test('a double press publishes once; after going back and changing the text, the new text is published', async () => {
  const checked = await check()
  const [one, other] = await Promise.all([confirm(checked), confirm(checked)])
  assert.deepEqual([one.code, other.code, one.location], [303, 303, other.location])
  assert.equal((await publications()).length, 1)

  // The browser's own Back shows the form of before, with everything that was hidden in it.
  const path = `/situations/${id}/publication`
  const again = await house
    .as(house.desk)
    .post(`${path}/check`, { ...fieldsIn(checked.html, path), text_ja: '続報です。' })
  const next = await confirm(again)
  assert.notEqual(next.location, one.location)
  assert.equal((await publicNow())?.text_ja, '続報です。')
})

test('a key that was used for another situation publishes nothing, and is no error of ours', async () => {
  await confirm(await check())
  const idempotency_key = (await publications())[0]?.idempotency_key ?? ''
  const other = await openSituationIn(house)
  const checked = await checkPublication(house, other)
  const fields = { ...fieldsIn(checked.html, `/situations/${other}/publications`), idempotency_key }
  const answer = await house.as(house.desk).post(`/situations/${other}/publications`, fields)
  assert.equal(answer.code, 403)
  assert.equal((await publications()).length, 1)
})

test('what was checked covers all that the public reads, also that it is a correction', async () => {
  await publishNow()
  house.pass(5)
  const checked = await check({ text_ja: '正しくはこうです。' })
  const path = `/situations/${id}/publications`
  const forged = { ...fieldsIn(checked.html, path), is_correction: 'yes' }
  assert.equal((await house.as(house.desk).post(path, forged)).code, 409)
  const other = { ...fieldsIn(checked.html, path), text_ja: '別の文章' }
  assert.equal((await house.as(house.desk).post(path, other)).code, 409)
  assert.equal((await publications()).length, 1)
})

test('S0-28 a correction marks the earlier text and says when; an update leaves it as it was', async () => {
  await publishNow({ text_ja: '一つめ' })
  house.pass(5)
  await publishNow({ text_ja: '二つめ' })
  house.pass(5)
  const checked = await check({ text_ja: '三つめ', is_correction: 'yes' })
  assert.match(checked.text, /二つめ/)
  await confirm(checked)
  assert.deepEqual(
    (await publicNow())?.earlier.map(({ text_ja, corrected_at }) => [text_ja, corrected_at]),
    [
      ['二つめ', house.now().toISOString()],
      ['一つめ', null],
    ],
  )
})

test('not reported never becomes normal, and who is silent is not named', async () => {
  await house.report('EXCH', id)
  await publishNow({ institutions: [house.institution('EXCH'), house.institution('OSAKA')] })
  const found = await trading()
  assert.equal(found?.condition, 'unknown')
  assert.equal(found?.source_ja, '架空東京取引所')
  // Nobody is shown who has not said anything; the choice is kept for when they have.
  assert.deepEqual(
    (await publicNow())?.institutions.map(({ name_ja }) => name_ja),
    ['架空東京取引所'],
  )
  await house.report('OSAKA', id)
  await publishNow()
  assert.deepEqual((await publicNow())?.institutions.map(({ name_ja }) => name_ja).sort(), [
    '架空大阪取引所',
    '架空東京取引所',
  ])
})

test('N-3 no institution that was not chosen is named to the public, in any format and language', async () => {
  // One that stands still, one that is well, one that says nothing; only the second is chosen.
  await house.report('EXCH', id, { order_trading: 'stopped' })
  await house.report('OSAKA', id)
  await house.report('FIRM', id, { order_trading: 'stopped' })
  await publishNow({ institutions: [house.institution('OSAKA')], participants: 'yes' })
  house.pass(5)
  await publishNow({ text_ja: '訂正した文章です。', is_correction: 'yes' })
  house.pass(5)
  await closeAt(house.as(house.desk), `/situations/${id}`, { closing_reason: '復旧', closing_ja: '終えました。' })

  const others = await house.db
    .selectFrom('institution')
    .where('code', '!=', 'OSAKA')
    .select(['code', 'name_ja', 'name_en'])
    .execute()
  assert.ok(others.length >= 5)
  let files = 0
  let said = ''
  for (const { snapshot } of await publications())
    for (const [path, { body }] of renderSite(Snapshot.parse(snapshot), {
      ...{ origin: house.tools.origin, now: house.now(), silent_since: null, masthead: null, demo: true },
    })) {
      if (/\.(css|js)$/.test(path)) continue
      files++
      said += body.toString()
      // 架空証券 is a part of longer words of the page, so whole names are looked for.
      for (const name of others.flatMap(({ code, name_ja, name_en }) => [code, name_ja, name_en]))
        assert.doesNotMatch(body.toString(), new RegExp(`${name}(?![ぁ-んァ-ン一-龠a-z])`), `${path} names ${name}`)
    }
  assert.ok(files >= 20, `${files} files`)
  for (const chosen of ['架空大阪取引所', 'OSAKA of Nowhere']) assert.ok(said.includes(chosen), chosen)
})

test('N-3 what is true of one of several institutions is not said as if of all', async () => {
  await house.report('EXCH', id, { order_trading: 'stopped' })
  await house.report('OSAKA', id)
  await publishNow({ institutions: [house.institution('EXCH')] })
  const found = await trading()
  assert.deepEqual(
    [found?.condition, found?.concerned, found?.total, found?.source_ja],
    ['stopped', 1, 2, '架空東京取引所'],
  )
  const site = renderSite(await latestSnapshot(house.db, 'actual'), {
    ...{ origin: house.tools.origin, now: house.now(), silent_since: null, masthead: null, demo: true },
  })
  const page = (path: string) => site.get(path)?.body.toString() ?? ''
  assert.match(
    page('/').replace(/<[^>]*>/g, ' '),
    /約定（注文・売買）\s+停止\s*（\s*2機関中1機関\s*）[^停]*架空東京取引所/,
  )
  assert.match(page('/en/').replace(/<[^>]*>/g, ' '), /Orders and trading\s+Stopped\s*\(\s*1 of 2 institutions\s*\)/)
  const [message = ''] = [...site.keys()].filter((path) => path.endsWith('.xml'))
  assert.match(page(message), /約定（注文・売買）: 停止（2機関中1機関：架空東京取引所）/)
  assert.match(page(message), /Orders and trading: Stopped \(1 of 2 institutions: EXCH of Nowhere\)/)
  assert.match(page(message), /<valueName>exchange.order_trading.institutions<\/valueName>\s*<value>1\/2</)
  const [told] = JSON.parse(page('/status.json')).open
  assert.deepEqual(
    told.functions.find(({ function_code }: { function_code: string }) => function_code === 'order_trading')
      .institutions,
    { concerned: 1, total: 2 },
  )
})

test('Japanese and English never part unnoticed: both are shown, and nothing is published until somebody says that it is right', async () => {
  const at = (checked: Awaited<ReturnType<typeof check>>) => fieldsIn(checked.html, `/situations/${id}/publications`)
  const press = (fields: ReturnType<typeof at>) => house.as(house.desk).post(`/situations/${id}/publications`, fields)
  const [ja, en] = [
    { one: '15時に再開します。', other: '16時に再開します。' },
    { one: 'Trading resumes at 15:00.', other: 'Trading resumes at 16:00.' },
  ]
  let number = 0
  for (const { what, text_ja, text_en, red } of [
    { what: 'no English', text_ja: ja.one, text_en: '', red: /英語の文章がありません.*英語の文章なしで公表してよい/ },
    { what: 'both', text_ja: ja.one, text_en: en.one, red: null },
    { what: 'Japanese alone', text_ja: ja.other, text_en: en.one, red: /英語はもとのままです.*英語はこのままで正しい/ },
    { what: 'English alone', text_ja: ja.other, text_en: en.other, red: /日本語はもとのままです/ },
    { what: 'both again', text_ja: ja.one, text_en: en.one, red: null },
    { what: 'neither, but a count', text_ja: ja.one, text_en: en.one, red: null },
  ]) {
    house.pass(1)
    const checked = await check({ text_ja, text_en, ...(what.includes('count') && { participants: 'yes' }) })
    assert.match(
      checked.text,
      new RegExp(`日本語のページの文章 ${text_ja} 英語のページの文章 ${text_en || text_ja}`),
      what,
    )
    if (red) {
      assert.match(checked.text, red, what)
      const refused = await press(at(checked))
      assert.equal(refused.code, 422, what)
      assert.match(refused.html, /<a href="#languages">/)
      assert.equal((await publications()).length, number, what)
      // The page of the refusal goes on where it was.
      assert.equal((await press({ ...at(refused), languages: ['yes'] })).code, 303, what)
    } else {
      assert.doesNotMatch(checked.html, /name="languages"/, what)
      assert.equal((await press(at(checked))).code, 303, what)
    }
    assert.equal((await publications()).length, ++number, what)
  }
})

test('the check shows what does not fit together: times in two languages, a row beside the text, a name that was not chosen', async () => {
  const resumption_at = new Date('2006-10-16T06:00:00Z')
  await house.report('EXCH', id, { order_trading: 'stopped', resumption_at })
  const institutions = [house.institution('EXCH')]
  const odd = await check({
    text_ja: '架空東京取引所と架空大阪取引所は16時に再開します。',
    text_en: 'Trading resumes at 5 p.m.',
    institutions,
  })
  for (const line of [
    /日本語の文章にだけある時刻：16:00/,
    /英語の文章にだけある時刻：17:00/,
    /架空東京取引所の欄の再開見込みは 15:00、文章にある時刻は 16:00、17:00/,
    /選んでいない機関の名前があります：架空大阪取引所/,
  ])
    assert.match(odd.text, line)
  const even = await check({ text_ja: '15時に再開します。', text_en: 'Trading resumes at 15:00.', institutions })
  assert.doesNotMatch(even.text, /食い違い/)
})

test('what the public was told at any time is read word for word, with its states then, and whether it was corrected', async () => {
  await house.report('EXCH', id, { order_trading: 'stopped', next_update_minutes: 30 })
  const first = await publishNow({ text_ja: '一つめ', institutions: [house.institution('EXCH')] })
  house.pass(60)
  const second = await publishNow({ text_ja: '二つめ', is_correction: 'yes' })
  house.pass(5)
  await publishNow({ text_ja: '三つめ' })
  const then = await house.as(house.desk).get(first)
  assert.match(
    then.text,
    /第2号で訂正されました.*そのとき公表ページに出た内容.*一つめ.*約定（注文・売買） 停止.*架空東京取引所/,
  )
  assert.doesNotMatch(then.text, /二つめ|三つめ|最後の報告/)
  assert.ok(then.html.includes(`href="${second}"`))
  const correction = await house.as(house.desk).get(second)
  assert.match(correction.text, /種類 訂正.*二つめ/)
  assert.doesNotMatch(correction.text, /三つめ|で訂正されました。? そのとき/)
})

test('the institutions that were chosen stay chosen under a new name, and nobody is chosen for sharing one', async () => {
  await house.report('EXCH', id)
  await house.report('OSAKA', id)
  await publishNow({ institutions: [house.institution('EXCH')] })
  await house.db.updateTable('institution').set({ name_ja: '架空大阪取引所' }).where('code', '=', 'EXCH').execute()
  const path = `/situations/${id}/publication`
  const form = fieldsIn((await house.as(house.desk).get(path)).html, `${path}/check`)
  assert.deepEqual(form.institutions, [house.institution('EXCH')])
})

test('N-4 a known stop stays known while its own report holds, though another one has expired', async () => {
  await house.report('OSAKA', id, { next_update_minutes: 30 })
  await house.report('EXCH', id, { order_trading: 'stopped', next_update_minutes: 120 })
  const reported_at = house.now()
  house.pass(60)
  await publishNow()
  const found = await trading()
  assert.equal(found?.condition, 'stopped')
  assert.equal(found?.expires_at, new Date(reported_at.getTime() + 120 * 60_000).toISOString())
})

test('N-4 normal holds only until the first of its reports expires; an expired one is unknown', async () => {
  const reported_at = house.now()
  await house.report('OSAKA', id, { next_update_minutes: 30 })
  await house.report('EXCH', id, { next_update_minutes: 120 })
  await publishNow()
  const fresh = await trading()
  assert.equal(fresh?.condition, 'normal')
  assert.equal(fresh?.expires_at, new Date(reported_at.getTime() + 30 * 60_000).toISOString())
  house.pass(31)
  await publishNow()
  assert.equal((await trading())?.condition, 'unknown')
})

test('N-3 nobody’s damage becomes public, neither of an authority without functions nor in the counts', async () => {
  await house.report('REG', id, { damage_building: 'severe' })
  await house.report('FIRM', id, { damage_staff: 'severe' })
  await publishNow({ institutions: [house.institution('REG')], participants: 'yes' })
  const none = { normal: 0, alternative: 0, partial: 0, stopped: 0, unknown: 0, no_functions: 0 }
  assert.deepEqual(
    (await publicNow())?.participants,
    { asked: 0, reported: 0, ...none },
    'reported without being asked',
  )
  const institution_ids = [house.institution('FIRM'), house.institution('REG')]
  await askTest(house.db, house.desk, { situation_id: id, mode: 'actual', institution_ids, at: house.now() })
  await publishNow({ institutions: [house.institution('REG')], participants: 'yes' })
  const told = await publicNow()
  assert.deepEqual(
    told?.institutions.map(({ name_ja, condition }) => [name_ja, condition]),
    [['架空監督庁', 'no_functions']],
  )
  assert.deepEqual(told?.participants, { ...none, asked: 1, reported: 1, normal: 1 })
})

test('an exercise is published in the exercise’s own picture and nowhere else', async () => {
  id = await openSituationIn(house, { mode: 'exercise', title_ja: '合同訓練' })
  const checked = await check()
  assert.match(checked.text, /訓練の公表です.*\/exercise\//)
  assert.match(checked.text, /この内容で訓練の公表をする/)
  assert.doesNotMatch(checked.text, /この内容で一般に公表する/)
  await confirm(checked)
  assert.equal((await latestSnapshot(house.db, 'actual')).number, 0)
  assert.equal((await publicNow('exercise'))?.title_ja, '合同訓練')
})

test('closing a published situation cancels it publicly with references; an unpublished one publishes nothing', async () => {
  const closing = {
    closing_reason: '復旧した',
    closing_ja: '対応を終えました。',
    closing_en: 'The response has ended.',
  }
  await publishNow({ text_ja: '一つめ' })
  await publishNow({ text_ja: '二つめ' })
  await closeAt(house.as(house.desk), `/situations/${id}`, closing)
  const [first, second, last] = await publications()
  assert.deepEqual([first?.cap_kind, second?.cap_kind, last?.cap_kind], ['Alert', 'Update', 'Cancel'])
  const { messages } = await latestSnapshot(house.db, 'actual')
  assert.equal(messages[0]?.references.split(' ').length, 2)
  assert.deepEqual(
    [(await publicNow())?.closing_ja, (await publicNow())?.closing_en],
    [closing.closing_ja, closing.closing_en],
  )
  assert.doesNotMatch(JSON.stringify(await publicNow()), /復旧した/)

  id = await openSituationIn(house, { title_ja: '公表しない事案' })
  await closeAt(house.as(house.desk), `/situations/${id}`, closing)
  assert.equal((await publications()).length, 3)
})

test('nothing is published after closing', async () => {
  const checked = await check()
  await closeAt(house.as(house.desk), `/situations/${id}`, { closing_reason: '復旧', closing_ja: '終了' })
  assert.equal((await confirm(checked)).code, 409)
  assert.equal((await check()).code, 409)
  assert.equal((await house.as(house.desk).get(`/situations/${id}/publication`)).location, `/situations/${id}`)
  assert.deepEqual(await publications(), [])
})

test('publishing and closing at the same moment wait for each other, and neither fails', async () => {
  await publishNow()
  const checked = await check({ text_ja: '続報です。' })
  let publishing: ReturnType<typeof confirm> | undefined
  await house.db.transaction().execute(async (tx) => {
    const closed_at = house.now()
    await tx
      .updateTable('situation')
      .set({ closed_at, closed_by: house.desk.id, closing_reason: '復旧' })
      .where('id', '=', id)
      .execute()
    publishing = confirm(checked)
    await house.untilBlocked()
    await closePublicly(tx, house.desk, {
      id,
      mode: 'actual',
      ...{ centre_set_up_at: closed_at, centre_dissolved_at: closed_at },
      at: closed_at,
      origin: house.tools.origin,
      closing_ja: '終了',
      closing_en: 'Over',
    })
  })
  assert.equal((await publishing)?.code, 409)
  assert.deepEqual(
    (await publications()).map(({ cap_kind }) => cap_kind),
    ['Alert', 'Cancel'],
  )
})

for (const { what, changes, field } of [
  { what: 'no text', changes: { text_ja: ' ' }, field: 'text_ja' },
  { what: 'a text too long', changes: { text_ja: 'あ'.repeat(4001) }, field: 'text_ja' },
  { what: 'a next publication in the past', changes: { next_update_at: '2006-10-16T09:00' }, field: 'next_update_at' },
  { what: 'a next publication that is no time', changes: { next_update_at: '来週' }, field: 'next_update_at' },
  { what: 'a function that is none', changes: { functions: ['exchange:tea'] }, field: 'functions' },
  { what: 'an institution that is none', changes: { institutions: ['nobody'] }, field: 'institutions' },
])
  test(`a publication with ${what} comes back with its words and a link to the field`, async () => {
    const { code, html } = await check({ text_en: 'half <written>', ...changes })
    assert.equal(code, 422)
    assert.match(html, new RegExp(`<a href="#${field}">`))
    assert.match(html, new RegExp(`id="${field}"`))
    assert.match(html, /half &lt;written&gt;<\/textarea>/)
    assert.deepEqual(await publications(), [])
  })

test('only the secretariat publishes', async () => {
  const checked = await check()
  const path = `/situations/${id}/publication`
  for (const person of [house.of('EXCH'), house.observer]) {
    const asked = house.as(person)
    assert.equal((await asked.get(path)).code, 403)
    assert.equal((await asked.post(path, { text_ja: 'いいえ' })).code, 403)
    assert.equal((await asked.post(`${path}/check`, { text_ja: 'いいえ' })).code, 403)
    assert.equal((await asked.post(`${path}s`, fieldsIn(checked.html, `${path}s`))).code, 403)
  }
  assert.deepEqual(await publications(), [])
  assert.equal(
    (await house.as(house.desk).get('/situations/00000000-0000-4000-8000-000000000000/publication')).code,
    404,
  )
})

test('S0-19 where publication is switched off its pages are not there', async () => {
  const checked = await check()
  house.tools.config.off = ['publication']
  const path = `/situations/${id}/publication`
  const desk = house.as(house.desk)
  assert.equal((await desk.get(path)).code, 404)
  assert.equal((await desk.post(`${path}/check`, { text_ja: 'いいえ' })).code, 404)
  assert.equal((await desk.post(`${path}s`, fieldsIn(checked.html, `${path}s`))).code, 404)
  assert.doesNotMatch((await desk.get(`/situations/${id}`)).html, /\/publication"/)
  assert.deepEqual(await publications(), [])
})
