import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '#ground/config/root.ts'

const program = fileURLToPath(new URL('bin/noroshi.js', root))

export type Running = {
  origin: string
  folder: string
  said: () => string
  command(...words: string[]): ReturnType<typeof command>
  close(): Promise<void>
}

/** Noroshi as a newcomer starts it: the real program, in a data folder of its own, on a free port of this machine. */
export async function startNoroshi(environment: Record<string, string> = {}): Promise<Running> {
  const folder = mkdtempSync(path.join(tmpdir(), 'noroshi-journey-'))
  const settings = { NOROSHI_DATA: folder, PORT: '0', PATH: process.env.PATH ?? '', ...environment }
  const child = spawn(process.execPath, [program, 'serve'], { env: settings, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  const killed = () => child.kill('SIGKILL')
  process.on('exit', killed)
  let said = ''
  const origin = await new Promise<string>((resolve, reject) => {
    const hear = (part: Buffer) => {
      said += part
      const found = /http:\/\/localhost:\d+/.exec(said)
      if (found) resolve(found[0])
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('exit', () => reject(new Error(`Noroshi did not start: ${said}`)))
  })
  return {
    origin,
    folder,
    said: () => said,
    command: (...words) => command(settings, ...words),
    async close() {
      child.kill('SIGTERM')
      await ended
      process.off('exit', killed)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs one command to its end: its exit code and all that it printed. */
async function command(environment: Record<string, string>, ...words: string[]) {
  const child = spawn(process.execPath, [program, ...words], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const output of [child.stdout, child.stderr]) output.on('data', (part: Buffer) => (said += part))
  const [code] = await once(child, 'close')
  return { code: code as number | null, said }
}
