import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { root } from '#ground/config/root.ts'
import { type Figure, inTurn, ratio } from './ratio.ts'

const program = fileURLToPath(new URL('bin/noroshi.js', root))
const bare = fileURLToPath(new URL('./bare-start.js', import.meta.url))

/** From starting the program on a data folder that exists to the first page for someone who signs in, against a bare start. */
export async function coldStart(): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'noroshi-bench-'))
  try {
    await answered(folder, [program, 'serve'])
    const samples = await inTurn(
      { runs: 5, warm_ups: 1 },
      () => answered(folder, [program, 'serve']),
      () => answered(folder, [bare]),
    )
    return [
      ratio(
        { name: 'second start to /readyz and /sign-in', peer: 'the bare start of node and PostgreSQL', limit: 6 },
        samples,
      ),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Milliseconds until what is started answers; it is ended again. */
async function answered(folder: string, started: string[]): Promise<number> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn(process.execPath, started, {
    env: { NOROSHI_DATA: folder, PORT: String(port), PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  try {
    for (const page of ['/readyz', '/sign-in']) while (!(await answers(port, page))) await wait(5)
    return performance.now() - began
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
