/** Waits for Ctrl-C, or for the signal of a service manager, and closes everything. A second Ctrl-C ends at once. */
export async function untilStopped(close: () => Promise<unknown>) {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
  process.on('SIGINT', () => process.exit(130))
  await close()
}
