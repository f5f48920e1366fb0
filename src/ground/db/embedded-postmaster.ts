import { execFile } from 'node:child_process'
import { link, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { NotConfigured } from '#ground/config/config.ts'

/** The PostgreSQL that serves a cluster; not `ready` while it starts, recovers from a crash or shuts down. */
export type Postmaster = { pid: number; port: number; ready: boolean }

/** Reads postmaster.pid and looks at the process it names; the file outlives a kill, and its number may be another's by now. */
export async function runningPostmaster(folder: string): Promise<Postmaster | undefined> {
  const file = path.join(folder, 'postmaster.pid')
  const text = await readFile(file, 'utf8').catch(() => '')
  // https://www.postgresql.org/docs/18/storage-file-layout.html: pid, folder, start, port, socket, address, memory, state
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!(pid > 0)) {
    // Made and filled within a moment, unless that moment was the last; PostgreSQL then waits for a hand. So it does when
    // what stands in it is no number. Whether another server still has the folder, it asks the kernel, too.
    if ((await ageOf(file)) > 2000) await removeStale(file, text)
    return undefined
  }
  if (await isPostmasterOf(folder, pid)) return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
  // PostgreSQL itself sees that a dead process is no rival; a live one that has got its number keeps it from starting.
  if (isAlive(pid)) await removeStale(file, text)
  return undefined
}

/** Ends the server at once but cleanly (a fast shutdown) and waits until the process is gone. */
export async function stopPostmaster(folder: string, pid: number, patience_ms = 20_000): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return
      throw error
    }
    const until = Date.now() + patience_ms
    while (await isPostmasterOf(folder, pid)) {
      if (Date.now() > until) break
      await wait(5)
    }
    if (Date.now() <= until) return
  }
  throw new Error(`PostgreSQL (process ${pid} in ${folder}) does not end.`)
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** False also for a zombie, which has neither a folder nor a command line. */
async function isPostmasterOf(folder: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') {
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
      stdout: '',
    }))
    return stdout.includes('/postgres ') && stdout.includes(`-D ${folder} `)
  }
  try {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8')
    if (!command.split('\0')[0]?.endsWith('/postgres')) return false
    const [there, here] = await Promise.all([stat(`/proc/${pid}/cwd`), stat(folder)])
    return there.dev === here.dev && there.ino === here.ino
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') return false
    throw new NotConfigured(
      `Another user (process ${pid}) seems to run the database in ${folder}. Start Noroshi as that user.`,
    )
  }
}

/** Milliseconds since the last change; 0 if there is no such file. */
const ageOf = (file: string) =>
  stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  )

/** Takes the file away only if it still says what was judged: a server may have started meanwhile and written its own. */
async function removeStale(file: string, judged: string): Promise<void> {
  const aside = `${file}.${process.pid}`
  try {
    await rename(file, aside)
    if ((await readFile(aside, 'utf8')) !== judged) await link(aside, file)
  } catch {
    // Another process has taken it away already.
  } finally {
    await rm(aside, { force: true })
  }
}
