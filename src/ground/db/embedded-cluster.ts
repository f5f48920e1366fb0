import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { NotConfigured } from '#ground/config/config.ts'
import { type Account, accountFor } from './embedded-account.ts'
import { findBinaries, readableBinaries } from './embedded-binaries.ts'

export const owner = 'noroshi_owner'

/** Where one embedded server lives and how it is run. */
export type Cluster = {
  /** The folder that PostgreSQL calls its data directory; a real path. */
  folder: string
  log: string
  /** The folder of the programs. */
  bin: string
  account: Account | undefined
  password: string
}

/** Says where the cluster of a data folder is or will be, who runs it, and with which password; makes no cluster yet. */
export async function findCluster(data: string, password: string | undefined): Promise<Cluster> {
  await mkdir(data, { recursive: true, mode: 0o700 })
  const root = await realpath(data)
  const folder = path.join(root, 'postgres')
  const account = await accountFor(folder, await stat(folder).catch(() => undefined))
  const bin = await readableBinaries(findBinaries(), account)
  const secret = password ?? (await passwordIn(path.join(root, 'postgres-password'), await isCluster(folder)))
  return { folder, log: path.join(root, 'postgres.log'), bin, account, password: secret }
}

/** Root's way into a folder whose parents only root may enter: a process can always reach the folder it stands in. */
export const standingIn = (cluster: Cluster) =>
  cluster.account && process.platform === 'linux' ? '/proc/self/cwd' : cluster.folder

export const isCluster = (folder: string) =>
  stat(path.join(folder, 'PG_VERSION')).then(
    () => true,
    () => false,
  )

async function passwordIn(file: string, made: boolean): Promise<string> {
  if (!made) {
    const whole = `${file}.${process.pid}-${randomBytes(6).toString('hex')}`
    await writeFile(whole, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx', flush: true })
    // Of two first starts at once, one sets the password and both read it.
    await link(whole, file).catch(unless('EEXIST'))
    await rm(whole)
  }
  const password = await readFile(file, 'utf8').catch((cause) => {
    throw new NotConfigured(`The password of the embedded database cannot be read: ${file} (${cause.code})`, { cause })
  })
  // Without one no connection is tried at all, which looks like a server that does not answer yet.
  if (password.trim() === '')
    throw new NotConfigured(
      `The password of the embedded database is gone: ${file} is empty. Put it back from a backup.`,
    )
  return password
}

export const unless =
  (...codes: string[]) =>
  (error: NodeJS.ErrnoException) => {
    if (!codes.includes(error.code ?? '')) throw error
  }
