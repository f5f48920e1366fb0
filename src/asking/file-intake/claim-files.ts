import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, rename } from 'node:fs/promises'
import path from 'node:path'

/** A report is a few hundred bytes; nothing longer is read. */
export const file_bytes_max = 64 * 1024
/** So many of one institution at a time; the others wait for the next minute. */
const files_at_once_max = 50

/** A file that is ours alone from here on; its id stays with it until it is moved aside. */
export type Claimed = { id: string; name: string; path: string }

/**
 * Takes the files of an institution out of its folder, each under an id of its own, so that nothing can be changed any more behind
 * what is read; with those that were claimed before a crash. What is still being written has another name: it begins with a
 * dot, or ends with .part or .tmp. Links are not followed.
 */
export async function claimFiles(folder: string, code: string): Promise<Claimed[]> {
  const [from, to] = [path.join(folder, 'in', code), path.join(folder, 'taking', code)]
  await mkdir(to, { recursive: true, mode: 0o750 })
  const left = (await lstat(from).catch(unlessGone))?.isDirectory() ? await readdir(from, { encoding: 'buffer' }) : []
  const whole = left.filter((name) => !/^\.|\.(part|tmp)$/i.test(name.toString('latin1')))
  for (const name of whole.sort(Buffer.compare).slice(0, files_at_once_max))
    await rename(
      Buffer.concat([Buffer.from(`${from}/`), name]),
      path.join(to, `${randomUUID()}~${plainName(name)}`),
    ).catch(
      // Another worker was faster.
      unlessGone,
    )
  const claimed = await readdir(to)
  return claimed.flatMap((entry) => {
    const [, id, name] = /^([0-9a-f-]{36})~(.+)$/.exec(entry) ?? []
    return id && name ? [{ id, name, path: path.join(to, entry) }] : []
  })
}

/** A name that is safe on every disk and in every list; of any other what tells it apart. */
const plainName = (name: Buffer): string => {
  const text = name.toString('utf8')
  return /^[\w.-]{1,120}$/.test(text) ? text : `name-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`
}

/** What stands in a claimed file; null: another worker has moved it aside. */
export async function readClaimed(at: string): Promise<Buffer | 'not_a_file' | 'too_large' | null> {
  const found = await lstat(at).catch(unlessGone)
  if (!found) return null
  if (!found.isFile()) return 'not_a_file'
  const file = await open(at, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(unlessGone)
  if (!file) return null
  try {
    const bytes = Buffer.alloc(file_bytes_max + 1)
    let size = 0
    while (size < bytes.length) {
      const { bytesRead } = await file.read(bytes, size, bytes.length - size)
      if (bytesRead === 0) break
      size += bytesRead
    }
    return size > file_bytes_max ? 'too_large' : bytes.subarray(0, size)
  } finally {
    await file.close()
  }
}

export function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
