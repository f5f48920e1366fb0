import assert from 'node:assert/strict'
import type { MarketSample } from './making.ts'
import { everyone, type Wing } from './wing.ts'

const assets = '/assets/:name{[a-zA-Z0-9-]+\\.(?:css|js|svg)}'

/** The style sheet's name, which is another one when it says something else. */
const aStyleSheet: MarketSample = async ({ site }) => {
  const [, name] = /\/assets\/([a-zA-Z0-9-]+\.css)/.exec(await site.whole(site.nobody, '/sign-in')) ?? []
  assert.ok(name)
  return name
}

export const app = {
  things: { '/assets': { market: aStyleSheet } },
  pages: {
    [assets]: everyone(),
    '/service-worker.js': everyone(),
    '/noroshi.webmanifest': everyone(),
    '/robots.txt': everyone(),
    '/favicon.ico': everyone(),
    '/.well-known/security.txt': everyone(404),
  },
  unshown: {
    [assets]: 'a file',
    '/service-worker.js': 'a file',
    '/noroshi.webmanifest': 'a file',
    '/robots.txt': 'a file',
    '/favicon.ico': 'a file',
    '/.well-known/security.txt': 'a file',
  },
} satisfies Wing
