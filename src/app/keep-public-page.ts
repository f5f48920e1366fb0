import { sql } from 'kysely'
import type { Hub } from '#live/hub.ts'
import type { PublicServer } from '#public/index.ts'
import { latestSnapshot } from '#publication/index.ts'
import type { Tools } from './tools.ts'

const tick_ms = 2000

/** Keeps this process's public page equal to the last publication, and lets it say when the database has stopped answering. Returns how to stop. */
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
  let isAlive = true
  let running: Promise<unknown> = Promise.resolve()
  const inTurn = (step: () => Promise<unknown>) => (running = running.then(step).catch(report))

  const refresh = async () => {
    for (const mode of ['actual', 'exercise', 'test'] as const) await site.set(await latestSnapshot(tools.db, mode))
  }
  const tick = async () => {
    const wasAlive = isAlive
    isAlive = await sql`select 1`.execute(tools.db).then(
      () => true,
      () => false,
    )
    if (isAlive && !wasAlive) await refresh()
    await site.tick(tools.clock(), isAlive)
  }

  const unsubscribe = hub.subscribe('/publications', () => inTurn(refresh))
  const timer = setInterval(() => inTurn(tick), tick_ms)
  inTurn(refresh)
  return async () => {
    unsubscribe()
    clearInterval(timer)
    await running
  }
}
