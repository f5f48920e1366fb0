import { sql } from 'kysely'
import { run, until } from '#tests/process/program.ts'
import { openBroadcast } from './broadcast.ts'
import { openSink } from './sink.ts'

const patience_ms = 180_000

/**
 * Sends one notice to everybody with real worker processes, of which a random one is killed so many times on the way; a new one
 * takes its place. What came of it: as the mail server saw it, and as the database has it.
 */
export async function killWorkers({
  kills,
  workers,
  institutions,
  contacts_each,
}: {
  kills: number
  workers: number
  institutions: number
  contacts_each: number
}) {
  const sink = await openSink()
  // So slow that a kill finds many in hand.
  sink.takes(5)
  const { tools, environment, submit, close } = await openBroadcast(sink.url, { institutions, contacts_each })
  const wanted = institutions * contacts_each
  const start = () => run(['work'], environment)
  const working = Array.from({ length: workers }, start)
  try {
    await Promise.all(working.map((worker) => worker.says('Noroshi works on')))
    await (await submit())()
    let killed_at = 0
    for (let kill = 1; kill <= kills; kill++) {
      await sink.reach(Math.floor((wanted * kill) / (kills + 1)))
      const place = Math.floor(Math.random() * workers)
      const victim = working[place]
      victim?.kill('SIGKILL')
      killed_at = tools.clock().getTime()
      await victim?.ended
      working[place] = start()
    }
    await until(async () => {
      const left = await tools.db
        .selectFrom('delivery')
        .where('state', 'in', ['waiting', 'sending'])
        .select('id')
        .limit(1)
        .execute()
      return left.length === 0
    }, patience_ms)
    const states = await tools.db
      .selectFrom('delivery')
      .groupBy('state')
      .select(({ fn }) => ['state', fn.countAll<string>().as('count')])
      .execute()
    const { rows } = await sql<{ over: number; taken_over_at: Date | null; taken_over: number }>`
      select count(*)::int as taken_over, max(sent_at) as taken_over_at from delivery where takeovers > 0`.execute(
      tools.db,
    )
    const { distinct, count, most } = await sink.count()
    return {
      wanted,
      lost: wanted - distinct,
      twice: count - distinct,
      /** How often the one that came most often came. */
      most,
      states: Object.fromEntries(states.map(({ state, count }) => [state, Number(count)])),
      taken_over: rows[0]?.taken_over ?? 0,
      /** From the last kill until the last of what a dead worker had left was handed over. */
      taken_over_ms: (rows[0]?.taken_over_at?.getTime() ?? Number.NaN) - killed_at,
    }
  } finally {
    for (const worker of working) {
      worker.kill('SIGKILL')
      await worker.ended
    }
    sink.close()
    await close()
  }
}
