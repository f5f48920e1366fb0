import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { file_bytes_max } from '#ground/files/judge-file.ts'
import { noticeForm, release, writeNotice, written } from '#tests/kit/notice.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
let author: Client
before(async () => {
  site = await testSite()
  author = await site.as('secretariat')
})
after(() => site.close())

const pdf = Buffer.from('%PDF-1.7 架空')

test('files are kept while the rest of the form is corrected, and reach those whom the notice reached', async () => {
  const file = new File([pdf], '状況.pdf', { type: 'text/html' })
  const wrong = await writeNotice(author, noticeForm({ subject_ja: '' }), [file, new File(['MZ'], 'x.exe')])
  const page = await wrong.text()
  assert.equal(wrong.status, 422)
  assert.match(page, /x\.exe：添付できる種類ではありません/)
  const [, upload_id = ''] = /name="upload_ids"[^>]*value="([^"]+)"/.exec(page) ?? []
  assert.match(page, /状況\.pdf/)

  const again = noticeForm({
    upload_ids: upload_id,
    belongs_to: 'none:exercise',
    everyone: '',
    institutions: 'SEC-001',
  })
  const path = await written(await writeNotice(author, again))
  const check = await (await author.get(`${path}/check`)).text()
  const [, href = ''] = new RegExp(`href="(${path}/attachments/[^"]+)">状況.pdf`).exec(check) ?? []
  await release(path, { author, releaser: author })
  const firm = await site.signIn('bcp@sokyu.example')
  const got = await firm.get(href)
  assert.equal(got.status, 200)
  assert.equal(got.headers.get('content-type'), 'application/pdf')
  assert.match(
    got.headers.get('content-disposition') ?? '',
    /^attachment; filename="_[^"]*"; filename\*=UTF-8''%E7%8A%B6/,
  )
  assert.equal(got.headers.get('x-content-type-options'), 'nosniff')
  assert.deepEqual(Buffer.from(await got.arrayBuffer()), pdf)
  // It was sent to one: another firm is not told that there is such a file.
  assert.equal((await (await site.signIn('bcp@soten.example')).get(href)).status, 404)
  // What was released keeps its files: the database removes none, whoever asks.
  const { id, name_ja, name_en, institution_id } = await site.accountOf('secretariat')
  const desk = { id, name_ja, name_en, institution_id, roles: ['secretariat'] as const }
  await site.tools
    .dbOf(desk, false)
    .deleteFrom('notice_attachment')
    .where('id', '=', href.split('/')[4] ?? '')
    .execute()
  assert.equal((await firm.get(href)).status, 200)
})

test('a sixth file, and one over the limit, come back with everything else', async () => {
  const files = Array.from({ length: 6 }, (_, index) => new File([pdf], `${index}.pdf`))
  const many = await writeNotice(author, noticeForm(), files)
  assert.equal(many.status, 422)
  const page = await many.text()
  assert.match(page, /5\.pdf：添付は5個までです/)
  assert.equal(page.match(/name="upload_ids"/g)?.length, 5)
  const large = await writeNotice(author, noticeForm(), [new File([Buffer.alloc(file_bytes_max + 1)], 'x.pdf')])
  assert.equal(large.status, 422)
  assert.match(await large.text(), /x\.pdf：5MBを超えています/)
  const huge = await writeNotice(author, noticeForm(), [new File([Buffer.alloc(27 * 1024 * 1024)], 'x.pdf')])
  assert.equal(huge.status, 413)
})
