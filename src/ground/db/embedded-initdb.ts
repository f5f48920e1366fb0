import { chown, mkdir, mkdtemp, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { NotConfigured } from '#ground/config/config.ts'
import type { Account } from './embedded-account.ts'
import { type Cluster, isCluster, owner, standingIn, unless } from './embedded-cluster.ts'
import { isAlive } from './embedded-postmaster.ts'
import { run } from './embedded-run.ts'

/**
 * Makes the cluster if there is none. initdb takes a second: it works under another name, and only a whole cluster gets
 * the right one, so that a kill at any point leaves nothing that a later start trips over.
 */
export async function createCluster(cluster: Cluster, fsync: boolean): Promise<void> {
  const root = path.dirname(cluster.folder)
  await removeHalfMade(root)
  if (await isCluster(cluster.folder)) return giveToAccount(cluster)
  const work = await mkdtemp(path.join(root, `initdb-${process.pid}-`))
  try {
    const half = { ...cluster, folder: path.join(work, 'postgres') }
    await mkdir(half.folder, { mode: 0o700 })
    await writeFile(path.join(work, 'password'), cluster.password, { mode: 0o600 })
    if (cluster.account) await giveTo(cluster.account, work)
    await initdb(half, fsync)
    await rename(half.folder, cluster.folder).catch(unless('ENOTEMPTY', 'EEXIST'))
    if (!(await isCluster(cluster.folder)))
      throw new NotConfigured(`${cluster.folder} holds something else than a PostgreSQL cluster. Move it away.`)
    if (fsync) await sync(root)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

const initdb = (half: Cluster, fsync: boolean) =>
  run(
    path.join(half.bin, 'initdb'),
    [
      `--pgdata=${standingIn(half)}`,
      `--username=${owner}`,
      `--pwfile=${standingIn(half)}/../password`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      ...(fsync ? [] : ['--no-sync']),
    ],
    { cwd: half.folder, account: half.account },
  )

/** What a killed initdb left; one that another process is running now is younger and its maker alive. */
async function removeHalfMade(root: string): Promise<void> {
  const hour_ms = 3_600_000
  for (const name of await readdir(root)) {
    const maker = /^initdb-(\d+)-/.exec(name)?.[1]
    const made = maker && (await stat(path.join(root, name)).catch(() => undefined))
    if (made && (!isAlive(Number(maker)) || Date.now() - made.mtimeMs > hour_ms))
      await rm(path.join(root, name), { recursive: true, force: true }).catch(unless('ENOTEMPTY'))
  }
}

/** A cluster that root has copied or restored belongs to root, as whom PostgreSQL does not run. */
async function giveToAccount({ account, folder }: Cluster): Promise<void> {
  if (account && (await stat(folder)).uid === 0) await giveTo(account, folder)
}

/** The folder itself last, so that its owner tells whether all of it was given. */
async function giveTo(account: Account, folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) await giveTo(account, file)
    else if (entry.isFile()) await chown(file, account.uid, account.gid)
  }
  await chown(folder, account.uid, account.gid)
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
