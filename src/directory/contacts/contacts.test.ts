import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Role } from '#ground/db/tables.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']
let site: TestSite
const as = {} as Record<'desk' | 'admin' | 'contact' | 'observer' | 'auditor', Client>
/** Institutions by code. */
const ids: Record<string, string> = {}

before(async () => {
  site = await testSite()
  const roles = {
    desk: 'secretariat',
    admin: 'institution_administrator',
    contact: 'bcp_contact',
    observer: 'observer',
    auditor: 'auditor',
  } as const satisfies Record<keyof typeof as, Role>
  for (const [name, role] of Object.entries(roles)) as[name as keyof typeof as] = await site.as(role)
  for (const { id, code } of await site.db.selectFrom('institution').select(['id', 'code']).execute()) ids[code] = id
})
after(() => site.close())

const own = 'SEC-001'
const contactsOf = (code = own) =>
  site.db
    .selectFrom('contact')
    .selectAll()
    .where('institution_id', '=', ids[code]!)
    .where('removed_at', 'is', null)
    .orderBy('rank')
    .execute()
const addressesOf = (contact_id: string) =>
  site.db
    .selectFrom('contact_address')
    .selectAll()
    .where('contact_id', '=', contact_id)
    .where('removed_at', 'is', null)
    .orderBy('rank')
    .execute()
const first = async (code = own) => (await contactsOf(code))[0]!
const lastLine = async () => (await site.trail()).at(-1)!
const text = async (answer: Response) => answer.text()

/** What a browser would send from the form as it was opened, with some fields changed. */
async function formOf(client: Client, path: string, change: Record<string, string | undefined> = {}) {
  const page = await text(await client.get(path))
  const form = /<form[^>]*class="dads-form"[\s\S]*?<\/form>/.exec(page)?.[0] ?? ''
  const fields = new URLSearchParams()
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const value = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
    const is_box = /type="(checkbox|radio)"/.test(tag)
    if (!is_box || /\bchecked=""/.test(tag)) fields.append(value('name') ?? '', decode(value('value') ?? ''))
  }
  for (const [select, name] of form.matchAll(/<select[^>]*name="([^"]*)"[\s\S]*?<\/select>/g))
    fields.append(name!, /<option[^>]*value="([^"]*)"[^>]*selected/.exec(select)?.[1] ?? '')
  for (const [name, value] of Object.entries(change)) {
    fields.delete(name)
    if (value !== undefined) fields.append(name, value)
  }
  return fields
}
const decode = (html: string) => html.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#x27;', "'")
const send = (client: Client, path: string, form: URLSearchParams) =>
  client.send('POST', path, form, { 'sec-fetch-site': 'same-origin' })
const edit = async (client: Client, id: string, change: Record<string, string | undefined>) =>
  send(client, `/contacts/${id}`, await formOf(client, `/contacts/${id}`, change))

test('S0-22 the call tree is a list in order, each number and mail to be pressed', async () => {
  const page = await text(await as.admin.get('/contacts'))
  const [one, two] = await contactsOf()
  assert.ok(page.indexOf(one!.name_ja) < page.indexOf(two!.name_ja))
  for (const { means, address } of await addressesOf(one!.id))
    assert.match(page, new RegExp(`href="${means === 'mail' ? 'mailto:' : 'tel:\\'}${address}"`))
  assert.match(page, /まだ確認されていません/)
  assert.match(page, /未確認/)
})

test('own people, the desk and those who oversee see it; the association is everyone’s to call; others find nothing', async () => {
  const path = (code: string) => `/institutions/${ids[code]}/contacts`
  for (const client of [as.admin, as.desk, as.auditor]) assert.equal((await client.get(path(own))).status, 200)
  for (const client of [as.contact, as.observer]) {
    assert.equal((await client.get(path(own))).status, 404)
    assert.equal((await client.get(path('ASSOC'))).status, 200)
  }
  assert.doesNotMatch(await site.main(as.observer, path('ASSOC')), /\/contacts\/[0-9a-f-]{36}"/)
  assert.equal((await as.contact.get(`/contacts/${(await first()).id}`)).status, 403)
})

test('the way to one’s own contacts is on the home page and in the menu', async () => {
  const home = await text(await as.admin.get('/home'))
  assert.match(home, /<a href="\/contacts">自機関の連絡先<\/a>/)
  assert.match(home, /自機関の連絡先を見る・直す/)
  assert.doesNotMatch(await site.whole(as.observer, '/home'), /自機関の連絡先/)
})

test('S2-19 a contact corrects her own number in one form: E.164, order kept, no longer verified, in the trail without the number', async () => {
  const { id } = await first()
  await site.db.updateTable('contact_address').set({ verified_at: new Date() }).where('contact_id', '=', id).execute()
  const answer = await edit(as.admin, id, { address_1: '０９０－１２３４－５６７８ 内線１２' })
  assert.equal(answer.status, 303)
  const [mail, phone] = await addressesOf(id)
  assert.deepEqual(
    [phone?.address, phone?.extension, phone?.rank, phone?.verified_at],
    ['+819012345678', '12', 2, null],
  )
  assert.ok(mail?.verified_at, 'the mail that was not changed stays verified')
  const line = await lastLine()
  assert.deepEqual([line.action, line.about], ['contact.changed', `/institutions/${ids[own]}/contacts`])
  assert.doesNotMatch(JSON.stringify(line.details), /90-?1234/)
  assert.match(await text(await as.admin.get('/contacts')), /tel:\+819012345678;ext=12/)
})

test('saving a form in which nothing changed leaves no line and the same rows', async () => {
  const { id } = await first()
  const [before, lines] = [await addressesOf(id), (await site.trail()).length]
  assert.equal((await edit(as.admin, id, {})).status, 303)
  assert.deepEqual(await addressesOf(id), before)
  assert.equal((await site.trail()).length, lines)
})

test('S2-19 all means with their order, a role mailbox with who reads it, hours and first responders', async () => {
  const { id } = await first()
  const answer = await edit(as.desk, id, {
    address_0: 'bcp-duty@sokyu.example',
    is_role_mailbox_0: 'yes',
    person_behind_0: '架空 花子',
    order_0: '3',
    means_1: 'priority_phone',
    order_1: '1',
    means_2: 'satellite',
    address_2: '+881 612 345 678',
    order_2: '2',
    means_3: 'webhook',
    address_3: 'https://hooks.sokyu.example/bcp',
    hours: 'night',
    first_responder: 'night',
    title: '業務継続室長',
  })
  assert.equal(answer.status, 303)
  const rows = await addressesOf(id)
  assert.deepEqual(
    rows.map(({ means, rank }) => `${rank} ${means}`),
    ['1 priority_phone', '2 satellite', '3 mail', '4 webhook'],
  )
  assert.equal(rows[2]?.person_behind, '架空 花子')
  const contact = await first()
  assert.deepEqual([contact.hours, contact.first_responder, contact.title], [['night'], ['night'], '業務継続室長'])
  const page = await text(await as.admin.get('/contacts'))
  assert.match(page, /共有 今は架空 花子/)
  // An empty field takes an address out.
  assert.equal((await edit(as.admin, id, { address_3: '', hours: 'business' })).status, 422)
  assert.equal((await edit(as.admin, id, { address_3: '', first_responder: undefined })).status, 303)
  assert.equal((await addressesOf(id)).length, 3)
})

for (const [field, change, reason] of [
  ['address_1', { address_1: '03-12' }, /電話番号として成り立ちません/],
  ['address_1', { address_1: '03-ABCD-EFGH' }, /電話番号として成り立ちません/],
  ['address_0', { means_0: 'mail', address_0: 'nobody' }, /メールアドレスの形/],
  ['address_0', { means_0: 'mail', address_0: 'あ@kabu.example' }, /メールアドレスの形/],
  ['address_3', { means_3: 'webhook', address_3: 'http://hooks.example/' }, /https:\/\//],
  ['address_3', { means_3: 'webhook', address_3: 'https://127.0.0.1/x' }, /https:\/\//],
  ['address_3', { means_3: 'webhook', address_3: 'https://[::1]/x' }, /https:\/\//],
  ['address_3', { means_3: 'webhook', address_3: 'https://user:word@hooks.example/' }, /https:\/\//],
  ['address_3', { means_3: 'webhook', address_3: 'https://localhost/' }, /https:\/\//],
  ['address_3', { means_3: 'pigeon', address_3: '090-1111-2222' }, /手段を選び直/],
  ['order_0', { order_0: 'x' }, /順番は1から20/],
  ['name_ja', { name_ja: ' ' }, /氏名を/],
  ['reading', { reading: 'SATO' }, /かなで/],
  ['hours', { hours: undefined }, /連絡がつく時間を一つ以上/],
  ['called_by', { called_by: 'x' }, /誰から連絡を受けるか/],
  ['called_by', { called_by: crypto.randomUUID() }, /この機関の連絡先から/],
] as const)
  test(`a contact's ${field} of ${JSON.stringify(Object.values(change)[0])} is refused with the reason, and everything is kept`, async () => {
    const { id } = await first('EXC-1')
    const before = [await first('EXC-1'), await addressesOf(id)]
    const answer = await edit(as.contact, id, { title: '書きかけ <役職>', ...change })
    const page = await text(answer)
    assert.equal(answer.status, 422)
    assert.match(page, new RegExp(`<a href="#${field}">`))
    assert.match(page, new RegExp(`id="${field}"|name="${field}"`))
    assert.match(page, reason)
    assert.match(page, /value="書きかけ &lt;役職&gt;"/)
    assert.deepEqual([await first('EXC-1'), await addressesOf(id)], before)
  })

test('S2-19 a mail is kept in one form: widths, case, and domains in other letters', async () => {
  const { id } = await first('EXC-1')
  assert.equal((await edit(as.contact, id, { address_0: ' Ｂｃｐ＠証券.example ' })).status, 303)
  assert.equal((await addressesOf(id))[0]?.address, 'bcp@xn--zcr987k.example')
})

test('S2-19 a mail that another contact has is refused, and whose it is only said to who may see that', async () => {
  const { id } = await first('EXC-1')
  const foreign = (await addressesOf((await first('SEC-002')).id))[0]!.address
  const mine = await text(await edit(as.contact, id, { address_0: foreign.toUpperCase() }))
  const name = (await first('SEC-002')).name_ja
  assert.match(mine, /別の連絡先として登録されている/)
  assert.ok(!mine.includes(name))
  assert.ok((await text(await edit(as.desk, id, { address_0: foreign }))).includes(`${name}の連絡先`))
  const [, deputy] = await contactsOf('EXC-1')
  const own = (await addressesOf(deputy!.id))[0]!.address
  assert.ok((await text(await edit(as.contact, id, { address_0: own }))).includes(`${deputy!.name_ja}の連絡先`))
})

test('S2-19 of two institutions that enter one mail at the same moment one gets it, the other is told', async () => {
  const [mine, theirs] = [await first('EXC-1'), await first('SEC-009')]
  const answers = await Promise.all([
    edit(as.contact, mine.id, { address_0: 'both@shared.example' }),
    edit(as.desk, theirs.id, { address_0: 'both@shared.example' }),
  ])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 422])
  assert.deepEqual(site.reported, [])
})

test('S2-19 a mail that looks like another is asked again, and taken with a tick', async () => {
  const { id } = await first('EXC-1')
  const foreign = (await addressesOf((await first('SEC-002')).id))[0]!.address
  const similar = foreign.replace('gink', 'glnk')
  assert.notEqual(similar, foreign)
  // The second has a Cyrillic letter in its domain, and is kept in ASCII that looks like nothing at all.
  for (const address_0 of [similar, foreign.replace('gink', 'g\u0456nk')]) {
    const asked = await text(await edit(as.contact, id, { address_0 }))
    assert.match(asked, /見た目がよく似た/)
    assert.match(asked, /name="is_sure_0"/)
  }
  assert.equal((await edit(as.contact, id, { address_0: similar, is_sure_0: 'yes' })).status, 303)
  assert.equal((await addressesOf(id))[0]?.address, similar)
  assert.equal((await edit(as.contact, id, { title: '室長' })).status, 303, 'it is not asked again')
})

test('two people change one contact at once: the second sees what the first did, and decides', async () => {
  const { id } = await first()
  const [mine, theirs] = [
    await formOf(as.admin, `/contacts/${id}`, { title: '部長' }),
    await formOf(as.desk, `/contacts/${id}`, { title: '課長' }),
  ]
  assert.equal((await send(as.admin, `/contacts/${id}`, mine)).status, 303)
  const answer = await send(as.desk, `/contacts/${id}`, theirs)
  const page = await text(answer)
  assert.equal(answer.status, 409)
  assert.match(page, /<del>部長<\/del>[\s\S]*<ins>課長<\/ins>/)
  assert.equal((await first()).title, '部長')
  theirs.set('version', /name="version" value="(\d+)"/.exec(page)?.[1] ?? '')
  assert.equal((await send(as.desk, `/contacts/${id}`, theirs)).status, 303)
  assert.equal((await first()).title, '課長')
})

test('two people press at the very same moment: one is written, the other is asked', async () => {
  const { id } = await first()
  const forms = await Promise.all(['甲', '乙'].map((title) => formOf(as.admin, `/contacts/${id}`, { title })))
  const answers = await Promise.all(forms.map((form) => send(as.admin, `/contacts/${id}`, form)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
})

test('a contact is added at the end, once however often it is pressed, and removed; calls close up', async () => {
  const path = `/institutions/${ids[own]}/contacts`
  const [one, two] = await contactsOf()
  const form = await formOf(as.admin, `${path}/new`, {
    name_ja: '架空 三郎',
    address_1: '090-9999-0001',
    called_by: two!.id,
  })
  for (const answer of await Promise.all([send(as.admin, path, form), send(as.admin, path, form)]))
    assert.equal(answer.status, 303)
  const [, , third, ...more] = await contactsOf()
  assert.deepEqual([third?.name_ja, third?.rank, third?.called_by, more.length], ['架空 三郎', 3, two!.id, 0])
  assert.match(await text(await as.admin.get(path)), new RegExp(two!.name_ja))

  // The second is called by the first; without the second, the third is.
  assert.equal((await edit(as.admin, two!.id, { called_by: one!.id })).status, 303)
  assert.match(await text(await edit(as.admin, one!.id, { called_by: third!.id })), /連絡が輪になります/)
  assert.match(await text(await edit(as.admin, one!.id, { called_by: one!.id })), /連絡が輪になります/)
  for (const status of [303, 403]) assert.equal((await as.admin.post(`/contacts/${two!.id}/removal`)).status, status)
  const left = await contactsOf()
  assert.deepEqual(
    left.map(({ id, rank, called_by }) => [id, rank, called_by]),
    [
      [one!.id, 1, null],
      [third!.id, 2, one!.id],
    ],
  )
  assert.deepEqual(await addressesOf(two!.id), [])
  assert.equal((await as.admin.post(`/contacts/${third!.id}/removal`)).status, 303)
  const last = await as.admin.post(`/contacts/${one!.id}/removal`)
  assert.equal(last.status, 422)
  assert.match(await text(last), /最後の一人は外せません/)
  assert.equal((await contactsOf()).length, 1)
  const lines = (await site.trailOf(path)).filter(({ action }) => /^contact\.(added|removed)$/.test(action))
  assert.deepEqual(
    lines.map(({ action, details }) => [action, details.contact_id]),
    [
      ['contact.added', third!.id],
      ['contact.removed', two!.id],
      ['contact.removed', third!.id],
    ],
  )
})

test('two contacts change places, once for each press', async () => {
  const [one, two] = await contactsOf('EXC-1')
  const up = () => as.contact.post(`/contacts/${two!.id}/move`, { direction: 'up', rank: '2' })
  assert.deepEqual(
    (await Promise.all([up(), up()])).map(({ status }) => status),
    [303, 303],
  )
  assert.deepEqual(
    (await contactsOf('EXC-1')).map(({ id }) => id),
    [two!.id, one!.id],
  )
  assert.equal((await lastLine()).action, 'contact.moved')
  assert.equal((await as.contact.post(`/contacts/${two!.id}/move`, { direction: 'up', rank: '1' })).status, 303)
  assert.equal((await as.contact.post(`/contacts/${two!.id}/move`, { direction: 'down', rank: '1' })).status, 303)
  assert.deepEqual(
    (await contactsOf('EXC-1')).map(({ id }) => id),
    [one!.id, two!.id],
  )
})

test('one press says that the entry is right as it stands; one that changed meanwhile is shown again', async () => {
  const markOn = async () => /name="mark" value="([^"]*)"/.exec(await text(await as.admin.get('/contacts')))?.[1] ?? ''
  const mark = await markOn()
  assert.equal((await as.admin.post('/contacts/confirmation', { mark })).status, 303)
  const institution = await site.db
    .selectFrom('institution')
    .selectAll()
    .where('id', '=', ids[own]!)
    .executeTakeFirstOrThrow()
  assert.ok(institution.confirmed_at && institution.confirmed_by)
  for (const { confirmed_at } of await contactsOf()) assert.deepEqual(confirmed_at, institution.confirmed_at)
  assert.equal((await lastLine()).action, 'contact.entry-confirmed')
  assert.match(await text(await as.admin.get('/contacts?done=confirmed')), /確認しました。ありがとうございます/)

  await edit(as.desk, (await first()).id, { title: '次長' })
  const lines = (await site.trail()).length
  const late = await as.admin.post('/contacts/confirmation', { mark })
  assert.equal(late.status, 409)
  assert.match(await text(late), /見ている間に内容が変わりました/)
  assert.equal((await site.trail()).length, lines)
  assert.match(await text(await as.admin.get('/contacts')), /確認のあとに変更あり/)
  assert.equal((await as.admin.post('/contacts/confirmation', { mark: await markOn() })).status, 303)
})

test('S2-18 hours without anybody are shown to the institution and to the desk, with their number', async () => {
  const { id } = await first()
  await edit(as.admin, id, { hours: 'business', first_responder: undefined })
  for (const path of ['/contacts', '/home']) {
    const page = await text(await as.admin.get(path))
    assert.match(page, /連絡がつかない時間か、初動要員のいない時間帯があります/)
    assert.match(page, /平日夜間: /)
    assert.match(page, /休業日の初動要員がいません/)
  }
  const gaps = await text(await as.desk.get('/contacts/gaps'))
  assert.match(gaps, new RegExp(`/institutions/${ids[own]}/contacts`))
  assert.match(await text(await as.desk.get('/home')), /連絡先に空白のある機関 \d+件/)
  assert.equal((await as.admin.get('/contacts/gaps')).status, 403)
})
