import { all } from './store.ts'

/** In the worker: the page of what waits, with its style sheet and script, for when there is no connection. It says nothing of anyone. */
const store = 'reports'
export const shell_path = '/report/waiting'

/** Where somebody opens the portal to report; without a connection, what waits is what there is to say. */
export const leadsToWaiting = (pathname: string): boolean =>
  pathname === '/home' || pathname === '/report' || /^\/situations\/[^/]+\/report$/.test(pathname)

export async function keepShell(): Promise<void> {
  const answer = await fetch(shell_path, { redirect: 'manual', cache: 'no-store' })
  if (!answer.ok) return
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': answer.headers.get('content-security-policy') ?? "default-src 'self'",
  }
  const page = await answer.text()
  const needed = [...new Set([...page.matchAll(/\/assets\/[\w-]+\.(?:css|js)/g)].map(([path]) => path))]
  const files = await Promise.all(needed.map(async (path) => ({ path, file: await fetch(path) })))
  if (files.some(({ file }) => !file.ok)) return
  await caches.delete(store)
  const cache = await caches.open(store)
  for (const { path, file } of files) await cache.put(path, file)
  await cache.put(shell_path, new Response(page, { headers }))
}

/** The kept page; for another address of the portal the way to it, if something waits. */
export async function shell(pathname: string): Promise<Response> {
  const kept = await caches.match(shell_path)
  if (!kept) return Response.error()
  if (pathname === shell_path) return kept
  const waiting = (await all().catch(() => [])).filter(({ filed }) => !filed)
  return waiting.length > 0 ? Response.redirect(shell_path) : Response.error()
}
