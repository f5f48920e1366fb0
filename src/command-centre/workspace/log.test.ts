import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { allNormal, fileReport } from '#status/reports/index.ts'
import { hiddenIn } from '#tests/kit/notice.ts'
import { idIn } from '#tests/kit/pages.ts'
import { askAsPeople } from '#tests/kit/rounds.ts'
import { situationForm } from '#tests/kit/samples/status.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Role = 'secretariat' | 'secretariat_approver' | 'command_centre_member' | 'authority' | 'auditor' | 'bcp_contact'
let site: TestSite
let people: Record<Role, Awaited<ReturnType<TestSite['personOf']>>>
let situation = ''
let exchange = { id: '', name_ja: '', name_en: '' }
let publication = ''
const of = (role: Role) => people[role].client

/** One whole story, of which the tests below read the log. */
before(async () => {
  site = await testSite()
  people = await site.people(
    'secretariat',
    'secretariat_approver',
    'command_centre_member',
    'authority',
    'auditor',
    'bcp_contact',
  )
  const desk = of('secretariat')
  await site.done(desk, '/demo/telegrams', { name: 'vxse51-tokyo.xml' })
  await site.done(desk, '/demo/telegrams', { name: 'vxse53-tokyo.xml' })
  const proposal = await site.db.selectFrom('proposal').select('id').executeTakeFirstOrThrow()
  const criterion = await site.db.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  const form = situationForm(criterion.id, site.tools.clock(), { proposal_id: proposal.id })
  situation = `/situations/${idIn(await site.done(desk, '/situations', form))}`
  await site.done(desk, '/demo/telegrams', { name: 'vxse53-tokyo-corrected.xml' })
  const id = idIn(situation)
  exchange = await site.db
    .selectFrom('institution')
    .where('kind', '=', 'exchange')
    .select(['id', 'name_ja', 'name_en'])
    .orderBy('code')
    .executeTakeFirstOrThrow()
  await askAsPeople(site.tools, people.secretariat.person, { situation_id: id, mode: 'actual' })
  const report = (order_trading: 'stopped' | 'resumed' | 'normal') =>
    fileReport(
      site.tools,
      people.secretariat.person,
      { situation_id: id, mode: 'actual', ...allNormal(60), order_trading, idempotency_key: crypto.randomUUID() },
      exchange.id,
    )
  for (const state of ['normal', 'stopped', 'stopped', 'resumed'] as const) await report(state)
  await site.done(desk, `${situation}/phase`, { phase: 'recovery' })
  await site.done(desk, `${situation}/return`)
  const chosen = { text_ja: '取引は続いています', text_en: 'Trading goes on', idempotency_key: crypto.randomUUID() }
  const check = await (await desk.post(`${situation}/publication/check`, chosen)).text()
  const { seen = '' } = hiddenIn(check, `${situation}/publications`)
  publication = await site.done(desk, `${situation}/publications`, { ...chosen, seen })
})
after(() => site.close())

const readers: Role[] = ['secretariat', 'secretariat_approver', 'command_centre_member', 'authority', 'auditor']
for (const role of readers)
  test(`the log of a situation tells the whole story to the ${role}, with ways to what was said`, async () => {
    const words = await site.read(of(role), `${situation}/log`)
    for (const said of [
      /電文を受信 VXSE51 震度速報/,
      /事象の変化 .*気象庁の訂正：地震 最大震度4/,
      /対策本部を設置/,
      /局面を変更 .*復旧・再開時/,
      /関係機関への還元を開始/,
      new RegExp(`${exchange.name_ja}: 約定（注文・売買） 停止`),
      new RegExp(`${exchange.name_ja}: 約定（注文・売買） 再開`),
      /一般に公表 第1号 .*取引は続いています/,
    ])
      assert.match(words, said)
    const html = await site.main(of(role), `${situation}/log`)
    assert.ok(html.includes(`href="${publication}"`))
    assert.ok(/href="\/notices\/[0-9a-f-]{36}"/.test(html), 'the notice that asked')
    // Each of these leads somewhere for this reader.
    const links = [
      ...new Set([...html.matchAll(/href="(\/(?:telegrams|proposals|reports|publications|rounds|notices)\/[^"]+)"/g)]),
    ]
    assert.ok(links.length >= 6)
    for (const [, path = ''] of links) assert.equal((await of(role).get(path)).status, 200, `${role} ${path}`)
    // A report that says the same again is no turning point.
    assert.equal(words.match(/約定（注文・売買） 停止/g)?.length, 1)
    assert.match(await site.read(of(role), situation), /経過 .*一般に公表 第1号/)
  })

test('the log shows one kind alone, and says why there is nothing of another', async () => {
  const only = await site.read(of('auditor'), `${situation}/log?kind=publication`)
  assert.match(only, /一般に公表 第1号/)
  assert.doesNotMatch(only, /対策本部を設置|電文を受信/)
  const turns = await site.read(of('auditor'), `${situation}/log?kind=institution`)
  assert.match(turns, /約定（注文・売買） 停止/)
  assert.doesNotMatch(turns, /一般に公表 第/)
  const form = situationForm(
    (await site.db.selectFrom('criterion').select('id').executeTakeFirstOrThrow()).id,
    site.tools.clock(),
    { mode: 'exercise' },
  )
  const drill = `/situations/${idIn(await site.done(of('secretariat'), '/situations', form))}`
  const empty = await site.read(of('auditor'), `${drill}/log?kind=publication`)
  assert.match(empty, /「公表」の記録はまだありません/)
  const drills = await site.read(of('auditor'), `${drill}/log`)
  assert.doesNotMatch(drills, /電文を受信|約定（注文・売買）/)
})

test('the log speaks the language of its reader, names too', async () => {
  const desk = of('secretariat')
  await desk.post('/language', { language: 'en', back: '/home' })
  const client = site.client(`${desk.cookie}; language=en`)
  const words = await site.read(client, `${situation}/log`)
  assert.match(words, new RegExp(`${exchange.name_en}: Orders and trading Stopped`))
  assert.match(words, /Published No\. 1 .*Trading goes on/)
  const { name_en } = people.secretariat.person
  assert.ok(name_en && words.includes(name_en))
  assert.ok(!words.includes(people.secretariat.person.name_ja))
})

test('who does not look at the whole market has no log, and reads no line of it in the database', async () => {
  assert.ok(!(await site.main(of('bcp_contact'), situation)).includes(`${situation}/log`))
  await site.refused(of('bcp_contact'), `${situation}/log`, 403)
  const { person } = people.bcp_contact
  const lines = await site.tools
    .dbOf(person, true)
    .selectFrom('trail')
    .where('about', '=', situation)
    .select('id')
    .execute()
  assert.deepEqual(lines, [])
  // The lines of a situation are for the command centre; those of everything else are not.
  const centre = await site.tools
    .dbOf(people.command_centre_member.person, true)
    .selectFrom('trail')
    .where('person_id', '<>', people.command_centre_member.person.id)
    .select(['about', 'action'])
    .execute()
  assert.ok(centre.length > 0)
  for (const { about, action } of centre) assert.ok(about.startsWith('/situations/') && !action.startsWith('report.'))
})
