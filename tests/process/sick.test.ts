import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { code, command, endAll, get, newFolder, postmaster, removeFolder, run, until } from './program.ts'

const patience = { timeout: 400_000 }
const folder = newFolder()
const port = 20_000 + (process.pid % 20_000)
const origin = `http://127.0.0.1:${port}`
const serve = () => run(['serve'], { NOROSHI_DATA: folder, PORT: String(port) })
const text = async (at: string) => (await get(origin + at)).text()

before(async () => {
  const first = serve()
  await first.up()
  await until(async () => (await code(`${origin}/`)) === 200)
  assert.equal(await first.stop(), 0)
}, patience)
after(() => {
  endAll()
  removeFolder(folder)
})

const inFolder = (name: string) => path.join(folder, name)
const aside = (name: string) => () => renameSync(inFolder(name), inFolder(`${name}.aside`))
const back = (name: string) => () => renameSync(inFolder(`${name}.aside`), inFolder(name))
let secret = ''

for (const { what, spoil, mend, says, ready } of [
  {
    what: 'the password of its database is gone',
    spoil: aside('postgres-password'),
    mend: back('postgres-password'),
    says: /The password of the embedded database cannot be read: .*postgres-password/,
    ready: /^not ready: database \(embedded database\)$/,
  },
  {
    what: 'its database is open to everybody',
    spoil: () => chmodSync(inFolder('postgres'), 0o777),
    mend: () => chmodSync(inFolder('postgres'), 0o700),
    says: /PostgreSQL did not start .*[\s\S]*has invalid permissions/,
    ready: /^not ready: database \(embedded database\)$/,
  },
  {
    what: 'a file of its database is damaged',
    spoil: () => {
      aside('postgres/global/pg_control')()
      writeFileSync(inFolder('postgres/global/pg_control'), 'nonsense')
    },
    mend: back('postgres/global/pg_control'),
    says: /PostgreSQL did not start /,
    ready: /^not ready: database \(embedded database\)$/,
  },
  {
    what: 'its secret is empty',
    spoil: () => {
      secret = readFileSync(inFolder('secret'), 'utf8')
      writeFileSync(inFolder('secret'), '')
    },
    mend: () => writeFileSync(inFolder('secret'), secret),
    says: /secret is damaged: it holds no secret\. Put it back from a backup/,
    ready: /^not ready: database \(secret damaged\)$/,
  },
  {
    what: 'its secret is gone',
    spoil: aside('secret'),
    mend: back('secret'),
    says: /secret is gone, the secret of this demo\. Put it back from a backup/,
    ready: /^not ready: database \(secret missing\)$/,
  },
  {
    what: 'the password of its database is empty',
    spoil: () => {
      aside('postgres-password')()
      writeFileSync(inFolder('postgres-password'), '')
    },
    mend: back('postgres-password'),
    says: /The password of the embedded database is gone: .*postgres-password is empty/,
    ready: /^not ready: database \(embedded database\)$/,
  },
])
  test(
    `started while ${what}, the public page answers with its age, the reason is said, and mending it is enough`,
    patience,
    async () => {
      spoil()
      const program = serve()
      try {
        await program.says(says)
        assert.equal(await code(`${origin}/`), 200)
        await until(async () => /has not answered since/.test(await text('/en/')))
        assert.deepEqual([await code(`${origin}/healthz`), await code(`${origin}/livez`)], [200, 200])
        assert.equal(await code(`${origin}/readyz`), 503)
        assert.match(await text('/readyz'), ready)
        assert.equal(await code(`${origin}/home`), 503)
        assert.doesNotMatch(program.said(), /at .*\.js/)
      } finally {
        mend()
      }
      await program.up()
      await until(async () => (await code(`${origin}/readyz`)) === 200)
      assert.equal(await program.stop(), 0)
    },
  )

test(
  'a demo that cannot keep its mails waits in words, with its public page, and mending it is enough',
  patience,
  async () => {
    aside('demo-mail')()
    writeFileSync(inFolder('demo-mail'), '')
    const program = serve()
    await program.says(/The mails of the demo cannot be kept in .*demo-mail: there is a file where a folder belongs\./)
    assert.deepEqual([await code(`${origin}/`), await code(`${origin}/livez`)], [200, 200])
    assert.equal(await text('/readyz'), 'not ready: mail (there is a file where a folder belongs)')
    rmSync(inFolder('demo-mail'))
    back('demo-mail')()
    await program.up()
    await until(async () => (await code(`${origin}/readyz`)) === 200)
    assert.equal(await program.stop(), 0)
  },
)

test('a folder where the program notes its address is said, and it works', patience, async () => {
  mkdirSync(inFolder('origin'))
  const program = serve()
  await program.says(/origin cannot be written: there is a folder where a file belongs\./)
  await program.up()
  assert.equal(await code(`${origin}/home`), 303)
  assert.equal(await program.stop(), 0)
  rmdirSync(inFolder('origin'))
})

test('nonsense in the lock file of its database is no reason to wait for a hand', patience, async () => {
  const file = inFolder('postgres/postmaster.pid')
  writeFileSync(file, 'nonsense\n')
  utimesSync(file, new Date(0), new Date(0))
  const program = serve()
  await program.up()
  assert.equal(await program.stop(), 0)
  assert.equal(postmaster(folder), undefined)
})

test('a data folder that cannot be made is named in plain words, and nothing starts', patience, async () => {
  const data = path.join(inFolder('origin.aside'), 'below a file')
  writeFileSync(inFolder('origin.aside'), '')
  for (const words of [['serve'], ['verify-trail'], ['migrate']]) {
    const refused = await command(words, { NOROSHI_DATA: data })
    assert.equal(refused.code, words[0] === 'verify-trail' ? 2 : 1)
    assert.match(refused.said, /The data folder .*below a file cannot be used: a part of the path is no folder\.\n$/)
    assert.doesNotMatch(refused.said, /at .*\.js/)
  }
})

test('a host that never heard its database cannot say what is published, and writes nothing', patience, async () => {
  const fresh = newFolder()
  const program = run(['serve'], {
    NOROSHI_DATA: fresh,
    PORT: String(port),
    DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
  })
  await program.says('The database cannot be reached')
  for (const at of ['/', '/en/', '/feed.atom', '/status.json', '/cap/', '/exercise/']) {
    const answer = await get(origin + at)
    assert.equal(answer.status, 503, at)
    const said = await answer.text()
    assert.match(said, /公表中の事案があるかないかは、ここではわかりません/)
    assert.match(said, /Whether there is a situation is not known here/)
  }
  assert.deepEqual([await code(`${origin}/healthz`), await code(`${origin}/livez`)], [200, 503])
  assert.equal(await program.stop(), 0)
  assert.equal(existsSync(path.join(fresh, 'public')), false)
  removeFolder(fresh)
})
