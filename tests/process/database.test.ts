import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type EmbeddedServer, openEmbedded } from '#ground/db/embedded.ts'
import { openPooler } from '#tests/kit/pooler.ts'
import {
  code,
  command,
  endAll,
  get,
  newFolder,
  type Program,
  postmaster,
  removeFolder,
  run,
  signalServer,
  signIn,
  until,
} from './program.ts'

const patience = { timeout: 400_000 }
const folder = newFolder()
const data = newFolder()
let server: EmbeddedServer
let serving: Program | undefined

before(async () => {
  server = await openEmbedded(folder, { fsync: false })
}, patience)
after(async () => {
  endAll()
  await server.close()
  for (const each of [folder, data]) removeFolder(each)
})

/** Runs statements as the superuser of the server, in a database. */
async function sql(database: string, ...statements: string[]) {
  const client = new pg.Client({ connectionString: server.url(database) })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
/** The address of a database for a login made by the tests. */
function as(login: string, database: string) {
  const url = new URL(server.url(database))
  url.username = login
  url.password = 'secret'
  return url.href
}
const migrate = (environment: Record<string, string>) => command(['migrate'], { NOROSHI_DATA: data, ...environment })
const publicPaths = ['/', '/en/', '/feed.atom', '/status.json', '/cap/']
const says = async (origin: string, words: RegExp, at = '/en/') => words.test(await (await get(origin + at)).text())
const nothing_yet = 'It CANNOT BE TOLD whether the trail is whole.'
const standsStill = /has not answered since/

test('a login that may not make roles is told what an administrator has to run', patience, async () => {
  await sql('postgres', `create role plain login password 'secret'`, 'create database plain owner plain')
  const refused = await migrate({ DATABASE_URL: as('plain', 'plain') })
  assert.equal(refused.code, 1)
  assert.match(
    refused.said,
    /^Noroshi cannot start:\nThe database role plain may not create roles\. .*\n\n {2}create role noroshi_app nologin;\n {2}grant noroshi_app to "plain";/,
  )
  assert.doesNotMatch(refused.said, /at .*\.js/)

  // Doing what it says is enough.
  const statements = [...refused.said.matchAll(/^ {2}(.*;)$/gm)].map(([, statement = '']) => statement)
  await sql('plain', ...statements)
  assert.match((await migrate({ DATABASE_URL: as('plain', 'plain') })).said, /^Applied: 0001-foundation, /m)
  const checked = await command(['verify-trail'], { NOROSHI_DATA: data, DATABASE_URL: as('plain', 'plain') })
  // Nothing has been done in it yet: of nothing it is not said that it is whole.
  assert.deepEqual([checked.code, checked.said.split('\n').at(-2)], [2, nothing_yet], checked.said)
})

test('an owner who may make roles needs nothing else', patience, async () => {
  await sql(
    'postgres',
    'drop database plain',
    'drop role noroshi_app',
    `create role maker createrole login password 'secret'`,
    'create database maker owner maker',
  )
  const checked = await command(['verify-trail'], { NOROSHI_DATA: data, DATABASE_URL: as('maker', 'maker') })
  assert.deepEqual([checked.code, checked.said.split('\n').at(-2)], [2, nothing_yet], checked.said)
})

test('with a login of its own the program migrates as the owner and works as the other', patience, async () => {
  await sql('postgres', `create role web login password 'secret'`, 'create database apart owner maker')
  const environment = { DATABASE_OWNER_URL: as('maker', 'apart'), DATABASE_URL: as('web', 'apart') }
  const refused = await command(['verify-trail'], { NOROSHI_DATA: data, ...environment })
  assert.equal(refused.code, 2)
  assert.match(
    refused.said,
    /^Noroshi cannot start:\nThe login of DATABASE_URL has no rights\. .*\n\n {2}grant noroshi_app to "web";/,
  )
  await sql('apart', 'grant noroshi_app to "web"')
  const checked = await command(['verify-trail'], { NOROSHI_DATA: data, ...environment })
  assert.equal(checked.code, 2, checked.said)

  const owning = await command(['verify-trail'], {
    NOROSHI_DATA: data,
    ...environment,
    DATABASE_URL: as('maker', 'apart'),
  })
  assert.equal(owning.code, 2)
  assert.match(owning.said, /maker\) could change the audit trail/)
})

test('nobody enters the database but its owner and the program, whatever else the server holds', patience, async () => {
  await sql('postgres', `create role neighbour login in role noroshi_app password 'secret'`)
  const enter = async (login: string) => {
    const client = new pg.Client({ connectionString: as(login, 'apart') })
    await client.connect().finally(() => client.end().catch(() => {}))
  }
  await assert.rejects(enter('neighbour'), { code: '42501' })
  await enter('web')
  await enter('maker')

  // A database that the owner of the tables does not own is not theirs to close: that is said.
  await sql('postgres', 'create database lent', 'grant all on database lent to maker')
  await sql('lent', 'grant all on schema public to maker')
  const lent = await migrate({ DATABASE_URL: as('maker', 'lent') })
  assert.equal(lent.code, 0, lent.said)
  assert.match(
    lent.said,
    /^Every login .* may enter the database lent\. .*revoke connect on database "lent" from public;$/m,
  )
})

test(
  'a login that brings the scope of the program along is refused, with the statement that mends it',
  patience,
  async () => {
    const environment = { DATABASE_OWNER_URL: as('maker', 'apart'), DATABASE_URL: as('web', 'apart') }
    await sql('postgres', `alter role web set noroshi.scope = 'program'`)
    for (const words of [['verify-trail'], ['publish'], ['serve']]) {
      const refused = await command(words, { NOROSHI_DATA: data, ...environment })
      assert.equal(refused.code, words[0] === 'verify-trail' ? 2 : 1)
      assert.match(refused.said, /alter role "web" reset noroshi\.scope;/)
      assert.doesNotMatch(refused.said, /whole|nothing published|at .*\.js/)
    }
    await sql('postgres', 'alter role web reset noroshi.scope')
    const checked = await command(['verify-trail'], { NOROSHI_DATA: data, ...environment })
    assert.deepEqual([checked.code, checked.said.split('\n').at(-2)], [2, nothing_yet], checked.said)
  },
)

test(
  'behind a pooler that drops what connections say of themselves nothing starts, and nothing is called whole or empty',
  patience,
  async () => {
    await using pooler = await openPooler(server.port, 'drops')
    const through = (login: string) => {
      const url = new URL(as(login, 'apart'))
      url.port = String(pooler.port)
      return url.href
    }
    const environment = { DATABASE_OWNER_URL: through('maker'), DATABASE_URL: through('web') }
    for (const words of [['verify-trail'], ['publish'], ['serve'], ['work']]) {
      const refused = await command(words, { NOROSHI_DATA: data, PORT: '3999', ...environment })
      assert.equal(refused.code, words[0] === 'verify-trail' ? 2 : 1, refused.said)
      assert.match(refused.said, /connection pooler .* drops the start-up parameter "options"/)
      assert.doesNotMatch(refused.said, /whole\.|nothing published|works on|at .*\.js/)
    }
  },
)

test('a pooler that refuses the connections is told as one, not as an outage that passes', patience, async () => {
  await using pooler = await openPooler(server.port, 'refuses')
  const url = new URL(as('maker', 'apart'))
  url.port = String(pooler.port)
  const refused = await command(['serve'], { NOROSHI_DATA: data, DATABASE_URL: url.href })
  assert.equal(refused.code, 1)
  assert.match(refused.said, /a connection pooler, it seems\.[\s\S]*unsupported startup parameter/)
  assert.doesNotMatch(refused.said, /cannot be reached|at .*\.js/)
})

test('the data of a newer version is left alone, and named', patience, async () => {
  await sql('apart', `insert into kysely_migration (name, timestamp) values ('9999-later', '2099-01-01')`)
  const environment = { DATABASE_OWNER_URL: as('maker', 'apart'), DATABASE_URL: as('web', 'apart') }
  const refused = await migrate(environment)
  assert.equal(refused.code, 1)
  assert.match(refused.said, /belongs to a newer version of Noroshi: it has the migration 9999-later/)
  assert.doesNotMatch(refused.said, /at .*\.js/)
})

test('migrating twice, or four at once, changes nothing more', patience, async () => {
  await sql('postgres', 'create database often')
  const environment = { DATABASE_URL: server.url('often') }
  const all = await Promise.all([1, 2, 3, 4].map(() => migrate(environment)))
  assert.deepEqual(
    all.map((each) => each.code),
    [0, 0, 0, 0],
    all.map(({ said }) => said).join('\n'),
  )
  assert.equal(all.filter(({ said }) => said.startsWith('Applied: ')).length, 1)
  assert.equal((await migrate(environment)).said, 'Nothing to apply: the tables are up to date.\n')
})

test('a production start refuses the accounts of a demo', patience, async () => {
  const demo = { NOROSHI_DATA: data, DATABASE_URL: server.url('often') }
  serving = run(['serve', '--without-workers'], demo)
  await serving.up()
  assert.equal(await serving.stop(), 0)
  const production = {
    NOROSHI_MODE: 'production',
    PUBLIC_ORIGIN: 'https://bcp.example',
    NOROSHI_SECRET: 'q0Wm3nB8vC5xZ2lK7jH4gF9dS6aP1oI0',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'bcp@assoc.example',
  }
  const other = await command(['serve'], { ...demo, ...production })
  assert.equal(other.code, 1)
  assert.match(other.said, /This database is used with NOROSHI_MODE=demo/)
  // As one from before databases knew whose they are.
  await sql('often', 'delete from installation')
  const refused = await command(['serve'], { ...demo, ...production })
  assert.equal(refused.code, 1)
  assert.match(refused.said, /This database holds demo accounts whose password is public/)
})

test(
  'started while the database is away, the public page answers and says so; the rest comes with the database',
  patience,
  async () => {
    await sql('postgres', 'create database away')
    const url = server.url('away')
    await server.close()
    const port = 20_000 + (process.pid % 20_000)
    serving = run(['serve'], { NOROSHI_DATA: data, DATABASE_URL: url, PORT: String(port) })
    const origin = `http://127.0.0.1:${port}`
    await serving.says('The database cannot be reached')
    for (const at of publicPaths) assert.equal(await code(origin + at), 200, at)
    await until(() => says(origin, standsStill))
    assert.equal(await code(`${origin}/healthz`), 200)
    assert.equal(await code(`${origin}/readyz`), 503)
    assert.equal(await code(`${origin}/home`), 503)

    server = await openEmbedded(folder, { fsync: false })
    assert.equal(server.url('away'), url)
    await serving.up()
    await until(async () => (await code(`${origin}/readyz`)) === 200)
    assert.equal(await code(`${origin}/home`, await signIn(origin)), 200)
  },
)

test(
  'fault 2: when the database goes away the public page stays and says so, other pages are a 503, and all comes back',
  patience,
  async () => {
    const origin = (await serving?.up()) ?? ''
    const cookie = await signIn(origin)
    await server.close()
    for (const at of publicPaths) assert.equal(await code(origin + at), 200, at)
    await until(() => says(origin, standsStill))
    assert.equal(await code(`${origin}/healthz`), 200)
    await until(async () => (await code(`${origin}/readyz`)) === 503)
    const home = await get(`${origin}/home`, cookie)
    assert.equal(home.status, 503)
    assert.match(await home.text(), /一時的に利用できません/)

    server = await openEmbedded(folder, { fsync: false })
    await until(async () => (await code(`${origin}/readyz`)) === 200)
    assert.equal(await code(`${origin}/home`, cookie), 200)
  },
)

test(
  'fault 3: a frozen database holds up no public page, is noticed, and goes on as if nothing had been',
  patience,
  async () => {
    const origin = (await serving?.up()) ?? ''
    const cookie = await signIn(origin)
    const pid = postmaster(folder)!
    signalServer(pid, 'SIGSTOP')
    try {
      for (let n = 0; n < 50; n++) assert.equal(await code(`${origin}/`), 200)
      await until(async () => (await code(`${origin}/readyz`)) === 503)
      await until(() => says(origin, standsStill))
    } finally {
      signalServer(pid, 'SIGCONT')
    }
    await until(async () => (await code(`${origin}/readyz`)) === 200)
    assert.equal(await code(`${origin}/home`, cookie), 200)
  },
)

test('Ctrl-C does not wait for a database that is away', patience, async () => {
  await server.close()
  assert.equal(await serving?.stop(), 0)
  const waiting = run(['serve'], { NOROSHI_DATA: data, DATABASE_URL: server.url('away') })
  await waiting.says('The database cannot be reached')
  assert.equal(await waiting.stop(), 0)
  assert.doesNotMatch(waiting.said(), /AbortError/)
  server = await openEmbedded(folder, { fsync: false })
})
