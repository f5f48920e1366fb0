import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodingFor, holds, type Ready, type ReadyPath, readyPath, securityHeaders } from './responses.ts'
import type { Site } from './site.ts'

export type Served = { status: number; headers: Record<string, string>; body: Buffer | null }
type Found = { status: 200 | 304; ready: Ready } | { status: 308; location: string } | { status: 405 } | null

/** Answers kept ready by path: serving one is a look into a map, with nothing behind it that could be slow or gone. */
export function createShelf(origin: string) {
  const ready = new Map<string, ReadyPath>()
  const moved = (location: string) => ({ ...securityHeaders(origin), location, 'content-length': '0' })
  const refused = { allow: 'GET, HEAD', 'content-length': '0' }

  const find = (url: string, method: string, accepted?: string, if_none_match?: string): Found => {
    const path = pathOf(url)
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
      for (const [path, answers] of made) ready.set(path, answers)
    },

    paths: () => [...ready.keys()],

    /** Answers a request straight from memory; false when the path is not a public one. */
    handle(request: IncomingMessage, response: ServerResponse): boolean {
      const { headers, method = 'GET', url = '/' } = request
      const found = find(url, method, headers['accept-encoding'] as string | undefined, headers['if-none-match'])
      if (found === null) return false
      if (found.status === 308) response.writeHead(308, moved(found.location)).end()
      else if (found.status === 405) response.writeHead(405, refused).end()
      else if (found.status === 304) response.writeHead(304, found.ready.not_modified).end()
      else response.writeHead(200, found.ready.full).end(method === 'HEAD' ? undefined : found.ready.body)
      return true
    },

    /** The same as `handle`, for those who hold no socket; header names in small letters. Null when the path is not a public one. */
    serve(url: string, method = 'GET', headers: Record<string, string | undefined> = {}): Served | null {
      const found = find(url, method, headers['accept-encoding'], headers['if-none-match'])
      if (found === null) return null
      if (found.status === 308) return { status: 308, headers: moved(found.location), body: null }
      if (found.status === 405) return { status: 405, headers: refused, body: null }
      if (found.status === 304) return { status: 304, headers: byName(found.ready.not_modified), body: null }
      return { status: 200, headers: byName(found.ready.full), body: method === 'HEAD' ? null : found.ready.body }
    },
  }
}

const pathOf = (url: string) => {
  const end = url.search(/[?#]/)
  return end < 0 ? url : url.slice(0, end)
}

const byName = (pairs: string[]): Record<string, string> =>
  Object.fromEntries(pairs.flatMap((name, index) => (index % 2 === 0 ? [[name, pairs[index + 1] ?? '']] : [])))
