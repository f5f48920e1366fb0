import { stat } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { readMasthead, readSnapshot, renderSite, snapshotFile, writeMasthead, writeSite } from './files.ts'
import type { Masthead } from './masthead.ts'
import { baseOf } from './paths.ts'
import { renderPages } from './render-site.ts'
import { nextExpiry } from './seen.ts'
import { createShelf } from './shelf.ts'
import type { Site } from './site.ts'
import { modes, type Snapshot } from './snapshot.ts'
import type { View } from './view.ts'

type Mode = Snapshot['mode']
type Settings = { folder: string; origin: string; clock: () => Date; demo?: boolean }
type Shown = { snapshot: Snapshot; made_at: Date; file_changed_ms: number }

export type PublicServer = Awaited<ReturnType<typeof createPublicServer>>

/**
 * The public page of every mode, kept ready in memory, with no database and no disk behind an answer.
 * What was last published is read back from the folder, so a restart shows it at once.
 */
export async function createPublicServer({ folder, origin, clock, demo = false }: Settings) {
  const shelf = createShelf(origin)
  const shown = new Map<Mode, Shown>()
  const damaged = new Map<Mode, string>()
  /** Modes of which nothing was ever heard here, or what was is damaged: nobody knows whether anything is published. */
  const unknown = new Set<Mode>(modes)
  /** What is shown and is not, or no longer, in the folder. */
  const unsaved = new Set<Mode>()
  let write_problem: string | null = null
  let masthead = await readMasthead(folder)
  let is_masthead_new = false
  let silent_since: Date | null = null
  let heard_at = clock()
  let last_write: Promise<unknown> = Promise.resolve()
  /** Most of two hundred messages are the same in the next picture: neither compressed nor written again. */
  const rendered: Site = new Map()
  const on_disk = new Map<string, Buffer>()

  const view = (now: Date): View => ({ origin, now, silent_since, masthead, demo })

  /** One write after the other, so that an older page never lands on a newer one. */
  const write = async (site: Site, snapshot?: Snapshot) => {
    const changed = new Map([...site].filter(([path, { body }]) => on_disk.get(path) !== body))
    const written = last_write.then(() => writeSite(folder, changed, snapshot))
    last_write = written.catch(() => {})
    try {
      await written
      for (const [path, { body }] of changed) on_disk.set(path, body)
      write_problem = null
    } catch (error) {
      write_problem = `The public page could not be written to ${folder}: ${(error as Error).message}`
      throw error
    }
  }

  const show = (snapshot: Snapshot, made_at: Date, file_changed_ms: number): Site => {
    const site = reusing(rendered, renderSite(snapshot, view(made_at)))
    const gone = shelf.paths().filter((path) => isOf(path, snapshot.mode) && !site.has(path))
    shelf.put(site, gone)
    unknown.delete(snapshot.mode)
    shown.set(snapshot.mode, { snapshot, made_at, file_changed_ms })
    return site
  }

  /** Takes over what another process has published into the folder. */
  const adopt = async (mode: Mode, now: Date) => {
    const changed_ms = await changedMs(folder, mode)
    if (changed_ms === shown.get(mode)!.file_changed_ms) return
    const { snapshot, problem } = await readSnapshot(folder, mode)
    const current = shown.get(mode)!
    if (!problem && changed_ms > 0 && (unknown.has(mode) || isOlder(current.snapshot, snapshot))) {
      show(snapshot, now, changed_ms)
      return
    }
    shown.set(mode, { ...current, file_changed_ms: changed_ms })
    if (!isOlder(snapshot, current.snapshot)) return
    // Someone emptied, damaged or put back the folder: what else is in it is not known.
    on_disk.clear()
    unsaved.add(mode)
  }

  const save = async (site: Site, snapshot: Snapshot) => {
    unsaved.add(snapshot.mode)
    await write(site, snapshot)
    if (shown.get(snapshot.mode)!.snapshot === snapshot) unsaved.delete(snapshot.mode)
    damaged.delete(snapshot.mode)
  }

  for (const mode of modes) {
    const file_changed_ms = await changedMs(folder, mode)
    const { snapshot, problem } = await readSnapshot(folder, mode)
    if (problem) damaged.set(mode, problem)
    if (problem || file_changed_ms === 0) {
      shown.set(mode, { snapshot, made_at: heard_at, file_changed_ms })
      shelf.putUnknown([...renderSite(snapshot, view(heard_at)).keys()])
      continue
    }
    const site = show(snapshot, heard_at, file_changed_ms)
    // A writer that was killed may have left old files beside new ones; this makes them one again.
    await write(site).catch(() => {})
  }

  return {
    serve: shelf.serve,
    handle: shelf.handle,

    /**
     * Shows a newer picture on every path at once, then writes the files; settles when they are safe on disk.
     * False, and nothing changes, when something newer is shown already. Rejects when the files cannot be written; the picture is shown all the same.
     */
    async set(snapshot: Snapshot): Promise<boolean> {
      const { snapshot: current, file_changed_ms } = shown.get(snapshot.mode)!
      if (!unknown.has(snapshot.mode) && isOlder(snapshot, current)) return false
      await save(show(snapshot, clock(), file_changed_ms), snapshot)
      return true
    },

    /** What the pages say besides situations, as the database has it: on every page from the next tick on, which also writes it down. */
    setMasthead(next: Masthead | null) {
      if (isDeepStrictEqual(next, masthead)) return
      masthead = next
      is_masthead_new = true
    },

    /**
     * Keeps ages and expiries right without a database: makes the pages anew when a minute has passed, something expired,
     * or the system behind them fell silent or came back; and writes again what could not be written or was taken away.
     * Cheap when nothing did; never rejects.
     */
    async tick(now: Date, alive: boolean): Promise<void> {
      const was_silent = silent_since !== null
      if (alive) heard_at = now
      silent_since = alive ? null : (silent_since ?? heard_at)
      const turned = was_silent !== (silent_since !== null)

      const made: Site = new Map()
      for (const mode of modes) {
        await adopt(mode, now).catch(() => {})
        if (unknown.has(mode)) continue
        const current = shown.get(mode)!
        if (unsaved.has(mode)) {
          await save(show(current.snapshot, now, current.file_changed_ms), current.snapshot).catch(() => {})
          continue
        }
        if (!turned && !is_masthead_new && !isDue(current, now)) continue
        const pages = renderPages(current.snapshot, view(now))
        shelf.put(pages)
        shown.set(mode, { ...current, made_at: now })
        if (mode === 'actual' || current.snapshot.number > 0) for (const [path, page] of pages) made.set(path, page)
      }
      if (made.size > 0) await write(made).catch(() => {})
      if (!is_masthead_new) return
      is_masthead_new = false
      await writeMasthead(folder, masthead).catch(() => {
        is_masthead_new = true
      })
    },

    /** Whether it can say what is published in a mode, because it was told so once, now or before. */
    isKnown: (mode: Mode): boolean => !unknown.has(mode),

    /** What is shown now. */
    current: (mode: Mode): Snapshot => shown.get(mode)!.snapshot,

    /** What was found damaged at the start and is not yet replaced, and why the last write failed, to be said where operators look. */
    problems: (): string[] => [...damaged.values(), ...(write_problem ? [write_problem] : [])],
  }
}

/** The site with the very buffers of the one before it where their content is the same; `before` becomes it. */
function reusing(before: Site, site: Site): Site {
  for (const [path, content] of site) {
    const known = before.get(path)
    if (known?.body.equals(content.body)) site.set(path, known)
    else before.set(path, content)
  }
  return site
}

const isDue = ({ snapshot, made_at }: Shown, now: Date) =>
  minuteOf(now) !== minuteOf(made_at) || now.getTime() >= nextExpiry(snapshot, made_at)

const minuteOf = (at: Date) => Math.floor(at.getTime() / 60_000)

/**
 * Later publications win, whatever the clocks of those who published said. Two that know nothing of each other, because a
 * market started anew with an empty database and counts from 1 again, go by their time.
 */
function isOlder(a: Snapshot, b: Snapshot): boolean {
  if (follows(b, a)) return true
  if (follows(a, b)) return false
  return a.published_at === b.published_at ? a.number < b.number : a.published_at < b.published_at
}

/** Whether one picture was made from another, or from one that was: its messages hold the other's last one. */
function follows(later: Snapshot, earlier: Snapshot): boolean {
  const [last] = earlier.messages
  if (!last || later.number <= earlier.number) return false
  return later.messages.some(
    ({ number, situation_id, sent }) =>
      number === last.number && situation_id === last.situation_id && sent === last.sent,
  )
}

/** Whether a path lies in the tree of a mode. */
const isOf = (path: string, mode: Mode) => {
  const drill = modes.find((other) => other !== 'actual' && path.startsWith(`${baseOf(other)}/`))
  return !path.startsWith('/assets/') && (drill ?? 'actual') === mode
}

const changedMs = async (folder: string, mode: Mode) =>
  (await stat(snapshotFile(folder, mode)).catch(() => null))?.mtimeMs ?? 0
