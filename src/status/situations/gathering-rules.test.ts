import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { toCivilInput } from '#ground/html/civil.ts'
import { idIn } from '#tests/kit/pages.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

type Client = TestSite['nobody']

let site: TestSite
let desk: Client
let deputy: Client
before(async () => {
  site = await testSite()
  desk = await site.signIn('desk@assoc.example')
  deputy = await site.signIn('desk-deputy@assoc.example')
})
after(() => site.close())

const form = (change: Record<string, string> = {}) => ({
  mode: 'actual',
  reason_choice: 'outage',
  update_minutes: '60',
  event_at: '2026-11-30T09:00',
  idempotency_key: crypto.randomUUID(),
  areas: '27',
  ...change,
})
const count = async () => (await site.db.selectFrom('situation').select('id').execute()).length
const fieldsAsked = {
  answer_by: toCivilInput(new Date(Date.now() + 3_600_000)),
  answer_wanted: 'report',
  severity: 'important',
  label: 'green',
}

test('two who start to ask the same institutions at once start one, and the second is led to it; a drill is another', async () => {
  const answers = await Promise.all([desk.post('/gatherings', form()), deputy.post('/gatherings', form())])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
  assert.equal(await count(), 1)
  const { id } = await site.db.selectFrom('situation').select('id').executeTakeFirstOrThrow()
  const refused = answers.find(({ status }) => status === 409)
  const html = (await refused?.text()) ?? ''
  assert.match(html, /この機関への照会は、すでに始まっています/)
  assert.match(html, new RegExp(`href="/situations/${id}"`))
  assert.match(html, /value="27"[^>]*checked|checked[^>]*value="27"/, 'what was chosen is kept')
  // The same institutions by other words are the same; the same key is the same press.
  const same = await site.refused(desk, '/gatherings', 409, form({ institutions: 'SEC-011', reason: 'ほかの理由' }))
  assert.match(same, /すでに始まっています|照会/)
  await site.done(desk, '/gatherings', form({ mode: 'exercise', drill: 'yes' }))
  assert.equal(await count(), 2)
})

test('bad input comes back with its words: nobody, no reason, no mode', async () => {
  assert.match(await site.refused(desk, '/gatherings', 422, form({ areas: '' })), /宛先を選んでください/)
  const without = await site.refused(
    desk,
    '/gatherings',
    422,
    form({ reason_choice: '', title_ja: '私の照会', areas: '13' }),
  )
  assert.match(without, /理由を一覧から選ぶか/)
  assert.match(await site.refused(desk, '/gatherings', 422, form({ mode: '', areas: '13' })), /実災害か訓練か/)
  const unasked = await site.refused(deputy, '/gatherings', 422, form({ areas: '', institutions: 'GONE-9' }))
  assert.match(unasked, /当たる機関は今はありません/)
})

test('only the secretariat starts to ask, sets up and dissolves', async () => {
  const path = await site.done(desk, '/gatherings', form({ areas: '13' }))
  for (const role of ['secretariat_approver', 'bcp_contact', 'auditor', 'observer'] as const) {
    const client = await site.as(role)
    for (const at of ['/gatherings', `${path}/command-centre`, `${path}/command-centre/dissolution`])
      assert.equal((await client.post(at, form())).status, 403, `${role} ${at}`)
    assert.equal((await client.get('/gatherings/new')).status, 403)
  }
})

test('a gathering asks and tells its own audience only, and speaks for no command centre', async () => {
  const path = await site.done(desk, '/gatherings', form({ areas: '14' }))
  const situation = idIn(path)
  const offered = await site.main(desk, `/notices/new?kind=report_request&situation=${situation}`)
  assert.match(offered, /市場の対策本部は設置していません/)
  assert.doesNotMatch(offered, /name="everyone"[^>]*checked/)
  const said = { subject_ja: '状況', subject_en: 'State', text_ja: '報告を', text_en: 'Report', belongs_to: situation }
  const notice = { kind: 'report_request', ...fieldsAsked, ...said, idempotency_key: crypto.randomUUID() }
  assert.match(await site.refused(desk, '/notices', 422, { ...notice, everyone: 'yes' }), /照会先は決まっています/)
  const centre = { ...notice, kind: 'command_centre', answer_wanted: 'none', answer_by: '', areas: '14' }
  assert.match(await site.refused(desk, '/notices', 422, centre), /対策本部が設置されていません/)
  await site.done(desk, '/notices', { ...centre, kind: 'information', idempotency_key: crypto.randomUUID() })
  await site.done(desk, '/notices', { ...notice, areas: '14' })
})

test('a gathering is published only if that is chosen expressly, and the public reads that there is no command centre', async () => {
  const path = await site.done(desk, '/gatherings', form({ areas: '23', title_ja: '架空の台風' }))
  assert.doesNotMatch(await site.read(desk, path), /未公表/)
  const chosen = {
    text_ja: '影響を確認しています。',
    text_en: 'Effects are being looked at.',
    idempotency_key: crypto.randomUUID(),
  }
  assert.match(await site.refused(desk, `${path}/publication/check`, 422, chosen), /情報収集は通常は公表しません/)
  const check = await (await desk.post(`${path}/publication/check`, { ...chosen, of_gathering: 'yes' })).text()
  const [, seen = ''] = /name="seen" value="([^"]*)"/.exec(check) ?? []
  assert.match(check, /設置していません（情報収集）/)
  await site.refused(desk, `${path}/publications`, 422, { ...chosen, seen })
  assert.equal(await site.db.selectFrom('publication').select('id').executeTakeFirst(), undefined)
  await site.done(desk, `${path}/publications`, { ...chosen, seen, of_gathering: 'yes' })
  const { snapshot } = await site.db.selectFrom('publication').select('snapshot').executeTakeFirstOrThrow()
  const [told] = (snapshot as { situations: { command_centre: string }[] }).situations
  assert.equal(told?.command_centre, 'none')
  assert.doesNotMatch(await site.read(desk, '/home'), /公表を更新する/)

  // Once a command centre is set up, what the public reads is not so any more, and waits to be updated.
  await site.done(desk, `${path}/command-centre`, { reason_choice: 'law' })
  assert.match(await site.read(desk, '/home'), /公表を更新する（予定を過ぎたか、対策本部の状況が変わりました）/)
})
