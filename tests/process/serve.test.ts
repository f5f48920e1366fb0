import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import {
  code,
  endAll,
  get,
  isAlive,
  newFolder,
  type Program,
  postmaster,
  removeFolder,
  run,
  signIn,
  until,
} from './program.ts'

const patience = { timeout: 180_000 }
let folder: string
let serving: Program
let origin: string

const serve = (at: string, environment: Record<string, string> = {}, words: string[] = []) =>
  run(['serve', ...words], { NOROSHI_DATA: at, ...environment })
const portOf = (address: string) => new URL(address).port

before(async () => {
  folder = newFolder()
  serving = serve(folder)
  origin = await serving.up()
}, patience)
after(async () => {
  endAll()
  const pid = postmaster(folder)
  if (pid && isAlive(pid)) process.kill(pid, 'SIGINT')
  await until(() => !pid || !isAlive(pid))
  removeFolder(folder)
})

test('a first start prints the address, the accounts and three things to try', patience, async () => {
  await serving.says('The data stays in the data folder.')
  assert.match(serving.said(), /^Noroshi 狼煙 {2}http:\/\/localhost:\d+\nembedded PostgreSQL in /m)
  assert.match(
    serving.said(),
    /Demo accounts \(all invented; password of each: noroshi-demo-2026\)\n {2}desk@assoc\.example/,
  )
  assert.match(serving.said(), / {2}1\. .*\n {2}2\. .*\n {2}3\. .*\n/)
  assert.equal(await code(`${origin}/healthz`), 200)
  await until(async () => (await code(`${origin}/readyz`)) === 200)
  assert.equal(await code(`${origin}/`), 200)
})

test('a second start on the same port says so, and leaves the first one alone', patience, async () => {
  const other = newFolder()
  const second = run(['serve'], { NOROSHI_DATA: other, PORT: portOf(origin) })
  assert.equal(await second.ended, 1)
  const next = Number(portOf(origin)) + 1
  assert.match(second.said(), new RegExp(`Port ${portOf(origin)} on 127.0.0.1 is in use.*PORT=${next}`))
  assert.doesNotMatch(second.said(), /at .*\.js/)
  assert.equal(postmaster(other), undefined)
  assert.equal(await code(`${origin}/readyz`), 200)
  removeFolder(other)
})

test(
  'a second start on the same folder and another port shares the database, and its end leaves the first one alone',
  patience,
  async () => {
    const second = serve(folder)
    const other = await second.up()
    assert.notEqual(other, origin)
    const { cookie } = await signIn(other)
    assert.equal(await code(`${origin}/home`, { cookie }), 200)
    assert.equal(await second.stop(), 0)
    assert.equal(await code(`${origin}/readyz`), 200)
  },
)

test('two instances with folders and ports of their own run side by side', patience, async () => {
  const other = newFolder()
  const second = serve(other)
  const address = await second.up()
  const { cookie } = await signIn(address)
  assert.equal(await code(`${address}/home`, { cookie }), 200)
  assert.equal(await code(`${origin}/home`, { cookie }), 303)
  const pid = postmaster(other)!
  // A terminal sends Ctrl-C to every process in it, and npm passes it on once more.
  second.kill('SIGINT')
  second.kill('SIGINT')
  assert.equal(await second.ended, 0)
  assert.ok(!isAlive(pid), 'the database is still running')
  assert.equal(await code(`${origin}/readyz`), 200)
  removeFolder(other)
})

test('a service manager that stops it while it is still starting ends everything, too', patience, async () => {
  const other = newFolder()
  const starting = serve(other)
  await until(() => postmaster(other))
  const pid = postmaster(other)!
  starting.kill('SIGTERM')
  assert.equal(await starting.ended, 0)
  assert.ok(!isAlive(pid), 'the database is still running')
  removeFolder(other)
})

test('kill -9 of the program loses nothing that was answered, and the next start comes up', patience, async () => {
  const { cookie } = await signIn(origin)
  const pid = postmaster(folder)!
  const port = portOf(origin)
  serving.kill('SIGKILL')
  await serving.ended
  assert.ok(isAlive(pid), 'the database is left behind')
  serving = serve(folder, { PORT: port })
  origin = await serving.up()
  assert.equal(await code(`${origin}/home`, { cookie }), 200)
  const trail = await (await get(`${origin}/trail`, { cookie })).text()
  assert.match(trail, /サインイン/)
})

test(
  'kill -9 of the database: the public page answers all the while, and the rest is back by itself',
  patience,
  async () => {
    const { cookie } = await signIn(origin)
    const pid = postmaster(folder)!
    process.kill(pid, 'SIGKILL')
    assert.equal(await code(`${origin}/`), 200)
    await until(() => postmaster(folder) !== pid && postmaster(folder))
    await until(async () => (await code(`${origin}/readyz`)) === 200)
    assert.equal(await code(`${origin}/home`, { cookie }), 200)
    assert.equal(await code(`${origin}/`), 200)
  },
)

test('the web and the work run apart on one folder: what one asks, the other sends', patience, async () => {
  const other = newFolder()
  const web = serve(other, {}, ['--without-workers'])
  const address = await web.up()
  const work = run(['work'], { NOROSHI_DATA: other })
  await work.says('Noroshi works on embedded PostgreSQL')
  await work.says(`Links lead to ${address}\n`)
  assert.equal(await code(`${address}/readyz`), 200)
  const { cookie } = await signIn(address)
  assert.equal(await code(`${address}/home`, { cookie }), 200)
  // Only the workers write checkpoints.
  assert.equal(await web.stop(), 0)
  assert.equal(await work.stop(), 0)
  assert.match(readFileSync(path.join(other, 'trail', 'checkpoints.jsonl'), 'utf8'), /"signature":"[0-9a-f]{72}"}\n$/)
  assert.equal(postmaster(other), undefined)
  removeFolder(other)
})

test(
  'who works where no web server has said its address, and without a port of its own, is told what to set',
  patience,
  async () => {
    const other = newFolder()
    const alone = run(['work'], { NOROSHI_DATA: other })
    assert.equal(await alone.ended, 1)
    assert.match(alone.said(), /Set PUBLIC_ORIGIN/)
    assert.equal(postmaster(other), undefined)
    const told = run(['work'], { NOROSHI_DATA: other, PORT: '3999' })
    await told.says('Links lead to http://localhost:3999\n')
    assert.equal(await told.stop(), 0)
    removeFolder(other)
  },
)

test('Ctrl-C ends everything, the database too, although a page is listening', patience, async () => {
  const { cookie } = await signIn(origin)
  const live = await get(`${origin}/live?topic=/home`, { cookie })
  assert.equal(live.status, 200)
  const pid = postmaster(folder)!
  assert.equal(await serving.stop(), 0)
  assert.ok(!isAlive(pid), 'the database is still running')
  assert.equal(postmaster(folder), undefined)
  assert.doesNotMatch(serving.said(), /Error|error/)
})
