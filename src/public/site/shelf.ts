import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodingFor, holds, type Ready, type ReadyPath, readyPath, securityHeaders } from './responses.ts'
import type { Site } from './site.ts'

export type Served = { status: number; headers: Record<string, string>; body: Buffer | null }
type Found =
  | { status: 503 }
  | { status: 200 | 304; ready: Ready }
  | { status: 308; location: string }
  | { status: 405 }
  | null

/** Answers kept ready by path: serving one is a look into a map, with nothing behind it that could be slow or gone. */
export function createShelf(origin: string) {
  const ready = new Map<string, ReadyPath>()
  const unknown = new Set<string>()
  const cannotSay = {
    ...securityHeaders(origin),
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': String(cannot_say.length),
    'retry-after': '10',
  }
  const moved = (location: string) => ({ ...securityHeaders(origin), location, 'content-length': '0' })
  const refused = { allow: 'GET, HEAD', 'content-length': '0' }

  const find = (url: string, method: string, accepted?: string, if_none_match?: string): Found => {
    const path = pathOf(url)
    if (unknown.has(path)) return { status: 503 }
    const found = ready.get(path)
    if (!found) return ready.has(`${path}/`) ? { status: 308, location: `${path}/` } : null
    if (method !== 'GET' && method !== 'HEAD') return { status: 405 }
    const chosen = found[encodingFor(accepted)]
    return { status: holds(if_none_match, chosen.etag) ? 304 : 200, ready: chosen }
  }

  return {
    /** Puts new answers in place of old ones, all at once, and takes away those of `gone`. */
    put(site: Site, gone: readonly string[] = []) {
      const made = [...site].map(([path, content]) => [path, readyPath(path, content, origin)] as const)
      for (const path of gone) ready.delete(path)
      for (const [path, answers] of made) {
        ready.set(path, answers)
        unknown.delete(path)
      }
    },

    /** From now on these say that nobody here knows, until there is something to say; assets are known by themselves. */
    putUnknown(paths: readonly string[]) {
      for (const path of paths) if (!path.startsWith('/assets/')) unknown.add(path)
    },

    paths: () => [...ready.keys()],

    /** Answers a request straight from memory; false when the path is not a public one. */
    handle(request: IncomingMessage, response: ServerResponse): boolean {
      const { headers, method = 'GET', url = '/' } = request
      const found = find(url, method, headers['accept-encoding'] as string | undefined, headers['if-none-match'])
      if (found === null) return false
      if (found.status === 503) response.writeHead(503, cannotSay).end(method === 'HEAD' ? undefined : cannot_say)
      else if (found.status === 308) response.writeHead(308, moved(found.location)).end()
      else if (found.status === 405) response.writeHead(405, refused).end()
      else if (found.status === 304) response.writeHead(304, found.ready.not_modified).end()
      else response.writeHead(200, found.ready.full).end(method === 'HEAD' ? undefined : found.ready.body)
      return true
    },

    /** The same as `handle`, for those who hold no socket; header names in small letters. Null when the path is not a public one. */
    serve(url: string, method = 'GET', headers: Record<string, string | undefined> = {}): Served | null {
      const found = find(url, method, headers['accept-encoding'], headers['if-none-match'])
      if (found === null) return null
      if (found.status === 503) return { status: 503, headers: cannotSay, body: method === 'HEAD' ? null : cannot_say }
      if (found.status === 308) return { status: 308, headers: moved(found.location), body: null }
      if (found.status === 405) return { status: 405, headers: refused, body: null }
      if (found.status === 304) return { status: 304, headers: byName(found.ready.not_modified), body: null }
      return { status: 200, headers: byName(found.ready.full), body: method === 'HEAD' ? null : found.ready.body }
    },
  }
}

/** What is said where nothing was ever heard: an empty page would be taken for good news. */
const cannot_say = Buffer.from(`<!DOCTYPE html>
<html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>いまはお伝えできません / Cannot say now</title>
<h1>いまはお伝えできません</h1>
<p>このサーバーは、公表された内容をまだ受け取っていません。公表中の事案があるかないかは、ここではわかりません。しばらくしてからもう一度開いてください。</p>
<h1 lang="en">Cannot say now</h1>
<p lang="en">This server has not yet heard what is published. Whether there is a situation is not known here. Please try again in a moment.</p>
</html>
`)

const pathOf = (url: string) => {
  const end = url.search(/[?#]/)
  return end < 0 ? url : url.slice(0, end)
}

const byName = (pairs: string[]): Record<string, string> =>
  Object.fromEntries(pairs.flatMap((name, index) => (index % 2 === 0 ? [[name, pairs[index + 1] ?? '']] : [])))
