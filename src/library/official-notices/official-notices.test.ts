import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { idIn, mainOf } from '#tests/kit/pages.ts'
import { officialNoticeForm } from '#tests/kit/samples/library.ts'
import type { Firm } from '#tests/kit/samples/making.ts'
import { situationForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let desk: Firm
let contact: Firm
let situation_id: string

before(async () => {
  site = await testSite({ clock: () => new Date('2027-01-15T00:00:00Z') })
  ;({ secretariat: desk, bcp_contact: contact } = await site.people('secretariat', 'bcp_contact'))
  await site.db.updateTable('person').set({ name_ja: '事務局 <担当>' }).where('id', '=', desk.person.id).execute()
  const criterion = await site.db.selectFrom('criterion').select('id').limit(1).executeTakeFirstOrThrow()
  const drill = situationForm(criterion.id, site.tools.clock(), { mode: 'exercise', reason: '訓練' })
  situation_id = idIn(await site.done(desk.client, '/situations', drill))
})
after(() => site.close())

const form = (change: Record<string, string> = {}) =>
  officialNoticeForm({
    title: '年末の <b>対応</b> について',
    body: '一行目\r\n二行目\r\n\r\n次の段落',
    situation_id: '',
    ...change,
  })
const rows = () => site.db.selectFrom('official_notice').selectAll().orderBy('registered_at').execute()

test('the secretariat registers a notice, and every reader finds it whole', async () => {
  const path = await site.done(desk.client, '/official-notices', form())
  const page = await site.main(contact.client, path)
  assert.match(page, /年末の &lt;b&gt;対応&lt;\/b&gt; について/)
  assert.match(page, /<p>一行目<br\/>二行目<\/p><p>次の段落<\/p>/)
  assert.match(page, /2027年1月14日/)
  assert.match(page, /事務局 &lt;担当&gt;/)
  assert.match(await site.main(contact.client, '/official-notices'), new RegExp(`<a href="${path}">年末の`))

  const lines = await site.trailOf(path)
  assert.deepEqual(
    lines.map(({ action, mode, person_id }) => [action, mode, person_id]),
    [['official-notice.registered', 'actual', desk.person.id]],
  )
})

test('S0-28 a notice of an exercise says so on its page, in its title and in the list', async () => {
  const path = await site.done(desk.client, '/official-notices', form({ title: '訓練用の通達', situation_id }))
  const page = await site.whole(desk.client, path)
  assert.match(page, /<title>【訓練】訓練用の通達/)
  assert.match(page, /<h1>【訓練】訓練用の通達/)
  assert.match(page, /<body data-mode="exercise"/)
  const english = await contact.client.get('/official-notices', { cookie: `${contact.client.cookie}; language=en` })
  assert.match(mainOf(await english.text()), /\[EXERCISE\] 訓練用の通達/)
  assert.equal((await rows()).at(-1)?.mode, 'exercise')
  assert.equal((await site.trailOf(path)).at(-1)?.mode, 'exercise')
})

test('pressing twice, one after the other or at once, registers a notice once', async () => {
  const before = { rows: (await rows()).length, trail: (await site.trail()).length }
  const pressed = form()
  const press = () => desk.client.post('/official-notices', pressed)
  const answers = [await press(), ...(await Promise.all([press(), press()]))]
  assert.equal(new Set(answers.map((answer) => answer.headers.get('location'))).size, 1)
  assert.deepEqual(
    { rows: (await rows()).length, trail: (await site.trail()).length },
    { rows: before.rows + 1, trail: before.trail + 1 },
  )

  const deputy = await site.signIn('desk-deputy@assoc.example')
  await site.refused(deputy, '/official-notices', 404, pressed)
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
    const before = { rows: await rows(), trail: await site.trail() }
    const key = crypto.randomUUID()
    const answer = await desk.client.post(
      '/official-notices',
      form({ reference: '書きかけ <番号>', ...change, idempotency_key: key }),
    )
    const page = await answer.text()
    assert.equal(answer.status, 422)
    assert.match(page, new RegExp(`<a href="#${name}">`))
    assert.match(page, new RegExp(`aria-describedby="${name}-problem`))
    assert.match(page, new RegExp(`name="idempotency_key" value="${key}"`))
    if (name !== 'reference') assert.match(page, /value="書きかけ &lt;番号&gt;"/)
    assert.deepEqual({ rows: await rows(), trail: await site.trail() }, before)
  })

test('a form that lost its key gets one and may be sent again', async () => {
  const answer = await desk.client.post('/official-notices', form({ idempotency_key: '' }))
  assert.equal(answer.status, 422)
  assert.match(await answer.text(), /name="idempotency_key" value="[0-9a-f-]{36}"/)
})

test('S0-30 only the secretariat registers; others read', async () => {
  const others = await site.people('bcp_contact', 'observer', 'auditor')
  for (const { client } of Object.values(others)) {
    await site.refused(client, '/official-notices/new', 403)
    await site.refused(client, '/official-notices', 403, form())
    assert.doesNotMatch(await site.main(client, '/official-notices'), /official-notices\/new/)
  }
  await site.refused(desk.client, `/official-notices/${crypto.randomUUID()}`, 404)
  assert.deepEqual(site.reported, [])
})

test('the database itself lets nobody change what was registered', async () => {
  await assert.rejects(site.db.updateTable('official_notice').set({ title: 'x' }).execute(), /permission denied/)
  await assert.rejects(site.db.deleteFrom('official_notice').execute(), /permission denied/)
})

test('the notices are taken along as a file that runs nothing and says whom each is for', async () => {
  await site.done(desk.client, '/official-notices', form({ title: '=1+1', reference: '', label: 'red' }))
  const file = async ({ client }: Firm) => {
    const answer = await client.get('/official-notices.csv', { cookie: `${client.cookie}; language=en` })
    return { name: answer.headers.get('content-disposition'), text: await answer.text() }
  }
  const { name, text } = await file(desk)
  assert.equal(name, 'attachment; filename="Official notices_TLP-RED_2027-01-15.csv"')
  assert.match(text, /^Title,Kind,State,Issuer,Reference,Date of issue,Prefectures,Period,Label,Exported at\r\n/)
  assert.match(
    text,
    /\r\n'=1\+1,Directive,In force,架空市場監督庁,,2027-01-14,Everywhere,Not limited,TLP:RED,2027-01-15T09:00:00\+09:00\r\n/,
  )
  const theirs = await file(contact)
  assert.doesNotMatch(theirs.text, /TLP:RED/)
  assert.match(theirs.text, /監督第1号/)
})
