import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#tests/kit/database.ts'
import { readSetting, settingNames, settings, settingsOf, storedName } from './settings.ts'

let site: TestDatabase
before(async () => {
  site = await testDatabase()
})
after(() => site.close())

for (const [what, stored, expected] of [
  ['nothing', {}, [60, 1440, 720, 1440, 15]],
  ['what was set', { 'session.idle_minutes': 30, 'session.absolute_open_minutes': 4320 }, [30, 1440, 720, 4320, 15]],
  [
    'values out of bounds',
    { 'session.idle_minutes': 0, 'session.absolute_minutes': 99_999, 'session.absolute_open_minutes': 99_999 },
    [5, 1440, 720, 4320, 15],
  ],
  [
    'values that are none',
    { 'session.idle_minutes': '30', 'session.confirm_minutes': 7.5, 'session.idle_open_minutes': null },
    [60, 1440, 720, 1440, 15],
  ],
] as const)
  test(`stored ${what} reads as ${expected}`, () => {
    assert.deepEqual(Object.values(settingsOf('session', stored)), expected)
  })

test('a setting is what was stored, and the usual value where nothing was', async () => {
  assert.equal(await readSetting(site.db, 'routine_mails_hour'), 6)
  await site.db
    .insertInto('setting')
    .values({ name: 'delivery.routine_mails_hour', value: '9', changed_at: new Date('2006-10-16T01:15:00Z') })
    .execute()
  assert.equal(await readSetting(site.db, 'routine_mails_hour'), 9)
})

test('no two settings are stored under one name, and each is usual within its bounds', () => {
  assert.equal(new Set(settingNames.map(storedName)).size, settingNames.length)
  for (const name of settingNames) {
    const { usual, min, max } = settings[name]
    assert.ok(min <= usual && usual <= max, name)
  }
})
