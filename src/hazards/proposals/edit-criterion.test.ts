import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { fieldsIn, type House, openHouse } from '#tests/kit/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(() => house.close())

const desk = () => house.as(house.desk)
const tokyo = '00000000-0000-4000-8000-000000000003'
const versions = (id: string) =>
  house.db.selectFrom('criterion').selectAll().where('id', '=', id).orderBy('version').execute()
const form = (changes: Record<string, string> = {}) => ({
  version: '0',
  name_ja: '試しの基準',
  name_en: 'A criterion to try',
  basis: 'S0-59',
  kind: 'judgement',
  at_least: '',
  area_code: '',
  institutions: '',
  tsunami: '',
  codes: '',
  is_active: 'yes',
  reason: '訓練の反省から',
  ...changes,
})

for (const { says, rule, words } of [
  {
    says: { kind: 'intensity_at_sites', at_least: '5-', institutions: 'any' },
    rule: { kind: 'intensity_at_sites', at_least: '5-', institutions: 'any' },
    words: /いずれかの機関の拠点がある地域で震度5弱以上/,
  },
  {
    says: { kind: 'intensity_in_area', at_least: '7', area_code: ' ５２０ ' },
    rule: { kind: 'intensity_in_area', at_least: '7', area_code: '520' },
    words: /大阪府北部（520）で震度7以上/,
  },
  {
    says: { kind: 'tsunami', tsunami: 'advisory' },
    rule: { kind: 'tsunami', at_least: 'advisory' },
    words: /津波注意報以上/,
  },
  {
    says: { kind: 'nankai', codes: '120、１３０, 111' },
    rule: { kind: 'nankai', codes: ['120', '130', '111'] },
    words: /コード 120・130・111/,
  },
  {
    says: { kind: 'weather_special', institutions: 'infrastructure' },
    rule: { kind: 'weather_special', institutions: 'infrastructure' },
    words: /関係機関の拠点がある都道府県に気象特別警報/,
  },
  { says: { kind: 'eruption' }, rule: { kind: 'eruption' }, words: /噴火速報/ },
  { says: { kind: 'command_centre_set_up' }, rule: { kind: 'command_centre_set_up' }, words: /対策本部の設置を報告/ },
  { says: { kind: 'judgement' }, rule: { kind: 'judgement' }, words: /人の判断による/ },
])
  test(`S0-62 a criterion of kind ${says.kind} comes back from its form as it was`, async () => {
    const { code, location } = await desk().post('/criteria', form(says))
    assert.equal(code, 303)
    const id = location?.split('/').at(-1) ?? ''
    const page = await desk().get(`/criteria/${id}`)
    assert.match(page.text, words)
    // Saved again untouched it says the same, one version later.
    assert.equal(
      (await desk().post(`/criteria/${id}`, { ...fieldsIn(page.html, `/criteria/${id}`), reason: '見直し' })).code,
      303,
    )
    assert.deepEqual(
      (await versions(id)).map((each) => [each.version, each.rule, each.is_active, each.basis]),
      [
        [1, rule, true, 'S0-59'],
        [2, rule, true, 'S0-59'],
      ],
    )
    const english = await house.as(house.desk, 'en').get(`/criteria/${id}`)
    assert.match(english.text, /A criterion to try/)
  })

for (const { what, changes, fields } of [
  { what: 'no names', changes: { name_ja: ' ', name_en: '' }, fields: ['name_ja', 'name_en'] },
  { what: 'no basis', changes: { basis: 'S9-99' }, fields: ['basis'] },
  { what: 'no kind', changes: { kind: '' }, fields: ['kind'] },
  { what: 'a kind that is none', changes: { kind: '__proto__' }, fields: ['kind'] },
  {
    what: 'no threshold and no institutions',
    changes: { kind: 'intensity_at_sites' },
    fields: ['at_least', 'institutions'],
  },
  {
    what: 'an area that is none',
    changes: { kind: 'intensity_in_area', at_least: '5+', area_code: '999' },
    fields: ['area_code'],
  },
  {
    what: 'an area in words',
    changes: { kind: 'intensity_in_area', at_least: '9', area_code: '東京' },
    fields: ['at_least', 'area_code'],
  },
  { what: 'no grade', changes: { kind: 'tsunami', at_least: '5+' }, fields: ['tsunami'] },
  { what: 'no codes', changes: { kind: 'nankai', codes: ' ' }, fields: ['codes'] },
  { what: 'a code of two digits', changes: { kind: 'nankai', codes: '120 13' }, fields: ['codes'] },
  { what: 'no reason', changes: { reason: ' ' }, fields: ['reason'] },
  { what: 'a reason too long', changes: { reason: 'あ'.repeat(2001) }, fields: ['reason'] },
])
  test(`a criterion with ${what} comes back with its words, and a summary that links to each field`, async () => {
    const before = (await house.db.selectFrom('criterion').selectAll().execute()).length
    const { code, html } = await desk().post('/criteria', form({ name_ja: '書きかけ <基準>', ...changes }))
    assert.equal(code, 422)
    for (const field of fields) {
      assert.match(html, new RegExp(`<a href="#${field}">`))
      assert.match(html, new RegExp(`id="${field}"`))
    }
    if (!('name_ja' in changes)) assert.match(html, /value="書きかけ &lt;基準&gt;"/)
    assert.equal((await house.db.selectFrom('criterion').selectAll().execute()).length, before)
  })

test('S0-62 an edit is a new version with its reason; the old one stays, and who edits an outdated one is told', async () => {
  const opened = fieldsIn((await desk().get(`/criteria/${tokyo}`)).html, `/criteria/${tokyo}`)
  const edit = (name_ja: string) => ({ ...opened, name_ja, at_least: '6+', reason: '5強は多すぎた' })
  assert.equal((await desk().post(`/criteria/${tokyo}`, edit('一人目'))).code, 303)

  const late = await house.as(house.deputy).post(`/criteria/${tokyo}`, edit('二人目'))
  assert.equal(late.code, 409)
  assert.match(late.text, /ほかの人が先に変更しました/)
  assert.match(late.html, /value="二人目"/)
  assert.match(late.text, /一人目.*5強は多すぎた/)
  assert.deepEqual(
    (await versions(tokyo)).map(({ version, name_ja }) => [version, name_ja]),
    [
      [1, '東京都23区で震度5強以上'],
      [2, '一人目'],
    ],
  )
  // Having seen the newest version, the second person may go on.
  const again = { ...fieldsIn(late.html, `/criteria/${tokyo}`) }
  assert.equal((await house.as(house.deputy).post(`/criteria/${tokyo}`, again)).code, 303)
  assert.equal((await versions(tokyo)).at(-1)?.name_ja, '二人目')
  const lines = await house.db.selectFrom('trail').where('about', '=', `/criteria/${tokyo}`).selectAll().execute()
  assert.deepEqual(
    lines.map(({ action, details }) => [action, details.version, details.name_ja]),
    [
      ['criterion.edited', 2, '一人目'],
      ['criterion.edited', 3, '二人目'],
    ],
  )
  assert.match((await desk().get(`/criteria/${tokyo}`)).text, /変更の履歴.*二人目.*一人目.*東京都23区で震度5強以上/)
})

test('two people who save at the same moment make one version each, or one is told', async () => {
  const opened = fieldsIn((await desk().get(`/criteria/${tokyo}`)).html, `/criteria/${tokyo}`)
  const answers = await Promise.all(
    [house.desk, house.deputy].map((person) =>
      house.as(person).post(`/criteria/${tokyo}`, { ...opened, reason: '同時' }),
    ),
  )
  assert.deepEqual(answers.map(({ code }) => code).sort(), [303, 409])
  assert.equal((await versions(tokyo)).length, 2)
})

test('only the secretariat edits criteria; observers read them', async () => {
  const observer = house.as(house.observer)
  assert.equal((await observer.get('/criteria')).code, 200)
  assert.doesNotMatch((await observer.get(`/criteria/${tokyo}`)).html, /action="\/criteria/)
  for (const person of [house.observer, house.of('EXCH')]) {
    assert.equal((await house.as(person).post('/criteria', form())).code, 403)
    assert.equal((await house.as(person).post(`/criteria/${tokyo}`, form())).code, 403)
    assert.equal((await house.as(person).get('/criteria/new')).code, 403)
  }
  assert.equal((await desk().post('/criteria/00000000-0000-4000-8000-00000000ffff', form())).code, 404)
  assert.equal((await desk().get('/criteria/00000000-0000-4000-8000-00000000ffff')).code, 404)
})

test('N-5 an edited criterion is compared at once with what happened in the last day, and never with what is older', async () => {
  const proposals = () => house.db.selectFrom('proposal').selectAll().execute()
  await house.telegram('vxse51-osaka-first')
  assert.deepEqual(await proposals(), [])
  const osaka = form({ kind: 'intensity_in_area', at_least: '3', area_code: '520', name_ja: '大阪で震度3以上' })
  await desk().post('/criteria', osaka)
  await house.runJobs()
  const [made] = await proposals()
  assert.match(JSON.stringify(made?.matches), /大阪で震度3以上/)

  // Switched off again, it is met no more; the proposal says why.
  const [found] = (made?.matches ?? []) as { criterion_id: string }[]
  const id = found?.criterion_id
  const { is_active: _, ...off } = fieldsIn((await desk().get(`/criteria/${id}`)).html, `/criteria/${id}`)
  await desk().post(`/criteria/${id}`, { ...off, reason: '多すぎた' })
  await house.runJobs()
  assert.match((await desk().get('/home')).text, /いまはどの基準にも当たりません.*設置基準の変更により見直しました/)

  house.pass(25 * 60)
  await desk().post('/criteria', { ...osaka, name_ja: '次の日の基準' })
  await house.runJobs()
  assert.doesNotMatch(JSON.stringify(await proposals()), /次の日の基準/)
})

test('a telegram that comes after the edit is compared with the edited criterion', async () => {
  const opened = fieldsIn((await desk().get(`/criteria/${tokyo}`)).html, `/criteria/${tokyo}`)
  await desk().post(`/criteria/${tokyo}`, { ...opened, at_least: '7', reason: '5強は多すぎた' })
  await house.telegram('vxse51-tokyo')
  const { matches } = await house.db.selectFrom('proposal').selectAll().executeTakeFirstOrThrow()
  assert.deepEqual(
    (matches as { criterion_id: string }[]).map(({ criterion_id }) => criterion_id),
    ['00000000-0000-4000-8000-000000000002'],
  )
})

test('pressing twice, or again after a lost answer, makes one criterion and one version', async () => {
  const { html } = await desk().get('/criteria/new')
  const idempotency_key = String(fieldsIn(html, '/criteria').idempotency_key)
  const press = (path: string, changes: Record<string, string>) =>
    desk().post(path, form({ idempotency_key, ...changes }))
  const presses = await Promise.all(Array.from({ length: 5 }, () => press('/criteria', {})))
  assert.equal(new Set(presses.map(({ code, location }) => `${code} ${location}`)).size, 1)
  const path = presses[0]?.location ?? ''
  assert.equal((await press('/criteria', {})).location, path)
  assert.equal((await press('/criteria', { name_ja: '別の名称' })).code, 409, 'other words are no repeat')

  const edits = await Promise.all([1, 2, 3].map(() => press(path, { version: '1', reason: '見直し' })))
  assert.deepEqual(
    edits.map(({ code, location }) => [code, location]),
    edits.map(() => [303, path]),
  )
  assert.deepEqual(
    (await versions(path.split('/').at(-1) ?? '')).map(({ version }) => version),
    [1, 2],
  )
})
