import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toCivilInput } from '#ground/html/civil.ts'
import { noticeForm, writeNotice, written } from '#tests/kit/notice.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
let author: Client
let situation_id = ''
const now = new Date('2027-01-15T03:00:00Z')

before(async () => {
  site = await testSite({ clock: () => now })
  author = await site.as('secretariat')
  const { id: opened_by } = await site.accountOf('secretariat')
  const { id } = await site.db
    .insertInto('situation')
    .values({
      ...{ mode: 'exercise', hazard: 'earthquake', title_ja: '架空の訓練', title_en: 'Fictional' },
      ...{ text_ja: '', text_en: '', reason: '試験', event_at: now, opened_by, opened_at: now },
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  situation_id = id
})
after(() => site.close())

const count = async () =>
  Number(
    (
      await site.db
        .selectFrom('notice')
        .select(({ fn }) => fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )
const hour = toCivilInput(new Date(now.getTime() + 3_600_000))
const long = 'あ'.repeat(4001)

for (const [name, field, change] of [
  ['no audience', 'audience', { everyone: '' }],
  ['an audience that nobody belongs to now', 'audience', { everyone: '', institutions: 'NOBODY-1' }],
  ['a deadline in the past', 'answer_by', { answer_by: '2027-01-15T11:59' }],
  ['a deadline that is none', 'answer_by', { answer_by: 'tomorrow' }],
  ['a deadline in a year', 'answer_by', { answer_by: '2028-01-15T12:00' }],
  ['no subject', 'subject_ja', { subject_ja: '\r\n\t' }],
  ['a subject that is too long', 'subject_en', { subject_en: 'x'.repeat(101) }],
  ['a text that is too long', 'text_ja', { text_ja: long }],
  ['one choice only', 'choices_ja', { answer_wanted: 'choice', choices_ja: 'はい', choices_en: 'Yes' }],
  [
    'ten choices',
    'choices_ja',
    { answer_wanted: 'choice', choices_ja: '1\n2\n3\n4\n5\n6\n7\n8\n9\n10', choices_en: '' },
  ],
  [
    'choices in one language only',
    'choices_en',
    { answer_wanted: 'choice', choices_ja: 'はい\nいいえ', choices_en: 'Yes' },
  ],
  ['no mode and no situation', 'belongs_to', { belongs_to: '' }],
  ['a situation that is not there', 'belongs_to', { belongs_to: crypto.randomUUID() }],
  ['a request to report without a situation', 'belongs_to', { kind: 'report_request', answer_by: hour }],
  ['a request to report without a deadline', 'answer_by', { kind: 'report_request' }],
  ['a repeat every second', 'repeat_minutes', { kind: 'report_request', answer_by: hour, repeat_minutes: '0.02' }],
  ['no official notice to pass on', 'official_notice_id', { kind: 'official' }],
  [
    'an official notice that is not there',
    'official_notice_id',
    { kind: 'official', official_notice_id: crypto.randomUUID() },
  ],
  ['a blank of a template', 'blank:震度', { text_ja: '震度は{{ 震度 }}です。' }],
] as [string, string, Record<string, string>][])
  test(`a draft with ${name} comes back with the person's words and a link to the field`, async () => {
    const before = await count()
    const answer = await writeNotice(author, noticeForm({ text_en: 'My <own> words', ...change }))
    const page = await answer.text()
    assert.equal(answer.status, 422)
    assert.ok(
      page.includes(`<a href="#${field}">`),
      page.slice(page.indexOf('error-summary'), page.indexOf('error-summary') + 600),
    )
    assert.match(page, /My &lt;own&gt; words/)
    assert.equal(await count(), before)
  })

test('what is wrong is listed in the order in which the page asks', async () => {
  const wrong = { belongs_to: '', severity: '', everyone: '', subject_ja: '', text_ja: '', subject_en: '', label: 'x' }
  const page = await (await writeNotice(author, noticeForm(wrong))).text()
  const [, listed = ''] = /<ul class="dads-error-summary__list">(.*?)<\/ul>/s.exec(page) ?? []
  assert.deepEqual(
    [...listed.matchAll(/href="#([^"]+)"/g)].map(([, name]) => name),
    ['belongs_to', 'severity', 'audience', 'subject_ja', 'text_ja', 'subject_en', 'label'],
  )
  for (const name of ['belongs_to', 'severity', 'audience', 'subject_ja', 'label'])
    assert.ok(page.includes(` id="${name}"`), name)
  // What is wrong is never folded away.
  assert.match(page, /<details class="dads-disclosure" open="" id="sharing">/)
})

test('line ends and marks that nobody sees never reach a header or turn the words around them', async () => {
  const path = await written(
    await writeNotice(
      author,
      noticeForm({
        subject_ja: '再開\r\nBcc: all@evil.example\u202e\u0001link\u0001',
        text_ja: '一行目\r\n\u0001link\u0001二行目\u200b',
      }),
    ),
  )
  const { subject_ja, text_ja } = await site.db
    .selectFrom('notice')
    .where('id', '=', path.split('/')[2] ?? '')
    .selectAll()
    .executeTakeFirstOrThrow()
  assert.equal(subject_ja, '再開 Bcc: all@evil.example link')
  assert.equal(text_ja, '一行目\nlink二行目')
})

test('what is typed is text on every page and in the mail, never markup', async () => {
  const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>'
  const path = await written(
    await writeNotice(author, noticeForm({ subject_ja: evil, text_ja: evil, subject_en: evil, text_en: evil })),
  )
  for (const at of [path, `${path}/check`, `${path}/edit`, `${path}/mail`, '/notices']) {
    const page = await (await author.get(at)).text()
    assert.doesNotMatch(page, /<script>alert|<img src=x/, at)
  }
  const mail = await author.get(`${path}/mail`)
  assert.match(mail.headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/)
})

test('the blanks of a template are fields; what is filled in stands wherever the blank stood', async () => {
  const template = await site.db
    .insertInto('notice_template')
    .values({
      ...{ code: crypto.randomUUID(), version: 1, kind: 'command_centre', severity: 'urgent', label: 'green' },
      ...{ name_ja: '震度の連絡', name_en: 'Intensity', subject_ja: '震度{{震度}}', subject_en: 'Intensity {{震度}}' },
      ...{ text_ja: '震度{{震度}}の地震です。', text_en: 'An earthquake of {{震度}}.', answer_wanted: 'acknowledge' },
      ...{ choices: '[]', answer_minutes: 30, made_by: null, made_at: now },
    })
    .returning('code')
    .executeTakeFirstOrThrow()
  const page = await (await author.get(`/notices/new?template=${template.code}`)).text()
  assert.match(page, /name="blank:震度"/)
  const values = noticeForm({ subject_ja: '震度{{震度}}', text_ja: '震度{{震度}}の地震です。', 'blank:震度': '6弱' })
  const path = await written(await writeNotice(author, values))
  const row = await site.db
    .selectFrom('notice')
    .where('id', '=', path.split('/')[2] ?? '')
    .selectAll()
    .executeTakeFirstOrThrow()
  assert.deepEqual([row.subject_ja, row.text_ja], ['震度6弱', '震度6弱の地震です。'])
  await site.db.updateTable('notice').set({ text_ja: '{{残り}}' }).where('id', '=', row.id).execute()
  const late = await author.post(`${path}/submission`, { version: '1', mode: 'actual' })
  assert.equal(late.status, 409)
  assert.match(await late.text(), /空欄（\{\{…\}\}）が残っています/)
})

test('pressing twice makes one draft, and a draft keeps the mode that it was begun in', async () => {
  const form = noticeForm({ belongs_to: situation_id })
  const answers = await Promise.all([writeNotice(author, form), writeNotice(author, form)])
  const [path = '', other] = await Promise.all(answers.map(written))
  assert.equal(path, other)
  const edit = await (await author.get(`${path}/edit`)).text()
  assert.doesNotMatch(edit, /value="none:actual"/)
  const moved = await writeNotice(author, noticeForm({ belongs_to: 'none:actual', version: '1' }), [], path)
  assert.equal(moved.status, 422)
  assert.match(await moved.text(), /<a href="#belongs_to">/)
  // A second editor is told that the first was faster, and keeps the words.
  assert.equal(
    (await writeNotice(author, noticeForm({ belongs_to: situation_id, version: '1' }), [], path)).status,
    303,
  )
  const slow = await writeNotice(
    author,
    noticeForm({ belongs_to: situation_id, version: '1', text_en: 'Mine' }),
    [],
    path,
  )
  assert.equal(slow.status, 409)
  assert.match(await slow.text(), /Mine/)
})

test('S0-21 the check page says whom, when and over what, and how it looks, as the release will do it', async () => {
  const path = await written(
    await writeNotice(author, noticeForm({ belongs_to: situation_id, everyone: '', institutions: 'SEC-001' })),
  )
  const page = await (await author.get(`${path}/check`)).text()
  assert.match(page, /1機関/)
  assert.match(page, /承認するとすぐ[\s\S]*メール <b>1件<\/b>/)
  // Nobody can be reached by SMS here: the deputies' mails do not wait for it.
  assert.match(page, /5分後[\s\S]*メール/)
  assert.match(page, /電話連絡リスト（1機関を載せる）|電話連絡リスト<span[^>]*>（?1機関を載せる/)
  assert.match(page, /【訓練】【対策本部通知】対策本部を設置しました/)
  assert.match(page, /この通知によって一般に公表されるものはありません/)
  const rows = await site.db.selectFrom('delivery').select('id').execute()
  assert.equal(rows.length, 0)
})

test('an official notice is passed on with issuer, number, date and original, no wider than it came', async () => {
  const registered = await author.post('/official-notices', {
    ...{
      issuer: '架空市場庁',
      reference: '架市第7号',
      issued_on: '2027-01-15',
      title: '期日の取扱い',
      body: '本文です。',
    },
    ...{ label: 'amber', idempotency_key: crypto.randomUUID() },
  })
  const id = registered.headers.get('location')?.split('/')[2] ?? ''
  assert.match(await (await author.get(`/official-notices/${id}`)).text(), /会員へ転送する/)
  const page = await (await author.get(`/notices/new?kind=official&official=${id}`)).text()
  assert.match(page, /架市第7号[\s\S]*本文です。/)
  const form = noticeForm({ kind: 'official', official_notice_id: id })
  const wide = await writeNotice(author, form)
  assert.equal(wide.status, 422)
  assert.match(await wide.text(), /<a href="#label">/)
  const drilled = await writeNotice(author, { ...form, label: 'amber', belongs_to: 'none:exercise' })
  assert.equal(drilled.status, 422)
  const path = await written(await writeNotice(author, { ...form, label: 'amber' }))
  const check = await (await author.get(`${path}/check`)).text()
  const [, file = ''] = new RegExp(`href="(${path}/attachments/[^"]+)">期日の取扱い.txt`).exec(check) ?? []
  const text = await (await author.get(file)).text()
  assert.match(text, /架空市場庁\r\n架市第7号\r\n2027-01-15\r\n期日の取扱い\r\n\r\n本文です。/)
})
