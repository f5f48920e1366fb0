import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { dayAt } from '#ground/html/day.tsx'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let now = new Date()
let site: TestSite
let desk: Client
let deputy: Client
let approver: Client
let firm: Client
const signIn = async () => {
  desk = await site.signIn('desk@assoc.example')
  deputy = await site.signIn('desk-deputy@assoc.example')
  approver = await site.signIn('approver@assoc.example')
  firm = await site.signIn('bcp@sokyu.example')
}
before(async () => {
  site = await testSite({ clock: () => now })
  await signIn()
})
after(() => site.close())
beforeEach(() => assert.deepEqual(site.reported, []))

const idOf = async (email: string) =>
  (await site.db.selectFrom('person').where('email', '=', email).select('id').executeTakeFirstOrThrow()).id
const day = (days: number) => dayAt(new Date(now.getTime() + days * 86_400_000))
const written = (said: Record<string, string> = {}): Record<string, string> => ({
  title: '架空の改善',
  finding: '架空の気付き',
  source: 'peacetime_use',
  version: '0',
  key: randomUUID(),
  ...said,
})
const sent = async (client: Client, path: string, form: Record<string, string>) => {
  const answer = await client.post(path, form)
  assert.equal(answer.status, 303, `${path}: ${wordsOf(await answer.clone().text()).slice(0, 1500)}`)
  return answer.headers.get('location') ?? ''
}
const refused = async (client: Client, path: string, form: Record<string, string>, status: number) => {
  const answer = await client.post(path, form)
  const page = wordsOf(await answer.text())
  assert.equal(answer.status, status, page.slice(0, 1500))
  return page
}
const wordsOf = (html: string) =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html)
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replace(/\s+/g, ' ')
const read = async (client: Client, path: string, language = 'ja') => {
  const answer = await client.get(path, { cookie: `${client.cookie}; language=${language}` })
  assert.equal(answer.status, 200, path)
  return wordsOf(await answer.text())
}
const versions = (path: string) =>
  site.db
    .selectFrom('improvement')
    .where('id', '=', path.split('/')[2] ?? '')
    .selectAll()
    .orderBy('version')
    .execute()
const linesAbout = async (path: string) =>
  (await site.trail()).filter(({ about }) => about === path).map(({ action }) => action)
const step = (to: string, version: number, said: Record<string, string> = {}) => ({
  to,
  version: String(version),
  reason: `${to}の理由`,
  ...said,
})
/** One that the deputy has done, at version 3. */
const done = async (said: Record<string, string> = {}) => {
  const owner = { owner_person_id: await idOf('council@sokyu.example'), due_on: day(5) }
  const path = await sent(desk, '/improvements', written({ ...owner, ...said }))
  await sent(deputy, `${path}/step`, step('doing', 1))
  await sent(deputy, `${path}/step`, step('done', 2))
  return path
}

test('an empty register says what to do next', async () => {
  assert.match(await read(desk, '/improvements'), /まだ改善事項はありません .*「改善事項を登録する」から書いてください/)
  assert.match(await read(firm, '/improvements'), /まだ改善事項はありません .*事務局に知らせてください/)
  assert.doesNotMatch(await read(firm, '/improvements'), /CSV/)
})

test('S0-23 improvements are kept by where they were noticed: peacetime use, overseas portals, other domestic institutions', async () => {
  const seen: Record<string, string> = { peacetime_use: '平時の気付き', overseas: '海外の例', domestic: '国内の例' }
  for (const [source, title] of Object.entries(seen)) await sent(desk, '/improvements', written({ source, title }))
  const all = await read(firm, '/improvements')
  for (const [source, title] of Object.entries(seen)) {
    assert.match(all, new RegExp(title))
    const some = await read(firm, `/improvements?source=${source}`)
    for (const other of Object.values(seen)) assert.equal(some.includes(other), other === title, `${source} ${other}`)
  }
  assert.match(all, /改善-001 平時の気付き 未着手 .*平時の利用/)
  assert.match(await read(firm, '/improvements', 'en'), /I-001 平時の気付き Not begun .*Use in peacetime/)
})

test('S0-24 what peacetime use shows is mended, proved, inspected again, and opened again when it does not hold', async () => {
  const path = await done({ title: '番号が古い' })
  // The loop: done, proved by another, inspected on its day, found wanting, begun again.
  await sent(desk, `${path}/step`, step('verified', 3, { evidence: '疎通テストで全件通じた' }))
  await sent(desk, `${path}/reviews`, { version: '0', next_on: day(30), looker_id: await idOf('desk@assoc.example') })
  assert.doesNotMatch(await read(desk, '/improvements'), /点検の日が来た記録/)
  now = new Date(now.getTime() + 31 * 86_400_000)
  await signIn()
  assert.match(
    await read(desk, '/improvements'),
    /点検の日が来た記録が1件あります 改善-\d+ 番号が古い （1日超過、千夜 とわ）/,
  )
  await sent(desk, `${path}/reviews`, { version: '1', note: '2件がまた古い', next_on: '', looker_id: '' })
  await sent(desk, `${path}/step`, step('open', 4, { reason: '点検で2件が古かったため' }))
  const page = await read(desk, path)
  assert.match(page, /次の点検の予定はありません。.*2件がまた古い/)
  assert.match(page, /期日を過ぎています（26日超過）/)
  assert.match(page, /状態 確認済み → 未着手/)
  assert.deepEqual(
    (await versions(path)).map(({ state, evidence }) => [state, evidence]),
    [
      ['open', ''],
      ['doing', ''],
      ['done', ''],
      ['verified', '疎通テストで全件通じた'],
      ['open', ''],
    ],
  )
  assert.deepEqual(await linesAbout(path), [
    'improvement.raised',
    'improvement.moved',
    'improvement.moved',
    'improvement.moved',
    'register.reviewed',
    'register.reviewed',
    'improvement.moved',
  ])
})

test('S0-44 what a drill has shown becomes a real improvement with an owner and a day, followed on the drill’s page until it is proved', async () => {
  const criterion = await site.db.selectFrom('criterion').select('id').limit(1).executeTakeFirstOrThrow()
  const drill = await sent(desk, '/situations', {
    ...{ criterion: `${criterion.id}:1`, mode: 'exercise', hazard: 'earthquake', title_ja: '架空の訓練' },
    ...{ event_at: `${day(-1)}T09:00`, recovery_minutes: '120', update_minutes: '30', reason: '訓練' },
    idempotency_key: randomUUID(),
  })
  assert.match(await read(desk, drill), /ここから見つかった改善事項 まだありません。 改善事項を登録する/)
  assert.doesNotMatch(await read(firm, drill), /改善事項を登録する/)
  const blank = await (await desk.get(`/improvements/new?from=${drill}`)).text()
  assert.match(blank, /<option value="exercise" selected="">訓練/)
  assert.match(blank, new RegExp(`name="about"[^>]*value="${drill}"`))
  const owner = { owner_institution: 'exc-1', due_on: day(10) }
  const found = written({ title: '報告まで40分', source: 'exercise', about: drill, ...owner })
  const path = await sent(desk, '/improvements', found)
  const { mode } = await site.db
    .selectFrom('register_item')
    .where('id', '=', path.split('/')[2] ?? '')
    .select('mode')
    .executeTakeFirstOrThrow()
  assert.equal(mode, 'actual')
  assert.match(await read(firm, drill), /ここから見つかった改善事項 改善-\d+ 報告まで40分 未着手 .*（あと10日）/)
  const page = await read(firm, path)
  assert.match(page, /担当 蒼天.* 期日 .* きっかけ 訓練 きっかけの場所 【訓練】架空の訓練/)
  await sent(deputy, `${path}/step`, step('doing', 1))
  await sent(deputy, `${path}/step`, step('done', 2))
  await sent(approver, `${path}/step`, step('verified', 3, { evidence: '次の訓練で25分' }))
  assert.match(await read(firm, drill), /報告まで40分 確認済み/)
})

test('an improvement is recorded once, however often the button is pressed, with its own number', async () => {
  const form = written({ title: '二度押し <b>' })
  const [first, second] = await Promise.all([desk.post('/improvements', form), desk.post('/improvements', form)])
  const path = `/improvements/${form.key}`
  for (const answer of [first, second]) assert.deepEqual([answer?.status, answer?.headers.get('location')], [303, path])
  assert.equal((await versions(path)).length, 1)
  assert.deepEqual(await linesAbout(path), ['improvement.raised'])
  const both = await Promise.all([desk, deputy].map((client) => sent(client, '/improvements', written())))
  const numbers = await site.db
    .selectFrom('register_item')
    .where(
      'id',
      'in',
      both.map((each) => each.split('/')[2] ?? ''),
    )
    .select('number')
    .execute()
  assert.equal(new Set(numbers.map(({ number }) => number)).size, 2)
})

test('who saves over an older version gets the page back with their words, what it says now, and the difference', async () => {
  const path = await sent(desk, '/improvements', written({ title: '二人で' }))
  const change = (title: string, due_on: string) =>
    written({ title, due_on, version: '1', reason: '見直し', finding: '架空の気付き' })
  await sent(desk, path, change('机の改善', day(3)))
  const page = await refused(deputy, path, change('代理の改善', day(4)), 409)
  assert.match(page, /ほかの人が先に変更しました/)
  assert.match(page, /変更 件名 代理の改善 → 机の改善/)
  assert.match(page, /変更 期日/)
  const html = await (await deputy.post(path, change('代理の改善', day(4)))).text()
  assert.match(html, /name="title"[^>]*value="代理の改善"/)
  assert.match(html, /name="version" value="2"/)
  await sent(deputy, path, { ...change('代理の改善', day(4)), version: '2' })
  const now_said = (await versions(path)).at(-1)
  assert.deepEqual([now_said?.version, now_said?.title, now_said?.reason], [3, '代理の改善', '見直し'])
  assert.deepEqual(await linesAbout(path), ['improvement.raised', 'improvement.edited', 'improvement.edited'])
  const head = await site.db
    .selectFrom('register_item')
    .where('id', '=', now_said?.id ?? '')
    .select('title')
    .executeTakeFirst()
  assert.equal(head?.title, '代理の改善')
  // What changes nothing makes no version, and a change needs its reason.
  await sent(deputy, path, { ...change('代理の改善', day(4)), version: '3' })
  assert.equal((await versions(path)).length, 3)
  assert.match(
    await refused(deputy, path, { ...change('別', day(4)), version: '3', reason: ' ' }, 422),
    /理由を500文字/,
  )
  assert.match(await read(deputy, path), /第2版.*見直し.*変更 件名 二人で → 机の改善/)
})

test('two who move it on at once: the second is told what it has become, and loses nothing', async () => {
  const path = await done()
  const [first, second] = await Promise.all([
    desk.post(`${path}/step`, step('verified', 3, { evidence: '甲の証拠' })),
    approver.post(`${path}/step`, step('doing', 3, { reason: '乙の理由' })),
  ])
  assert.deepEqual([first.status, second.status].sort(), [303, 409])
  const late = first.status === 409 ? first : second
  const page = await late.text()
  assert.match(wordsOf(page), /ほかの人が先に変更しました.*変更 状態 完了（証拠待ち） → /)
  assert.equal((await versions(path)).length, 4)
  // The same press twice is one version.
  const again = step(first.status === 303 ? 'open' : 'done', 4)
  for (const answer of await Promise.all([desk, desk].map((client) => client.post(`${path}/step`, again))))
    assert.equal(answer.status, 303)
  assert.equal((await versions(path)).length, 5)
})

test('nothing is closed without proof, nor by who did it or answers for it, and the refusal says what is missing', async () => {
  const path = await done({ owner_person_id: await idOf('desk@assoc.example') })
  const bare = await refused(approver, `${path}/step`, step('verified', 3), 422)
  // The page that comes back waits for no change: it would lose what was typed, and its address is no page.
  assert.doesNotMatch(await (await approver.post(`${path}/step`, step('verified', 3))).text(), /data-live/)
  assert.match(bare, /証拠がありません。確かめた内容を書くか、.*証拠なしでは閉じられません/)
  const proof = { evidence: '見て確かめた' }
  for (const one of [desk, deputy]) {
    assert.match(
      await refused(one, `${path}/step`, step('verified', 3, proof), 422),
      /ほかの人に確かめてもらってください/,
    )
    assert.match(await read(one, path), /次にすること 確認は、完了を報告した人でも担当者でもない人が行います/)
  }
  const other = { evidence_file_id: randomUUID() }
  assert.match(
    await refused(approver, `${path}/step`, step('verified', 3, other), 422),
    /証拠とするファイルを選び直して/,
  )
  assert.equal((await versions(path)).length, 3)
  await sent(approver, `${path}/step`, step('verified', 3, proof))
  assert.match(await read(firm, path), /証拠 見て確かめた/)
  // The database holds it, too.
  const [, , , verified] = await versions(path)
  const { kind: _, ...row } = verified!
  const insert = (changed: object) =>
    site.db
      .insertInto('improvement')
      .values({ ...row, version: 5, ...changed })
      .execute()
  await assert.rejects(insert({ evidence: '' }), /is_proved/)
  await assert.rejects(insert({ made_by: row.done_by ?? '' }), /by_another/)
  await assert.rejects(insert({ state: 'doing', done_by: null, due_on: null }), /has_owner_and_day/)
})

test('a file or a linked record proves, too, and what was taken away later is said', async () => {
  const path = await done({ title: '写しで証明' })
  const form = new FormData()
  form.set('key', randomUUID())
  form.set('file', new File(['架空の点検表'], '点検表.txt'))
  const kept = await deputy.send('POST', `${path}/files`, form, { 'sec-fetch-site': 'same-origin' })
  assert.equal(kept.status, 303)
  const [, file = ''] = new RegExp(`${path}/files/([0-9a-f-]{36})`).exec(await (await desk.get(path)).text()) ?? []
  await sent(desk, `${path}/step`, step('verified', 3, { evidence_file_id: file }))
  assert.match(await read(firm, path), /証拠 点検表\.txt/)
  await sent(desk, `${path}/files/${file}/removal`, {})
  assert.match(await read(firm, path), /証拠のファイルはあとから取り下げられました/)

  const linked = await done()
  await sent(desk, `${linked}/links`, { key: randomUUID(), relation: 'comes_from', to: await numberOf(path) })
  await sent(desk, `${linked}/step`, step('verified', 3, { evidence_item_id: path.split('/')[2] ?? '' }))
  assert.match(await read(firm, linked), /証拠 改善-\d+ 写しで証明/)
})

const numberOf = async (path: string) => {
  const { number } = await site.db
    .selectFrom('register_item')
    .where('id', '=', path.split('/')[2] ?? '')
    .select('number')
    .executeTakeFirstOrThrow()
  return `I-${number}`
}

test('work begins with an owner and a day; until then the page says what is missing', async () => {
  const path = await sent(desk, '/improvements', written({ title: '担当なし' }))
  assert.match(await read(desk, path), /次にすること 担当と期日が決まっていません/)
  assert.match(await refused(desk, `${path}/step`, step('doing', 1), 422), /担当と期日が決まっていません/)
  const late = { title: '担当なし', version: '1', reason: '決定', due_on: day(-2) }
  await sent(desk, path, written({ ...late, owner_institution: 'SEC-001' }))
  await sent(desk, `${path}/step`, step('doing', 2))
  const none = written({ ...late, version: '3', due_on: '' })
  assert.match(await refused(desk, path, none, 422), /期日が必要です/)
  assert.match(await refused(desk, path, { ...none, due_on: day(1) }, 422), /担当が必要です/)
  assert.match(
    await refused(desk, path, { ...none, owner_institution: 'XXX' }, 422),
    /この機関コードの機関はありません/,
  )
})

test('overdue is what the clock says: it comes first, in words, and the count goes with it', async () => {
  const path = await sent(desk, '/improvements', written({ title: '明日まで', due_on: day(1) }))
  assert.match(await read(desk, '/improvements'), /明日まで 未着手 [^ ]+ （あと1日）/)
  assert.doesNotMatch(await read(desk, '/improvements?shown=overdue'), /明日まで/)
  now = new Date(now.getTime() + 3 * 86_400_000)
  await signIn()
  const list = await read(desk, '/improvements?shown=overdue')
  assert.match(list, /期日を過ぎた改善事項が\d+件あります/)
  assert.match(list, /明日まで 未着手 [^ ]+ 2日超過/)
  assert.match(await read(desk, '/improvements', 'en'), /明日まで Not begun .* 2 days overdue/)
  await sent(desk, `${path}/step`, step('dropped', 1))
  assert.doesNotMatch(await read(desk, '/improvements?shown=overdue'), /明日まで/)
})

test('a file of the list runs nothing in a spreadsheet, and has what the list was asked for', async () => {
  await sent(desk, '/improvements', written({ title: '=HYPERLINK("http://x.example")', source: 'overseas' }))
  const answer = await desk.get('/improvements.csv?source=overseas')
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment/)
  const text = await answer.text()
  assert.match(text, /,"'=HYPERLINK\(""http:\/\/x\.example""\)",/)
  assert.match(text, /海外のポータル/)
  assert.doesNotMatch(text, /平時の利用/)
})

test('a label holds: what is not for the firm is neither on its list nor in its file, its page or its search', async () => {
  const path = await sent(desk, '/improvements', written({ title: '秘密の改善', label: 'amber_strict' }))
  for (const at of ['/improvements', '/improvements.csv', '/improvements?q=秘密'])
    assert.doesNotMatch(await (await firm.get(at)).text(), /秘密の改善/)
  assert.equal((await firm.get(path)).status, 404)
  assert.match(await read(deputy, '/improvements?q=秘密'), /秘密の改善/)
  assert.equal((await deputy.get(path)).status, 200)
  await site.readings.settled()
  const noted = await site.db.selectFrom('reading').where('about', '=', path).select(['person_id', 'label']).execute()
  assert.deepEqual(noted, [{ person_id: await idOf('desk-deputy@assoc.example'), label: 'amber_strict' }])
  // Made readable for all, with the reason.
  await sent(desk, path, written({ title: '秘密の改善', label: 'green', version: '1', reason: '共有してよい' }))
  assert.match(await read(firm, path), /秘密の改善/)
})

test('the reason of a secret step stays under its label, and the trail says only that it was taken', async () => {
  const path = await sent(desk, '/improvements', written({ title: '極秘の改善', label: 'red' }))
  await sent(desk, `${path}/step`, step('dropped', 1, { reason: '架空の秘密の理由' }))
  assert.match(await read(desk, path), /架空の秘密の理由/)
  const [raised, moved, ...others] = await site.trailOf(path)
  assert.deepEqual([raised?.action, moved?.action, others], ['improvement.raised', 'improvement.moved', []])
  assert.deepEqual(moved?.details, { version: 2, from: 'open', to: 'dropped' })

  const edited = await sent(desk, '/improvements', written({ title: '極秘の変更', label: 'red' }))
  const change = { title: '極秘の変更', label: 'red', due_on: day(9), version: '1', reason: '架空の秘密の理由' }
  await sent(desk, edited, written(change))
  const line = (await site.trailOf(edited)).at(-1)
  assert.deepEqual(
    [line?.action, Object.keys(line?.details ?? {}).sort()],
    ['improvement.edited', ['changes', 'version']],
  )
})

test('what is recorded to practise recording is of the drill: apart from the real ones, with its own numbers', async () => {
  const path = await sent(desk, '/improvements', written({ title: '練習の改善', mode: 'exercise' }))
  const page = await (await desk.get(path)).text()
  assert.match(page, /<title>【訓練】改善-001 練習の改善/)
  assert.match(page, /これは訓練です/)
  assert.doesNotMatch(await read(desk, '/improvements'), /練習の改善/)
  assert.match(await read(desk, '/improvements?mode=exercise'), /【訓練】改善-001 練習の改善/)
})

for (const [field, value, message] of [
  ['title', '', /件名を200文字以内の1行/],
  ['title', 'x'.repeat(201), /件名を200文字以内の1行/],
  ['finding', ' \n ', /気付いたことを4,000文字以内/],
  ['finding', 'x'.repeat(4001), /気付いたことを4,000文字以内/],
  ['source', '', /きっかけを選んでください/],
  ['source', 'rumour', /きっかけを選んでください/],
  ['about', 'x'.repeat(301), /きっかけの場所は300文字以内/],
  ['due_on', '2027-02-30', /期日を入力し直して/],
  ['due_on', '0001-01-01', /期日を入力し直して/],
  ['label', 'secret', /共有範囲を選び直して/],
  ['mode', 'real', /区分を選び直して/],
  ['owner_person_id', 'x', /担当者を選び直して/],
  ['owner_person_id', randomUUID(), /担当者を選び直して/],
] as const)
  test(`an improvement whose ${field} is ${JSON.stringify(value.slice(0, 20))} comes back with what is wrong`, async () => {
    const before = await site.db.selectFrom('register_item').select('id').execute()
    assert.match(await refused(desk, '/improvements', written({ [field]: value }), 422), message)
    assert.equal((await site.db.selectFrom('register_item').select('id').execute()).length, before.length)
  })
