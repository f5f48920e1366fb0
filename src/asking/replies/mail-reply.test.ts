import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startMailIntake } from '#asking/mail-intake/index.ts'
import type { NoticeDraft } from '#telling/notices/index.ts'
import {
  answersOfReceipt,
  openDrill,
  ownMessagesOf,
  receiptOf,
  recipientsOf,
  repliesOf,
  sendDue,
  sendTest,
  type Written,
  writeTo,
} from '#tests/kit/replies.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { confirmations_an_hour_max } from './confirm-back.ts'

let site: TestSite
let intake: { close(): Promise<void> }
let now = new Date('2027-01-15T00:00:00Z')
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
const port = 20_000 + Math.floor(Math.random() * 20_000)
before(async () => {
  site = await testSite({ clock: () => now, config: { bounce_port: port } })
  intake = await startMailIntake(site.tools, port, (error) => site.reported.push(error))
})
after(async () => {
  await intake.close()
  await site.close()
})

const situation = () => openDrill(site, now)
const ask = async (code: string, more: Partial<NoticeDraft> = {}) => {
  pass(120)
  const { id, mails } = await sendTest(site, [code], more)
  return { id, mails, people: await recipientsOf(site, id, code) }
}
const request = async (code: string) =>
  ask(code, {
    ...{ kind: 'report_request', answer_wanted: 'report', situation_id: await situation() },
    answer_by: new Date(now.getTime() + 180 * 60_000),
  })
type Person = Awaited<ReturnType<typeof recipientsOf>>[number]
const reply = (person: Person, mail: Partial<Written>) =>
  writeTo(port, { from: person.mail, to: `reply+${person.token}@market.example`, ...mail })
const last = async () => (await repliesOf(site)).at(-1)
const reportOf = async (receipt_id: string) => {
  const answer = (await answersOfReceipt(site, receipt_id)).at(-1)
  return site.db
    .selectFrom('report')
    .where('id', '=', answer?.report_id ?? '')
    .selectAll()
    .executeTakeFirstOrThrow()
}

test('“1” in reply to the mail acknowledges, once however often it comes, and is confirmed back', async () => {
  const { people, mails } = await ask('SEC-001')
  const [first] = people
  assert.equal(mails[0]?.replyTo?.[0]?.address, `reply+${first!.token}@market.example`)
  const mail = {
    text: '１\r\n\r\n2027年1月15日(金) 9:00 Noroshi <noroshi@market.example>:\r\n> 通知\r\n',
    message_id: '<a@x>',
  }
  await Promise.all([reply(first!, mail), reply(first!, mail)])
  await reply(first!, mail)
  assert.equal((await repliesOf(site)).length, 1)
  const [answer, ...more] = await answersOfReceipt(site, first!.receipt_id)
  assert.deepEqual([answer?.via, answer?.recipient_id, answer?.is_first, more.length], ['mail', first!.id, true, 0])
  assert.equal((await receiptOf(site, first!.receipt_id)).closed_how, 'answered')
  const taken = (await site.trailOf('/replies')).filter(({ details }) => details.receipt_id === first!.receipt_id)
  assert.deepEqual([taken[0]?.action, taken[0]?.who, taken.length], ['reply.taken', 'answers', 1])
  const back = await ownMessagesOf(site, first!.receipt_id)
  assert.deepEqual(
    back.map(({ purpose, channel, address }) => [purpose, channel, address]),
    [['reply', 'mail', first!.mail]],
  )
  const [sent] = (await sendDue(site)).filter(({ to }) => to?.[0]?.address === first!.mail)
  assert.match(sent?.subject ?? '', /^【訓練】回答を受け付けました/)
  assert.match(sent?.text ?? '', /「確認しました」として1月15日（金） 11:00 JSTに受け付けました/)
  assert.equal(sent?.headers.find(({ key }) => key === 'auto-submitted')?.value, 'auto-generated')
})

test('“1” files an all-normal report, “2 …” one that is not normal and leaves all else unknown', async () => {
  const normal = await request('SEC-002')
  await reply(normal.people[0]!, { text: '1\n\n-- \n架空証券', message_id: '<b@x>' })
  const good = await reportOf(normal.people[0]!.receipt_id)
  assert.deepEqual([good.via, good.damage_staff, good.bcp, good.reported_by], ['mail', 'none', 'not_activated', null])
  assert.equal(good.recipient_id, normal.people[0]!.id)

  const trouble = await request('SEC-003')
  await reply(trouble.people[0]!, { text: '２　基幹システムが停止\n復旧は未定', message_id: '<c@x>' })
  const bad = await reportOf(trouble.people[0]!.receipt_id)
  assert.deepEqual(
    [bad.text, bad.bcp, bad.command_centre, bad.damage_systems, bad.order_trading],
    ['基幹システムが停止\n復旧は未定', 'unknown', 'unknown', 'unknown', 'unknown'],
  )
  const desk = await site.as('secretariat')
  const page = await (await desk.get(`/reports/${bad.id}`)).text()
  assert.match(page, /メール返信/)
  assert.match(page, /BCP 不明/)
  const again = await (await desk.get(`/situations/${bad.situation_id}/board?view=participants`)).text()
  assert.match(again, /メール返信/)
})

test('their own later word counts, a colleague’s other word waits for the desk', async () => {
  const { people } = await request('SEC-004')
  const [first, second] = people
  await reply(first!, { text: '1', message_id: '<d1@x>' })
  pass(1)
  await reply(first!, { text: '2 停電しました', message_id: '<d2@x>' })
  assert.equal((await reportOf(first!.receipt_id)).text, '停電しました')
  pass(1)
  await reply(second!, { text: '1', message_id: '<d3@x>' })
  assert.equal((await last())?.finding, 'late')
  assert.equal((await reportOf(first!.receipt_id)).text, '停電しました')
  const answers = await answersOfReceipt(site, first!.receipt_id)
  assert.deepEqual(
    answers.map(({ is_first }) => is_first),
    [true, false],
  )
})

for (const [what, mail] of [
  ['ISO-2022-JP', { text: '1 異常なし', encoding: 'iso-2022-jp' }],
  ['HTML alone', { html: '<div>１<br></div><div class="gmail_quote"><blockquote>2 x</blockquote></div>' }],
  ['top posting of Outlook', { text: '1\r\n\r\n-----Original Message-----\r\nFrom: Noroshi\r\n2' }],
  ['a phone’s signature', { text: '1\n\niPhoneから送信' }],
] as const)
  test(`a reply is read as it comes: ${what}`, async () => {
    const { people } = await ask('SEC-005')
    const [first] = people
    const { encoding, ...written } = mail as Partial<Written>
    const header = `From: ${first!.mail}\r\nTo: x@market.example\r\nMessage-ID: <${crypto.randomUUID()}@x>\r\nMIME-Version: 1.0\r\n`
    // 「1 異常なし」 in the code of Japanese mails, in base64.
    const raw = `${header}Content-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: base64\r\n\r\nMSAbJEIwWz5vJEokNxsoQgo=\r\n`
    await reply(first!, encoding ? { raw } : written)
    assert.equal((await last())?.finding, 'taken')
    assert.equal((await receiptOf(site, first!.receipt_id)).closed_how, 'answered')
  })

for (const [what, from, envelope_from] of [
  ['from somebody else', 'attacker@evil.example', 'attacker@evil.example'],
  ['that says it is from them, and is not', null, 'attacker@evil.example'],
  ['that is from them, and says it is not', 'attacker@evil.example', null],
] as const)
  test(`a reply ${what} is kept for the desk, not taken, and nobody is written to`, async () => {
    const { people } = await ask('SEC-006')
    const [first] = people
    await reply(first!, { from: from ?? first!.mail, envelope_from: envelope_from ?? first!.mail, text: '1' })
    const kept = await last()
    assert.deepEqual([kept?.finding, kept?.recipient_id, kept?.text], ['other_sender', first!.id, '1'])
    assert.equal((await site.trailOf('/replies')).at(-1)?.action, 'reply.refused')
    assert.equal((await receiptOf(site, first!.receipt_id)).closed_at, null)
    assert.deepEqual(await ownMessagesOf(site, first!.receipt_id), [])
    const desk = await site.as('secretariat')
    const page = await (await desk.get('/replies')).text()
    assert.match(page, /登録外の差出人/)
    assert.match(page, /attacker@evil\.example/)
  })

for (const [what, mail] of [
  ['a vacation reply', { headers: { 'Auto-Submitted': 'auto-replied' } }],
  ['a bulk mail', { headers: { Precedence: 'auto_reply' } }],
  ['an old program’s vacation reply', { headers: { 'X-Autoreply': 'yes' } }],
  ['our own mail, come round', { headers: { 'X-Noroshi-Mode': 'exercise' } }],
  ['a mail that nobody sent', { envelope_from: '' }],
] as const)
  test(`${what} is never an answer and is never answered`, async () => {
    const { people } = await ask('SEC-007')
    const [first] = people
    await reply(first!, { text: '1', ...mail })
    assert.equal((await last())?.finding, 'automatic')
    assert.equal((await receiptOf(site, first!.receipt_id)).closed_at, null)
    assert.deepEqual(await ownMessagesOf(site, first!.receipt_id), [])
  })

test('words behind more lines than are read, or behind a file, are not passed over', async () => {
  const { people } = await request('SEC-011')
  const [first] = people
  const head = `From: ${first!.mail}\r\nMIME-Version: 1.0\r\n`
  const file = `--b\r\nContent-Type: image/jpeg; name="a.jpg"\r\nContent-Transfer-Encoding: base64\r\n\r\n${`${'A'.repeat(76)}\r\n`.repeat(20_000)}`
  const plain = 'Content-Type: text/plain; charset=utf-8\r\n\r\n'
  for (const raw of [
    `${head}${plain}1\r\n${'\r\n'.repeat(20_000)}画面が真っ白\r\n`,
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${plain}1\r\n${file}--b\r\n${plain}画面が真っ白\r\n--b--\r\n`,
  ]) {
    await reply(first!, { raw })
    assert.deepEqual([(await last())?.finding, (await last())?.text], ['unclear', '1\n［…続きあり］'])
  }
  assert.equal((await receiptOf(site, first!.receipt_id)).closed_at, null)
})

test('what cannot be read is kept, and its writer is told how; nobody is told more than a few times an hour', async () => {
  const { people } = await request('SEC-008')
  const [first] = people
  for (let times = 0; times < confirmations_an_hour_max + 3; times++)
    await reply(first!, { text: `たぶん大丈夫です ${times}`, message_id: `<e${times}@x>` })
  assert.equal((await last())?.finding, 'unclear')
  const back = await ownMessagesOf(site, first!.receipt_id)
  assert.equal(back.length, confirmations_an_hour_max)
  assert.match(back[0]?.subject ?? '', /読み取れませんでした/)
  assert.match(back[0]?.body ?? '', /すべて正常なとき：1/)
  assert.equal((await receiptOf(site, first!.receipt_id)).closed_at, null)
  await reply(first!, { text: '2', message_id: '<e@x>' })
  assert.equal((await last())?.finding, 'unclear')
})

test('after a week, or once the notice is replaced, a reply is kept and told that it is too late', async () => {
  const { people } = await ask('SEC-009')
  const [first] = people
  pass(8 * 1440)
  await reply(first!, { text: '1', message_id: '<f@x>' })
  assert.equal((await last())?.finding, 'over')
  assert.deepEqual(await answersOfReceipt(site, first!.receipt_id), [])
  assert.match((await ownMessagesOf(site, first!.receipt_id))[0]?.subject ?? '', /回答の受付は終わりました/)
})

test('the desk takes by hand what the program could not, for the institution and marked so; twice is once', async () => {
  const { people } = await request('SEC-010')
  const [first] = people
  await reply(first!, { text: '支店が停電しています', message_id: '<g@x>' })
  const kept = await last()
  const desk = await site.as('secretariat')
  const presses = await Promise.all([1, 2].map(() => desk.post(`/replies/${kept!.id}/settlement`, { as: 'text' })))
  assert.deepEqual(presses.map(({ headers }) => headers.get('location')).sort(), [
    '/replies?told=done',
    '/replies?told=settled',
  ])
  const report = await reportOf(first!.receipt_id)
  assert.deepEqual([report.text, report.is_on_behalf, report.via], ['支店が停電しています', true, 'mail'])
  const [answer, ...more] = await answersOfReceipt(site, first!.receipt_id)
  assert.deepEqual([answer?.is_on_behalf, more.length], [true, 0])
  assert.match(await (await desk.get('/replies?show=others')).text(), /事務局が回答として記録/)

  pass(1)
  await reply(first!, { text: '?', message_id: '<h@x>' })
  const other = await last()
  await desk.post(`/replies/${other!.id}/settlement`, { as: 'set_aside' })
  assert.equal((await last())?.settled_how, 'set_aside')
  for (const as of ['choice-1', 'x', '']) {
    const wrong = await desk.post(`/replies/${other!.id}/settlement`, { as })
    assert.match(wrong.headers.get('location') ?? '', /told=(settled|not_wanted)/)
  }
  assert.deepEqual(site.reported, [])
})
