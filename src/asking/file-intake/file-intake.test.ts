import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { deliverDue, takeSteps } from '#delivery/deliveries/index.ts'
import { checkFile, fileDropKey, openFileDropChannel } from '#ground/channels/file-drop.ts'
import { inboundKey, inboundSignature } from '#ground/channels/inbound-key.ts'
import { nobody } from '#telling/audience/index.ts'
import { draftNotice, releaseNotice, submitNotice } from '#telling/notices/index.ts'
import { seenNow, testDraft } from '#tests/kit/notices.ts'
import { deskOf, openDrill, receiptOf, sendTest } from '#tests/kit/replies.ts'
import { reportForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { claimFiles, file_bytes_max, readClaimed } from './claim-files.ts'
import { settleFile } from './settle-file.ts'
import { takeFile } from './take-file.ts'
import { takeInFiles } from './take-in.ts'

let site: TestSite
let desk: TestSite['nobody']
let folder: string
let key: string
let now = new Date('2027-01-15T00:00:00Z')
const pass = (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000))
const code = 'CCP-EQ'
const below = (...parts: string[]) => path.join(folder, ...parts)
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'noroshi-in-'))
  for (const each of [code, 'CSD', 'NOBODY']) await mkdir(below('in', each), { recursive: true })
  site = await testSite({ clock: () => now, config: { file_drop: folder } })
  desk = await site.as('secretariat')
  key = await makeKey()
})
after(async () => {
  await site.close()
  await rm(folder, { recursive: true, force: true })
})

/** As the desk makes it, who reads it on the page and nowhere else. */
async function makeKey(of = code, generation = '0') {
  const answer = await desk.post('/drop/keys', { code: of, generation })
  assert.equal(answer.status, 200)
  const [made = ''] = /nrsin_[\w-]+/.exec(await answer.text()) ?? assert.fail('no key')
  assert.doesNotMatch(await (await desk.get('/drop')).text(), /nrsin_/)
  return made
}

const institutionOf = (of: string) =>
  site.db.selectFrom('institution').where('code', '=', of).select(['id', 'code']).executeTakeFirstOrThrow()
const standing = async (situation_id: string, of = code) =>
  site.db
    .selectFrom('report_now')
    .where('situation_id', '=', situation_id)
    .where('institution_id', '=', (await institutionOf(of)).id)
    .selectAll()
    .executeTakeFirst()

/** A request to report, to the institution, in a drill; gives both ids. */
async function asked(of = code) {
  const situation_id = await openDrill(site, now)
  const { id } = await sendTest(site, [of], {
    ...{ kind: 'report_request', answer_wanted: 'report', situation_id },
    answer_by: new Date(now.getTime() + 3_600_000),
  })
  return { situation_id, notice_id: id }
}
const said = (change: Record<string, string | undefined> = {}): Record<string, string> => {
  const { idempotency_key: _, ...form } = reportForm()
  const all = { institution_code: code, mode: 'exercise', said_at: now.toISOString(), ...form, ...change }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
const fileOf = (report: Record<string, string>, with_key = key) =>
  JSON.stringify({
    noroshi_report: 1,
    report,
    signature: { algorithm: 'HMAC-SHA256', value: inboundSignature(report, with_key) },
  })
/** As the other system does: whole under another name, then renamed. */
async function leave(content: string | Buffer, name = `${crypto.randomUUID()}.json`, of = code) {
  await writeFile(below('in', of, `.${name}.part`), content)
  await rename(below('in', of, `.${name}.part`), below('in', of, name))
  return name
}
const takeIn = () => takeInFiles(site.tools, (error) => site.reported.push(error))
/** The one answer that has come since, as the network fetches it. */
async function answer(known: readonly string[]) {
  const names = (await readdir(folder)).filter((name) => name.includes('_answer_') && !known.includes(name))
  assert.equal(names.length, 1, String(names))
  const content = await readFile(below(names[0]!), 'utf8')
  assert.ok(checkFile(content, fileDropKey(site.tools.config.secret).public_key))
  return { file: names[0]!, ...JSON.parse(content).message } as Record<string, string>
}
const answers = async () => (await readdir(folder)).filter((name) => name.includes('_answer_'))
async function leaveAndRead(content: string | Buffer, name?: string, of = code): Promise<Record<string, string>> {
  const known = await answers()
  const left = await leave(content, name, of)
  await takeIn()
  return { ...(await answer(known)), left }
}

test('S0-5 by the association’s network a request goes out as a file, a signed file answers it, and a file says what was taken', async () => {
  const situation_id = await openDrill(site, now)
  const by = await deskOf(site)
  const draft = { kind: 'report_request', answer_wanted: 'report', situation_id } as const
  const answer_by = new Date(now.getTime() + 3_600_000)
  const audience = { ...nobody, institutions: [code] }
  const { id } = await draftNotice(site.tools, by, testDraft({ mode: 'exercise', audience, answer_by, ...draft }))
  const seen = await seenNow(site.tools, id)
  await submitNotice(site.tools, by, { id, version: 1, seen })
  await releaseNotice(site.tools, by, { id, version: 1, seen, mode: 'exercise', override_reason: null })
  await takeSteps(site.tools, ['mail', 'file_drop'])
  await deliverDue(site.tools, openFileDropChannel({ config: site.tools.config }))
  const receipt = await site.db.selectFrom('receipt').where('notice_id', '=', id).selectAll().executeTakeFirstOrThrow()
  const [delivery_file = ''] = (await readdir(folder)).filter((name) => name.startsWith(`exercise_${code}_`))
  const request = JSON.parse(await readFile(below(delivery_file), 'utf8')).message
  assert.deepEqual([request.notice_id, request.institution_code, request.mode], [id, code, 'exercise'])

  const alternative = { clearing: 'alternative', settlement: 'alternative', alternative_from: 'second_centre' }
  const told = await leaveAndRead(
    fileOf(said({ ...alternative, notice_id: request.notice_id, normal_at: '2027-01-15T17:00:00+09:00' })),
    'status-1.json',
  )
  assert.deepEqual(
    [told.outcome, told.reason, told.institution_code, told.name],
    ['taken', null, code, 'status-1.json'],
  )
  assert.match(told.said_ja!, /^「清算 代替運用中、決済 代替運用中、代替先 第2センター、.*」として受け付けました/)
  assert.match(told.file!, /^exercise_CCP-EQ_answer_/)
  const report = await standing(situation_id)
  assert.deepEqual(
    [report?.id, report?.via, report?.reported_by, report?.clearing, report?.normal_at?.toISOString()],
    [told.report_id, 'file', null, 'alternative', '2027-01-15T08:00:00.000Z'],
  )
  assert.equal((await receiptOf(site, receipt.id)).closed_how, 'answered')
  assert.deepEqual(await readdir(below('in', code)), [])
  assert.deepEqual(await readdir(below('taking', code)), [])
  assert.deepEqual(await readdir(below('taken', code)), [`${told.file_id}~status-1.json`])
  const lines = await site.trailOf('/drop')
  assert.deepEqual(
    lines.map(({ action, who }) => [action, who]),
    [
      ['drop.key-set', lines[0]?.who],
      ['drop.taken', 'answers'],
    ],
  )
  assert.match(await site.read(desk, '/drop'), /天秤座清算機構 status-1\.json 訓練 受付済み 「清算 代替運用中/)
  assert.match(await site.read(desk, `/situations/${situation_id}/board`), /天秤座清算機構 清算 代替運用中/)
  assert.match(await site.read(desk, `/reports/${told.report_id}`), /天秤座清算機構 \/ ファイル連携/)
  assert.deepEqual(site.reported, [])
})

for (const [what, reason, make] of [
  ['cut off', 'cut_off', (report) => fileOf(report).slice(0, 200)],
  ['empty', 'cut_off', () => ''],
  ['no JSON', 'not_readable', () => '{"noroshi_report":1,"report":[]}'],
  ['not in UTF-8', 'not_readable', () => Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ['too large', 'too_large', (report) => fileOf(report).padEnd(file_bytes_max + 1)],
  ['of another institution', 'other_institution', (report) => fileOf({ ...report, institution_code: 'CSD' })],
  ['signed with another key', 'not_signed', (report) => fileOf(report, 'nrsin_another')],
  ['changed after it was signed', 'not_signed', (report) => fileOf(report).replace('"normal"', '"partial"')],
  ['without a time', 'not_valid', ({ said_at: _, ...report }) => fileOf(report)],
  ['with a condition that is none', 'not_valid', (report) => fileOf({ ...report, clearing: 'splendid' })],
  ['on an alternative that it does not name', 'not_valid', (report) => fileOf({ ...report, clearing: 'alternative' })],
  ['about nothing', 'not_asked', ({ notice_id: _, ...report }) => fileOf(report)],
  ['about a request to somebody else', 'not_asked', (report) => fileOf({ ...report, notice_id: crypto.randomUUID() })],
  ['real where it is a drill', 'wrong_mode', (report) => fileOf({ ...report, mode: 'actual' })],
  ['of the day before yesterday', 'too_old', (report) => fileOf({ ...report, said_at: '2027-01-13T00:00:00Z' })],
  ['of tomorrow', 'ahead', (report) => fileOf({ ...report, said_at: '2027-01-17T00:00:00Z' })],
] as [string, string, (report: Record<string, string>) => string | Buffer][])
  test(`a file that is ${what} is refused by name, changes nothing, and is moved aside with the reason`, async () => {
    pass(1)
    const { situation_id, notice_id } = await asked()
    const told = await leaveAndRead(make(said({ notice_id })))
    assert.deepEqual([told.outcome, told.reason, told.report_id], ['refused', reason, null])
    assert.equal(await standing(situation_id), undefined)
    const aside = `${told.file_id}~${told.left}`
    assert.match(await readFile(below('refused', code, `${aside}.reason.txt`), 'utf8'), new RegExp(`^${reason}\n`))
    await readFile(below('refused', code, aside))
    assert.deepEqual(await readdir(below('in', code)), [])
    const [line] = (await site.trailOf('/drop')).slice(-1)
    if (line?.action === 'drop.refused') assert.ok('reason' in line.details || 'more' in line.details)
    assert.deepEqual(site.reported, [])
  })

test('links, folders and strange names lead nowhere, and what is still being written waits', async () => {
  pass(1)
  const { situation_id, notice_id } = await asked()
  const content = fileOf(said({ notice_id }))
  await writeFile(below('outside.json'), content)
  await symlink(below('outside.json'), below('in', code, 'link.json'))
  await mkdir(below('in', code, 'folder.json'))
  await writeFile(below('in', code, 'half.json.part'), content.slice(0, 50))
  await writeFile(below('in', code, '..hidden'), content)
  const known = await answers()
  await takeIn()
  const told = await Promise.all(
    (await answers()).filter((name) => !known.includes(name)).map((name) => readFile(below(name), 'utf8')),
  )
  assert.deepEqual(told.map((each) => JSON.parse(each).message.reason).sort(), ['not_a_file', 'not_a_file'])
  assert.equal(await standing(situation_id), undefined)
  assert.equal(await readFile(below('outside.json'), 'utf8'), content)
  assert.deepEqual((await readdir(below('in', code))).sort(), ['..hidden', 'half.json.part'])
  await rm(below('in', code, '..hidden'))
  await rm(below('in', code, 'half.json.part'))
  // A name that no disk elsewhere would take is taken under a plain one.
  const odd = await leaveAndRead(content, '報告 (1);rm -rf.json')
  assert.deepEqual([odd.outcome, /^name-[0-9a-f]{16}$/.test(odd.name!)], ['taken', true])
  // Somebody's folder who is no institution is left alone.
  await writeFile(below('in', 'NOBODY', 'x.json'), content)
  await takeIn()
  assert.deepEqual(await readdir(below('in', 'NOBODY')), ['x.json'])
})

test('what has been said before is taken once; what is older than what stands, or passes over somebody unseen, waits', async () => {
  pass(1)
  const { situation_id, notice_id } = await asked()
  const first = said({ notice_id, order_trading: undefined })
  const taken = await leaveAndRead(fileOf(first))
  assert.equal(taken.outcome, 'taken')
  const twice = await leaveAndRead(JSON.stringify(JSON.parse(fileOf(first)), null, 4))
  assert.deepEqual([twice.reason, (await standing(situation_id))?.id], ['doubled', taken.report_id])

  // Its own newer word passes over its own; an older one does not.
  const older = said({ notice_id, clearing: 'partial' })
  pass(10)
  const newer = await leaveAndRead(fileOf(said({ notice_id, clearing: 'stopped' })))
  assert.equal(newer.outcome, 'taken')
  const late = await leaveAndRead(fileOf(older))
  assert.deepEqual([late.reason, late.stands_id], ['conflict', newer.report_id])
  assert.match(late.said_ja!, /いま有効な報告：「清算 停止.*」（天秤座清算機構、ファイル連携、/)

  // A person of the institution has reported since: the system has not seen it, and says so to pass over it.
  pass(10)
  const person = await site.signIn('bcp@tenbinza.example')
  await site.done(person, `/situations/${situation_id}/report`, {
    ...reportForm({ clearing: 'partial' }),
    written_upon: newer.report_id!,
  })
  const theirs = await standing(situation_id)
  pass(1)
  const blind = await leaveAndRead(fileOf(said({ notice_id, all_normal: 'yes' })))
  assert.deepEqual([blind.reason, blind.stands_id], ['conflict', theirs?.id])
  assert.equal((await standing(situation_id))?.id, theirs?.id)
  const knowing = await leaveAndRead(fileOf(said({ notice_id, all_normal: 'yes', upon: theirs!.id })))
  assert.deepEqual([knowing.outcome, (await standing(situation_id))?.id], ['taken', knowing.report_id])
  assert.match(knowing.said_ja!, /「すべて正常（/)
})

test('killed between any two steps nothing is lost and nothing is said twice', async () => {
  pass(1)
  const { situation_id, notice_id } = await asked()
  const institution = await institutionOf(code)
  const { secret } = site.tools.config
  await leave(fileOf(said({ notice_id })), 'killed.json')
  // After it was claimed.
  const [claimed] = await claimFiles(folder, code)
  assert.deepEqual(await readdir(below('in', code)), [])
  // After it was read and written down.
  const content = (await readClaimed(claimed!.path)) ?? assert.fail('nothing')
  const known = await answers()
  const file = await takeFile(site.tools, { ...claimed!, institution, content })
  assert.equal(file.outcome, 'taken')
  // After it was answered: it is there once more, as if the move had not come to the disk.
  const whole = await readFile(claimed!.path)
  await settleFile({ folder, secret }, code, claimed!, file)
  const first = await readFile(below((await answer(known)).file!), 'utf8')
  await writeFile(claimed!.path, whole)
  await takeIn()
  const again = await answer(known)
  assert.equal(await readFile(below(again.file!), 'utf8'), first, 'the same answer, byte for byte')
  assert.deepEqual(await readdir(below('taking', code)), [])
  const reports = await site.db.selectFrom('report').where('situation_id', '=', situation_id).selectAll().execute()
  assert.deepEqual(
    reports.map(({ id }) => id),
    [file.report_id],
  )
  const lines = (await site.trailOf('/drop')).filter(({ details }) => details.report_id === file.report_id)
  assert.equal(lines.length, 1)

  // Several workers at once take each file once.
  pass(1)
  for (const clearing of ['partial', 'stopped', 'resumed']) await leave(fileOf(said({ notice_id, clearing })))
  const before = (await answers()).length
  await Promise.all([takeIn(), takeIn(), takeIn()])
  assert.equal((await answers()).length, before + 3)
  assert.deepEqual(await readdir(below('taking', code)), [])
  assert.deepEqual(site.reported, [])
})

test('a key is the desk’s to make and to end; the one before ends, and a second press changes nothing', async () => {
  pass(1)
  const { notice_id } = await asked('CSD')
  const of_csd = (with_key: string) => fileOf(said({ institution_code: 'CSD', notice_id }), with_key)
  assert.equal((await leaveAndRead(of_csd('nrsin_x'), undefined, 'CSD')).reason, 'no_key')
  const first = await makeKey('CSD')
  const second = await makeKey('CSD', '1')
  assert.notEqual(first, second)
  assert.equal((await leaveAndRead(of_csd(first), undefined, 'CSD')).reason, 'not_signed')
  assert.equal((await leaveAndRead(of_csd(second), undefined, 'CSD')).outcome, 'taken')
  assert.equal((await desk.post('/drop/keys', { code: 'CSD', generation: '1' })).status, 409)
  await site.done(desk, '/drop/keys/ending', { code: 'CSD', generation: '2' })
  const ended = fileOf(said({ institution_code: 'CSD', notice_id, clearing: 'partial' }), second)
  assert.equal((await leaveAndRead(ended, undefined, 'CSD')).reason, 'no_key')
  const ending = (await site.trailOf('/drop')).find(({ action }) => action === 'drop.key-ended')
  assert.deepEqual([ending?.details.generation, typeof ending?.person_id], [3, 'string'])
  assert.equal((await desk.post('/drop/keys', { code: 'NONE' })).status, 422)
  const { id } = await institutionOf('CSD')
  assert.equal(second, inboundKey(site.tools.config.secret, { institution_id: id, generation: 2 }))
  assert.doesNotMatch(JSON.stringify(await site.trailOf('/drop')), /nrsin_/)
})

test('without a folder there is nothing to do, and the page says what would begin it', async () => {
  const off = await testSite({ clock: () => now })
  try {
    await takeInFiles(off.tools, (error) => off.reported.push(error))
    assert.match(await off.main(await off.as('secretariat'), '/drop'), /FILE_DROP_FOLDER/)
    assert.deepEqual(off.reported, [])
  } finally {
    await off.close()
  }
})

test('a gathering takes files from those alone whom it asked, and to others says no more than of what is not there', async () => {
  const { situation_id, notice_id } = await asked()
  const gathering = await site.db
    .insertInto('situation')
    .columns([
      'mode',
      'hazard',
      'title_ja',
      'title_en',
      'text_ja',
      'text_en',
      'event_at',
      'update_minutes',
      'reason',
      'opened_by',
      'opened_at',
      'audience',
    ])
    .expression((eb) =>
      eb
        .selectFrom('situation')
        .where('id', '=', situation_id)
        .select([
          'mode',
          'hazard',
          'title_ja',
          'title_en',
          'text_ja',
          'text_en',
          'event_at',
          'update_minutes',
          'reason',
          'opened_by',
          'opened_at',
        ])
        .select(sql<never>`'{}'::jsonb`.as('audience')),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  const { notice_id: _, ...unasked } = said({ notice_id, situation_id: gathering.id })
  const refused = await leaveAndRead(fileOf(unasked))
  assert.deepEqual([refused.outcome, refused.reason], ['refused', 'not_asked'])
  assert.equal(await standing(gathering.id), undefined)
  // Of a command centre, which is for all, the same file is taken.
  const taken = await leaveAndRead(fileOf({ ...unasked, situation_id }))
  assert.equal(taken.outcome, 'taken')
})
