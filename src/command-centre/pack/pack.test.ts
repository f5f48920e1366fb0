import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pdfPages } from '#tests/kit/pdf-text.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { makePack } from './make-pack.ts'
import { readPackData } from './read-pack-data.ts'
import { renderPack } from './render-pack.ts'
import { checkPack, packKey } from './sign-pack.ts'

let site: TestSite
let folder: string
let now = new Date('2027-01-15T00:00:00Z')
const tools = () => ({ ...site.tools, clock: () => now, config: { ...site.tools.config, data: folder } })
const packs = () => site.db.selectFrom('pack').selectAll().orderBy('made_at').execute()
const files = async () => (await readdir(path.join(folder, 'pack'))).sort()

before(async () => {
  site = await testSite({ clock: () => now })
  folder = await mkdtemp(path.join(tmpdir(), 'noroshi-pack-'))
})
after(async () => {
  await site.close()
  await rm(folder, { recursive: true, force: true })
})

test('N-11 the pack holds every institution and contact in the order in which they are called', async () => {
  const data = await readPackData(site.db, now)
  assert.deepEqual(data.counts, { institutions: 60, contacts: 120 })
  const [association] = data.kinds
  assert.match(association!.title, /^協会（1）$/)
  const [first] = association!.institutions[0]!.contacts
  assert.equal(first?.order, '1')
  assert.match(first?.ways.join(' ') ?? '', /メール bcp@assoc\.example 固定電話 03-0000-\d{4}/)
})

test('N-11 a pack is made once a day by itself, and is a PDF with its number of pages', async () => {
  await makePack(tools(), {})
  await makePack(tools(), {})
  const [pack, ...more] = await packs()
  assert.equal(more.length, 0)
  assert.ok(pack!.pages >= 5 && pack!.pages < 30, `${pack!.pages} pages`)
  const [made, ...again] = (await site.trailOf('/pack')).filter(({ action }) => action === 'pack.made')
  assert.deepEqual([made?.details.pack_id, made?.who, again.length], [pack!.id, 'pack', 0])
  assert.equal(pack!.content.subarray(0, 5).toString(), '%PDF-')
  assert.equal(pack!.content.toString('latin1').match(/\/Type \/Page\b/g)?.length, pack!.pages)
  now = new Date(now.getTime() + 24 * 3_600_000)
  await makePack(tools(), {})
  assert.equal((await packs()).length, 2)
})

test('N-11 every changed, missing or added byte of a pack is found, and so is another secret', async () => {
  const [pack] = await packs()
  const { content, digest } = pack!
  const { secret } = site.tools.config
  assert.deepEqual(checkPack(content, secret), { is_whole: true, digest: digest.toString('hex') })
  const changed = Buffer.from(content)
  changed[1000] = changed[1000]! ^ 1
  const strange = [changed, content.subarray(1), content.subarray(0, -1), Buffer.concat([content, Buffer.from('x')])]
  for (const wrong of [...strange, Buffer.alloc(0), Buffer.from('%PDF-')])
    assert.equal(checkPack(wrong, secret).is_whole, false)
  assert.equal(checkPack(content, `${secret}x`).is_whole, false)
  assert.equal(packKey(secret).fingerprint, packKey(secret).fingerprint)
})

test('N-11 the last three lie beside the database, readable by nobody else', async () => {
  for (let more = 0; more < 3; more++) {
    now = new Date(now.getTime() + 60_000)
    await makePack(tools(), { asked_by: (await site.accountOf('secretariat')).id })
  }
  const kept = await files()
  assert.equal(kept.length, 3)
  const newest = path.join(folder, 'pack', kept.at(-1)!)
  assert.equal((await stat(newest)).mode & 0o077, 0)
  assert.ok(checkPack(await readFile(newest), site.tools.config.secret).is_whole)
})

test('every sheet of a pack says what it is, and one of a drill is told by its word and its stripes', async () => {
  const rows = Array.from({ length: 120 }, (_, index) => [`架空証券${index}`, '未報告', '—'])
  const log = Array.from({ length: 60 }, () => ['10:00 JST', '千夜 とわ', '状況報告を依頼した'])
  const situation = (mode: 'actual' | 'exercise' | 'test', title: string) => ({
    mode,
    title,
    rows,
    log,
    log_is_cut: true,
  })
  const data = await readPackData(site.db, now)
  const { pdf, pages } = await renderPack({
    ...data,
    situations: [
      situation('exercise', '決済停止の訓練'),
      situation('actual', '架空の地震'),
      situation('test', '通信の試験'),
    ],
  })
  const sheets = pdfPages(pdf)
  assert.equal(sheets.length, pages)
  for (const [index, { text }] of sheets.entries()) {
    assert.match(text, /TLP:AMBER\+STRICT　2027年.* 現在/)
    assert.ok(text.includes(`${index + 1} / ${pages}`), `sheet ${index + 1}`)
  }
  const of = (title: string) => sheets.flatMap(({ text }, index) => (text.includes(title) ? [index] : []))
  const [real, drill, trial] = [of('架空の地震'), of('決済停止の訓練'), of('通信の試験')]
  // Two tables of several sheets each, with the heads of the columns on every one.
  for (const indexes of [real, drill, trial]) {
    assert.ok(indexes.length >= 5)
    for (const index of indexes) {
      assert.match(
        sheets[index]!.text,
        /^状況ボード|^事案の記録（新しい順に60件。これより古い記録はこの資料にありません/m,
      )
      assert.match(sheets[index]!.text, /機関\n状況\n報告|日時\nだれが\n何を/)
    }
  }
  for (const index of real) assert.match(sheets[index]!.text, /実災害 {2}REAL EMERGENCY/)
  for (const index of drill) assert.match(sheets[index]!.text, /訓練 {2}EXERCISE/)
  for (const index of trial) assert.match(sheets[index]!.text, /試験 {2}TEST/)
  const words = /実災害|訓練 {2}EXERCISE|試験 {2}TEST/
  const others = sheets.slice(1).filter((_, index) => ![...real, ...drill, ...trial].includes(index + 1))
  for (const { text } of others) assert.doesNotMatch(text, words)
  // Stripes are many strokes; what is real has none.
  for (const index of [...drill, ...trial]) assert.ok(sheets[index]!.strokes > 80, `sheet ${index + 1}`)
  for (const index of real) assert.ok(sheets[index]!.strokes < 10, `sheet ${index + 1}`)
  // What is real, the directory, and then the drills.
  const directory = of('名簿と連絡網')
  assert.ok(Math.max(...real) < Math.min(...directory) && Math.max(...directory) < Math.min(...drill, ...trial))
})

test('N-11 who takes a pack stands in the trail; who may not, gets none', async () => {
  const [pack] = await packs()
  const desk = await site.as('secretariat')
  const taken = await desk.post(`/pack/${pack!.id}`)
  assert.equal(taken.status, 200)
  assert.equal(taken.headers.get('content-type'), 'application/pdf')
  assert.match(taken.headers.get('content-disposition') ?? '', /^attachment; filename="noroshi-pack-\d{8}T\d{4}\.pdf"$/)
  assert.deepEqual(Buffer.from(await taken.arrayBuffer()), pack!.content)
  const line = (await site.trail()).findLast(({ action }) => action === 'pack.taken')
  assert.equal((line?.details as { sha256?: string } | undefined)?.sha256, pack!.digest.toString('hex'))
  assert.equal((await desk.post('/pack')).status, 303)
  const { id } = await site.accountOf('secretariat')
  const asked = (await site.trailOf('/pack')).at(-1)
  assert.deepEqual([asked?.action, asked?.person_id], ['pack.asked', id])
  for (const role of ['bcp_contact', 'authority', 'auditor', 'observer'] as const) {
    const other = await site.as(role)
    assert.equal((await other.post(`/pack/${pack!.id}`)).status, 403, role)
    assert.equal((await other.get('/pack')).status, 403, role)
  }
  assert.match(await (await desk.get('/pack')).text(), /TLP:AMBER\+STRICT[\s\S]*持ち出し資料を受け取る/)
})
