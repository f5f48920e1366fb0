import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openProgram } from '#ground/db/database.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { openHealth } from './health.ts'

let site: TestSite
before(async () => {
  site = await testSite()
  await site.db.insertInto('installation').values({ mode: 'demo', secret_mark: 'of nothing' }).execute()
})
after(() => site.close())

async function found(other: Partial<Parameters<typeof openHealth>[0]>) {
  const health = openHealth({ tools: site.tools, hub: site.hub, site: undefined, workers: () => [], ...other })
  const problems = await health.problems()
  assert.deepEqual(health.known(), problems)
  await health.close()
  return problems
}

test('ready is said only while database, disk, live updates, public page and workers are', async () => {
  assert.deepEqual(await found({}), [])
  assert.deepEqual(await found({ hub: { listening: () => false } }), ['live updates'])
  assert.deepEqual(await found({ workers: () => ['mail: 421'] }), ['mail: 421'])
  assert.deepEqual(await found({ site: { problems: () => ['no space'] } }), [
    'public page: its files cannot be written',
  ])
  const data = path.join(fileURLToPath(import.meta.url), 'below a file')
  assert.deepEqual(await found({ tools: { ...site.tools, config: { ...site.tools.config, data } } }), [
    'disk: a part of the path is no folder',
  ])
})

test('a database that is away, and one that answers and takes nothing, are not ready', async () => {
  const lost = openProgram({ url: 'postgres://nobody@127.0.0.1:9/none' }, 1)
  assert.deepEqual(await found({ tools: { ...site.tools, db: lost } }), ['database'])
  await lost.destroy()
  const reading = openProgram({ ...site.database.app, role: 'noroshi_app -c default_transaction_read_only=on' }, 1)
  assert.deepEqual(await found({ tools: { ...site.tools, db: reading } }), ['database: it only reads'])
  await reading.destroy()
})
