import type { CapMessage, Snapshot } from './snapshot.ts'

/** Where the tree of a mode begins. What is real and what is not never share a path. */
export const baseOf = (mode: Snapshot['mode']) => (mode === 'actual' ? '' : `/${mode}`)

/** The paths of everything that is public in one mode. */
export function pathsOf(mode: Snapshot['mode']) {
  const base = baseOf(mode)
  return {
    page: { ja: `${base}/`, en: `${base}/en/` },
    feed: { ja: `${base}/feed.atom`, en: `${base}/en/feed.atom` },
    cap: `${base}/cap/`,
    message: ({ identifier }: Pick<CapMessage, 'identifier'>) => `${base}/cap/${identifier}.xml`,
    json: `${base}/status.json`,
  }
}

/** The file that a path is kept in, below the folder: `/en/` is `en/index.html`. */
export const fileOf = (path: string) => `${path.slice(1)}${path.endsWith('/') ? 'index.html' : ''}`
