import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let desk: TestSite['nobody']
before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
})
after(() => site.close())

const head =
  'code,kind,name_ja,name_en,markets,functions,head_office_address,head_office_area,会員区分,地区協会,登録・免許の種類,登録・免許の番号,所管する当局の機関コード,照会の対象'
/** One line about SEC-010 in the columns of the registry. */
const line = (cells: string[], kind = 'securities_firm') =>
  `${head}\nSEC-010,${kind},架空の証券,Fictional,exchange,order_trading,東京都中央区架空町1,350,${cells.join(',')}\n`
async function upload(content: string) {
  const form = new FormData()
  form.set('roster', new File([content], '名簿.csv'))
  const answer = await desk.send('POST', '/roster/import', form, { 'sec-fetch-site': 'same-origin' })
  return { status: answer.status, at: answer.headers.get('location') ?? '', page: await answer.text() }
}
async function imported(content: string) {
  const { status, at, page } = await upload(content)
  assert.equal(status, 303, page)
  const shown = await (await desk.get(at)).text()
  const seen = /name="seen" value="([^"]*)"/.exec(shown)?.[1] ?? ''
  if (seen) assert.equal((await desk.post(at, { seen })).status, 303)
  return shown
}
const registry = async () => {
  const one = await site.db
    .selectFrom('institution')
    .leftJoin('institution as supervisor', 'supervisor.id', 'institution.supervised_by')
    .where('institution.code', '=', 'SEC-010')
    .select(['institution.membership', 'institution.district_code', 'institution.registration_kind'])
    .select(['institution.registration_number', 'supervisor.code as supervisor', 'institution.is_asked'])
    .executeTakeFirstOrThrow()
  return Object.values(one)
}

test('a roster says class, district, registration, authority and whether it is asked, by code or by word', async () => {
  const shown = await imported(line(['特定業務会員', '架空西部地区協会', '第二種', '第9001号', 'LFB-W', 'いいえ']))
  assert.match(shown, /会員区分.*特定業務会員/s)
  assert.match(shown, /照会の対象.*情報共有|照会しない/s)
  assert.deepEqual(await registry(), ['specific_business_member', 'D-WEST', '第二種', '第9001号', 'LFB-W', false])
})

test('an empty cell changes nothing; the word clears what may be empty, and nothing else', async () => {
  const before = await registry()
  await imported(line(['', '', '', '', '', '']))
  assert.deepEqual(await registry(), before)
  const refused = await upload(line(['削除', '', '', '', '', 'clear']))
  assert.match(refused.page, /必須の項目です/)
  await imported(line(['', '削除', 'clear', '削除', '削除', '']))
  assert.deepEqual(await registry(), ['specific_business_member', null, '', '', null, false])
})

for (const [what, content, message] of [
  [
    'a class that contradicts the kind',
    line(['特別会員', '', '', '', '', '']),
    /会員区分と種別が食い違います（特別会員 ／ 証券会社）/,
  ],
  ['a class that there is not', line(['名誉会員', '', '', '', '', '']), /「名誉会員」という会員区分はありません/],
  [
    'a district that there is not',
    line(['', '架空の地区', '', '', '', '']),
    /「架空の地区」という地区協会はありません/,
  ],
  ['an authority that is none', line(['', '', '', '', 'EXC-1', '']), /EXC-1 は監督当局ではない/],
  ['an authority that there is not', line(['', '', '', '', 'NOBODY', '']), /機関 NOBODY がありません/],
  ['itself as its authority', line(['', '', '', '', 'SEC-010', '']), /自分自身を所管|監督当局ではない/],
  ['an answer that is neither yes nor no', line(['', '', '', '', '', '多分']), /「多分」は読み取れません/],
] as const)
  test(`a roster with ${what} is refused whole, with the line and the column`, async () => {
    const before = await registry()
    const refused = await upload(content)
    const page = refused.status === 303 ? await (await desk.get(refused.at)).text() : refused.page
    assert.match(page, message)
    assert.deepEqual(await registry(), before)
  })

test('where a file says no class, it follows a kind that it contradicts, and the preview says so', async () => {
  const shown = await imported(line(['', '', '', '', '', ''], 'special_member'))
  assert.match(shown, /会員区分.*特別会員/s)
  assert.equal((await registry())[0], 'special_member')
  await imported(line(['member', '', '', '', '', 'yes']))
  assert.deepEqual((await registry()).slice(0, 1), ['member'])
})
