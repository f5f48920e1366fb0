import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readPerson } from '#access/sign-in/index.ts'
import { noticeForm, release, writeNotice, written } from '#tests/kit/notice.ts'
import { recipientsOf } from '#tests/kit/replies.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
let author: Client
let approver: Client
let firm: Client
before(async () => {
  site = await testSite()
  author = await site.as('secretariat')
  approver = await site.as('secretariat_approver')
  firm = await site.signIn('bcp@sokyu.example')
})
after(() => site.close())

const to = (code: string, change: Record<string, string> = {}) =>
  writeNotice(author, noticeForm({ everyone: '', institutions: code, ...change })).then(written)

/** Where those find a notice who do not look at the whole market. */
const inInbox = (path: string) => path.replace('/notices/', '/inbox/')

test('S0-30 a member sees nothing of drafts, nor of what was not sent to them', async () => {
  const draft = await to('SEC-001')
  const others = await to('SEC-002')
  await release(others, { author, releaser: approver })
  for (const path of [draft, others]) {
    assert.equal((await firm.get(inInbox(path))).status, 404)
    for (const page of ['check', 'edit', 'mail']) assert.ok((await firm.get(`${path}/${page}`)).status >= 403)
  }
  assert.equal((await firm.get('/notices')).status, 403)
  const { id } = await site.db
    .selectFrom('person')
    .where('email', '=', 'bcp@sokyu.example')
    .select('id')
    .executeTakeFirstOrThrow()
  const theirs = site.tools.dbOf((await readPerson(site.db, id)) ?? null, true)
  const seen = await theirs.selectFrom('notice').select('id').execute()
  assert.deepEqual(seen, [])
})

test('S0-30 red and drafts are for the desk: an authority sees what else is out', async () => {
  const authority = await site.as('authority')
  const draft = await to('SEC-001')
  const red = await to('SEC-001', { label: 'red', subject_ja: '赤い通知' })
  await release(red, { author, releaser: approver })
  const green = await to('SEC-001', { subject_ja: '緑の通知' })
  await release(green, { author, releaser: approver })
  assert.equal((await authority.get(draft)).status, 404)
  assert.equal((await authority.get(red)).status, 404)
  assert.equal((await authority.get(green)).status, 200)
  const list = await (await authority.get('/notices')).text()
  assert.match(list, /緑の通知/)
  assert.doesNotMatch(list, /赤い通知|下書き<\/span>/)
  assert.doesNotMatch(await site.main(authority, green), /訂正する|tel:/)
})

test('S0-18 TLP:RED is for whom it was sent to and the desk, as its label says: an auditor reads neither it nor what hangs on it', async () => {
  const attached = [new File(['赤い添付'], '赤.txt', { type: 'text/plain' })]
  const form = noticeForm({
    everyone: '',
    institutions: 'SEC-001',
    label: 'red',
    subject_ja: '赤い知らせ',
    text_ja: '赤い本文',
  })
  const red = await written(await writeNotice(author, form, attached))
  const draft = await to('SEC-001', { label: 'red', subject_ja: '赤い下書き' })
  await release(red, { author, releaser: approver })
  const id = red.split('/')[2] ?? ''
  const file = await site.db
    .selectFrom('notice_attachment')
    .where('notice_id', '=', id)
    .select('id')
    .executeTakeFirstOrThrow()
  const auditor = await site.as('auditor')
  for (const path of [
    red,
    `${red}/answers`,
    `${red}/deliveries`,
    `${red}/attachments/${file.id}`,
    draft,
    `${draft}/check`,
  ]) {
    assert.equal((await auditor.get(path)).status, 404, path)
    assert.notEqual((await approver.get(path)).status, 404, path)
  }
  assert.doesNotMatch(await site.main(auditor, '/notices'), /赤い/)
  assert.match(await site.main(approver, red), /当該機関と事務局だけが読めます[\s\S]*赤い本文|赤い本文/)
  assert.match(await site.main(firm, inInbox(red)), /赤い本文/)
  assert.doesNotMatch(await site.whole(auditor, '/trail'), /赤い/)

  const reader = await site.accountOf('auditor')
  const { institution_id, name_ja } = reader
  const seen = site.tools.dbOf({ id: reader.id, institution_id, name_ja, name_en: null, roles: ['auditor'] }, true)
  for (const [table, column] of [
    ['notice', 'id'],
    ['rendering', 'notice_id'],
    ['notice_attachment', 'notice_id'],
  ] as const)
    assert.deepEqual(
      await seen
        .selectFrom(table)
        .where(column as 'notice_id', '=', id)
        .selectAll()
        .execute(),
      [],
      table,
    )
})

test('S0-21 the sent page counts who has answered, says which way, and whom to call of the others', async () => {
  const path = await written(
    await writeNotice(
      author,
      noticeForm({
        ...{ everyone: '', institutions: 'SEC-001', subject_ja: '集まれますか', answer_wanted: 'choice' },
        ...{ choices_ja: '集まれる\n集まれない', choices_en: 'Yes\nNo' },
      }),
    ),
  )
  await release(path, { author, releaser: approver })
  const before = await (await author.get(path)).text()
  assert.match(before, /1機関のうち0機関が回答しました/)
  assert.match(before, /まだ回答していない機関（1）[\s\S]*href="tel:\+81/)
  // A later change of the directory does not touch whom it was sent to.
  await site.db
    .updateTable('contact')
    .set({ name_ja: '後任 架空' })
    .where('institution_id', '=', ({ selectFrom }) =>
      selectFrom('institution').where('code', '=', 'SEC-001').select('id'),
    )
    .execute()
  assert.doesNotMatch(await site.main(author, path), /後任 架空/)

  assert.equal((await firm.post(`${path}/answer`, { choice: '2', text: '電車が止まっています' })).status, 303)
  const page = await (await author.get(path)).text()
  assert.match(page, /1機関のうち1機関が回答しました/)
  assert.match(page, /集まれない[\s\S]*電車が止まっています[\s\S]*ポータル/)
  assert.match(page, /aria-label="集まれない：1機関のうち1"/)
  assert.match(page, /すべての機関が回答しました/)
})

test('whose document an official notice passes on stands in the portal and behind its link, each under its label', async () => {
  const document = { issuer: '架空市場庁', reference: '架市第7号', issued_on: '2027-01-15' }
  const registered = await author.post('/official-notices', {
    ...{ ...document, title: '期日の取扱い', body: '本文です。', label: 'amber', idempotency_key: crypto.randomUUID() },
  })
  const official_notice_id = registered.headers.get('location')?.split('/')[2] ?? ''
  const path = await to('SEC-001', { kind: 'official', official_notice_id, label: 'amber' })
  await release(path, { author, releaser: approver })
  const [recipient] = await recipientsOf(site, path.split('/')[2] ?? '', 'SEC-001')
  const pages = [await firm.get(inInbox(path)), await author.get(path), await site.nobody.get(`/a/${recipient?.token}`)]
  for (const page of await Promise.all(pages.map((answer) => answer.text())))
    assert.match(
      page,
      />発出元<[^/]*\/dt><dd[^>]*>架空市場庁<[\s\S]*>文書番号<[^/]*\/dt><dd[^>]*>架市第7号<[\s\S]*>発出日<[^/]*\/dt><dd[^>]*>2027年1月15日</,
    )
})
