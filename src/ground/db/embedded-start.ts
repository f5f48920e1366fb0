import { type ChildProcess, spawn } from 'node:child_process'
import { copyFile, open, readFile, stat, truncate } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Cluster, standingIn } from './embedded-cluster.ts'
import { runningPostmaster } from './embedded-postmaster.ts'
import { environment, explain } from './embedded-run.ts'

const log_bytes_max = 5_000_000
/** A crash recovery may have much to read again. */
const start_ms_max = 300_000
const attempts_max = 5
/** Until the last processes of a killed server have noticed its death. */
const orphans_ms_max = 30_000

/** Starts the server and waits until it is ready; false when another process was faster. */
export async function startPostmaster(cluster: Cluster, fsync: boolean): Promise<boolean> {
  const began = Date.now()
  for (let attempt = 1; ; attempt++) {
    await trimLog(cluster)
    const said = await sizeOf(cluster.log)
    const port = (attempt === 1 && (await lastPort(cluster))) || (await freePort())
    const child = await launch(cluster, fsync, port)
    if (await isReady(cluster, child, began)) return true
    if (await runningPostmaster(cluster.folder)) return false

    // Ended as asked: it was ready, and another process that joined and left has stopped it already.
    if (child.exitCode === 0) return false
    const reason = (await readFile(cluster.log)).subarray(said).toString()
    const rival = /lock file "postmaster.pid" (already exists|is empty)/.test(reason)
    const portTaken = reason.includes('could not create any TCP/IP sockets') && attempt < attempts_max
    const killed = child.signalCode !== null && attempt < attempts_max
    const orphans = reason.includes('pre-existing shared memory block') && Date.now() - began < orphans_ms_max
    if (!rival && !portTaken && !killed && !orphans)
      throw new Error(
        `PostgreSQL did not start in ${cluster.folder} (${child.signalCode ?? `exit code ${child.exitCode}`}). ` +
          `The end of ${cluster.log}:\n${await lastLines(cluster)}`,
      )
    if (!portTaken) await wait(50)
    if (rival) return false
  }
}

/** The end of what the server said, for an error. */
export const lastLines = async (cluster: Cluster) =>
  (await readFile(cluster.log, 'utf8').catch(() => '')).trimEnd().split('\n').slice(-20).join('\n')

/** Keeps one older part: the log never takes more than twice its limit. The server appends, so that it need not be told. */
export async function trimLog({ log }: Pick<Cluster, 'log'>): Promise<void> {
  if ((await sizeOf(log)) < log_bytes_max) return
  await copyFile(log, `${log}.1`)
  await truncate(log)
}

const sizeOf = (file: string) =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  )

async function launch(cluster: Cluster, fsync: boolean, port: number): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    fsync: fsync ? 'on' : 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
  }
  const program = path.join(cluster.bin, 'postgres')
  const log = await open(cluster.log, 'a', 0o600)
  try {
    if (cluster.account) await log.chown(cluster.account.uid, cluster.account.gid)
    const child = spawn(
      program,
      [
        ...['-D', standingIn(cluster), '-p', String(port)],
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      {
        cwd: cluster.folder,
        env: environment,
        // A session of its own: Ctrl-C in the terminal reaches us, and we end the server when we are done.
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        ...cluster.account,
      },
    )
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve).once('error', (error) => reject(explain(program, error)))
    })
    child.unref()
    return child
  } finally {
    await log.close()
  }
}

/** False when the process has ended instead. */
async function isReady(cluster: Cluster, child: ChildProcess, began: number): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const running = await runningPostmaster(cluster.folder)
    if (running?.pid === child.pid && running?.ready) return true
    if (Date.now() - began > start_ms_max)
      throw new Error(
        `PostgreSQL is still not ready in ${cluster.folder}. The end of its log:\n${await lastLines(cluster)}`,
      )
    await wait(5)
  }
  return false
}

/** The port of the last time, so that whoever knows it finds the server again after a crash. */
async function lastPort(cluster: Cluster): Promise<number> {
  const text = await readFile(path.join(cluster.folder, 'postmaster.opts'), 'utf8').catch(() => '')
  return Number(/"-p" "(\d+)"/.exec(text)?.[1] ?? 0)
}

/** Somebody may still take it before the server does. */
const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
