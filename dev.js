// npm run dev: the program as npm start runs it, started again whenever a source is saved, with type errors beside it.
// PostgreSQL stays up meanwhile. Browsers speak to this process, which lets them wait while the program is away and tells
// open pages to load again; the program itself knows nothing of it. --without-types leaves out the compiler.
import { spawn } from 'node:child_process'
import { existsSync, watch } from 'node:fs'
import { createServer, request } from 'node:http'
import { setPriority } from 'node:os'

process.chdir(import.meta.dirname)
const settle_ms = 100
const cache = 'node_modules/.cache'

/** A page learns here that another program answers now than the one that made it; a hidden one asks when it is seen again. */
const script = `const mine = new URL(import.meta.url).search.slice(1)
let source
const listen = () => {
  source?.close()
  if (document.visibilityState !== 'visible') return
  source = new EventSource('/dev/live')
  source.onmessage = ({ data }) => data === mine || location.reload()
}
document.addEventListener('visibilitychange', listen)
listen()
`

let isStopping = false
let isBusy = false
let timer
const closing = []
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)

if (!(await build()) && !existsSync('dist/bin/noroshi.js')) process.exit(1)
const { readConfig } = await import('./dist/src/ground/config/config.js')
const { openEmbedded } = await import('./dist/src/ground/db/embedded.js')
const config = readConfig()

const running = new Set()
let program = { started: '', isUp: false, up: Promise.resolve() }
const waiting = new Set()
const server = createServer(answer)
await new Promise((resolve, reject) => server.once('error', reject).listen(config.port, config.host, resolve)).catch(
  (error) => {
    console.error(
      error.code === 'EADDRINUSE' ? `Port ${config.port} is in use. Choose another one, e.g. PORT=3001` : error,
    )
    process.exit(1)
  },
)
closing.push(() => server.close().closeAllConnections())
const origin = config.public_origin ?? `http://localhost:${server.address().port}`
const database = config.database_url ? undefined : openEmbedded(config.data)
closing.push(async () => (await database)?.close())
await database
if (!process.argv.includes('--without-types')) closing.push(watchTypes())
for (const folder of ['bin', 'src', 'migrations']) {
  const watcher = watch(folder, { recursive: true }, saved)
  closing.push(() => watcher.close())
}
await once(startProgram)

/** Several files are often saved at once. */
function saved() {
  clearTimeout(timer)
  timer = setTimeout(again, settle_ms)
}

/** Builds and starts the program anew; what does not build leaves the running one alone. */
async function again() {
  if (isBusy) return saved()
  await once(async () => (await build()) && (await startProgram()))
}

async function once(work) {
  isBusy = true
  await work()
  isBusy = false
}

async function build() {
  const child = spawn(process.execPath, ['build.js'], { stdio: 'inherit' })
  return (await new Promise((resolve) => child.on('exit', resolve))) === 0
}

async function startProgram() {
  const old = program
  const began = performance.now()
  let isUp
  program = { started: String(Date.now()), isUp: false, up: new Promise((resolve) => (isUp = resolve)) }
  await end(old.child)
  const port = await freePort()
  if (isStopping) return isUp()
  const child = spawn(process.execPath, ['--enable-source-maps', 'bin/noroshi.js', 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...{ PORT: port, HOST: '127.0.0.1', PUBLIC_ORIGIN: origin, TRUSTED_PROXY: '127.0.0.1' },
      NODE_COMPILE_CACHE: `${cache}/node`,
    },
  })
  child.stdout.setEncoding('utf8').on('data', (said) => {
    if (!old.child) process.stdout.write(said)
    if (!said.includes('Noroshi 狼煙')) return
    program.isUp = true
    isUp()
  })
  running.add(child)
  child.on('exit', () => {
    running.delete(child)
    if (program.child === child) program.isUp = false
    isUp()
  })
  Object.assign(program, { child, port })
  await program.up
  if (program.isUp && old.child) console.log(`Started again in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  if (!program.isUp && !isStopping) console.error('The program has ended; it is started again when a file is saved.')
  for (const page of waiting) tell(page)
}

async function end(child, signal = 'SIGTERM') {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await new Promise((resolve) => child.on('exit', resolve))
}

/** Below our own work: it is read a few seconds later anyway. */
function watchTypes() {
  const words = ['-p', '.', '--watch', '--preserveWatchOutput', '--tsBuildInfoFile', `${cache}/dev.tsbuildinfo`]
  const child = spawn(process.execPath, ['node_modules/typescript/bin/tsc', ...words], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  setPriority(child.pid, 10)
  // Watching, it hears no other signal.
  return () => end(child, 'SIGKILL')
}

function tell(page) {
  page.write(`retry: 1000\ndata: ${program.started}\n\n`)
}

async function answer(asked, answering) {
  if (asked.url === '/dev/live') {
    answering.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    waiting.add(answering)
    answering.on('close', () => waiting.delete(answering))
    return program.isUp ? tell(answering) : answering.flushHeaders()
  }
  if (asked.url.startsWith('/dev/live.js'))
    return answering.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
  await program.up
  if (program.isUp) return passOn(asked, answering)
  answering.writeHead(503, { 'content-type': 'text/html; charset=utf-8' })
  answering.end(withScript('<title>Noroshi</title><p>The program does not run. The terminal says why.'))
}

function passOn(asked, answering) {
  // A page of the program before must not be the answer again.
  const { 'if-none-match': _etag, 'if-modified-since': _date, ...asks } = asked.headers
  const headers = { ...asks, 'accept-encoding': 'identity', 'x-forwarded-for': asked.socket.remoteAddress }
  const { port } = program
  const passed = request({ host: '127.0.0.1', port, method: asked.method, path: asked.url, headers }, async (given) => {
    const { 'content-length': length, 'transfer-encoding': _, connection: __, ...kept } = given.headers
    if (asked.method !== 'HEAD' && given.headers['content-type']?.startsWith('text/html')) {
      const parts = await given
        .setEncoding('utf8')
        .toArray()
        .catch(() => null)
      if (!parts) return answering.destroy()
      answering.writeHead(given.statusCode, kept).end(withScript(parts.join('')))
    } else {
      answering.writeHead(given.statusCode, length ? { ...kept, 'content-length': length } : kept)
      given.on('error', () => answering.destroy()).pipe(answering)
    }
  })
  // Ended while it was asked: what only reads is asked again of the next one.
  passed.on('error', () => {
    if (asked.method === 'GET' && !answering.headersSent && !answering.destroyed && program.port !== port)
      answer(asked, answering)
    else answering.destroy()
  })
  answering.on('close', () => passed.destroy())
  asked.pipe(passed)
}

/** After everything else, so that also a page without a head has it. */
function withScript(page) {
  return `${page}<script type="module" src="/dev/live.js?${program.started}"></script>`
}

function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  return new Promise((resolve) => {
    probe.on('listening', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/** Ends all that it has started, the last first; the terminal and npm may each ask. */
async function stop() {
  if (isStopping) return
  isStopping = true
  for (const child of running) await end(child)
  for (const close of closing.reverse()) await close()
  process.exit(0)
}
