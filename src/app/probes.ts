import type { IncomingMessage, ServerResponse } from 'node:http'

export type Probes = ReturnType<typeof createProbes>

/**
 * What machines ask of this process, answered before anything else: without a Host, in HTTP/1.0, and while all else is away.
 * `/healthz`: does it live? `/livez`: is it right to send people here? That is so while it can show the public page, whatever
 * became of the database. `/readyz`: can it do its whole work?
 */
export function createProbes(showsPublicPage: () => boolean) {
  let problems: (() => Promise<string[]>) | null = null
  let start_problem: string | null = null
  let is_draining = false

  const live = () =>
    is_draining
      ? 'draining'
      : problems === null && (start_problem === null || !showsPublicPage())
        ? `starting${start_problem ? `: ${start_problem}` : ''}`
        : null
  const ready = async () => {
    if (is_draining) return 'draining'
    if (problems === null) return `not ready: ${start_problem ?? 'starting'}`
    const found = await problems()
    return found.length === 0 ? null : `not ready: ${found.join(', ')}`
  }
  const probes: Record<string, () => [why: Promise<string | null> | string | null, well: string]> = {
    '/healthz': () => [null, 'ok'],
    '/livez': () => [live(), 'ok'],
    '/readyz': () => [ready(), 'ready'],
  }

  return {
    /** False when something else is asked for. */
    handle({ url = '', method = 'GET' }: IncomingMessage, response: ServerResponse): boolean {
      const path = url.split('?', 1)[0] ?? ''
      if (!Object.hasOwn(probes, path) || (method !== 'GET' && method !== 'HEAD')) return false
      const [why, well] = (probes[path] as NonNullable<(typeof probes)[string]>)()
      Promise.resolve(why).then((why) => {
        response.writeHead(why === null ? 200 : 503, {
          'content-type': 'text/plain; charset=UTF-8',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          ...(is_draining && { connection: 'close' }),
        })
        response.end(method === 'HEAD' ? undefined : (why ?? well))
      })
      return true
    },
    /** Why it has not started yet, though it has tried. */
    cannotStart: (problem: string) => void (start_problem = problem),
    /** It has started; from now on this tells what it cannot do. */
    ready: (tell: () => Promise<string[]>) => void (problems = tell),
    drain: () => void (is_draining = true),
    isDraining: () => is_draining,
  }
}
