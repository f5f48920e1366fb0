import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { InstitutionKind, Membership } from '#ground/db/tables.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { isUsuallyAsked, membershipProblem, memberships, usualMembership } from './membership.ts'
import { kinds } from './words.ts'

let site: TestSite
let desk: TestSite['nobody']
before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
})
after(() => site.close())

const row = (code: string) =>
  site.db.selectFrom('institution').where('code', '=', code).selectAll().executeTakeFirstOrThrow()
/** What the form of an institution says when nothing in it is touched. */
async function formOf(code: string) {
  const { id } = await row(code)
  const html = await (await desk.get(`/institutions/${id}/edit`)).text()
  const main = html.replace(/^.*<main/s, '')
  const form = new URLSearchParams()
  for (const [tag] of main.matchAll(/<select\b.*?<\/select>|<textarea\b.*?<\/textarea>|<input\b[^>]*>/gs)) {
    const [head = ''] = /^<[^>]*>/.exec(tag) ?? []
    const name = /\bname="([^"]*)"/.exec(head)?.[1]
    if (!name || (/type="(?:checkbox|radio)"/.test(head) && !/\bchecked/.test(head))) continue
    const chosen = /<option[^>]*\bselected=""[^>]*>/.exec(tag)?.[0] ?? /<option[^>]*>/.exec(tag)?.[0] ?? head
    form.append(name, /\bvalue="([^"]*)"/.exec(chosen)?.[1] ?? '')
  }
  return { id, form }
}
const headers = { 'sec-fetch-site': 'same-origin' }
async function check(code: string, change: Record<string, string>) {
  const { id, form } = await formOf(code)
  for (const [name, value] of Object.entries(change)) form.set(name, value)
  const answer = await desk.send('POST', `/institutions/${id}/check`, form, headers)
  return { id, form, status: answer.status, page: await answer.text() }
}
async function save(code: string, change: Record<string, string>) {
  const checked = await check(code, change)
  assert.equal(checked.status, 200, checked.page)
  checked.form.set('seen', /name="seen" value="([^"]*)"/.exec(checked.page)?.[1] ?? '')
  const saved = await desk.send('POST', `/institutions/${checked.id}`, checked.form, headers)
  assert.equal(saved.status, 303)
  return checked
}

const possible: Partial<Record<InstitutionKind, Membership[]>> = {
  securities_firm: ['member', 'specific_business_member', 'non_member'],
  pts: ['member', 'specific_business_member', 'non_member'],
  special_member: ['special_member'],
}
for (const kind of kinds)
  test(`of the kind ${kind} an institution is of a class that goes with it`, () => {
    for (const membership of memberships) {
      const is_possible = (possible[kind] ?? ['non_member']).includes(membership)
      assert.equal(membershipProblem('ja', kind, membership) === null, is_possible, membership)
    }
    assert.equal(membershipProblem('en', kind, usualMembership(kind)), null)
  })

test('S0-13 the regulator and the central bank are informed, all others asked; the database and the program say the same', async () => {
  const rows = await site.db.selectFrom('institution').select(['kind', 'is_asked', 'membership', 'code']).execute()
  for (const one of rows) {
    assert.equal(one.is_asked, isUsuallyAsked(one.kind), one.code)
    assert.equal(membershipProblem('ja', one.kind, one.membership), null, one.code)
  }
})

test('the check shows class, district, registration and authority before they are saved; who takes them over says why', async () => {
  const change = {
    membership: 'specific_business_member',
    district_code: 'D-WEST',
    registration_kind: '第二種金融商品取引業',
    registration_number: '架空西部財務局長（金商）第9123号',
    supervisor_code: 'LFB-W',
    is_asked: 'no',
  }
  const unsaid = await check('SEC-005', change)
  assert.equal(unsaid.status, 422)
  assert.match(unsaid.page, /理由を 500 文字以内/)
  const { page, id } = await save('SEC-005', { ...change, reason: '登録の変更届による' })
  assert.match(page, /会員.*特定業務会員/s)
  assert.match(page, /第9123号/)
  assert.match(page, /照会しない/)
  const saved = await row('SEC-005')
  const authority = await row('LFB-W')
  assert.deepEqual(
    [saved.membership, saved.district_code, saved.registration_kind, saved.supervised_by, saved.is_asked],
    ['specific_business_member', 'D-WEST', '第二種金融商品取引業', authority.id, false],
  )
  const shown = await site.main(desk, `/institutions/${id}`)
  assert.match(shown, /特定業務会員.*架空西部地区協会.*第二種金融商品取引業.*第9123号.*架空西部財務局.*照会しない/s)
  const [line] = (await site.trail()).filter(({ action }) => action === 'institution.edited')
  assert.match(JSON.stringify(line?.details), /supervisor_code/)
  assert.match(JSON.stringify(line?.details), /登録の変更届による/)
})

for (const [what, code, change, message] of [
  [
    'a class that contradicts the kind',
    'SEC-006',
    { membership: 'special_member' },
    /「特別会員」は、種別「証券会社」と食い違います/,
  ],
  [
    'a kind that contradicts the class',
    'SEC-007',
    { kind: 'special_member' },
    /「会員」は、種別「特別会員」と食い違います/,
  ],
  ['an authority that is none', 'SEC-006', { supervisor_code: 'EXC-1' }, /蒼天証券取引所は監督当局ではない/],
  ['an authority that there is not', 'SEC-006', { supervisor_code: 'NOBODY' }, /この機関コードの機関はありません/],
  ['a regulator under itself', 'LFB-W', { supervisor_code: 'LFB-W' }, /自分自身を所管/],
  ['a regulator that supervises others as another kind', 'LFB-W', { kind: 'association' }, /機関を所管しています/],
  ['a district that there is not', 'SEC-006', { district_code: 'D-NONE' }, /この地区協会はありません/],
] as const)
  test(`the form refuses ${what}, and says so beside the field`, async () => {
    const refused = await check(code, { ...change, reason: '試験' })
    assert.equal(refused.status, 422)
    assert.match(refused.page, message)
  })

test('a new institution follows its kind where class and asking are left open', async () => {
  const form = { code: 'FB-2', kind: 'regulator', name_ja: '架空北部財務局', name_en: 'Fictional Northern Bureau' }
  const rest = { membership: '', is_asked: '', active_from: '2020-01-01', idempotency_key: crypto.randomUUID() }
  const place = { site_0_kind: 'head_office', site_0_address: '北海道札幌市架空町1', site_0_area: '101' }
  await site.done(desk, '/institutions', { ...form, ...rest, ...place })
  const { membership, is_asked } = await row('FB-2')
  assert.deepEqual([membership, is_asked], ['non_member', false])
})

test('the directory is narrowed by kind, class, district and authority, and its file says the same', async () => {
  const western = await site.db
    .selectFrom('institution')
    .where('supervised_by', '=', (await row('LFB-W')).id)
    .where('kind', '=', 'securities_firm')
    .where('membership', '=', 'member')
    .select(['code', 'name_ja'])
    .execute()
  const asked = 'kind=securities_firm&membership=member&supervisor=LFB-W'
  const page = await site.main(desk, `/institutions?${asked}`)
  assert.match(page, new RegExp(`${western.length}機関`))
  for (const { name_ja } of western) assert.ok(page.includes(name_ja))
  const file = await (await desk.get(`/institutions.csv?${asked}`)).text()
  assert.equal(file.trim().split('\r\n').length, western.length + 1)
  assert.match(file, /会員区分.*地区協会.*所管する当局.*登録・免許.*照会の対象/)
  assert.match(await site.main(desk, '/institutions?district=D-NORTH&kind=exchange'), /当てはまる機関はありません/)
})

test('a district is added, renamed over the version that was seen, and never named like another', async () => {
  const fill = (change: Record<string, string>) => ({
    ...{ code: 'D-NEW', name_ja: '架空南部地区協会', name_en: 'Fictional Southern District', version: '0' },
    ...change,
  })
  await site.done(desk, '/districts', fill({}))
  await site.done(desk, '/districts', fill({}))
  assert.equal((await site.db.selectFrom('district').where('code', '=', 'D-NEW').select('version').execute()).length, 1)
  const taken = await desk.post('/districts', fill({ code: 'D-TWO', name_en: 'Another' }))
  assert.equal(taken.status, 422)
  assert.match(await taken.text(), /この名称はすでに D-NEW にあります/)
  await site.done(desk, '/districts', fill({ version: '1', name_ja: '架空南部協会' }))
  const late = await desk.post('/districts', fill({ version: '1', name_ja: '架空南協会' }))
  assert.equal(late.status, 409)
  const text = await late.text()
  assert.match(text, /ほかの人が先に/)
  assert.match(text, /架空南協会/)
  assert.match(await site.main(desk, '/districts'), /架空南部協会/)
  assert.equal((await site.trail()).filter(({ action }) => action === 'district.saved').length, 2)
})
