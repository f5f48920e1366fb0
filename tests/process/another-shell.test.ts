import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openEmbedded } from '#ground/db/embedded.ts'
import { code, command, endAll, newFolder, type Program, removeFolder, run, until } from './program.ts'

const patience = { timeout: 400_000 }
const folder = newFolder()
const service = {
  NOROSHI_DATA: folder,
  NOROSHI_MODE: 'production',
  PUBLIC_ORIGIN: 'https://bcp.example',
  NOROSHI_SECRET: 'q0Wm3nB8vC5xZ2lK7jH4gF9dS6aP1oI0',
  SMTP_URL: 'smtp://127.0.0.1:9',
  MAIL_FROM: 'bcp@assoc.example',
  NOROSHI_OFF: 'feeds',
  DRAIN_SECONDS: '0',
  PORT: String(20_000 + (process.pid % 20_000)),
}
const other = { ...service, NOROSHI_SECRET: '7Hd0aPq3Lz9Xv6Bn2Mk8Wj5Ty1Rc4Gf_' }
const origin = `http://127.0.0.1:${service.PORT}`
let serving: Program

const isReady = () =>
  code(`${origin}/readyz`).then(
    (answer) => answer === 200,
    () => false,
  )
/** Ends every connection, so that the program has to sign in to its database anew. */
async function endConnections() {
  const server = await openEmbedded(folder)
  const client = new pg.Client({ connectionString: server.url('noroshi') })
  await client.connect()
  await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'noroshi_web'`)
  await client.end()
  await server.close()
}

before(async () => {
  serving = run(['serve'], service)
  await until(isReady)
  // Its own background work makes this folder.
  await until(() => existsSync(path.join(folder, 'trail')))
}, patience)
after(async () => {
  await serving.stop()
  endAll()
  removeFolder(folder)
})

for (const [what, environment, words] of [
  [
    'without any of the settings',
    { NOROSHI_DATA: folder },
    /is the data folder of a program whose secret is not in it/,
  ],
  ['with another secret', other, /is used with another NOROSHI_SECRET than the one of this process/],
  [
    'in another mode',
    { NOROSHI_DATA: folder, NOROSHI_SECRET: service.NOROSHI_SECRET },
    /is used with NOROSHI_MODE=production, and this process is set to demo/,
  ],
] as const)
  test(
    `a command ${what} of the service is refused, and the service goes on as if it had never been`,
    patience,
    async () => {
      const before = readdirSync(folder).sort()
      for (const command_words of [['verify-trail'], ['publish'], ['serve'], ['work']]) {
        const refused = await command(command_words, {
          ...environment,
          PORT: '0',
          PUBLIC_ORIGIN: 'https://bcp.example',
        })
        assert.equal(refused.code, command_words[0] === 'verify-trail' ? 2 : 1, refused.said)
        assert.match(refused.said, words)
        assert.doesNotMatch(refused.said, /NOT whole|whole\.|at .*\.js/)
      }
      assert.deepEqual(readdirSync(folder).sort(), before)
      assert.equal(existsSync(path.join(folder, 'secret')), false)
      await endConnections()
      await until(isReady)
      assert.equal(await code(`${origin}/sign-in`), 200)
    },
  )

test('a secret is changed on purpose by a command of its own, with everything stopped', patience, async () => {
  const early = await command(['renew-secret'], other)
  assert.deepEqual([early.code, /Stop them first\. Nothing was changed\./.test(early.said)], [1, true], early.said)
  assert.equal(await serving.stop(), 0)
  assert.equal((await command(['serve'], other)).code, 1)
  const renewed = await command(['renew-secret'], other)
  assert.deepEqual([renewed.code, renewed.said], [0, 'This database is now used with the new secret.\n'])
  assert.equal((await command(['serve'], service)).code, 1)
  serving = run(['serve'], other)
  await until(isReady)
  const server = await openEmbedded(folder)
  const client = new pg.Client({ connectionString: server.url('noroshi') })
  await client.connect()
  const { rows } = await client.query(`select who from trail where action = 'secret.renewed'`)
  await client.end()
  await server.close()
  assert.deepEqual(rows, [{ who: 'command-line' }])
})
