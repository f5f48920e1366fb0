import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { root } from '#ground/config/root.ts'
import { areas } from '#ground/market/areas.ts'
import { settle } from '#tests/kit/audience.ts'
import { noticeForm, release, writeNotice, written } from '#tests/kit/notice.ts'
import { sameOrigin, type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']
type Form = Record<string, string | string[]>

/** What a phone on a slow line loads before it can read: HTML and style sheet, compressed. */
const first_load_bytes_max = 14 * 1024
/** With the demo market's, more than the largest market that this is for has. */
const firms = 1500

let site: TestSite
let author: Client
let releaser: Client
before(async () => {
  site = await testSite()
  author = await site.as('secretariat')
  releaser = await site.as('secretariat_approver')
  const codes = Array.from({ length: firms }, (_, index) => `BIG-${index}`)
  await settle(
    site.db,
    codes.map((code, index) => ({ code, areas: [areas[(index * 7) % areas.length]!.code], markets: ['bonds'] })),
  )
  for (const [index, code] of codes.entries())
    await site.db.updateTable('institution').set(nameOf(index)).where('code', '=', code).execute()
})
after(() => site.close())

/** Names that differ as much as those of a real market do, and compress no better. */
function nameOf(index: number) {
  const [ja, en] = [
    '青赤白黒東西南北山川海空松竹梅桜藤高大中小新古金銀銅鉄石木水',
    'ka ki ku ko sa shi su so ta chi to na ni no ha hi fu ho ma mi mu mo ya yu yo ra ri ru re ro'.split(' '),
  ]
  const part = (of: string | string[], place: number) =>
    of[(index * 7919 + place * 104_729 + (index % 13) * place * 31) % of.length]
  const three = (of: string | string[]) => [1, 2, 3].map((place) => part(of, place)).join('')
  return {
    name_ja: `${three(ja)}${index}架空証券`,
    name_en: `${three(en)}${index} Fictional Securities`,
    reading: 'カクウショウケン',
  }
}

const assets = new URL('dist/assets/', root)
const sheet = JSON.parse(readFileSync(new URL('assets.json', assets), 'utf8'))['app.css']
const sheet_bytes = gzipSync(readFileSync(new URL(sheet, assets))).length
const bytesOf = (page: string) => gzipSync(page).length + sheet_bytes
const read = async (client: Client, path: string) => {
  const answer = await client.get(path)
  assert.equal(answer.status, 200, path)
  return answer.text()
}

/** Sends a form in parts, as the browser does; a list is sent once for each of its values. */
async function send(path: string, form: Form, files: File[] = []) {
  const body = new FormData()
  for (const [name, values] of Object.entries(form)) for (const value of [values].flat()) body.append(name, value)
  for (const file of files) body.append('attachments', file)
  const answer = await author.send('POST', path, body, sameOrigin)
  return { code: answer.status, page: await answer.text(), location: answer.headers.get('location') }
}
const search = (form: Form, files: File[] = []) => send('/notices', { ...withoutEveryone(), ...form }, files)
const withoutEveryone = () => {
  const { everyone: _everyone, ...form } = noticeForm()
  return form
}
/** The boxes of a list on a page, each with whether it is ticked. */
const boxes = (page: string, name: string) =>
  [...page.matchAll(/<input[^>]*type="checkbox"[^>]*>/g)].flatMap(([tag]) => {
    const value = new RegExp(`name="${name}".* value="([^"]*)"`).exec(tag)?.[1]
    return value === undefined ? [] : [[value, tag.includes('checked=""')] as const]
  })
const ticked = (page: string, name: string) => boxes(page, name).flatMap(([value, is]) => (is ? [value] : []))

test('with 1,500 institutions, all that a notice goes through stays within the first load of 14 KB', async () => {
  const checked = await written(await writeNotice(author, noticeForm({ without: 'BIG-7' })))
  await release(checked, { author, releaser })
  const draft = await written(await writeNotice(author, noticeForm()))
  const correction = await written(
    await writeNotice(author, noticeForm({ kind: 'correction', replaces_id: checked.split('/')[2] ?? '' })),
  )
  for (const path of [
    ...['command_centre', 'report_request', 'official', 'practice', 'test'].map((kind) => `/notices/new?kind=${kind}`),
    ...['/edit', '/check', '/institutions', '/institutions?shown=unreachable&page=3'].map((page) => draft + page),
    ...[`${correction}/check`, `${correction}/institutions`, checked, `${checked}/answers`, '/audiences/new'],
  ])
    for (const language of ['ja', 'en']) {
      const page = await read(site.client(`${author.cookie}; language=${language}`), path)
      assert.match(page, new RegExp(`<html lang="${language}"`))
      assert.ok(bytesOf(page) <= first_load_bytes_max, `${path} in ${language}: ${bytesOf(page)} bytes`)
    }
  const found = await search({ find: 'institutions', find_institutions: '架空' })
  assert.ok(bytesOf(found.page) <= first_load_bytes_max, `what is found: ${bytesOf(found.page)} bytes`)
})

test('every name of a big audience can be read, page by page, by kind', async () => {
  const path = await written(await writeNotice(author, noticeForm({ without: 'BIG-7' })))
  const check = await read(author, `${path}/check`)
  assert.match(check, new RegExp(`href="${path}/institutions"`))
  assert.doesNotMatch(check, /id="audience-names"/)
  const names = new Set<string>()
  for (let page = 1; page <= 8; page++) {
    const text = await read(author, `${path}/institutions?page=${page}`)
    for (const [, name = ''] of text.matchAll(/<li>([^<]+)<\/li>/g)) names.add(name)
  }
  for (let index = 0; index < firms; index++) assert.equal(names.has(nameOf(index).name_ja), index !== 7, `${index}`)
  assert.match(await read(author, `${path}/institutions?page=999`), /8 \/ 8ページ/)
  assert.match(await read(author, `${path}/institutions?page=-1&shown=x`), /1 \/ 8ページ/)
})

test('a search brings at most 20 to tick, says how many there are, and creates nothing', async () => {
  const count = () =>
    site.db
      .selectFrom('notice')
      .select('id')
      .execute()
      .then(({ length }) => length)
  const before = await count()
  const many = await search({ find: 'institutions', find_institutions: 'big-' })
  assert.equal(many.code, 200)
  assert.match(many.page, /「big-」に当たる機関：1500。初めの20だけ/)
  assert.equal(boxes(many.page, 'institutions').length, 20)
  const one = await search({ find: 'institutions', find_institutions: 'ＢＩＧ－９９９' })
  assert.deepEqual(boxes(one.page, 'institutions'), [['BIG-999', false]])
  assert.match(one.page, /<p id="found-institutions" tabindex="-1" autofocus="">/i)
  // By its reading and its English name, in whatever width and kana.
  for (const [words, count] of [
    ['かくうしょうけん　ｂｉｇ－９９９', 1],
    ['ｶｸｳ 999 FICTIONAL', 1],
  ] as const)
    assert.equal(boxes((await search({ find: 'without', find_without: words })).page, 'without').length, count, words)
  const none = await search({ find: 'institutions', find_institutions: '存在しない' })
  assert.match(none.page, /「存在しない」に当たる機関はありません/)
  const empty = await search({ find: 'institutions', find_institutions: ' ' })
  assert.match(empty.page, /一部を入力してから、押してください/)
  assert.equal(await count(), before)
})

test('nothing typed is lost by a search: words, choices, files, and who is left out', async () => {
  const typed = {
    belongs_to: 'none:exercise',
    severity: 'routine',
    label: 'amber',
    subject_ja: '件名 <b>"そのまま"</b>',
    subject_en: '',
    text_ja: '一行目\n{{空欄}}',
    'blank:空欄': '埋めた',
    answer_wanted: 'choice',
    choices_ja: 'はい\nいいえ',
    answer_by: '2030-01-01T10:00',
    kinds: ['exchange', 'pts'],
    areas: ['13'],
    institutions: ['BIG-1', 'BIG-2', 'GONE-1'],
    without: ['BIG-3'],
  }
  const file = new File(['本文'], '記録.txt')
  const first = await search({ ...typed, find: 'without', find_without: 'BIG-40' }, [file])
  assert.equal(first.code, 200)
  assert.doesNotMatch(first.page, /dads-error-summary/)
  for (const kept of [
    /value="none:exercise"[^>]*checked|checked=""[^>]*value="none:exercise"/,
    /checked=""[^>]*value="routine"/,
    /<option value="amber" selected=""/,
    /value="件名 &lt;b&gt;&quot;そのまま&quot;&lt;\/b&gt;"/,
    /一行目\r?\n\{\{空欄\}\}<\/textarea>/,
    /name="blank:空欄"[^>]*|value="埋めた"/,
    /はい\r?\nいいえ<\/textarea>/,
    /value="2030-01-01T10:00"/,
    /記録\.txt/,
    /GONE-1<span class="dads-choice__hint">今は参加していない機関/,
  ])
    assert.match(first.page, kept)
  assert.match(first.page, /value="埋めた"/)
  assert.deepEqual(ticked(first.page, 'kinds'), ['exchange', 'pts'])
  assert.deepEqual(ticked(first.page, 'areas'), ['13'])
  assert.deepEqual(ticked(first.page, 'institutions'), ['BIG-1', 'BIG-2', 'GONE-1'])
  assert.deepEqual(ticked(first.page, 'without'), ['BIG-3'])
  assert.deepEqual(
    boxes(first.page, 'without').map(([code]) => code),
    [
      'BIG-3',
      'BIG-40',
      'BIG-400',
      'BIG-401',
      'BIG-402',
      'BIG-403',
      'BIG-404',
      'BIG-405',
      'BIG-406',
      'BIG-407',
      'BIG-408',
      'BIG-409',
    ],
  )
  // One that was found and ticked stays, and stands there once, when something else is looked for.
  const second = await search({
    ...typed,
    without: ['BIG-3', 'BIG-40'],
    find: 'institutions',
    find_institutions: 'BIG-2',
  })
  assert.deepEqual(ticked(second.page, 'without'), ['BIG-3', 'BIG-40'])
  assert.equal(boxes(second.page, 'institutions').filter(([code]) => code === 'BIG-2').length, 1)
  assert.deepEqual(ticked(second.page, 'institutions').sort(), ['BIG-1', 'BIG-2', 'GONE-1'])
})

test('words that were not looked for yet are looked for, whatever is pressed; then the same press goes on', async () => {
  const form = { institutions: ['BIG-5'], without: ['BIG-6'], find_institutions: 'BIG-6', found_institutions: '' }
  const asked = await search(form)
  assert.equal(asked.code, 200)
  assert.deepEqual(boxes(asked.page, 'institutions').slice(0, 2), [
    ['BIG-5', true],
    ['BIG-6', false],
  ])
  assert.match(asked.page, /name="found_institutions" value="BIG-6"/)
  const on = await search({ ...form, institutions: ['BIG-5', 'BIG-6', 'BIG-60'], found_institutions: 'BIG-6' })
  assert.equal(on.code, 303)
  // Who is left out stays left out, even where it was also chosen.
  const names = await read(author, (on.location ?? '').replace(/check$/, 'institutions'))
  const [five, six, sixty] = [5, 6, 60].map((index) => names.includes(nameOf(index).name_ja))
  assert.deepEqual([five, six, sixty], [true, false, true])
})

test('every answer to a big notice can be reached, each once, and who chose what; each page within 14 KB', async () => {
  const choice = { answer_wanted: 'choice', choices_ja: '出席\n欠席', choices_en: 'Yes\nNo' }
  const path = await written(await writeNotice(author, noticeForm(choice)))
  await release(path, { author, releaser })
  const id = path.split('/')[2] ?? ''
  const { id: answered_by } = await site.accountOf('secretariat')
  const receipts = await site.db
    .selectFrom('receipt')
    .innerJoin('institution', 'institution.id', 'institution_id')
    .where('notice_id', '=', id)
    .select(['receipt.id', 'receipt.mode', 'institution_id', 'code', 'name_ja'])
    .orderBy('code')
    .execute()
  assert.equal(receipts.length, firms + 60)
  const at = new Date('2027-01-15T03:00:00Z').getTime()
  const answer = (
    { id: receipt_id, mode, institution_id }: (typeof receipts)[number],
    said: { choice: number; is_first: boolean; seconds: number; text?: string },
  ) => ({
    ...{ receipt_id, mode, institution_id, notice_id: id, given: 'choice' as const, choice: said.choice, answered_by },
    ...{ is_first: said.is_first, via: 'portal' as const, text: said.text ?? '' },
    answered_at: new Date(at + said.seconds * 1000),
  })
  await site.db
    .insertInto('answer')
    // Many at the same moment: they still stand on one page only.
    .values(receipts.map((one, index) => answer(one, { choice: 1, is_first: true, seconds: index % 100 })))
    .execute()
  const [changed, ...others] = receipts
  await site.db
    .insertInto('answer')
    .values(answer(changed!, { choice: 2, is_first: false, seconds: 200, text: '<i>やはり</i>欠席' }))
    .execute()

  const namesOn = (page: string) =>
    [...page.matchAll(/<th scope="row"[^>]*>(?:<a[^>]*>)?([^<]+)/g)].map(([, name = '']) => name)
  const all: string[] = []
  const pages = Math.ceil((receipts.length + 1) / 50)
  for (let number = 1; number <= pages; number++) {
    const page = await read(author, `${path}/answers?page=${number}`)
    assert.ok(bytesOf(page) <= first_load_bytes_max, `${bytesOf(page)} bytes`)
    all.push(...namesOn(page))
  }
  assert.deepEqual(all.sort(), [changed, ...receipts].map((one) => one?.name_ja).sort())

  const sent = await read(author, path)
  assert.ok(bytesOf(sent) <= first_load_bytes_max, `${bytesOf(sent)} bytes`)
  assert.match(sent, new RegExp(`届いた回答（${receipts.length + 1}）のうち新しい10件`))
  assert.match(sent, new RegExp(`href="${path}/answers">すべての回答を見る`))
  assert.match(sent, new RegExp(`href="${path}/answers\\?choice=2">欠席`))
  const absent = await read(author, `${path}/answers?choice=2`)
  assert.deepEqual(namesOn(absent), [changed?.name_ja])
  assert.match(absent, /「欠席」と答えた機関（1）[\s\S]*&lt;i&gt;やはり/)
  assert.match(
    await read(author, `${path}/answers?choice=1&page=99`),
    new RegExp(`「出席」と答えた機関（${others.length}）`),
  )
  const [one] = others
  for (const q of [one!.code.toLowerCase(), one!.name_ja])
    assert.ok(namesOn(await read(author, `${path}/answers?${new URLSearchParams({ q })}`)).includes(one!.name_ja))
  const paged = await read(author, `${path}/answers?q=big&choice=1`)
  assert.match(paged, /href="[^"]*answers\?choice=1&amp;q=big&amp;page=2"/)
  for (const q of ['%', "' or true --", '<script>alert(1)</script>', 'x'.repeat(5000), '\0%']) {
    const page = await read(author, `${path}/answers?${new URLSearchParams({ q })}`)
    assert.match(page, /に当たる機関からの回答はありません/)
    assert.doesNotMatch(page, /<script>alert/)
  }
  for (const odd of ['?choice=3', '?choice=-1', '?choice=x&page=0', '?page=1e9'])
    assert.match(await read(author, `${path}/answers${odd}`), new RegExp(`届いた回答（${receipts.length + 1}）`))
  assert.equal((await (await site.as('bcp_contact')).get(`${path}/answers`)).status, 403)
})

test('what Enter presses is no button that looks for institutions', async () => {
  for (const path of ['/notices/new?kind=command_centre', '/audiences/new']) {
    const [form = ''] = /<form[^>]*action="\/(notices|audiences)".*?<\/form>/s.exec(await read(author, path)) ?? []
    const [first = '', ...others] = form.match(/<button[^>]*>/g) ?? []
    assert.doesNotMatch(first, /name=/, path)
    assert.equal(others.filter((button) => button.includes('name="find"')).length, 2)
  }
})

test('a search with hostile words is harmless, and what it says is text', async () => {
  for (const words of [
    '%',
    '_',
    "'; drop table institution; --",
    '"',
    '\\',
    '<script>alert(1)</script>',
    'x'.repeat(10_000),
    '\u0000',
    '(((((',
  ])
    for (const name of ['institutions', 'without']) {
      const { code, page } = await search({ find: name, [`find_${name}`]: words, institutions: ['BIG-1'] })
      assert.equal(code, 200)
      assert.doesNotMatch(page, /<script>alert/)
      assert.deepEqual(ticked(page, 'institutions'), ['BIG-1'])
      assert.equal(boxes(page, name).filter(([, is]) => !is).length, 0, words)
      assert.ok(bytesOf(page) <= first_load_bytes_max)
    }
  assert.equal((await search({ find: ['without', 'institutions'], find_without: ['a', 'b'] })).code, 200)
  assert.deepEqual(site.reported, [])
})

test('a saved audience is written the same way: looked for, ticked, saved', async () => {
  const form = { name_ja: '大きい市場', name_en: 'Big market', version: '0', idempotency_key: crypto.randomUUID() }
  const found = await send('/audiences', {
    ...form,
    name_en: '',
    find: 'institutions',
    find_institutions: 'BIG-149',
    without: 'BIG-9',
  })
  assert.equal(found.code, 200)
  assert.match(found.page, /value="大きい市場"/)
  assert.deepEqual(ticked(found.page, 'without'), ['BIG-9'])
  assert.equal(boxes(found.page, 'institutions').length, 11)
  const saved = await send('/audiences', { ...form, institutions: ['BIG-149', 'BIG-9'], without: 'BIG-9' })
  assert.equal(saved.code, 303)
  assert.match(await read(author, saved.location ?? ''), /<b>1機関<\/b>/)
  const edited = await send(saved.location ?? '', { ...form, version: '1', find: 'without', find_without: 'BIG-13' })
  assert.equal(edited.code, 200)
  assert.match(edited.page, new RegExp(`action="${saved.location}"`))
})

test('S0-30 nobody but the desk looks for institutions in a form', async () => {
  const member = await site.as('bcp_contact')
  for (const path of ['/notices', '/audiences'])
    assert.equal(
      (await member.post(path, { kind: 'command_centre', find: 'institutions', find_institutions: 'BIG' })).status,
      403,
    )
})
