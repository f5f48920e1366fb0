type Syncing = ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }

/** Once the page stands, so that a slow line is not kept busy before: lets the worker keep the page of what waits, and send it when no page is open. */
export function prepareWorker({ is_waiting }: { is_waiting: boolean }): void {
  if (!('serviceWorker' in navigator)) return
  if (document.readyState === 'complete') void prepare(is_waiting)
  else addEventListener('load', () => void prepare(is_waiting), { once: true })
}

async function prepare(is_waiting: boolean) {
  try {
    // Without a connection the one that is registered does.
    await navigator.serviceWorker.register('/service-worker.js').catch(() => {})
    const registration: Syncing = await navigator.serviceWorker.ready
    registration.active?.postMessage('keep reports')
    // A browser without it, or that refuses it, leaves the sending to open pages.
    if (is_waiting) await registration.sync?.register('reports').catch(() => {})
  } catch {
    // A device without workers.
  }
}
