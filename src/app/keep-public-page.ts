import { answers } from '#ground/db/answers.ts'
import { isUnreachable } from '#ground/db/database.ts'
import type { Hub } from '#ground/live/hub.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { latestSnapshot } from '#public/publication/index.ts'
import type { PublicServer } from '#public/site/index.ts'
import { mastheadOf } from '#public/top-page/index.ts'

const tick_ms = 2000
const patience_ms = 1500

/** Keeps this process's public page equal to the last publication, and lets it say when the database has stopped answering. Says once when its files cannot be written, and when they can again. Returns how to stop. */
export function keepPublicPage({
  tools,
  hub,
  site,
  report,
}: {
  tools: Tools
  hub: Hub
  site: PublicServer
  report: (error: unknown) => void
}) {
  let is_stale = true
  let is_ticking = false
  let running: Promise<unknown> = Promise.resolve()
  const inTurn = (step: () => Promise<unknown>) => (running = running.then(step).catch(reportUnlessAway).then(tell))
  // That the database is away is said by the page itself, and asked again by the next tick.
  const reportUnlessAway = (error: unknown) => {
    if (!isUnreachable(error)) report(error)
  }
  let told = ''
  const tell = () => {
    const problems = site.problems().join('\n')
    if (problems !== told) report(problems || 'The files of the public page are whole again.')
    told = problems
  }

  const refresh = async () => {
    is_stale = true
    site.setMasthead(await mastheadOf(tools.db))
    for (const mode of ['actual', 'exercise', 'test'] as const) {
      const snapshot = await latestSnapshot(tools.db, mode)
      // It is shown even when it cannot be written, which `tell` says; the other modes must not wait for a full disk.
      await site.set(snapshot).catch(() => {})
    }
    is_stale = false
  }
  const tick = async () => {
    const is_alive = await answers(tools.db, patience_ms)
    if (is_alive && is_stale) await refresh().catch(reportUnlessAway)
    // Whatever was published meanwhile was not heard.
    if (!is_alive) is_stale = true
    await site.tick(tools.clock(), is_alive)
  }

  const unsubscribe = ['/publications', '/top-page'].map((path) => hub.subscribe(path, () => inTurn(refresh)))
  const timer = setInterval(() => {
    if (is_ticking) return
    is_ticking = true
    inTurn(tick).finally(() => (is_ticking = false))
  }, tick_ms)
  inTurn(refresh)
  return async () => {
    for (const stop of unsubscribe) stop()
    clearInterval(timer)
    await running
  }
}
