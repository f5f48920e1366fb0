import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Person } from '#ground/rights/person.ts'
import { somebody, testApp } from '#tests/kit/app.tsx'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { officialNoticeRoutes } from './routes.tsx'

let database: TestDatabase
let as: ReturnType<typeof testApp>
let desk: Person
let contact: Person
let situation_id: string
const at = new Date('2027-01-15T00:00:00Z')

before(async () => {
  database = await testDatabase()
  const { db } = database
  as = testApp({ db, clock: () => at }, officialNoticeRoutes)
  await db
    .insertInto('institution')
    .values([
      { code: 'ASSOC', kind: 'association', name_ja: '架空証券業協会', name_en: 'Fictional Securities Association' },
      { code: 'SEC-001', kind: 'securities_firm', name_ja: '蒼穹証券', name_en: 'Sokyu Securities' },
    ])
    .execute()
  desk = await somebody(db, 'ASSOC', 'secretariat', '事務局 <担当>')
  contact = await somebody(db, 'SEC-001', 'bcp_contact')
  const drill = { title_ja: '首都直下地震', title_en: 'Tokyo earthquake', text_ja: '', text_en: '', reason: '訓練' }
  const { id } = await db
    .insertInto('situation')
    .values({ ...drill, mode: 'exercise', hazard: 'earthquake', event_at: at, opened_by: desk.id, opened_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  situation_id = id
})
after(() => database.close())

const form = (change: Record<string, string> = {}) =>
  new URLSearchParams({
    issuer: '架空市場監督庁',
    reference: '監督第1号',
    issued_on: '2027-01-14',
    title: '年末の <b>対応</b> について',
    body: '一行目\r\n二行目\r\n\r\n次の段落',
    situation_id: '',
    idempotency_key: crypto.randomUUID(),
    ...change,
  })
const rows = () => database.db.selectFrom('official_notice').selectAll().orderBy('registered_at').execute()
const trail = () => database.db.selectFrom('trail').selectAll().orderBy('id').execute()

test('S0-6 the secretariat registers a notice, and every reader finds it whole', async () => {
  const sent = await as(desk).post('/official-notices', form())
  assert.equal(sent.status, 303)
  const path = sent.headers.get('location')!
  const page = await (await as(contact).get(path)).text()
  assert.match(page, /年末の &lt;b&gt;対応&lt;\/b&gt; について/)
  assert.match(page, /<p>一行目<br\/>二行目<\/p><p>次の段落<\/p>/)
  assert.match(page, /2027年1月14日/)
  assert.match(page, /事務局 &lt;担当&gt;/)
  assert.match(await (await as(contact).get('/official-notices')).text(), new RegExp(`<a href="${path}">年末の`))

  const [line] = await trail()
  assert.deepEqual(
    [line?.action, line?.about, line?.mode, line?.person_id],
    ['official-notice.registered', path, 'actual', desk.id],
  )
})

test('S0-28 a notice of an exercise says so on its page, in its title and in the list', async () => {
  const sent = await as(desk).post('/official-notices', form({ title: '訓練用の通達', situation_id }))
  const page = await (await as(desk).get(sent.headers.get('location')!)).text()
  assert.match(page, /<title>【訓練】訓練用の通達/)
  assert.match(page, /<h1>【訓練】訓練用の通達/)
  assert.match(page, /<body data-mode="exercise"/)
  assert.match(await (await as(contact, 'en').get('/official-notices')).text(), /\[EXERCISE\] 訓練用の通達/)
  assert.equal((await rows()).at(-1)?.mode, 'exercise')
  assert.equal((await trail()).at(-1)?.mode, 'exercise')
})

test('pressing twice, one after the other or at once, registers a notice once', async () => {
  const before = { rows: (await rows()).length, trail: (await trail()).length }
  const pressed = form()
  const press = () => as(desk).post('/official-notices', pressed)
  const answers = [await press(), ...(await Promise.all([press(), press()]))]
  assert.equal(new Set(answers.map((answer) => answer.headers.get('location'))).size, 1)
  assert.deepEqual(
    { rows: (await rows()).length, trail: (await trail()).length },
    { rows: before.rows + 1, trail: before.trail + 1 },
  )

  const other = await somebody(database.db, 'ASSOC', 'secretariat')
  assert.equal((await as(other).post('/official-notices', pressed)).status, 404)
})

for (const [name, change] of [
  ['issuer', { issuer: ' ' }],
  ['issuer', { issuer: 'あ'.repeat(101) }],
  ['reference', { reference: 'あ'.repeat(101) }],
  ['issued_on', { issued_on: '' }],
  ['issued_on', { issued_on: '2027-02-30' }],
  ['issued_on', { issued_on: '0000-01-01' }],
  ['title', { title: '' }],
  ['body', { body: '\r\n' }],
  ['body', { body: 'あ'.repeat(20_001) }],
  ['situation_id', { situation_id: 'x' }],
  ['situation_id', { situation_id: crypto.randomUUID() }],
] as const)
  test(`a form with a bad ${name} comes back with the person's words and a link to the field (${JSON.stringify(change).slice(0, 40)})`, async () => {
    const before = { rows: await rows(), trail: await trail() }
    const key = crypto.randomUUID()
    const answer = await as(desk).post(
      '/official-notices',
      form({ reference: '書きかけ <番号>', ...change, idempotency_key: key }),
    )
    const page = await answer.text()
    assert.equal(answer.status, 422)
    assert.match(page, new RegExp(`<a href="#${name}">`))
    assert.match(page, new RegExp(`aria-describedby="${name}-problem`))
    assert.match(page, new RegExp(`name="idempotency_key" value="${key}"`))
    if (name !== 'reference') assert.match(page, /value="書きかけ &lt;番号&gt;"/)
    assert.deepEqual({ rows: await rows(), trail: await trail() }, before)
  })

test('a form that lost its key gets one and may be sent again', async () => {
  const answer = await as(desk).post('/official-notices', form({ idempotency_key: '' }))
  assert.equal(answer.status, 422)
  assert.match(await answer.text(), /name="idempotency_key" value="[0-9a-f-]{36}"/)
})

test('S0-30 only the secretariat registers; others read', async () => {
  for (const role of ['bcp_contact', 'observer', 'auditor'] as const) {
    const reader = { ...contact, roles: [role] }
    assert.equal((await as(reader).get('/official-notices')).status, 200)
    assert.equal((await as(reader).get('/official-notices/new')).status, 403)
    assert.equal((await as(reader).post('/official-notices', form())).status, 403)
    assert.doesNotMatch(await (await as(reader).get('/official-notices')).text(), /official-notices\/new/)
  }
  assert.equal((await as({ ...contact, roles: [] }).get('/official-notices')).status, 403)
  assert.equal((await as(desk).get(`/official-notices/${crypto.randomUUID()}`)).status, 404)
})

test('the database itself lets nobody change what was registered', async () => {
  await assert.rejects(database.db.updateTable('official_notice').set({ title: 'x' }).execute(), /permission denied/)
  await assert.rejects(database.db.deleteFrom('official_notice').execute(), /permission denied/)
})

test('the notices are taken along as a file that runs nothing and says whom each is for', async () => {
  await as(desk).post('/official-notices', form({ title: '=1+1', reference: '', label: 'red' }))
  const file = async (reader: Person) => {
    const answer = await as(reader, 'en').get('/official-notices.csv')
    return { name: answer.headers.get('content-disposition'), text: await answer.text() }
  }
  const { name, text } = await file(desk)
  assert.equal(name, 'attachment; filename="Official notices_TLP-RED_2027-01-15.csv"')
  assert.match(text, /^Title,Issuer,Reference,Date of issue,Label,Exported at\r\n/)
  assert.match(text, /\r\n'=1\+1,架空市場監督庁,,2027-01-14,TLP:RED,2027-01-15T09:00:00\+09:00\r\n/)
  const theirs = await file(contact)
  assert.doesNotMatch(theirs.text, /TLP:RED/)
  assert.match(theirs.text, /監督第1号/)
})
