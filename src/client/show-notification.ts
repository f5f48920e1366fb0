import type { PushContent } from '#ground/channels/compose-push.ts'

/** Part of the service worker: shows what a push service delivers, and opens its page on a click. */
type Extendable = Event & { waitUntil(work: Promise<unknown>): void }
type Window = { url: string; focus(): Promise<unknown> }
type Worker = {
  clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<Window[]>
    openWindow(url: string): Promise<unknown>
  }
  registration: ServiceWorkerRegistration
  addEventListener(name: 'push', listener: (event: Extendable & { data: { text(): string } | null }) => void): void
  addEventListener(
    name: 'notificationclick',
    listener: (event: Extendable & { notification: Notification }) => void,
  ): void
}
const worker = self as unknown as Worker

/** In place of what cannot be read: a browser takes the right away from a site that shows nothing. */
const unread: Partial<PushContent> = {
  title: '狼煙 Noroshi',
  body: '新しいお知らせがあります。開いて確かめてください。/ There is a new message. Open to read it.',
}

worker.addEventListener('push', (event) => event.waitUntil(show(read(event.data?.text() ?? ''))))
worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(ownPage((event.notification.data as { path?: unknown } | null)?.path)))
})

function read(message: string): Partial<PushContent> {
  try {
    const content = JSON.parse(message) as Partial<PushContent> | null
    return typeof content?.title === 'string' && content.title ? content : unread
  } catch {
    return unread
  }
}

const show = ({ title, body, tag, is_urgent, at, path }: Partial<PushContent>) =>
  worker.registration.showNotification(String(title), {
    body: String(body ?? ''),
    lang: 'ja',
    data: { path },
    requireInteraction: is_urgent === true,
    // The same notice again replaces what is shown, and makes itself heard only if it is urgent.
    ...(tag && { tag: String(tag), renotify: is_urgent === true }),
    ...(at && { timestamp: Date.parse(at) || Date.now() }),
  } as NotificationOptions)

/** Of this site only, whatever a message says. */
function ownPage(path: unknown): string {
  const home = `${location.origin}/home`
  if (typeof path !== 'string' || !path.startsWith('/')) return home
  try {
    const url = new URL(path, location.origin)
    return url.origin === location.origin ? url.href : home
  } catch {
    return home
  }
}

async function open(page: string) {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const shown = windows.find(({ url }) => url === page)
  await (shown ? shown.focus() : worker.clients.openWindow(page))
}
