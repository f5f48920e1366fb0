import { once } from 'node:events'

/** A terminal and npm each pass on the same Ctrl-C; a person who presses again does so later. */
const same_press_ms = 1000
/** What cannot be closed by then, because a database has stopped answering, is left to its next start. */
const close_ms_max = 30_000
/** What is in hand may take this long before anything is closed; see drain. */
const drain_ms_max = 15_000

/**
 * Starts, runs until Ctrl-C or the signal of a service manager, and closes everything; also when it is stopped while it
 * is still starting. A second Ctrl-C ends at once.
 */
export async function untilStopped<Running extends { close(): Promise<unknown> }>(
  start: (stop: AbortSignal) => Promise<Running>,
  started: (running: Running) => unknown,
  { drain_ms = 0 } = {},
) {
  const { signal: stop, abort } = stopper(close_ms_max + drain_ms_max + drain_ms)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => abort(signal))
  // The end of a terminal ends what runs in it. Elsewhere this signal asks to read files again, of which there are none.
  process.on('SIGHUP', () => process.stdout.isTTY && abort('SIGHUP'))
  try {
    const running = await start(stop)
    if (!stop.aborted) await started(running)
    if (!stop.aborted) await once(stop, 'abort')
    await running.close()
  } catch (error) {
    // Who stopped it does not ask why it did not start.
    if (!stop.aborted) throw error
  }
}

function stopper(ms_max: number) {
  const controller = new AbortController()
  let asked_at = 0
  const abort = (by: string) => {
    if (by === 'SIGINT' && asked_at > 0 && Date.now() - asked_at > same_press_ms) process.exit(130)
    if (asked_at > 0) return
    asked_at = Date.now()
    setTimeout(() => {
      console.error(`Not everything could be closed within ${ms_max / 1000} seconds.`)
      process.exit(1)
    }, ms_max).unref()
    controller.abort()
  }
  return { signal: controller.signal, abort }
}
