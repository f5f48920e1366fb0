import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { root } from '#ground/config/root.ts'
import { sameOrigin, type TestSite, testSite } from '#tests/kit/site.ts'
import { parseRoster } from './parse-roster.ts'

let site: TestSite
let desk: TestSite['nobody']
const sample = new URL('docs/roster-sample.csv', root)

before(async () => {
  site = await testSite()
  desk = await site.as('secretariat')
})
after(() => site.close())

const lines = async () => (await site.trail()).length
const upload = (content: string | Uint8Array<ArrayBuffer>, name = '名簿.csv') => {
  const form = new FormData()
  form.set('roster', new File([content], name))
  return form
}

const send = (client: TestSite['nobody'], body: FormData | URLSearchParams, language = 'ja') =>
  client.send('POST', '/roster/import', body, {
    ...sameOrigin,
    cookie: `${client.cookie}; language=${language}`,
  })

test('S0-30 only the secretariat reaches the import, in any of its parts', async () => {
  const others = await site.people('bcp_contact', 'authority', 'auditor')
  for (const { client } of Object.values(others)) {
    for (const path of ['', '/result', '/sample.csv', '/institutions.csv', '/contacts.csv'])
      await site.refused(client, `/roster/import${path}`, 403)
    assert.equal((await send(client, upload('x'))).status, 403)
  }
})

test('the sample can be downloaded and imported as it is', async () => {
  const answer = await desk.get('/roster/import/sample.csv')
  assert.match(answer.headers.get('content-disposition')!, /^attachment/)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf])
  const parsed = parseRoster(bytes)
  assert.ok('lines' in parsed)
  assert.deepEqual(
    parsed.lines.map(({ code }) => code),
    ['EXC-1', 'SEC-001', 'SPM-001'],
  )

  const before = await lines()
  const sent = await send(desk, upload(bytes))
  assert.equal(sent.status, 303)
  const page = await site.main(desk, sent.headers.get('location')!)
  assert.match(page, /この名簿は登録内容と同じです/)
  assert.doesNotMatch(page, /変更を取り込む/)
  assert.equal(await lines(), before)
})

test('the samples of both tables can be downloaded and imported as they are', async () => {
  for (const [name, words] of [
    ['institutions', /変更を取り込む/],
    ['contacts', /危機管理部長/],
  ] as const) {
    const bytes = new Uint8Array(await (await desk.get(`/roster/import/${name}.csv`)).arrayBuffer())
    const sent = await send(desk, upload(bytes))
    assert.equal(sent.status, 303)
    assert.match(await site.main(desk, sent.headers.get('location')!), words)
  }
})

test('the page names each mistake by line, column and reason, and changes nothing', async () => {
  const before = await lines()
  const text = (await readFile(sample, 'utf8')).replace('SEC-001,securities_firm', '<b>,moon').replace(',350,', ',999,')
  for (const [language, words] of [
    [
      'ja',
      [/2.*head_office_area（本店地域コード）.*細分区域/s, /3.*code（機関コード）.*3.*「moon」という種別はありません/s],
    ],
    ['en', [/Not imported.*Area code|area code/s, /There is no kind &quot;moon&quot;/]],
  ] as const) {
    const answer = await send(desk, upload(text), language)
    const page = await answer.text()
    assert.equal(answer.status, 422)
    for (const word of words) assert.match(page, word)
  }
  assert.equal(await lines(), before)
})

test('a form without a file, or no form at all, asks for the file', async () => {
  for (const body of [new FormData(), upload('', ''), new URLSearchParams({ roster: 'x' })]) {
    const answer = await send(desk, body)
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), /<a href="#roster">ファイルを選んでください<\/a>/)
  }
})
