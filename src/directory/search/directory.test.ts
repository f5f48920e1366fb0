import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { demoPassword, readPerson } from '#access/sign-in/index.ts'
import { firstPage } from '#ground/lists/wanted.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { Sought } from './query.ts'
import { searchContacts } from './search.ts'

let site: TestSite
let desk: TestSite['nobody']
let firm: TestSite['nobody']

const saturday = new Date('2027-01-16T01:00:00Z')

before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
  firm = await site.signIn('bcp@sokyu.example')
  const { db } = site
  const institution_id = await idOf('SEC-003')
  const { id } = await db
    .updateTable('contact')
    .set({
      name_ja: '髙橋 ゆき',
      name_en: 'Yuki O’Takahashi',
      reading: 'たかはし ゆき',
      title: '部長, "危機;管理"',
      hours: ['business'],
      first_responder: [],
    })
    .where('institution_id', '=', institution_id)
    .where('rank', '=', 1)
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('institution')
    .set({ reading: 'カクウショウケン', lei: '5493001KJTIIGC8Y1R12' })
    .where('id', '=', institution_id)
    .execute()
  await db
    .updateTable('contact_address')
    .set({ address: '+819000001234', means: 'mobile', look: '+819000001234' })
    .where('contact_id', '=', id)
    .where('means', '=', 'phone')
    .execute()
})
after(() => site.close())

const idOf = async (code: string) =>
  (await site.db.selectFrom('institution').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id
const text = async (answer: Response | Promise<Response>) => (await answer).text()
const search = async (fields: Record<string, string>, client = desk) =>
  text(client.get(`/directory?${new URLSearchParams(fields)}`))
const found = (page: string) => [...page.matchAll(/<h3 class="dads-card__title">([^<]*)</g)].map((m) => m[1])
const count = (page: string) => Number(/担当者 (\d+)人/.exec(page)?.[1])

for (const q of [
  '髙橋',
  'ゆき',
  'ユキ',
  'ﾕｷ',
  'タカハシ',
  'たかはし ゆき',
  'takahashi',
  'ＴＡＫＡＨＡＳＨＩ',
  '危機',
  '090-0000-1234',
  '+81 9000001234',
  '00001234',
  '5493001kjtiigc8y1r12 髙橋',
  'かくうしょうけん たかはし',
  'SEC-003 ゆき',
])
  test(`a contact is found by “${q}”`, async () => {
    const page = await search({ q })
    assert.ok(
      found(page).some((name) => name?.startsWith('髙橋 ゆき')),
      String(found(page)),
    )
  })

test('every word must be found, and what is nowhere finds nothing and says what to do', async () => {
  const page = await search({ q: '髙橋 どこにもいない' })
  assert.deepEqual(found(page), [])
  assert.match(page, /当てはまる担当者はいません/)
  for (const q of ['%', '_', "'", '\\', '(', '０'.repeat(200), '\u0000', '🦊'])
    assert.equal((await desk.get(`/directory?${new URLSearchParams({ q })}`)).status, 200)
  for (const strange of ['kind=x&area=y&reachable=z&page=-3', 'page=99999999999', 'area=350&page=900', 'q=a&q=b'])
    assert.equal((await desk.get(`/directory?${strange}`)).status, 200)
  assert.deepEqual(site.reported, [])
})

test('everyone is there without words, twenty a page, infrastructure first', async () => {
  const page = await search({})
  assert.equal(count(page), 120)
  assert.equal(found(page).length, 20)
  assert.match(page, /協会/)
  assert.equal(found(await search({ page: '6' })).length, 20)
  assert.equal(count(await search({ page: '9000' })), 120)
})

test('the search is narrowed by kind, area, and who can be reached now', async () => {
  assert.equal(count(await search({ kind: 'exchange' })), 6)
  const osaka = count(await search({ area: '520' }))
  assert.ok(osaka > 0 && osaka < 120)
  const by = (await readPerson(site.db, (await site.accountOf('secretariat')).id))!
  const onSaturday = async (fields: Record<string, string>) =>
    searchContacts(site.db, by, Sought.parse(fields), { at: saturday, wanted: firstPage, per_page: 20 })
  const reachable = await onSaturday({ q: 'SEC-003', reachable: 'now' })
  assert.equal(reachable.count, 1)
  assert.notEqual(reachable.rows[0]?.name_ja, '髙橋 ゆき')
  assert.equal((await onSaturday({ q: 'SEC-003' })).count, 2)
})

test('a card has one press to call and one to write, and says how old it is', async () => {
  const page = await search({ q: '髙橋' })
  assert.match(page, /href="tel:\+819000001234"[^>]*>090-0000-1234 に電話する/)
  assert.match(page, /href="mailto:bcp@[a-z]+\.example"/)
  assert.match(page, /最終確認: 未確認/)
  assert.match(page, /正担当者/)
})

test('an institution finds its own people and the association’s, and of others only the name', async () => {
  const all = await search({}, firm)
  assert.equal(count(all), 4)
  const other = await search({ q: 'SEC-003' }, firm)
  assert.deepEqual(found(other), [])
  assert.match(other, /連絡先の交換を提案する/)
  assert.doesNotMatch(other, /髙橋/)
})

const unfolded = (file: string) => file.replaceAll('\r\n ', '')

test('what was found is taken along as vCards 4.0', async () => {
  const answer = await desk.post('/directory/export', { format: 'vcard', q: '髙橋' })
  assert.match(answer.headers.get('content-type') ?? '', /^text\/vcard/)
  assert.match(answer.headers.get('content-disposition') ?? '', /attachment; filename="noroshi-amber-[\d-]+\.vcf"/)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  const file = await answer.text()
  for (const line of file.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
  assert.ok(!file.replaceAll('\r\n', '').includes('\n'))
  const lines = unfolded(file).split('\r\n')
  for (const line of [
    'BEGIN:VCARD',
    'VERSION:4.0',
    'FN:髙橋 ゆき',
    'N;SORT-AS="たかはし,ゆき":髙橋;ゆき;;;',
    'X-PHONETIC-LAST-NAME:たかはし',
    'TITLE:部長\\, "危機\\;管理"',
    'TEL;VALUE=uri;TYPE="work,cell,text";PREF=2:tel:+819000001234',
    'CATEGORIES:BCP,SEC-003',
    'END:VCARD',
  ])
    assert.ok(lines.includes(line), `${line} in ${lines.join('\n')}`)
  assert.ok(lines.some((line) => /^NOTE:TLP:AMBER\\n\d{4}-\d\d-\d\dT\d\d:\d\dZ/.test(line)))
  assert.ok(lines.some((line) => /^REV:\d{8}T\d{6}Z$/.test(line)))
})

test('as a table no cell becomes a formula, and each row carries its label and date', async () => {
  await site.db
    .updateTable('contact')
    .set({ title: '=HYPERLINK("http://x.example")' })
    .where('name_ja', '=', '髙橋 ゆき')
    .execute()
  const answer = await desk.post('/directory/export', { format: 'csv', q: '髙橋' })
  // Reading it as a text would take the mark away.
  const file = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer())
  assert.ok(file.startsWith('\ufeff'))
  const [row] = parse(file, { bom: true, columns: true }) as Record<string, string>[]
  assert.equal(row?.役職, `'=HYPERLINK("http://x.example")`)
  assert.equal(row?.電話, '090-0000-1234')
  assert.equal(row?.取扱い, 'TLP:AMBER')
  assert.ok(!Number.isNaN(Date.parse(row?.書き出し日時 ?? '')))
})

test('an export is of all for the secretariat, of their own people for others, and leaves its line', async () => {
  const rowsOf = async (client: TestSite['nobody'], fields = {}) =>
    (
      parse(await text(client.post('/directory/export', { format: 'csv', ...fields })), {
        bom: true,
        columns: true,
      }) as object[]
    ).length
  assert.equal(await rowsOf(desk), 120)
  assert.deepEqual((await site.trail()).at(-1)?.details, {
    contacts: 120,
    format: 'csv',
    institutions: 60,
    is_own_only: false,
  })
  assert.equal(await rowsOf(firm, { q: 'bcp' }), 1)
  const line = (await site.trail()).at(-1)
  assert.equal(line?.action, 'directory.exported')
  assert.deepEqual(line?.details, { contacts: 1, format: 'csv', institutions: 1, is_own_only: true, q: 'bcp' })
  const auditor = await site.as('auditor')
  // An auditor of the association sees all, and takes along the association's only.
  assert.equal(await rowsOf(auditor), 2)
  assert.equal((await desk.post('/directory/export', { format: 'exe' })).status, 303)
  assert.equal((await desk.get('/directory/export')).status, 404)
})

test('the copy for a phone has everyone whom its reader may see, and nothing that would be old in it', async () => {
  const page = await text(desk.get('/directory/offline'))
  // And the contact point of every institution, for each reader.
  const points = 60
  assert.equal([...page.matchAll(/data-words=/g)].length, 120 + points)
  assert.match(page, /TLP:AMBER/)
  assert.match(page, /この名簿は.*現在のものです/)
  assert.match(page, /<div id="away" hidden="">/)
  assert.match(page, /<b id="age"><\/b>/)
  assert.doesNotMatch(page, /sign-out|data-live/)
  assert.equal([...(await text(firm.get('/directory/offline'))).matchAll(/data-words=/g)].length, 4 + points)
  assert.equal((await site.nobody.get('/directory/offline')).status, 303)
})

test('the service worker has an address that stays, and a sign-out clears what a device kept', async () => {
  const worker = await site.nobody.get('/service-worker.js')
  assert.equal(worker.status, 200)
  assert.match(worker.headers.get('content-type') ?? '', /^text\/javascript/)
  assert.equal(worker.headers.get('cache-control'), 'no-cache')
  const home = await desk.get('/directory')
  assert.match(home.headers.get('content-security-policy') ?? '', /worker-src 'self'/)
  const leaving = await site.as('observer')
  assert.equal((await leaving.post('/sign-out')).headers.get('clear-site-data'), '"storage"')
})

test('S3-4(11) the numbers of the whole market are given out after a fresh proof only, one’s colleagues’ at once', async () => {
  const half_an_hour_ago = new Date(Date.now() - 30 * 60_000)
  await site.db.updateTable('session').set({ confirmed_at: half_an_hour_ago }).execute()
  const asked = await desk.post('/directory/export', { format: 'csv', q: 'bcp' })
  assert.equal(asked.status, 401)
  const html = await asked.text()
  assert.match(html, /name="q" value="bcp"/)
  assert.equal((await firm.post('/directory/export', { format: 'csv' })).status, 200)
  const proven = await desk.post('/directory/export', { format: 'csv', q: 'bcp', confirm_password: demoPassword })
  assert.equal(proven.status, 200)
  assert.match(proven.headers.get('content-type') ?? '', /^text\/csv/)
})
