import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { start } from '#app/start.ts'
import { loadMarket } from '#demo/index.ts'
import { readConfig } from '#ground/config/config.ts'
import { root } from '#ground/config/root.ts'
import { type Simulation, simulate } from './simulate.ts'

/** A market of so many institutions in a data folder of its own, served by a process of its own, for as long as `work` takes. */
export async function withMarket<T>(
  { institutions }: { institutions: number },
  work: (
    market: { origin: string; folder: string } & Pick<Awaited<ReturnType<typeof start>>, 'tools' | 'store'>,
  ) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'noroshi-simulation-'))
  const environment = { NOROSHI_DATA: folder, PORT: '0' }
  const started = await start(readConfig(environment))
  try {
    await loadMarket(started.tools, { institutions })
    // As people start it: not the file that it is built into, but the one that says it is in earnest.
    const program = new URL('bin/noroshi.js', root).pathname
    const server = spawn(process.execPath, [program, 'serve'], {
      env: { ...environment, PATH: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(server, 'exit')
    try {
      const origin = await addressOf(server.stdout)
      return await work({ origin, folder, tools: started.tools, store: started.store })
    } finally {
      server.kill('SIGTERM')
      await ended
    }
  } finally {
    await started.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export const simulateMarket = ({
  institutions,
  over_ms,
}: {
  institutions: number
  over_ms: number
}): Promise<Simulation> => withMarket({ institutions }, ({ origin, tools }) => simulate({ origin, tools, over_ms }))

/** The address that a server prints once it answers; what else it prints is read and let go. */
function addressOf(output: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    output.on('data', (part: Buffer) => {
      said = (said + part).slice(-10_000)
      const found = /http:\/\/localhost:\d+/.exec(said)
      if (found) resolve(found[0])
    })
    output.on('end', () => reject(new Error(`the server did not start: ${said}`)))
  })
}
