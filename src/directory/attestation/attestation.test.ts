import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { readPerson } from '#access/sign-in/index.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { careForAttestation, remindNow } from './remind.ts'

let site: TestSite
let desk: TestSite['nobody']
let firm: TestSite['nobody']
let exchange: TestSite['nobody']
let path: string

const day_ms = 86_400_000
const answer_by = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 14 * day_ms)
const form = (change: Record<string, string> = {}) => ({
  answer_by: toCivilInput(answer_by),
  text_ja: '連絡先を確かめてください。',
  text_en: 'Please check your contacts.',
  idempotency_key: randomUUID(),
  ...change,
})
const text = async (answer: Response | Promise<Response>) => (await answer).text()
const letters = () => site.db.selectFrom('letter').where('purpose', '=', 'attestation').selectAll().execute()
const actions = async () => (await site.trail()).map(({ action }) => action).filter((each) => /^attest/.test(each))
const careAt = (at: Date) => careForAttestation({ ...site.tools, clock: () => at })
const seenIn = (page: string) => /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? ''
const idOf = async (code: string) =>
  (await site.db.selectFrom('institution').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id

before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
  firm = await site.signIn('bcp@sokyu.example')
  exchange = await site.signIn('bcp@soten.example')
})
after(() => site.close())

test('N-10 what is wrong with the request is said, and the words stay', async () => {
  const answer = await desk.post('/attestations/check', form({ text_ja: '', answer_by: '2020-01-01T00:00' }))
  assert.equal(answer.status, 422)
  const page = await answer.text()
  assert.match(page, /依頼文（日本語）を2,000文字以内で入力してください/)
  assert.match(page, /回答期限が過ぎています/)
  assert.match(page, /Please check your contacts\./)
})

test('N-10 before anything is sent the page says who is asked and who cannot be reached', async () => {
  await site.db
    .updateTable('contact_address')
    .set({ quarantined_at: new Date(), quarantine_reason: '550' })
    .where('institution_id', '=', await idOf('SEC-002'))
    .where('means', '=', 'mail')
    .execute()
  const page = await text(desk.post('/attestations/check', form()))
  assert.match(page, /全60機関の担当者118人/)
  assert.match(page, /メールの届く担当者がいない1機関/)
  assert.match(page, /登録内容の確認のお願い/)
  assert.equal((await letters()).length, 0)
})

test('N-10 a start asks every institution and writes to each contact, once however often it is pressed', async () => {
  const pressed = form()
  const [first, second] = await Promise.all([desk.post('/attestations', pressed), desk.post('/attestations', pressed)])
  path = first.headers.get('location') ?? ''
  assert.match(path, /^\/attestations\/[0-9a-f-]{36}$/)
  assert.equal(second.headers.get('location'), path)
  assert.equal((await letters()).length, 118)
  const [letter] = await letters()
  assert.match(letter?.body ?? '', new RegExp(`http://localhost${path}/answer`))
  assert.deepEqual(await actions(), ['attestation.started'])
  const other = await desk.post('/attestations', form())
  assert.equal(other.status, 409)
  assert.match(await other.text(), /登録内容の確認を受付中です/)
})

test('N-10 the home pages say it: to an institution that it is asked, to the secretariat how far it is', async () => {
  assert.match(await text(firm.get('/home')), /登録内容の確認が求められています/)
  assert.match(await text(desk.get('/home')), /60機関のうち0機関が回答しました/)
})

test('N-10 an institution sees its whole entry, and one press confirms it', async () => {
  const page = await text(firm.get(`${path}/answer`))
  assert.match(page, /蒼穹証券/)
  assert.match(page, /bcp@sokyu\.example/)
  assert.match(page, /03-0000-/)
  assert.match(page, /架空町/)
  const seen = seenIn(page)
  const answers = await Promise.all([firm.post(`${path}/answer`, { seen }), firm.post(`${path}/answer`, { seen })])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 303],
  )
  assert.deepEqual(await actions(), ['attestation.started', 'attestation.answered'])
  const contacts = await site.db
    .selectFrom('contact')
    .where('institution_id', '=', await idOf('SEC-001'))
    .select(['confirmed_at', 'confirmed_by'])
    .execute()
  assert.ok(contacts.length > 0 && contacts.every((one) => one.confirmed_at && one.confirmed_by))
  assert.match(await text(firm.get(`${path}/answer`)), /回答を受け付けました/)
  assert.doesNotMatch(await site.main(firm, '/home'), /登録内容の確認が求められています/)
})

test('N-10 what changed while it was looked at is shown again, and counts as corrected', async () => {
  const seen = seenIn(await text(exchange.get(`${path}/answer`)))
  await site.db
    .updateTable('contact')
    .set({ title: '部長', changed_at: new Date(Date.now() + 1000) })
    .where('institution_id', '=', await idOf('EXC-1'))
    .where('rank', '=', 1)
    .execute()
  const again = await exchange.post(`${path}/answer`, { seen })
  assert.equal(again.status, 409)
  const page = await again.text()
  assert.match(page, /もう一度確かめてください/)
  assert.equal((await exchange.post(`${path}/answer`, { seen: seenIn(page) })).status, 303)
  assert.match(await text(exchange.get(`${path}/answer`)), /直して確認/)
})

test('N-10 the secretariat sees who is missing, infrastructure first', async () => {
  const page = await text(desk.get(path))
  assert.match(page, /まだ回答していない機関（58）/)
  const missing = [...page.matchAll(/<th scope="row"[^>]*><a href="\/institutions\/[^"]*">([^<]+)</g)].map((m) => m[1])
  assert.equal(missing.length, 58)
  const infrastructure = await site.db
    .selectFrom('institution')
    .where('is_infrastructure', '=', true)
    .select('name_ja')
    .execute()
  // The exchange among them has answered.
  const first = missing.slice(0, infrastructure.length - 1)
  assert.ok(
    first.every((name) => infrastructure.some((one) => one.name_ja === name)),
    String(first),
  )
  assert.match(page, /直して確認した機関/)
})

test('N-10 those who have not answered are reminded on time, each step once, whatever restarts', async () => {
  const before = (await letters()).length
  await careAt(new Date(answer_by.getTime() - 8 * day_ms))
  assert.equal((await letters()).length, before)
  const week = new Date(answer_by.getTime() - 7 * day_ms)
  await Promise.all([careAt(week), careAt(week), careAt(week)])
  await careAt(new Date(week.getTime() + 600_000))
  // Two have answered, one has no address that takes mails.
  const sent = (await letters()).slice(before)
  assert.equal((await letters()).length, before + 2 * (60 - 3))
  assert.ok(sent.every(({ address }) => !/sokyu|soten/.test(address)))
  await careAt(new Date(answer_by.getTime() - day_ms))
  await careAt(new Date(answer_by.getTime() + 2 * day_ms))
  await careAt(new Date(answer_by.getTime() + 3 * day_ms))
  assert.equal((await letters()).length, before + 3 * 2 * (60 - 3))
  assert.deepEqual((await actions()).slice(3), Array(3).fill('attestation.reminded'))
})

test('N-10 the secretariat reminds by hand; a second press sends nothing more', async () => {
  const before = (await letters()).length
  // The letters before lie in the future of the site's own clock.
  const later = { ...site.tools, clock: () => new Date(answer_by.getTime() + 4 * day_ms) }
  const { id } = await site.accountOf('secretariat')
  const by = (await readPerson(site.db, id))!
  await remindNow(later, by, path.split('/')[2]!)
  await remindNow(later, by, path.split('/')[2]!)
  assert.equal((await letters()).length, before + 2 * (60 - 3))
})

test('N-10 it closes by itself once the date has passed and all have answered, and not before', async () => {
  await careAt(new Date(answer_by.getTime() + 5 * day_ms))
  const open = () => site.db.selectFrom('attestation').select('closed_at').executeTakeFirstOrThrow()
  assert.equal((await open()).closed_at, null)
  const { id } = await site.accountOf('secretariat')
  await site.db
    .updateTable('attestation_asked')
    .set({ answer: 'confirmed', answered_by: id, answered_at: new Date() })
    .where('answer', 'is', null)
    .execute()
  await careAt(new Date(answer_by.getTime() - 1000))
  assert.equal((await open()).closed_at, null)
  await careAt(new Date(answer_by.getTime() + 6 * day_ms))
  assert.ok((await open()).closed_at)
  assert.equal((await actions()).at(-1), 'attestation.closed')
  assert.match(await text(desk.get(path)), /すべての機関が回答しました/)
})

test('N-10 closed by hand, nobody can answer any more', async () => {
  const started = await desk.post('/attestations', form())
  const second = started.headers.get('location') ?? ''
  const seen = seenIn(await text(firm.get(`${second}/answer`)))
  assert.equal((await desk.post(`${second}/closing`)).status, 303)
  assert.equal((await desk.post(`${second}/closing`)).status, 303)
  const late = await firm.post(`${second}/answer`, { seen })
  assert.equal(late.status, 409)
  assert.match(await late.text(), /この確認は終了しています/)
  assert.equal((await actions()).filter((each) => each === 'attestation.closed').length, 2)
  const list = await text(desk.get('/attestations'))
  assert.match(list, /60 \/ 60機関/)
  assert.match(await text(firm.get('/attestations')), /間違いなしと確認/)
  assert.deepEqual(site.reported, [])
})

test('N-10 who has answered is hidden from other institutions by the database itself', async () => {
  const account = await site.db
    .selectFrom('person')
    .where('email', '=', 'bcp@sokyu.example')
    .select('id')
    .executeTakeFirst()
  const person = (await readPerson(site.db, account!.id))!
  const rows = await site.tools.dbOf(person, true).selectFrom('attestation_asked').selectAll().execute()
  assert.deepEqual([...new Set(rows.map((row) => row.institution_id))], [person.institution_id])
  assert.equal((await site.tools.dbOf(person, true).selectFrom('attestation_letters').selectAll().execute()).length, 0)
})
