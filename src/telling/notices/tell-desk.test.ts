import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toCivilInput } from '#ground/html/civil.ts'
import { sendLetters } from '#ground/letters/send-letters.ts'
import { openTransport } from '#ground/mail/transport.ts'
import { testSmtp } from '#tests/kit/mail.ts'
import { hiddenIn, noticeForm, writeNotice, written } from '#tests/kit/notice.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
let author: Client
let approver: Client
const mails = { author: '', approver: '' }
const now = new Date('2027-01-15T03:00:00Z')
before(async () => {
  site = await testSite({ clock: () => now, origin: 'https://bcp.market.example' })
  mails.author = (await site.accountOf('secretariat')).email
  mails.approver = (await site.accountOf('secretariat_approver')).email
  author = await site.signIn(mails.author)
  approver = await site.signIn(mails.approver)
})
after(() => site.close())

const draft = async (change: Record<string, string> = {}) =>
  written(await writeNotice(author, noticeForm({ institutions: 'SEC-001', everyone: '', ...change })))
const submit = async (path: string, by = author) => {
  const fields = hiddenIn(await (await by.get(`${path}/check`)).text(), `${path}/submission`)
  return Promise.all([1, 2].map(() => by.post(`${path}/submission`, fields)))
}
/** Hands over what is in the post; gives what arrived, by address. */
async function arriving() {
  const smtp = await testSmtp()
  const transport = openTransport({ smtp_url: smtp.url, mail_from: 'noroshi@market.example' })
  await sendLetters(site.tools, transport, {}).finally(() => transport.close())
  const read = await smtp.read()
  await smtp.close()
  return new Map(
    read.map((mail) => [mail.to?.[0]?.address ?? '', { subject: mail.subject ?? '', text: mail.text ?? '' }]),
  )
}

test('N-8 everyone who can be the second person is written to when a notice is put forward, once, with the link', async () => {
  const path = await draft({ answer_by: toCivilInput(new Date('2027-01-15T05:00:00Z')) })
  for (const { status } of await submit(path)) assert.equal(status, 303, 'pressing twice is no error')
  const letters = await site.db.selectFrom('letter').where('about', '=', path).select(['address', 'purpose']).execute()
  assert.equal(letters.length, new Set(letters.map(({ address }) => address)).size, 'pressing twice writes once')
  const arrived = await arriving()
  assert.equal(arrived.has(mails.author), false, 'who wrote it need not be told')
  const mail = arrived.get(mails.approver) ?? assert.fail('the approver was not written to')
  assert.equal(mail.subject, '【承認待ち】対策本部を設置しました / To be released: The command centre is at work')
  assert.match(
    mail.text,
    /件名：対策本部を設置しました\n種類：対策本部通知\n重要度：緊急\n区分：実災害\n回答期限：1月15日（金） 14:00 JST/,
  )
  assert.match(mail.text, /承認されるまで、だれにも送られません/)
  assert.ok(mail.text.includes(`https://bcp.market.example${path}`))
  assert.match(mail.text, /TLP:AMBER\+STRICT/)
  assert.doesNotMatch(mail.text, /各機関は状況を確認してください/, 'the text itself stays in the portal')
  const page = await (await approver.get(path)).text()
  const released = await approver.post(`${path}/release`, hiddenIn(page, `${path}/release`))
  assert.equal(released.status, 303, 'the link leads to where it is released')
})

test('S0-28 of an exercise the mail says so in both languages, at its head and in its subject', async () => {
  await submit(await draft({ belongs_to: 'none:exercise' }))
  const mail = (await arriving()).get(mails.approver) ?? assert.fail()
  assert.match(mail.subject, /^【訓練】【承認待ち】対策本部を設置しました \/ \[EXERCISE\] To be released/)
  assert.match(mail.text, /これは訓練です。実際の災害ではありません。[\s\S]*This is an exercise\./)
})

test('of a red notice the mail carries neither subject nor reason', async () => {
  const path = await draft({ label: 'red', subject_ja: '極秘の件名', subject_en: 'Most secret' })
  await submit(path)
  const asked = (await arriving()).get(mails.approver) ?? assert.fail()
  assert.doesNotMatch(`${asked.subject} ${asked.text}`, /極秘|secret/)
  assert.match(asked.subject, /【承認待ち】対策本部通知/)
  const fields = hiddenIn(await (await approver.get(path)).text(), `${path}/return`)
  await approver.post(`${path}/return`, { ...fields, return_reason: '極秘の理由' })
  const returned = (await arriving()).get(mails.author) ?? assert.fail()
  assert.doesNotMatch(`${returned.subject} ${returned.text}`, /極秘|secret/)

  await submit(path)
  await arriving()
  const seen = hiddenIn(await (await author.get(path)).text(), `${path}/release`)
  const override_reason = '承認者全員に電話したが、だれも出なかったため'
  assert.equal((await author.post(`${path}/release`, { ...seen, override_reason })).status, 303)
  const warned = (await arriving()).get(mails.approver) ?? assert.fail()
  assert.match(warned.text, /だれも出なかったため/)
  assert.doesNotMatch(`${warned.subject} ${warned.text}`, /極秘|secret/)
})

test('N-8 the author hears why a notice was sent back, and that another dropped it; of their own acts they are not told', async () => {
  const path = await draft()
  await submit(path)
  await arriving()
  const fields = hiddenIn(await (await approver.get(path)).text(), `${path}/return`)
  assert.equal((await approver.post(`${path}/return`, { ...fields, return_reason: '宛先が違います' })).status, 303)
  const returned = await arriving()
  assert.deepEqual([...returned.keys()], [mails.author])
  const mail = returned.get(mails.author) ?? assert.fail()
  assert.match(mail.subject, /^【差し戻し】対策本部を設置しました \/ Sent back: /)
  assert.match(mail.text, /理由：宛先が違います/)
  assert.ok(mail.text.includes(`https://bcp.market.example${path}`))

  const { id } = await site.accountOf('secretariat')
  const { id: other_id } = await site.db
    .insertInto('person')
    .values({
      ...{ name_ja: '架空 次郎', name_en: null, email: 'jiro.kaku@assoc.example' },
      institution_id: (await site.accountOf('secretariat')).institution_id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await site.db
    .updateTable('notice')
    .set({ drafted_by: other_id })
    .where('id', '=', path.split('/')[2] ?? '')
    .execute()
  assert.notEqual(other_id, id)
  const drop = hiddenIn(await (await author.get(path)).text(), `${path}/drop`)
  assert.equal((await author.post(`${path}/drop`, drop)).status, 303)
  const dropped = await arriving()
  assert.deepEqual([...dropped.keys()], ['jiro.kaku@assoc.example'])
  assert.match(dropped.get('jiro.kaku@assoc.example')?.subject ?? '', /^【破棄】/)

  const own = await draft()
  const seen = hiddenIn(await (await author.get(own)).text(), `${own}/drop`)
  assert.equal((await author.post(`${own}/drop`, seen)).status, 303)
  assert.equal((await arriving()).size, 0)
  assert.deepEqual(site.reported, [])
})

test('who put it forward sees first that it waits, that nothing is out, and whom to call', async () => {
  const path = await draft()
  await submit(path)
  const page = await site.read(author, path)
  assert.match(
    page,
    /^(?:(?!承認を依頼しました).){0,300}承認を待っています.{0,60}承認を依頼しました。まだだれにも送られていません/,
  )
  const { name_ja } = await site.accountOf('secretariat_approver')
  const asked = /次の(\d+)人のうち1人が承認すると/.exec(page)?.[1]
  const letters = await site.db.selectFrom('letter').where('about', '=', path).select('address').execute()
  assert.equal(Number(asked), letters.length)
  assert.ok(page.includes(name_ja))
  const titled = await (await author.get(path)).text()
  assert.match(titled, /<h1>承認を待っています<\/h1>/)
  assert.match(titled, /事務局の電話[^<]*<a href="tel:0/)
  assert.match(await (await approver.get(path)).text(), /<h1>通知を承認する<\/h1>/)
})
