import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { root } from '#ground/config/root.ts'
import type { Figure } from './figure.ts'
import { median } from './median.ts'

const runs = 5
const limit_ms = 3000
const program = fileURLToPath(new URL('bin/noroshi.js', root))

/** From starting the program on a data folder that exists to the first page for someone who signs in. */
export async function coldStart(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'noroshi-bench-'))
  try {
    await startOnce(folder)
    const times: number[] = []
    for (let run = 0; run < runs; run++) times.push(await startOnce(folder))
    const value = median(times)
    return [
      {
        name: 'second start to first answer of /sign-in and /readyz',
        value: `${value.toFixed(0)} ms (${times.map((time) => time.toFixed(0)).join(', ')})`,
        limit: `${limit_ms} ms`,
        isKept: value <= limit_ms,
      },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function startOnce(folder: string): Promise<number> {
  const port = await freePort()
  const started = performance.now()
  const child = spawn(process.execPath, [program, 'serve'], {
    env: { NOROSHI_DATA: folder, PORT: String(port), PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  try {
    for (const page of ['/readyz', '/sign-in']) while (!(await answers(port, page))) await wait(5)
    return performance.now() - started
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

const answers = (port: number, page: string) =>
  fetch(`http://127.0.0.1:${port}${page}`).then(
    async (answer) => {
      await answer.arrayBuffer()
      return answer.ok
    },
    () => false,
  )

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
