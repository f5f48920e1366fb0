import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { officialNoticeForm } from '#tests/kit/samples/library.ts'
import type { Firm } from '#tests/kit/samples/making.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { documentStateOf } from './words.ts'

let site: TestSite
let desk: Firm
let contact: Firm
let now = new Date('2027-01-15T00:00:00Z')
/** Documents of one day stand in the order in which they were registered. */
const tick = () => void (now = new Date(now.getTime() + 1000))
before(async () => {
  site = await testSite({ clock: () => now })
  ;({ secretariat: desk, bcp_contact: contact } = await site.people('secretariat', 'bcp_contact'))
})
after(() => site.close())

const both = '架空西部財務局\n架空中央銀行 西部支店'
const measures = (change: Record<string, string> = {}) =>
  officialNoticeForm({
    ...{
      kind: 'financial_measures',
      issuer: both,
      law: '災害救助法',
      title: '架空の災害に対する金融上の措置',
      label: 'clear',
    },
    ...{ prefectures: '13', places: '架空市', period_from: '2027-01-10', period_to: '2027-02-10' },
    ...change,
  })
const register = (change: Record<string, string> = {}) => {
  tick()
  return site.done(desk.client, '/official-notices', measures(change))
}
const idIn = (path: string) => path.split('/').at(-1) ?? ''

const holds = { period_from: null, period_to: null, after_id: null, after_how: null, after_from: null }
for (const [what, one, state] of [
  ['says no period', holds, 'in_force'],
  ['begins tomorrow', { ...holds, period_from: '2027-01-16' }, 'ahead'],
  ['ends today', { ...holds, period_to: '2027-01-15' }, 'in_force'],
  ['ended yesterday', { ...holds, period_to: '2027-01-14' }, 'expired'],
  [
    'is extended from tomorrow on',
    { ...holds, after_id: 'x', after_how: 'extends' as const, after_from: '2027-01-16' },
    'in_force',
  ],
  ['was extended', { ...holds, after_id: 'x', after_how: 'extends' as const }, 'extended'],
  ['was replaced', { ...holds, after_id: 'x', after_how: 'replaces' as const }, 'replaced'],
] as const)
  test(`a document that ${what} is ${state}`, () => assert.equal(documentStateOf(one, '2027-01-15'), state))

test('a document says its kind, issuers, law, area, period and to whom it is', async () => {
  const path = await register({ to_memberships: 'special_member', to_kinds: 'securities_firm' })
  const page = await site.main(contact.client, path)
  for (const words of [
    /金融上の措置/,
    /架空西部財務局、架空中央銀行 西部支店/,
    /災害救助法/,
    /東京都/,
    /架空市/,
    /2027年1月10日から2027年2月10日まで/,
    /証券会社、特別会員/,
    /有効/,
  ])
    assert.match(page, words)
  const [line] = await site.trailOf(path)
  for (const said of [/financial_measures/, /災害救助法/]) assert.match(JSON.stringify(line?.details), said)
})

test('what was extended stands struck through with its successor, apart from what holds; the extension points back', async () => {
  const first = await register({ title: '一つ目の措置' })
  const next = await register({
    ...{ title: '二つ目の措置', period_to: '2027-03-10', follows_id: idIn(first), follows_how: 'extends' },
  })
  const old = await site.main(contact.client, first)
  assert.match(old, /<h1[^>]*><s>一つ目の措置<\/s>/)
  assert.match(old, new RegExp(`延長されました.*二つ目の措置.*${next}`, 's'))
  assert.doesNotMatch(await site.main(desk.client, first), /転送する|延長・差替えを登録/)
  assert.match(await site.main(contact.client, next), new RegExp(`延長した前の通達等.*${first}.*<s>一つ目の措置`, 's'))
  assert.doesNotMatch(await site.main(contact.client, '/official-notices'), /一つ目の措置/)
  assert.match(await site.main(contact.client, '/official-notices?shown=past'), /<s>一つ目の措置<\/s>.*延長済み/s)
})

test('an extension by another authority is refused, and says whose the first is; a replacement is taken', async () => {
  const first = await register({ title: '発出元のある措置' })
  const other = { issuer: '架空東部財務局', follows_id: idIn(first) }
  const refused = await desk.client.post('/official-notices', measures({ ...other, follows_how: 'extends' }))
  assert.equal(refused.status, 422)
  const page = await refused.text()
  assert.match(page, /延長は、前の通達等と同じ発出元に限ります（前の発出元：架空西部財務局・架空中央銀行 西部支店）/)
  assert.match(page, /<a href="#issuer">/)
  const turned = both.split('\n').reverse().join('\n')
  await register({ issuer: turned, follows_id: idIn(first), follows_how: 'extends' })
  const second = await register({ title: '別の措置' })
  await register({ ...other, follows_id: idIn(second), follows_how: 'replaces' })
  assert.match(await site.main(contact.client, second), /差し替えられました/)
})

test('what follows is for everyone who could read the first: a narrower label is refused', async () => {
  const first = await register({ title: '共有範囲の広い措置', label: 'green' })
  const narrow = measures({ label: 'amber', follows_id: idIn(first), follows_how: 'extends' })
  const refused = await desk.client.post('/official-notices', narrow)
  assert.equal(refused.status, 422)
  assert.match(await refused.text(), /href="#label">共有範囲が前の通達等より狭く/)
  await register({ label: 'clear', follows_id: idIn(first), follows_how: 'extends' })
})

test('of two that would follow the same document, one after the other or at once, one does and the other is told', async () => {
  const first = await register({ title: '競う措置' })
  const follow = () =>
    desk.client.post('/official-notices', measures({ follows_id: idIn(first), follows_how: 'extends' }))
  const statuses = (await Promise.all([follow(), follow()])).map(({ status }) => status).sort()
  assert.deepEqual(statuses, [303, 409])
  const late = await follow()
  assert.match(await late.text(), /すでに別の通達等で延長または差し替えられています/)
  const rows = await site.db.selectFrom('official_notice').where('follows_id', '=', idIn(first)).selectAll().execute()
  assert.equal(rows.length, 1)
})

for (const [what, change, message] of [
  ['a last day before the first', { period_to: '2027-01-01' }, /終わりの日は、始まりの日以後/],
  ['an earlier document without how', { follows_id: crypto.randomUUID() }, /延長・差替え）を選んでください/],
  ['how, and no earlier document', { follows_how: 'extends' }, /どの通達等を延長・差し替えるのか/],
  [
    'an earlier document that is not there',
    { follows_id: crypto.randomUUID(), follows_how: 'replaces' },
    /見つかりません/,
  ],
  ['a period that is no date', { period_from: '2027-02-30' }, /日付を入力してください/],
  ['six issuers', { issuer: '一\n二\n三\n四\n五\n六' }, /5つまで/],
  ['a prefecture that there is not', { prefectures: '99' }, /選び直してください/],
] as const)
  test(`a form with ${what} comes back with what is wrong`, async () => {
    const answer = await desk.client.post('/official-notices', measures(change))
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), message)
  })

test('the list is searched and narrowed by kind and prefecture; what names no prefecture is for everywhere', async () => {
  await register({ title: '北の措置', prefectures: '01', kind: 'request' })
  await register({ title: '全国の要請', prefectures: '', kind: 'request' })
  const tokyo = await site.main(contact.client, '/official-notices?kind=request&prefecture=13')
  assert.match(tokyo, /全国の要請/)
  assert.doesNotMatch(tokyo, /北の措置/)
  assert.match(await site.main(contact.client, '/official-notices?q=%E5%8C%97%E3%81%AE'), /北の措置/)
  assert.match(await site.main(contact.client, '/official-notices?q=nothing-like-it'), /当てはまる通達等はありません/)
  const file = await (await contact.client.get('/official-notices.csv?prefecture=13&kind=request')).text()
  assert.match(file, /全国の要請/)
  assert.doesNotMatch(file, /北の措置/)
})

test('the home page of a member shows what holds in its area today, of the desk all of it, and nothing that has ended', async () => {
  await register({ title: '東京の措置' })
  await register({ title: '沖縄の措置', prefectures: '47' })
  await register({ title: '特別会員だけの措置', to_memberships: 'special_member' })
  await register({ title: '明日からの措置', period_from: '2027-01-16' })
  const member = await site.main(contact.client, '/home')
  assert.match(member, /有効な通達等・金融上の措置.*東京の措置/s)
  for (const title of ['沖縄の措置', '特別会員だけの措置', '明日からの措置'])
    assert.doesNotMatch(member, new RegExp(title))
  assert.match(await site.main(desk.client, '/home'), /沖縄の措置/)
  // The day after the last; sessions of then are new.
  now = new Date('2027-02-11T00:00:00Z')
  const later = await site.signIn('bcp@sokyu.example')
  assert.doesNotMatch(await site.main(later, '/home'), /東京の措置/)
  assert.match(await site.main(later, '/official-notices?shown=past'), /東京の措置.*期間満了/s)
  // By then the sessions of before had ended.
  now = new Date('2027-01-15T00:30:00Z')
  ;({ secretariat: desk, bcp_contact: contact } = await site.people('secretariat', 'bcp_contact'))
})

test('one press opens a notice to the members of the area that are addressed, with its text and its original', async () => {
  const path = await register({ title: '転送する措置', prefectures: '13', to_memberships: 'special_member' })
  const link = /href="(\/notices\/new\?kind=official[^"]+)"/.exec(await site.main(desk.client, path))?.[1]
  assert.ok(link)
  const form = await site.main(desk.client, link.replaceAll('&amp;', '&'))
  assert.match(form, /name="areas"[^>]*checked=""[^>]*value="13"/)
  assert.match(form, /name="only_memberships"[^>]*checked=""[^>]*value="special_member"/)
  assert.match(form, /転送する措置/)
})
