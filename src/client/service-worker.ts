import { ageWords } from '#ground/html/age.ts'
import { sendWaiting } from './reports/send.ts'
import { keepShell, leadsToWaiting, shell, shell_path } from './reports/shell.ts'
import './show-notification.ts'

/** What a service worker has beside a window; the types of both do not go together. */
type Extendable = Event & { waitUntil(work: Promise<unknown>): void }
type Fetching = Extendable & { request: Request; respondWith(answer: Promise<Response>): void }
type Worker = {
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void> }
  registration: ServiceWorkerRegistration
  addEventListener(name: 'install' | 'activate', listener: (event: Extendable) => void): void
  addEventListener(name: 'message', listener: (event: Extendable & MessageEvent) => void): void
  addEventListener(name: 'sync', listener: (event: Extendable & { tag: string }) => void): void
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void
}
const worker = self as unknown as Worker

const store = 'directory'
const copy_path = '/directory/offline'
/** A copy older than this is not shown. */
const days_max = 7
/** After this long a connected page brings a new copy. */
const fresh_ms = 60 * 60_000

/** Counts how often the copy was deleted: one that is on its way meanwhile is not kept. */
let deletions = 0

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('message', (event) => {
  if (event.data === 'keep') event.waitUntil(keep().catch(() => {}))
  if (event.data === 'keep reports') event.waitUntil(keepShell().catch(() => {}))
})
// The connection is back: what fails then is tried again by the browser, later each time.
worker.addEventListener('sync', (event) => {
  if (event.tag === 'reports') event.waitUntil(sendWaiting().then(retryIf))
})
function retryIf(is_left: boolean) {
  if (is_left) throw new Error('something still waits for a connection')
}

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.mode !== 'navigate') {
    if (pathname.startsWith('/assets/')) event.respondWith(asset(request))
    return
  }
  // Whoever signs out, or is asked to sign in, has no copy any more; without a connection nobody is asked.
  if (pathname === '/sign-out') event.waitUntil(forget())
  else if (pathname === '/sign-in') event.respondWith(signIn(request))
  else if (request.method === 'GET' && (pathname === '/home' || /^\/directory(\/|$)/.test(pathname)))
    event.respondWith(navigate(event))
  else if (request.method === 'GET' && (pathname === shell_path || leadsToWaiting(pathname)))
    event.respondWith(fetch(request).catch(() => shell(pathname)))
})

async function signIn(request: Request): Promise<Response> {
  const answer = await fetch(request)
  await forget()
  return answer
}

/** The page itself, and with it a new copy now and then; without a connection the copy. */
async function navigate(event: Fetching): Promise<Response> {
  try {
    const answer = await fetch(event.request)
    if (answer.ok) event.waitUntil(keep(fresh_ms).catch(() => {}))
    return answer
  } catch {
    const { pathname } = new URL(event.request.url)
    return leadsToWaiting(pathname) && !(await lookUp()) ? shell(pathname) : copy()
  }
}

const asset = (request: Request): Promise<Response> =>
  fetch(request).catch(async () => (await caches.match(request)) ?? Response.error())

/** Takes a new copy of the directory with its style sheet and script; with an age, only where there is a copy that is older. */
async function keep(older_ms?: number): Promise<void> {
  if (older_ms !== undefined) {
    const kept = await lookUp()
    if (!kept || Date.now() - kept.at < older_ms) return
  }
  const before = deletions
  const answer = await fetch(copy_path, { redirect: 'manual', cache: 'no-store', credentials: 'same-origin' })
  // Signed out, or no longer allowed: an error of the server is neither.
  if (answer.type === 'opaqueredirect' || (answer.status >= 400 && answer.status < 500)) return forget()
  if (!answer.ok) return
  const page = await answer.text()
  const needed = [...page.matchAll(/\/assets\/[\w-]+\.(?:css|js)/g)].map(([path]) => path)
  // All of it is here before the copy before is let go: the connection may break at any byte.
  const files = await Promise.all(
    needed.map(async (path) => {
      const file = await fetch(path)
      return { path, ok: file.ok, type: file.headers.get('content-type') ?? '', body: await file.arrayBuffer() }
    }),
  )
  if (deletions !== before || files.some(({ ok }) => !ok)) return

  await caches.delete(store)
  const cache = await caches.open(store)
  for (const { path, type, body } of files)
    await cache.put(path, new Response(body, { headers: { 'content-type': type } }))
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': answer.headers.get('content-security-policy') ?? "default-src 'self'",
    'x-kept-at': String(Date.now()),
  }
  await cache.put(copy_path, new Response(page, { headers }))
  if (deletions !== before) await caches.delete(store)
}

async function forget(): Promise<void> {
  deletions++
  await caches.delete(store)
}

async function lookUp(): Promise<{ response: Response; at: number } | null> {
  if (!(await caches.has(store))) return null
  const response = await (await caches.open(store)).match(copy_path)
  return response ? { response, at: Number(response.headers.get('x-kept-at')) } : null
}

/** The copy, with how old it is, in its own words; one that is too old is deleted instead. */
async function copy(): Promise<Response> {
  const kept = await lookUp()
  if (!kept) return Response.error()
  const now = Date.now()
  if (now - kept.at > days_max * 86_400_000) {
    await forget()
    return new Response(too_old, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } })
  }
  const page = await kept.response.text()
  const language = page.includes('<html lang="en"') ? 'en' : 'ja'
  return new Response(
    page
      .replace('id="away" hidden=""', 'id="away"')
      .replace('<b id="age"></b>', `<b id="age">${ageWords(language, kept.at, now)}</b>`),
    { headers: kept.response.headers },
  )
}

const too_old = `<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>オフライン名簿 / Offline directory</title><main><h1>控えは期限切れです</h1>
<p>この端末の名簿は7日より古いため消しました。インターネットに接続して、サインインしてください。</p><p><a href="/directory">もう一度つなぐ</a></p>
<h2 lang="en">The copy has expired</h2>
<p lang="en">The directory on this device was older than 7 days and was deleted. Connect to the internet and sign in. <a href="/directory">Try again</a></p></main></html>`
