import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { createPublicServer } from '#public/site/index.ts'
import { type TestSite, testSite } from '#tests/kit/site.ts'
import { createApp } from './app.tsx'
import { keepPublicPage } from './keep-public-page.ts'

let site: TestSite
let around: string
before(async () => {
  site = await testSite()
  around = await mkdtemp(path.join(tmpdir(), 'noroshi-keep-'))
})
after(async () => {
  await site.close()
  await rm(around, { recursive: true, force: true })
})

test('S0-31 a public page that cannot be saved is logged once, said to those who publish, and saved when that is possible again', {
  timeout: 60_000,
}, async () => {
  const folder = path.join(around, 'public')
  await writeFile(folder, 'a file where the folder should be')
  const { tools, auth, hub } = site
  const page = await createPublicServer({ folder, origin: tools.origin, clock: tools.clock })
  const said: unknown[] = []
  const stop = keepPublicPage({ tools, hub, site: page, report: (error) => said.push(error) })
  const app = createApp({
    tools,
    auth,
    hub,
    public_problems: page.problems,
    report: (error) => said.push(error),
  })
  const home = async (role: 'secretariat' | 'bcp_contact') => {
    const { cookie = '' } = await site.as(role)
    return (await app.request('/home', { headers: { cookie } })).text()
  }
  try {
    while (said.length === 0) await setImmediate()
    assert.match(String(said[0]), /could not be written to .*public/)
    assert.match(await home('secretariat'), /公開ページを保存できません/)
    assert.doesNotMatch(await home('bcp_contact'), /公開ページを保存できません/)
    assert.equal(page.serve('/')?.status, 200)

    await rm(folder)
    while (said.length === 1) await setImmediate()
    assert.deepEqual(said.slice(1), ['The files of the public page are whole again.'])
    assert.doesNotMatch(await home('secretariat'), /公開ページを保存できません/)
  } finally {
    await stop()
  }
})
