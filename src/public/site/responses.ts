import { createHash } from 'node:crypto'
import { type Compressed, compressed } from './compress.ts'

export type Encoding = keyof Compressed
export type Ready = {
  etag: string
  /** Headers as node writes them fastest: name, value, name, value. */
  full: string[]
  not_modified: string[]
  body: Buffer
}
export type ReadyPath = Record<Encoding, Ready>

/** `no-cache` in every dialect: a cache that keeps an old page for ten minutes would show yesterday's emergency as today's. */
const revalidated = 'public, no-cache, max-age=0, must-revalidate'
const kept_for_ever = 'public, max-age=31536000, immutable'

export const securityHeaders = (origin: string): Record<string, string> => ({
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  ...(origin.startsWith('https:') && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
})

/** Every answer that a path can give, made once, when its content changes. */
export function readyPath(path: string, { body, type }: { body: Buffer; type: string }, origin: string): ReadyPath {
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  const bodies = compressed(body)
  const common: Record<string, string> = {
    ...securityHeaders(origin),
    'cache-control': path.startsWith('/assets/') ? kept_for_ever : revalidated,
    vary: 'accept-encoding',
    // Public data: programs of other sites may read it.
    ...(!type.startsWith('text/html') && { 'access-control-allow-origin': '*' }),
    ...(/^\/(exercise|test)\//.test(path) && { 'x-robots-tag': 'noindex, nofollow' }),
  }
  const ready = (encoding: Encoding): Ready => {
    const etag = encoding === 'identity' ? `"${digest}"` : `"${digest}-${encoding}"`
    const tagged = { ...common, etag }
    return {
      etag,
      body: bodies[encoding],
      full: flat({
        ...tagged,
        'content-type': type,
        'content-length': String(bodies[encoding].length),
        ...(encoding !== 'identity' && { 'content-encoding': encoding }),
      }),
      not_modified: flat(tagged),
    }
  }
  return { identity: ready('identity'), gzip: ready('gzip'), br: ready('br') }
}

const flat = (headers: Record<string, string>) => Object.entries(headers).flat()

/** The encoding a reader likes best of those kept ready; with no preference the smallest (RFC 9110, 12.5.3). */
export function encodingFor(accepted: string | undefined): Encoding {
  if (!accepted) return 'identity'
  const known = choices.get(accepted)
  if (known) return known
  const weights = new Map(
    accepted.split(',').map((part) => {
      const [name = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/)
      const q = parameters.find((parameter) => parameter.startsWith('q='))
      return [name, q ? Number(q.slice(2)) || 0 : 1] as const
    }),
  )
  const weight = (name: string) => weights.get(name) ?? weights.get('*') ?? 0
  const [best] = (['br', 'gzip'] as const).filter((name) => weight(name) > 0).sort((a, b) => weight(b) - weight(a))
  const identity = weights.get('identity') ?? (weights.get('*') === 0 ? 0 : 0.0001)
  const choice = best && weight(best) >= identity ? best : 'identity'
  if (choices.size < choices_max) choices.set(accepted, choice)
  return choice
}

/** Browsers send a handful of different headers; the limit is for those who send every one they can think of. */
const choices_max = 200
const choices = new Map<string, Encoding>()

/** True when the reader already holds this very representation (RFC 9110, 13.1.2). */
export const holds = (if_none_match: string | undefined, etag: string) =>
  if_none_match !== undefined &&
  (if_none_match === etag ||
    if_none_match.trim() === '*' ||
    if_none_match.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))
