import { randomBytes } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { fileTrouble } from '#ground/config/not-configured.ts'
import type { Hub } from '#ground/live/hub.ts'
import type { Tools } from '#ground/tools/tools.ts'
import type { PublicServer } from '#public/site/index.ts'
import { within } from './within.ts'

const patience_ms = 2000
/** Many who ask at once, and one who asks all the time, make no more writes than this. */
const kept_ms = 1000
const file_bytes = 64 * 1024
const look_ms = 30_000

type Parts = {
  tools: Pick<Tools, 'db' | 'config'>
  hub: Pick<Hub, 'listening'>
  site: Pick<PublicServer, 'problems'> | undefined
  workers: () => string[]
}

/** What the program cannot do now, in a few words each, found by doing a little of each: writing to the database, and to the disk. */
export function openHealth({ tools: { db, config }, hub, site, workers }: Parts) {
  let found: string[] = []
  let asked_at = Number.NEGATIVE_INFINITY
  let asking: Promise<string[]> | null = null

  const look = async () => {
    const [writes, disk] = await Promise.all([
      within(patience_ms, db.updateTable('installation').set({ written_at: sql<Date>`clock_timestamp()` }).execute()),
      diskTrouble(config.data),
    ])
    found = [
      ...(writes === 'done' ? [] : [writes === 'late' ? 'database' : databaseWords(writes)]),
      ...(hub.listening() ? [] : ['live updates']),
      ...(disk ? [`disk: ${disk}`] : []),
      ...(site && site.problems().length > 0 ? ['public page: its files cannot be written'] : []),
      ...workers(),
    ]
    return found
  }
  /** Answers within about two seconds. */
  const problems = (): Promise<string[]> => {
    if (performance.now() - asked_at < kept_ms) return asking ?? Promise.resolve(found)
    asked_at = performance.now()
    asking = look().finally(() => {
      asking = null
    })
    return asking
  }
  const timer = setInterval(problems, look_ms).unref()
  return {
    problems,
    /** As it was found last, half a minute ago at most, for a page that must not wait. */
    known: () => found,
    async close() {
      clearInterval(timer)
      await asking
    },
  }
}

/** A database that answers and does not write is told apart from one that is away. */
const databaseWords = ({ code = '' }: { code?: string }) =>
  code === '53100' ? 'database: its disk is full' : code === '25006' ? 'database: it only reads' : 'database'

/** Why a file of the data folder cannot be written; null when it can. */
async function diskTrouble(data: string): Promise<string | null> {
  const file = path.join(data, `.probe-${process.pid}`)
  try {
    await mkdir(data, { recursive: true, mode: 0o700 })
    const handle = await open(file, 'w', 0o600)
    try {
      await handle.writeFile(randomBytes(file_bytes))
      await handle.sync()
    } finally {
      await handle.close()
    }
    return null
  } catch (error) {
    return fileTrouble(error) ?? 'it cannot be written'
  } finally {
    await rm(file, { force: true }).catch(() => {})
  }
}
