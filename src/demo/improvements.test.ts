import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { loadImprovements } from './improvements.ts'
import { loadDemo } from './load-demo.ts'

let site: TestSite
before(async () => {
  site = await testSite()
})
after(() => site.close())

test('a new demo shows improvements of several sources and states, one of them overdue; a second start adds none', async () => {
  await loadImprovements(site.tools)
  const rows = await site.db.selectFrom('improvement_now').select(['number', 'source', 'state', 'due_on']).execute()
  assert.deepEqual(rows.map(({ number }) => number).sort(), [1, 2, 3, 4, 5, 6])
  assert.equal(new Set(rows.map(({ state }) => state)).size, 5)
  assert.ok(new Set(rows.map(({ source }) => source)).size >= 5)
  const page = await site.read(await site.as('secretariat'), '/improvements')
  assert.match(page, /期日を過ぎた改善事項が1件あります/)
  assert.match(page, /点検の日が来た記録が1件あります/)
  await loadDemo(site.tools)
  assert.equal((await site.db.selectFrom('register_item').select('id').execute()).length, 6)
})
