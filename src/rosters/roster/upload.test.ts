import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']
let site: TestSite
let desk: Client

before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
})
after(() => site.close())

const sameOrigin = { 'sec-fetch-site': 'same-origin' }
async function upload(content: string | Uint8Array<ArrayBuffer>, complete = false, client = desk) {
  const form = new FormData()
  form.set('roster', new File([content], '名簿.csv'))
  if (complete) form.set('is_complete', 'yes')
  const answer = await client.send('POST', '/roster/import', form, sameOrigin)
  return { status: answer.status, at: answer.headers.get('location') ?? '', page: await answer.text() }
}
async function preview(at: string) {
  const page = await (await desk.get(at)).text()
  return { page, seen: /name="seen" value="([^"]*)"/.exec(page)?.[1] ?? '' }
}
const press = (at: string, form: Record<string, string>) => desk.post(at, form)
const has = (page: string, ...words: RegExp[]) => {
  for (const word of words) assert.ok(word.test(page), `${word} is not on the page`)
}
const state = async () => ({
  institutions: await site.db.selectFrom('institution').selectAll().orderBy('code').execute(),
  contacts: await site.db.selectFrom('contact').selectAll().orderBy('id').execute(),
  addresses: await site.db.selectFrom('contact_address').selectAll().orderBy('id').execute(),
})
const imports = async () => (await site.trail()).filter(({ action }) => action === 'roster.imported').length
const contactOf = (mail: string) =>
  site.db
    .selectFrom('contact_address')
    .innerJoin('contact', 'contact.id', 'contact_address.contact_id')
    .where('contact_address.address', '=', mail)
    .where('contact_address.removed_at', 'is', null)
    .selectAll('contact')
    .executeTakeFirstOrThrow()
const waysOf = (contact_id: string) =>
  site.db
    .selectFrom('contact_address')
    .where('contact_id', '=', contact_id)
    .where('removed_at', 'is', null)
    .selectAll()
    .orderBy('rank')
    .execute()
const head = '機関コード,順番,氏名,メール,携帯電話,連絡元\n'

test('an upload shows what it would change, and one press does exactly that', async () => {
  const before = await state()
  const known = await contactOf('bcp@sokyu.example')
  const [mail] = await waysOf(known.id)
  const verified_at = new Date('2026-01-02T03:04:05Z')
  await site.db.updateTable('contact_address').set({ verified_at }).where('id', '=', mail!.id).execute()

  const sent = await upload(
    `${head}SEC-001,1,${known.name_ja},bcp@sokyu.example,090-0000-0000,\nSEC-001,3,新任 なお,third@sokyu.example,,1\n`,
  )
  assert.equal(sent.status, 303)
  const { page, seen } = await preview(sent.at)
  has(page, /変わるもの \(1\)/, /携帯電話.*090-0000-0000/s, /加わるもの \(1\)/, /新任 なお/, /TLP:AMBER/)
  assert.deepEqual((await state()).contacts, before.contacts)
  assert.equal(await imports(), 0)

  const done = await press(sent.at, { seen })
  assert.deepEqual([done.status, done.headers.get('location')], [303, '/roster/import/result'])
  has(await (await desk.get('/roster/import/result')).text(), /名簿を取り込みました/)
  const after = await contactOf('bcp@sokyu.example')
  assert.equal(after.id, known.id)
  const ways = await waysOf(known.id)
  // The column for phones was not there, so the phone stays; the mail keeps that it was verified.
  assert.deepEqual(
    ways.map(({ means, address }) => [means, address]),
    [
      ['mail', 'bcp@sokyu.example'],
      ['phone', ways[1]!.address],
      ['mobile', '+819000000000'],
    ],
  )
  assert.deepEqual([ways[0]!.id, ways[0]!.verified_at], [mail!.id, verified_at])
  assert.equal((await contactOf('third@sokyu.example')).called_by, known.id)

  const again = await press(sent.at, { seen })
  assert.equal(again.status, 303)
  assert.equal(await imports(), 1)
  const { rows } = { rows: await site.db.selectFrom('roster_upload').selectAll().execute() }
  assert.deepEqual(
    rows.map(({ content }) => content),
    [null],
  )
  assert.doesNotMatch(JSON.stringify((await site.trail()).at(-1)?.details), /sokyu\.example|9000000|新任/)
})

test('a preview that is out of date applies nothing and is shown anew', async () => {
  const sent = await upload(`${head}SEC-002,3,補欠 ひとり,extra@ginkan.example,,\n`)
  const { seen } = await preview(sent.at)
  const { id } = await contactOf('third@sokyu.example')
  await site.db.updateTable('contact').set({ rank: 4 }).where('id', '=', id).execute()
  const fine = await press(sent.at, { seen })
  assert.equal(fine.status, 303, 'what does not touch the preview does not matter')

  const next = await upload(`${head}SEC-002,4,補欠 ひとり,extra@ginkan.example,,\n`)
  const old = await preview(next.at)
  await site.db
    .updateTable('contact')
    .set({ name_ja: '補欠 ふたり' })
    .where('id', '=', (await contactOf('extra@ginkan.example')).id)
    .execute()
  const before = await state()
  const answer = await press(next.at, { seen: old.seen })
  assert.equal(answer.status, 409)
  has(await answer.text(), /確かめている間に登録内容が変わりました/, /補欠 ふたり/)
  assert.deepEqual(await state(), before)
  assert.equal((await press(next.at, { seen: 'x' })).status, 409)
})

test('only who uploaded a roster sees and applies it', async () => {
  const sent = await upload(`${head}SEC-003,3,補欠 みつ,extra3@x.example,,\n`)
  const deputy = await site.signIn('desk-deputy@assoc.example')
  assert.equal((await deputy.get(sent.at)).status, 404)
  assert.equal((await deputy.post(sent.at, { seen: 'x' })).status, 404)
  await site.db
    .updateTable('roster_upload')
    .set({ uploaded_at: new Date('2020-01-01') })
    .execute()
  await upload(`${head}SEC-003,3,補欠 みつ,extra3@x.example,,\n`, false, deputy)
  assert.equal((await desk.get(sent.at)).status, 404, 'what is a day old is thrown away')
})

test('an address that looks like another’s is applied only when somebody has looked', async () => {
  const sent = await upload(`${head}SEC-004,3,似姿 あい,bcp@s0kyu.example,,\n`)
  const { page, seen } = await preview(sent.at)
  has(page, /見まちがえやすいアドレス.*bcp@sokyu\.example/s, /name="warnings"/)
  const refused = await press(sent.at, { seen })
  assert.equal(refused.status, 422)
  has(await refused.text(), /href="#warnings"/)
  assert.equal((await press(sent.at, { seen, warnings: 'yes' })).status, 303)
  await contactOf('bcp@s0kyu.example')
})

test('many who leave are counted by the person, most of the directory twice', async () => {
  const before = await state()
  const sent = await upload(`${head}SEC-001,1,だれか,bcp@sokyu.example,,\n`, true)
  const { page, seen } = await preview(sent.at)
  const count = /いなくなる件数（(\d+)）/.exec(page)?.[1] ?? ''
  assert.ok(Number(count) > 100)
  has(page, /半分を超える登録がなくなります/, new RegExp(`件中 ${count} 件`))
  for (const leaving of ['', '1', `${Number(count) + 1}`]) {
    const answer = await press(sent.at, { seen, leaving })
    assert.equal(answer.status, 422)
    has(await answer.text(), /href="#leaving"/)
  }
  const first = await press(sent.at, { seen, leaving: count })
  assert.equal(first.status, 422)
  has(await first.text(), /name="again" value="yes"/, /なくなることを承知で取り込む/)
  assert.deepEqual(await state(), before)
  assert.equal((await press(sent.at, { seen, leaving: count, again: 'yes' })).status, 303)
  const left = (await state()).contacts.filter(({ removed_at }) => removed_at === null)
  assert.deepEqual(
    left.map(({ name_ja }) => name_ja),
    ['だれか'],
  )
  assert.ok(
    (await state()).institutions.every(({ active_to }) => active_to === null),
    'the file has no institutions',
  )
})

test('institutions that are not in a complete roster take part until today', async () => {
  const rows = await site.db.selectFrom('institution').select(['code', 'kind', 'name_ja', 'name_en']).execute()
  const line = ({ code, kind, name_ja, name_en }: (typeof rows)[number]) =>
    `${code},${kind},${name_ja},${name_en},bonds,funds,架空町1,350\n`
  const header = 'code,kind,name_ja,name_en,markets,functions,head_office_address,head_office_area\n'
  const sent = await upload(
    header +
      rows
        .filter(({ code }) => code !== 'SEC-040')
        .map(line)
        .join(''),
    true,
  )
  const { page, seen } = await preview(sent.at)
  assert.equal(
    sent.status,
    303,
    sent.page
      .replace(/^.*<main/s, '')
      .replaceAll(/<[^>]*>/g, ' ')
      .slice(0, 600),
  )
  has(page, /いなくなるもの \(1\)/, /SEC-040/)
  assert.equal((await press(sent.at, { seen })).status, 303, 'one of 59 needs no number')
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date())
  const gone = (await state()).institutions.filter(({ active_to }) => active_to !== null)
  assert.deepEqual(
    gone.map(({ code, active_to }) => [code, active_to]),
    [['SEC-040', today]],
  )
})

for (const [what, text, problem] of [
  ['an unknown institution', 'NOBODY,1,氏名,x@x.example,,', /機関 NOBODY がありません/],
  [
    'an address that a colleague has',
    'SEC-002,9,氏名,bcp@sokyu.example,,',
    /SEC-001 だれか がこのメールアドレスを使っています/,
  ],
  [
    'one address for two',
    'SEC-002,8,氏名,x@x.example,,\nSEC-002,9,別名,x@x.example,,',
    /同じメールアドレスが 2 行目にもあります/,
  ],
  ['one place for two', 'SEC-002,8,氏名,x@x.example,,\nSEC-002,8,別名,y@x.example,,', /同じ順番が 2 行目にもあります/],
  ['a place that is taken', 'SEC-001,1,別名,y@x.example,,', /この順番には登録済みの だれか がいます/],
  ['an impossible phone', 'SEC-002,8,氏名,x@x.example,110,', /電話番号の形ではありません/],
  ['a caller who is nobody', 'SEC-002,8,氏名,x@x.example,,7', /連絡元の SEC-002:7 がいません/],
  ['a caller who is oneself', 'SEC-002,8,氏名,x@x.example,,8', /連絡元をたどると自分に戻ります/],
  [
    'a circle of calls',
    'SEC-002,8,氏名,x@x.example,,9\nSEC-002,9,別名,y@x.example,,8',
    /連絡元をたどると自分に戻ります/,
  ],
  ['nobody to reach', 'SEC-002,8,氏名,,,', /メールか電話番号のどれか/],
  ['a control character', 'SEC-002,8,氏\u0007名,x@x.example,,', /制御文字/],
] as const)
  test(`${what} is named with its line, and nothing is kept of the file`, async () => {
    const before = await state()
    const kept = await site.db.selectFrom('roster_upload').selectAll().execute()
    const { status, page } = await upload(`${head}${text}\n`)
    assert.equal(status, 422)
    has(page, problem)
    assert.deepEqual(await state(), before)
    assert.deepEqual(await site.db.selectFrom('roster_upload').selectAll().execute(), kept)
  })
