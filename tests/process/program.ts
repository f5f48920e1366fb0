import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { root } from '#ground/config/root.ts'

const program = fileURLToPath(new URL('bin/noroshi.js', root))

export const newFolder = () => mkdtempSync(path.join(tmpdir(), 'noroshi-process-'))
export const removeFolder = (folder: string) => rmSync(folder, { recursive: true, force: true })

export type Program = ReturnType<typeof run>
const running = new Set<ChildProcess>()

/** The real program with nothing in its environment but what is given: in a folder of its own, on a free port. */
export function run(words: string[], environment: Record<string, string>) {
  const env = { PORT: '0', PATH: process.env.PATH ?? '', ...environment }
  const child = spawn(process.execPath, [program, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let said = ''
  for (const output of [child.stdout, child.stderr]) output.on('data', (part: Buffer) => (said += part))
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  return {
    said: () => said,
    ended,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Ends it as Ctrl-C does; its exit code. */
    stop() {
      child.kill('SIGINT')
      return ended
    },
    /** The address that it prints once it is up. */
    async up() {
      const origin = () => /^Noroshi 狼煙 {2}(http\S+)\n/m.exec(said)?.[1]
      await Promise.race([until(() => origin() !== undefined), ended])
      const found = origin()
      if (!found) throw new Error(`Noroshi did not start:\n${said}`)
      return found
    },
    async says(words: string | RegExp) {
      const has = () => (typeof words === 'string' ? said.includes(words) : words.test(said))
      await Promise.race([until(has), ended])
      if (!has()) throw new Error(`Noroshi did not say ${words}:\n${said}`)
    },
  }
}

/** Runs one command to its end: its exit code and all that it printed. */
export async function command(words: string[], environment: Record<string, string>) {
  const started = run(words, environment)
  return { code: await started.ended, said: started.said() }
}

/** What a failed test left running is ended, so that nothing outlives the suite. */
export function endAll() {
  for (const child of running) child.kill('SIGKILL')
}

export async function until(holds: () => unknown, patience_ms = 300_000) {
  for (const began = Date.now(); !(await holds()); await wait(20))
    if (Date.now() - began > patience_ms) throw new Error('It never came to be.')
}

/** The process of the database in a data folder; undefined when there is none. */
export function postmaster(folder: string): number | undefined {
  try {
    return Number(readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

export function isAlive(pid: number): boolean {
  try {
    // A zombie has ended, too.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z'
  } catch {
    return false
  }
}

/** Stops or continues a database server as a whole, as a frozen machine would. */
export function signalServer(pid: number, signal: 'SIGSTOP' | 'SIGCONT') {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  for (const each of [pid, ...children.map(Number)]) process.kill(each, signal)
}

export const get = (at: string, headers: Record<string, string> = {}) =>
  fetch(at, { headers, redirect: 'manual', signal: AbortSignal.timeout(20_000) })
export const code = async (at: string, headers?: Record<string, string>) => {
  const answer = await get(at, headers)
  await answer.body?.cancel()
  return answer.status
}

/** Signs in as the desk of the demo market; the cookie. */
export async function signIn(origin: string) {
  const body = new URLSearchParams({ email: 'desk@assoc.example', password: 'noroshi-demo-2026' })
  const answer = await fetch(`${origin}/sign-in`, { method: 'POST', body, redirect: 'manual' })
  return { cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}
