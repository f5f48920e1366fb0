import type { Server } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Hub } from '#ground/live/hub.ts'
import type { Probes } from './probes.ts'

/** What is still being answered gets this long. */
const in_hand_ms_max = 15_000
const idle_ms = 100

/**
 * Leaves without dropping anybody: says so to balancers, ends the event streams, takes no more connections, and lets what is in
 * hand be answered. Only what is not done within its time is cut.
 */
export async function drain(
  server: Server,
  { probes, hub, wait_ms }: { probes: Probes; hub: Hub | undefined; wait_ms: number },
) {
  probes.drain()
  if (wait_ms > 0) await wait(wait_ms)
  hub?.sayGoodbye()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A connection that was busy at that moment is idle after its answer, and stays open.
  const sweeping = setInterval(() => server.closeIdleConnections(), idle_ms)
  const cut = setTimeout(() => server.closeAllConnections(), in_hand_ms_max)
  await closed
  clearInterval(sweeping)
  clearTimeout(cut)
}
