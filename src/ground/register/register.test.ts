import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { readPerson } from '#access/sign-in/index.ts'
import { type Database, openDatabase, openPool } from '#ground/db/database.ts'
import { file_bytes_max } from '#ground/files/judge-file.ts'
import type { Person } from '#ground/rights/person.ts'
import { sameOrigin, type TestSite, testSite } from '#tests/kit/site.ts'
import { addComment } from './add-comment.ts'
import { newItem } from './items.ts'
import { linkItems } from './link-items.ts'
import { reviewItem, reviewsDue } from './review-item.ts'

type Client = TestSite['nobody']

let site: TestSite
let desk: Client
let firm: Client
let by: Person
before(async () => {
  site = await testSite()
  desk = await site.signIn('desk@assoc.example')
  firm = await site.signIn('bcp@sokyu.example')
  by = await personOf('desk@assoc.example')
})
after(() => site.close())
beforeEach(() => assert.deepEqual(site.reported, []))

async function personOf(email: string) {
  const { id } = await site.db.selectFrom('person').where('email', '=', email).select('id').executeTakeFirstOrThrow()
  return (await readPerson(site.db, id))!
}
const made = async (title: string, said: Record<string, string> = {}) => {
  const form = { title, finding: '架空', source: 'other', version: '0', key: randomUUID(), ...said }
  const answer = await desk.post('/improvements', form)
  assert.equal(answer.status, 303)
  const item = await site.db
    .selectFrom('register_item')
    .where('id', '=', form.key)
    .selectAll()
    .executeTakeFirstOrThrow()
  return { ...item, path: `/improvements/${item.id}`, spoken: `改善-${item.number}` }
}
const words = (html: string) =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
const read = async (client: Client, path: string) => words(await (await client.get(path)).text())
const linesAbout = async (path: string) =>
  (await site.trail()).filter(({ about }) => about === path).map(({ action }) => action)
const upload = (client: Client, path: string, file: File | null, key: string = randomUUID()) => {
  const form = new FormData()
  form.set('key', key)
  if (file) form.set('file', file)
  return client.send('POST', `${path}/files`, form, sameOrigin)
}

test('a comment is read by all who see the thing, said once however often it is sent, and by nobody changed', async () => {
  const item = await made('話す')
  const form = { comment: '架空の意見 <i>', key: randomUUID() }
  for (const answer of await Promise.all([firm, firm].map((client) => client.post(`${item.path}/comments`, form))))
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, `${item.path}#comments`])
  assert.match(await read(desk, item.path), /コメント \(1\).*架空の意見 &lt;i&gt;/)
  assert.deepEqual(await linesAbout(item.path), ['improvement.raised', 'register.commented'])
  const empty = await firm.post(`${item.path}/comments`, { comment: ' ', key: randomUUID() })
  assert.equal(empty.status, 422)
  assert.match(words(await empty.text()), /コメントを4,000文字以内で入力してください/)
  const observer = await site.signIn('observer@assoc.example')
  assert.equal((await observer.post(`${item.path}/comments`, form)).status, 403)
  await assert.rejects(
    site.db.updateTable('register_comment').set({ made_at: new Date() }).execute(),
    /permission denied/,
  )
})

test('things are linked by their numbers and read from both ends; a mistake is taken away', async () => {
  const [cause, result] = [await made('もと'), await made('結果')]
  const link = { relation: 'comes_from', to: ` ${cause.spoken.replace('-', '－')} `, key: randomUUID() }
  for (let press = 0; press < 2; press++) assert.equal((await desk.post(`${result.path}/links`, link)).status, 303)
  assert.match(await read(firm, result.path), new RegExp(`もとになった記録:\\s+改善-0*${cause.number} もと`))
  assert.match(await read(firm, cause.path), new RegExp(`ここから生まれた記録:\\s+改善-0*${result.number} 結果`))
  const rows = await site.db.selectFrom('register_link').where('from_id', '=', result.id).selectAll().execute()
  assert.equal(rows.length, 1)
  for (const [to, message] of [
    ['改善-9999', /この番号の記録は見つかりません/],
    ['なにか', /この番号の記録は見つかりません/],
    [result.spoken, /この記録自身の番号です/],
  ] as const) {
    const answer = await desk.post(`${result.path}/links`, { ...link, to, key: randomUUID() })
    assert.equal(answer.status, 422)
    assert.match(words(await answer.text()), message)
  }
  // From the other end it is not theirs to take away.
  assert.equal((await desk.post(`${cause.path}/links/${rows[0]?.id}/removal`)).status, 303)
  assert.match(await read(firm, cause.path), /ここから生まれた記録/)
  for (let press = 0; press < 2; press++)
    assert.equal((await desk.post(`${result.path}/links/${rows[0]?.id}/removal`)).status, 303)
  assert.doesNotMatch(await read(firm, cause.path), /ここから生まれた記録/)
  assert.deepEqual(await linesAbout(result.path), ['improvement.raised', 'register.linked', 'register.unlinked'])
})

test('what is of a drill is not linked to what is real: not by its number, and not by the database', async () => {
  const [real, drill] = [await made('本番'), await made('練習', { mode: 'exercise' })]
  const answer = await desk.post(`${drill.path}/links`, { relation: 'relates_to', to: '改善-9998', key: randomUUID() })
  assert.equal(answer.status, 422)
  const row = { id: randomUUID(), from_id: drill.id, to_id: real.id, relation: 'relates_to' as const }
  for (const mode of ['actual', 'exercise'] as const)
    await assert.rejects(
      site.db
        .insertInto('register_link')
        .values({ ...row, mode, made_by: by.id, made_at: new Date() })
        .execute(),
      /foreign key/,
    )
})

test('a file is kept if it is what its name says, handed out in parts as it came, and no more once it is taken away', async () => {
  const item = await made('写し')
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7 '), Buffer.alloc(700_000, 'x')])
  const key = randomUUID()
  for (let press = 0; press < 2; press++)
    assert.equal((await upload(desk, item.path, new File([bytes], '写し.pdf', { type: 'text/html' }), key)).status, 303)
  assert.match(await read(firm, item.path), /ファイル \(1\).*写し\.pdf 684 KB/)
  const got = await firm.get(`${item.path}/files/${key}`)
  assert.deepEqual(
    ['content-type', 'content-length', 'x-content-type-options', 'content-security-policy'].map((name) =>
      got.headers.get(name),
    ),
    ['application/pdf', String(bytes.length), 'nosniff', "default-src 'none'; sandbox"],
  )
  assert.match(got.headers.get('content-disposition') ?? '', /^attachment; .*UTF-8''%E5%86%99%E3%81%97\.pdf$/)
  assert.deepEqual(Buffer.from(await got.arrayBuffer()), bytes)
  for (const [file, message] of [
    [new File(['MZ'], 'x.exe'), /x\.exe: 添付できる種類ではありません/],
    [new File(['MZ\0'], 'x.pdf'), /x\.pdf: 中身が名前の種類と合いません/],
    [new File([Buffer.alloc(file_bytes_max + 1)], 'x.pdf'), /x\.pdf: 5MBを超えています/],
    [null, /ファイルを選んでください/],
  ] as const) {
    const answer = await upload(desk, item.path, file)
    assert.equal(answer.status, 422)
    assert.match(words(await answer.text()), message)
  }
  assert.equal((await upload(desk, item.path, new File([Buffer.alloc(7 * 1024 * 1024)], 'x.pdf'))).status, 413)
  assert.equal((await upload(firm, item.path, new File(['x'], 'x.txt'))).status, 403)
  // Another thing's address does not lead to it.
  assert.equal((await firm.get(`${(await made('別')).path}/files/${key}`)).status, 404)
  for (let press = 0; press < 2; press++)
    assert.equal((await desk.post(`${item.path}/files/${key}/removal`)).status, 303)
  assert.equal((await firm.get(`${item.path}/files/${key}`)).status, 404)
  assert.deepEqual(await linesAbout(item.path), ['improvement.raised', 'register.file-added', 'register.file-removed'])
})

test('a look is planned, is due on its day, and says what it found; of two at once the second is told', async () => {
  const item = await made('見直す')
  const looker_id = (await personOf('desk-deputy@assoc.example')).id
  const plan = { version: '0', next_on: '2027-02-01', looker_id }
  for (let press = 0; press < 2; press++) assert.equal((await desk.post(`${item.path}/reviews`, plan)).status, 303)
  const due = async (today: string) =>
    (await reviewsDue(site.db, by, today, 100)).filter(({ id }) => id === item.id).map(({ next_on }) => next_on)
  assert.deepEqual([await due('2027-01-31'), await due('2027-02-01')], [[], ['2027-02-01']])
  const found = (note: string) => ({ version: '1', note, next_on: '2027-03-01', looker_id })
  assert.equal((await desk.post(`${item.path}/reviews`, found('よし'))).status, 303)
  const late = await desk.post(`${item.path}/reviews`, found('もう一人の所見'))
  assert.equal(late.status, 422)
  const page = await late.text()
  assert.match(words(page), /ほかの人が先に点検を記録しました/)
  assert.match(page, /もう一人の所見<\/textarea>/)
  assert.deepEqual([await due('2027-02-28'), await due('2027-03-01')], [[], ['2027-03-01']])
  for (const [form, message] of [
    [{ version: '2', note: '', next_on: '' }, /点検で分かったことを/],
    [{ version: '2', note: 'x', next_on: '2027-03-09' }, /点検する人を選んでください/],
    [{ version: '2', note: 'x', next_on: 'tomorrow', looker_id }, /次に点検する日を入力/],
  ] as const) {
    const answer = await desk.post(`${item.path}/reviews`, form)
    assert.equal(answer.status, 422)
    assert.match(words(await answer.text()), message)
  }
  assert.deepEqual(await linesAbout(item.path), ['improvement.raised', 'register.reviewed', 'register.reviewed'])
})

test('every register counts by itself: each institution its own, and drills apart', async () => {
  const [one, other] = [
    (await personOf('bcp@sokyu.example')).institution_id,
    (await personOf('bcp@soten.example')).institution_id,
  ]
  const number = (institution_id: string | null, mode: 'actual' | 'test') =>
    site.db.transaction().execute((tx) =>
      newItem(tx, by, new Date(), {
        ...{ id: randomUUID(), kind: 'improvement', institution_id, mode, title: '架空の自社の記録', label: 'green' },
      }),
    )
  assert.deepEqual(
    [
      await number(one, 'actual'),
      await number(one, 'actual'),
      await number(other, 'actual'),
      await number(one, 'test'),
    ],
    [1, 2, 1, 1],
  )
})

test('S0-30 what an institution keeps for itself is seen with its act in that institution, and by nobody else, the desk included', async () => {
  const own = await personOf('bcp@sokyu.example')
  const other = await personOf('bcp@soten.example')
  const [id, linked] = [randomUUID(), randomUUID()]
  const pool = openPool(site.database.app, 1)
  const as = (person: Person, ...may: string[]) =>
    openDatabase(pool, { person_id: person.id, institution_id: person.institution_id, may, read_only: false })
  const all = (verbs: readonly string[], suffix = '') => verbs.map((verb) => `improvement.${verb}${suffix}`)
  const verbs = ['see', 'edit', 'comment']
  const keeper = as(own, ...all(verbs, '-own'))
  const head = { kind: 'improvement' as const, institution_id: own.institution_id, mode: 'actual' as const }
  const version = {
    ...{ version: 1, title: '自社の秘密', label: 'green' as const, finding: 'x', source: 'other' as const, about: '' },
    ...{ action: '', owner_person_id: null, owner_institution_id: null, due_on: null, state: 'open' as const },
    ...{ done_by: null, evidence: '', evidence_file_id: null, evidence_item_id: null, reason: '' },
    ...{ made_by: own.id, made_at: new Date() },
  }
  const stamp = { made_by: own.id, made_at: new Date() }
  const file = {
    file_name: 'x.txt',
    media_type: 'text/plain',
    digest: '0'.repeat(64),
    size: 1,
    content: Buffer.from('x'),
  }
  const write = async (db: Database, [one, two]: [string, string], as_who: Person) => {
    const by_whom = { ...stamp, made_by: as_who.id }
    for (const each of [one, two])
      await db
        .insertInto('register_item')
        .values({
          ...head,
          ...by_whom,
          id: each,
          number: each === one ? 901 : 902,
          title: '自社の秘密',
          label: 'green',
        })
        .execute()
    await db
      .insertInto('improvement')
      .values({ ...version, id: one, made_by: as_who.id })
      .execute()
    await db
      .insertInto('register_link')
      .values({ ...by_whom, id: randomUUID(), mode: 'actual', from_id: one, relation: 'relates_to', to_id: two })
      .execute()
    await db
      .insertInto('register_comment')
      .values({ ...by_whom, id: randomUUID(), item_id: one, text: '秘密' })
      .execute()
    await db
      .insertInto('register_file')
      .values({ ...by_whom, ...file, id: randomUUID(), item_id: one })
      .execute()
    await db
      .insertInto('register_review')
      .values({ ...by_whom, item_id: one, version: 1, note: null, next_on: '2027-01-01', looker_id: as_who.id })
      .execute()
  }
  // As one keeps it who holds the act for their own institution.
  await write(keeper, [id, linked], own)
  const seenBy = async (db: Database) =>
    Promise.all([
      db.selectFrom('register_item').where('id', 'in', [id, linked]).select('id').execute(),
      db.selectFrom('improvement_now').where('id', '=', id).select('id').execute(),
      db.selectFrom('improvement').where('id', '=', id).select('id').execute(),
      db.selectFrom('register_link').where('from_id', '=', id).select('id').execute(),
      db.selectFrom('register_comment').where('item_id', '=', id).select('id').execute(),
      db.selectFrom('register_file').where('item_id', '=', id).select('id').execute(),
      db.selectFrom('register_review_now').where('item_id', '=', id).select('version').execute(),
    ]).then((found) => found.map((rows) => rows.length))
  assert.deepEqual(await seenBy(keeper), [2, 1, 1, 1, 1, 1, 1])
  const blind = [0, 0, 0, 0, 0, 0, 0]
  for (const [who, db] of Object.entries({
    'a colleague without the act': as(own),
    'a colleague with the act for the market’s': as(own, ...all(verbs)),
    'the same act in another institution': as(other, ...all(verbs, '-own')),
    'the desk with every act': as(by, ...all(verbs), ...all(verbs, '-own'), 'directory.see', 'report.see-all'),
  }))
    assert.deepEqual(await seenBy(db), blind, who)

  // Nor does anyone write there from outside, or in another's name.
  const outside = as(other, ...all(verbs, '-own'), ...all(verbs))
  for (const attempt of [
    () => write(outside, [randomUUID(), randomUUID()], other),
    () =>
      outside
        .insertInto('improvement')
        .values({ ...version, id, version: 2, made_by: other.id })
        .execute(),
    () =>
      outside
        .insertInto('register_comment')
        .values({ ...stamp, id: randomUUID(), item_id: id, text: 'x', made_by: other.id })
        .execute(),
    () =>
      keeper
        .insertInto('register_comment')
        .values({ ...stamp, id: randomUUID(), item_id: id, text: 'x', made_by: other.id })
        .execute(),
    () =>
      as(own, 'improvement.see-own')
        .insertInto('improvement')
        .values({ ...version, id, version: 2 })
        .execute(),
  ])
    await assert.rejects(attempt(), /row-level security/)
  const changed = await outside.updateTable('register_item').set({ title: 'x' }).where('id', '=', id).executeTakeFirst()
  assert.equal(Number(changed.numUpdatedRows), 0)
  for (const table of ['improvement', 'register_comment', 'register_review'] as const)
    await assert.rejects(keeper.deleteFrom(table).execute(), /permission denied/)
  await assert.rejects(keeper.updateTable('improvement').set({ title: 'x' }).execute(), /permission denied/)

  // The program's own check says the same before the database has to.
  const item = { ...head, id, number: 901, title: '自社の秘密', label: 'green' as const }
  const tools = { ...site.tools, db: outside }
  const key = randomUUID()
  await assert.rejects(addComment(tools, other, item, { comment: 'x', key }), /may not comment/)
  await assert.rejects(linkItems(tools, by, item, { relation: 'relates_to', to: 'I-1', key }), /may not edit/)
  await assert.rejects(
    reviewItem(tools, by, item, { note: null, next_on: '2027-01-01', looker_id: by.id, version: 0 }),
    /may not edit/,
  )
  for (const client of [desk, firm]) assert.equal((await client.get(`/improvements/${id}`)).status, 404)
  await pool.end()
})
