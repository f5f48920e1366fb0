import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { root } from '#ground/config/root.ts'
import { code, endAll, get, newFolder, postmaster, removeFolder, run, signIn, until } from './program.ts'

const patience = { timeout: 400_000 }
const folder = newFolder()
after(() => {
  endAll()
  removeFolder(folder)
})

/** A connection that sends its words when it is told to; what it was answered until its end. */
async function speak(origin: string) {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  await once(socket, 'connect')
  let heard = ''
  socket.setEncoding('utf8').on('data', (part: string) => (heard += part))
  const ended = once(socket, 'close').then(() => heard)
  return { say: (words: string) => socket.write(words), heard: () => heard, ended }
}

test(
  'SIGTERM loses nobody: it is said first, what is half sent is taken, pages that wait are told to come back',
  patience,
  async () => {
    const program = run(['serve'], { NOROSHI_DATA: folder, DRAIN_SECONDS: '3' })
    const origin = await program.up()
    const { cookie } = await signIn(origin)
    const stream = await get(`${origin}/live?topic=/home`, { cookie })
    const heard = stream.text()
    const post = await speak(origin)
    const body = new URLSearchParams({ email: 'desk@assoc.example', password: 'noroshi-demo-2026' }).toString()
    post.say(
      `POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 20)}`,
    )

    program.kill('SIGTERM')
    await until(async () => (await (await get(`${origin}/readyz`)).text()) === 'draining')
    assert.deepEqual(
      [
        await code(`${origin}/livez`),
        await code(`${origin}/readyz`),
        await code(`${origin}/healthz`),
        await code(`${origin}/`),
      ],
      [503, 503, 200, 200],
    )
    assert.equal((await get(`${origin}/home`, { cookie })).headers.get('connection'), 'close')
    assert.match(await heard, /\nretry: \d{4}\nevent: beat\ndata: beat\n\n$/)
    post.say(body.slice(20))
    assert.match(await post.ended, /^HTTP\/1\.1 303 [\s\S]*set-cookie:/i)
    assert.equal(await program.ended, 0)
    assert.equal(postmaster(folder), undefined)
    assert.doesNotMatch(program.said(), /[Ee]rror|at .*\.js/)
  },
)

test('SIGHUP is no end, and probes answer who speaks HTTP/1.0 and names no host', patience, async () => {
  const program = run(['serve'], { NOROSHI_DATA: folder })
  const origin = await program.up()
  program.kill('SIGHUP')
  for (const [at, words] of Object.entries({ '/healthz': 'ok', '/livez': 'ok', '/readyz': 'ready' })) {
    const probe = await speak(origin)
    probe.say(`GET ${at} HTTP/1.0\r\n\r\n`)
    assert.match(await probe.ended, new RegExp(`^HTTP/1\\.1 200 [\\s\\S]*\\r\\n\\r\\n${words}$`), at)
    const head = await fetch(origin + at, { method: 'HEAD' })
    assert.deepEqual([head.status, await head.text()], [200, ''])
  }
  assert.equal(await program.stop(), 0)
})

test(
  'kill -9 of what was started ends the program, also where an older Node has handed over to the right one',
  patience,
  async () => {
    // As if this Node were an older one, for the first process alone.
    const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.0' } })`
    const bin = fileURLToPath(new URL('bin/noroshi.js', root))
    const port = String(20_000 + (process.pid % 20_000))
    const env = { PATH: process.env.PATH ?? '', NOROSHI_DATA: folder, PORT: port }
    const start = () =>
      spawn(process.execPath, ['--import', `data:text/javascript,${older}`, bin, 'serve'], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
    const isUp = () =>
      fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )
    const isGone = async () => !(await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null))
    const first = start()
    await until(isUp)
    const [child = ''] = await childrenOf(first.pid ?? 0)
    assert.ok(Number(child) > 0, 'it has handed over')
    first.kill('SIGKILL')
    await until(isGone)
    const second = start()
    await until(isUp)
    second.kill('SIGTERM')
    const [ended] = await once(second, 'exit')
    assert.equal(ended, 0)
    assert.equal(postmaster(folder), undefined)
  },
)

async function childrenOf(pid: number): Promise<string[]> {
  const { readFile } = await import('node:fs/promises')
  return (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ')
}
