import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { settingNames, settings } from '#ground/settings/settings.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'

let site: TestSite
let desk: TestSite['nobody']
let now = new Date('2027-01-15T00:00:00Z')
before(async () => {
  site = await testSite({ clock: () => now })
  desk = await site.as('secretariat')
})
after(() => site.close())

const usual = Object.fromEntries(settingNames.map((name) => [name, String(settings[name].usual)]))
const rows = () => site.db.selectFrom('setting').selectAll().orderBy('name').execute()

test('S0-30 the secretariat sets the limits of sessions, with a reason, for everyone from the next act on', async () => {
  const page = await (await desk.get('/settings')).text()
  assert.match(page, /name="idle_minutes"[^>]*value="60"|value="60"[^>]*name="idle_minutes"/)
  const observer = await site.as('observer')

  const form = { ...usual, idle_minutes: ' ２０ ', absolute_open_minutes: '4320', reason: '机を離れる人が多いため' }
  const changed = await desk.post('/settings', form)
  assert.equal(changed.headers.get('location'), '/settings?changed=2')
  const { action, about, details } = (await site.trail()).at(-1)!
  assert.deepEqual([action, about], ['setting.changed', '/settings'])
  assert.deepEqual(details, {
    reason: '机を離れる人が多いため',
    changes: {
      'session.idle_minutes': { before: 60, after: 20 },
      'session.absolute_open_minutes': { before: 1440, after: 4320 },
    },
  })
  assert.deepEqual(
    (await rows()).map(({ name, value }) => [name, value]),
    [
      ['session.absolute_open_minutes', 4320],
      ['session.idle_minutes', 20],
    ],
  )
  const after = await (await desk.get('/settings?changed=2')).text()
  assert.match(after, /設定を変更しました/)
  assert.match(after, /最後の変更/)

  // Twice is once.
  const lines = (await site.trail()).length
  assert.equal((await desk.post('/settings', form)).headers.get('location'), '/settings?changed=0')
  assert.equal((await site.trail()).length, lines)

  now = new Date(now.getTime() + 21 * 60_000)
  assert.match((await observer.get('/home')).headers.get('location')!, /ended=idle/)
})

for (const [name, value] of [
  ['idle_minutes', '4'],
  ['idle_minutes', '481'],
  ['idle_minutes', ''],
  ['idle_minutes', '1e2'],
  ['idle_minutes', '-60'],
  ['absolute_minutes', '1441'],
  ['idle_open_minutes', '1441'],
  ['absolute_open_minutes', '4321'],
  ['confirm_minutes', '61'],
  ['reason', ' '],
  ['reason', 'あ'.repeat(501)],
] as const)
  test(`${name} ${JSON.stringify(value.slice(0, 10))} comes back with a link to the field, and nothing is set`, async () => {
    desk = await site.as('secretariat')
    const before = await rows()
    const form = { ...usual, idle_minutes: '33', reason: '書きかけ', [name]: value }
    const answer = await desk.post('/settings', form)
    const page = await answer.text()
    assert.equal(answer.status, 422)
    assert.match(page, new RegExp(`<a href="#${name}">`))
    if (name !== 'reason') assert.match(page, /書きかけ/)
    if (name !== 'idle_minutes') assert.match(page, /"33"/)
    assert.deepEqual(await rows(), before)
  })

test('S0-30 nobody else sees or changes the settings', async () => {
  for (const role of ['secretariat_approver', 'bcp_contact', 'auditor'] as const) {
    const other = await site.as(role)
    assert.equal((await other.get('/settings')).status, 403)
    assert.equal((await other.post('/settings', { ...usual, reason: 'x' })).status, 403)
    assert.doesNotMatch(await site.whole(other, '/home'), /href="\/settings"/)
  }
})
