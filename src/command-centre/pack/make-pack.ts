import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { toCivilInput } from '#ground/html/civil.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { openSituations } from '#status/situations/index.ts'
import { type PackData, readPackData } from './read-pack-data.ts'
import { signPack } from './sign-pack.ts'

/** A pack is made anew this often by itself, and hourly while a situation is open. */
export const day_ms = 20 * 3_600_000
const kept_in_database = 30
const kept_as_files = 3

/**
 * Makes the pack: at once when somebody asked, else only when the last one is a day old or a situation is open. It is
 * kept in the database for who may take it, and as a file in the data folder for the hour in which the database is away.
 */
export async function makePack(
  { db, clock, config }: Pick<Tools, 'db' | 'clock' | 'config'>,
  { asked_by }: { asked_by?: string },
) {
  const at = clock()
  if (!asked_by && !(await isDue(db, at))) return
  const data = await readPackData(db, at)
  const { pdf, pages } = await rendered(data)
  const { content, digest } = signPack(pdf, config.secret)
  const sha256 = digest.toString('hex')

  await db.transaction().execute(async (tx) => {
    const { id } = await tx
      .insertInto('pack')
      .values({ made_at: at, made_by: asked_by ?? null, pages, ...data.counts, digest, content })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tx
      .deleteFrom('pack')
      .where('id', 'not in', ({ selectFrom }) =>
        selectFrom('pack').select('id').orderBy('made_at', 'desc').limit(kept_in_database),
      )
      .execute()
    await record(tx, { program: 'pack' }, at, {
      action: 'pack.made',
      about: '/pack',
      details: { pack_id: id, pages, ...data.counts, sha256 },
    })
  })
  await keepAsFile(path.join(config.data, 'pack'), at, content)
}

async function isDue(db: Tools['db'], at: Date): Promise<boolean> {
  const [last, open] = await Promise.all([
    db.selectFrom('pack').select('made_at').orderBy('made_at', 'desc').limit(1).executeTakeFirst(),
    openSituations(db),
  ])
  return !last || open.length > 0 || at.getTime() - last.made_at.getTime() >= day_ms
}

function rendered(data: PackData): Promise<{ pdf: Buffer; pages: number }> {
  const worker = new Worker(new URL('./render-worker.js', import.meta.url), { workerData: data })
  return new Promise((resolve, reject) => {
    worker.on('message', ({ pdf, pages }: { pdf: Uint8Array; pages: number }) =>
      resolve({ pdf: Buffer.from(pdf), pages }),
    )
    worker.on('error', reject)
    worker.on('exit', (code) => code !== 0 && reject(new Error(`the pack's thread ended with ${code}`)))
  })
}

/** Written whole under another name first; only the owner of the program may read it. */
async function keepAsFile(folder: string, at: Date, content: Buffer) {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = `noroshi-pack-${toCivilInput(at).replaceAll(/[-:]/g, '')}.pdf`
  const unfinished = path.join(folder, `.${name}.${process.pid}`)
  await writeFile(unfinished, content, { mode: 0o600, flush: true })
  await chmod(unfinished, 0o600)
  await rename(unfinished, path.join(folder, name))
  const packs = (await readdir(folder)).filter((each) => each.startsWith('noroshi-pack-')).sort()
  for (const old of packs.slice(0, -kept_as_files)) await rm(path.join(folder, old), { force: true })
}
