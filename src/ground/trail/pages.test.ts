import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { idIn } from '#tests/kit/pages.ts'
import { askAsPeople } from '#tests/kit/rounds.ts'
import { situationForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { record } from './record.ts'

const noon = new Date('2027-01-15T03:00:00Z')
let site: TestSite
let auditor: Awaited<ReturnType<TestSite['as']>>
let desk: Awaited<ReturnType<TestSite['personOf']>>
let deputy = ''
before(async () => {
  site = await testSite({ clock: () => noon })
  auditor = await site.as('auditor')
  const idOf = async (email: string) =>
    (await site.db.selectFrom('person').where('email', '=', email).select('id').executeTakeFirstOrThrow()).id
  desk = await site.personOf(await idOf('desk@assoc.example'))
  deputy = await idOf('desk-deputy@assoc.example')
  for (let minute = 1; minute <= 60; minute++) await write(minute)
})
after(() => site.close())

/** Somebody of the desk takes contacts along, at so many minutes past 06:00 in the market; the first time it is the deputy. */
async function write(minute: number) {
  const by = { ...desk.person, ...(minute === 1 && { id: deputy }), ...(minute === 60 && { name_ja: '=架空 花子' }) }
  await site.db.transaction().execute((tx) =>
    record(tx, by, new Date(Date.UTC(2027, 0, 14, 21, minute)), {
      action: 'directory.exported',
      about: '/directory',
      details: { contacts: minute, format: 'vcard', is_own_only: false, institutions: null, q: 'a "b", c' },
    }),
  )
}

const read = async (path: string, language: 'ja' | 'en' = 'ja') =>
  (await auditor.get(path, { cookie: `${auditor.cookie}; language=${language}` })).text()

/** The file that the form of the page gives, its heads first. */
async function saved(form: Record<string, string>, language: 'ja' | 'en' = 'ja') {
  const headers = { 'sec-fetch-site': 'same-origin', cookie: `${auditor.cookie}; language=${language}` }
  const answer = await auditor.post('/trail/export', form, headers)
  assert.equal(answer.status, 200)
  const [heads = [], ...rows] = parse(await answer.text(), { bom: true }) as string[][]
  const label = rows.length > 0 ? '_TLP-AMBER\\+STRICT' : ''
  assert.match(answer.headers.get('content-disposition') ?? '', new RegExp(`${label}_2027-01-15\\.csv`))
  return [heads, ...rows]
}

test('the page of the trail has the newest lines and the way to older ones, which keeps what was sought', async () => {
  const page = await read('/trail')
  assert.equal(page.match(/<tr role="row">/g)?.length, 31)
  assert.match(page, /href="\/trail\?before=\d+"/)
  assert.match(await read(`/trail?person=${desk.person.id}`), /href="\/trail\?person=[^"]+&amp;before=\d+"/)
})

test('details are said in words of the reader; what says nothing is left out, what people wrote stays as it is', async () => {
  for (const [language, words] of [
    ['ja', /検索語：a "b", c/, /連絡先：1(?!\d)/, /形式：vCard/, /自機関だけ：いいえ/],
    ['en', /Search words: a "b", c/, /Contacts: 1(?!\d)/, /Format: vCard/, /Own institution only: no/],
  ].map(([language, ...words]) => [language as 'ja' | 'en', words as RegExp[]] as const)) {
    const [, row = []] = await saved({ person: deputy }, language)
    for (const word of words) assert.match(row[5] ?? '', word)
    assert.doesNotMatch(row[5] ?? '', /機関：|Institutions: |[a-z]_[a-z]/)
    const page = await read(`/trail?person=${deputy}`, language)
    assert.match(page.replaceAll('&quot;', '"'), words[0] as RegExp)
  }
})

for (const [asked, minutes] of [
  [{ person: 'deputy' }, [1]],
  [{ person: 'DESK-DEPUTY@' }, [1]],
  [{ from: '2027-01-15T06:58', until: '2027-01-15T06:59' }, [59, 58]],
  [{ group: 'directory', until: '2027-01-15T06:02' }, [2, 1]],
  [{ group: 'directory', until: '2027-01-15T06:02', person: 'desk' }, [2, 1]],
  [{ group: 'directory', until: '2027-01-15T06:02', person: 'desk@' }, [2]],
  [{ group: 'publication' }, []],
  [{ person: '誰でもない' }, []],
] as const)
  test(`page and file have the lines of ${JSON.stringify(asked)}, and no other`, async () => {
    const [, ...rows] = await saved(asked)
    const found = rows.flatMap(
      ([, , , , , details = '']) => details.match(/^連絡先：(\d+)|(?<= )連絡先：(\d+)/)?.[0] ?? [],
    )
    assert.deepEqual(
      found.map((words) => Number(words.split('：')[1])),
      minutes,
    )
    const page = await read(`/trail?${new URLSearchParams(asked)}`)
    assert.equal(page.match(/連絡先：\d+/g)?.length ?? 0, minutes.length)
    if (minutes.length === 0) assert.match(page, /当てはまる記録はありません/)
  })

test('what was saved is in the trail: how many lines, by what they were sought, by whom', async () => {
  const [heads = [], ...rows] = await saved({ group: 'directory', from: '2027-01-15T06:50' }, 'en')
  assert.deepEqual(heads, ['Line', 'When', 'Who', 'What', 'About', 'Details', 'Label', 'Exported at'])
  assert.equal(rows.length, 11)
  assert.match(rows[0]?.[2] ?? '', /^'=架空 花子/, 'no cell that a spreadsheet would run')
  assert.deepEqual([rows[0]?.[1], rows[0]?.[6]], ['2027-01-15T07:00:00+09:00', 'TLP:AMBER+STRICT'])
  const line = (await site.trailOf('/trail')).at(-1)
  assert.deepEqual(
    [line?.action, line?.person_id, line?.details],
    [
      'trail.exported',
      (await site.accountOf('auditor')).id,
      {
        ...{ lines: 11, language: 'en', person: '', situation_id: '', group: 'directory' },
        ...{ from: '2027-01-15T06:50', until: '' },
      },
    ],
  )
})

test('a moment that is none is said to be wrong, and the words stay in the form', async () => {
  const answer = await auditor.get('/trail?from=yesterday&person=desk')
  assert.equal(answer.status, 422)
  const page = await answer.text()
  assert.match(page, /日時を選び直してください/)
  assert.match(page, /name="person"[^>]*value="desk"|value="desk"[^>]*name="person"/)
})

test('a situation’s lines are its own, from every page on which they stand, and real and drill are marked', async () => {
  const criterion = await site.db.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  const open = async (mode: 'actual' | 'exercise') => {
    const form = { ...situationForm(criterion.id, noon), mode, idempotency_key: crypto.randomUUID() }
    const beside = mode === 'exercise' ? { beside_actual: 'yes' } : {}
    return idIn(await site.done(desk.client, '/situations', { ...form, ...beside }))
  }
  const [real, drill] = [await open('actual'), await open('exercise')]
  await askAsPeople(site.tools, desk.person, { situation_id: real, mode: 'actual' })
  await askAsPeople(site.tools, desk.person, { situation_id: drill, mode: 'exercise' })
  for (const [id, other, mark] of [
    [real, drill, '【実災害】'],
    [drill, real, '【訓練】'],
  ] as const) {
    const [, ...rows] = await saved({ situation: id })
    const actions = rows.map(([, , , action]) => action ?? '')
    for (const words of ['対策本部を設置', '通知を下書き', '状況報告を依頼'])
      assert.ok(
        actions.some((action) => action.endsWith(words)),
        `${words}: ${actions.join()}`,
      )
    for (const action of actions) assert.ok(action.startsWith(mark), action)
    const abouts = await site.db.selectFrom('notice').where('situation_id', '=', other).select('id').execute()
    for (const about of [`/situations/${other}`, ...abouts.map(({ id: notice }) => `/notices/${notice}`)])
      assert.ok(!rows.some((row) => row[4] === about), about)
    const page = await read(`/trail?situation=${id}`)
    assert.match(page, new RegExp(`<option[^>]*value="${id}"[^>]*selected`))
    assert.match(page, new RegExp(mark))
  }
})

test('only who may read the trail takes it along, and nobody else finds its pages', async () => {
  const contact = await site.as('bcp_contact')
  for (const path of ['/trail', '/trail/readings']) assert.equal((await contact.get(path)).status, 403)
  const lines = (await site.trailOf('/trail')).length
  assert.equal((await contact.post('/trail/export', {})).status, 403)
  const later = (await site.trailOf('/trail/export')).at(-1)
  assert.deepEqual([later?.action, (await site.trailOf('/trail')).length], ['access.denied', lines])
})
