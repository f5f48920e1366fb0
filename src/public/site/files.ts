import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { compressed } from './compress.ts'
import { Masthead } from './masthead.ts'
import { baseOf, fileOf } from './paths.ts'
import { renderAssets, renderMessages, renderPages } from './render-site.ts'
import type { Site } from './site.ts'
import { emptySnapshot, Snapshot } from './snapshot.ts'
import type { View } from './view.ts'

/** Everything that is public in one mode, by path. */
export const renderSite = (snapshot: Snapshot, view: View): Site =>
  new Map([...renderAssets(), ...renderMessages(snapshot, view), ...renderPages(snapshot, view)])

/**
 * Writes the site so that a reader, or a start after a crash at any point, finds each file old or new, never half.
 * The snapshot comes last: it is what is read back at the next start, and from it everything is rendered again.
 */
export async function writeSite(folder: string, site: Site, snapshot?: Snapshot) {
  const folders = new Set<string>()
  for (const [place, { body }] of site) {
    const file = path.join(folder, fileOf(place))
    const { gzip, br } = compressed(body)
    folders.add(path.dirname(file))
    await mkdir(path.dirname(file), { recursive: true })
    await replaceFile(file, body)
    await replaceFile(`${file}.gz`, gzip)
    await replaceFile(`${file}.br`, br)
  }
  if (snapshot) {
    const file = snapshotFile(folder, snapshot.mode)
    folders.add(path.dirname(file))
    await mkdir(path.dirname(file), { recursive: true })
    for (const each of folders) await flushFolder(each)
    await replaceFile(file, Buffer.from(JSON.stringify(snapshot)))
  }
  for (const each of folders) {
    await flushFolder(each)
    await removeLeftovers(each)
  }
}

export const snapshotFile = (folder: string, mode: Snapshot['mode']) => path.join(folder, baseOf(mode), 'snapshot.json')

const mastheadFile = (folder: string) => path.join(folder, 'top-page.json')

/** Kept beside the pictures, so that a start without a database still says who runs it. */
export const writeMasthead = (folder: string, masthead: Masthead | null) =>
  replaceFile(mastheadFile(folder), Buffer.from(JSON.stringify(masthead)))

/** As it was last said here; null where it never was, or is damaged: the database says it again. */
export async function readMasthead(folder: string): Promise<Masthead | null> {
  try {
    return Masthead.parse(JSON.parse(await readFile(mastheadFile(folder), 'utf8')))
  } catch {
    return null
  }
}

/** What was last published in a mode. Nothing there is an empty picture; a damaged file is one too, with the reason in `problem`. */
export async function readSnapshot(
  folder: string,
  mode: Snapshot['mode'],
): Promise<{ snapshot: Snapshot; problem: string | null }> {
  const file = snapshotFile(folder, mode)
  const empty = (problem: string | null) => ({ snapshot: emptySnapshot(mode), problem })
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    return empty((error as NodeJS.ErrnoException).code === 'ENOENT' ? null : `${file} cannot be read: ${error}`)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return empty(`${file} is damaged: it is not JSON`)
  }
  const parsed = Snapshot.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return empty(`${file} is damaged: ${issue?.path.join('.')}: ${issue?.message}`)
  }
  if (parsed.data.mode !== mode)
    return empty(`${file} is damaged: it holds mode ${parsed.data.mode} instead of ${mode}`)
  return { snapshot: parsed.data, problem: null }
}

async function replaceFile(file: string, body: Buffer) {
  const temporary = `${file}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`
  try {
    await using(await open(temporary, 'wx', 0o644), async (handle) => {
      await handle.writeFile(body)
      await handle.sync()
    })
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** A rename is durable once its folder is. */
const flushFolder = async (folder: string) => using(await open(folder, 'r'), (handle) => handle.sync())

async function using(handle: FileHandle, work: (handle: FileHandle) => Promise<void>) {
  try {
    await work(handle)
  } finally {
    await handle.close()
  }
}

const leftover_after_ms = 60_000

/** Temporary files of a writer that was killed. A living one holds its own for far less than a minute. */
async function removeLeftovers(folder: string) {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.tmp')) continue
    const file = path.join(folder, name)
    const found = await stat(file).catch(() => null)
    if (found && Date.now() - found.mtimeMs > leftover_after_ms) await rm(file, { force: true })
  }
}
