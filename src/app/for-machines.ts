import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { root } from '#ground/config/root.ts'
import { asset } from '#ground/html/assets.ts'
import type { AppEnv } from '#ground/tools/tools.ts'

/** Of the whole site robots may read what is published, and nothing else. */
const robots = `User-agent: *
Allow: /$
Allow: /en/
Allow: /assets/
Allow: /feed.atom
Allow: /en/feed.atom
Allow: /cap/
Allow: /status.json
Disallow: /
`
const day_ms = 86_400_000
const contact_days = 180

/** What machines ask every site for, by addresses that are the same everywhere. */
export const forMachines = new Hono<AppEnv>()
  .get('/robots.txt', (c) => c.text(robots, 200, { 'cache-control': 'public, max-age=3600' }))
  .get('/favicon.ico', async (c) =>
    c.body(await readFile(new URL(`dist${asset('sign-actual.svg')}`, root)), 200, {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=86400',
    }),
  )
  // RFC 9116. It must say until when it holds: whoever runs this still does.
  .get('/.well-known/security.txt', (c) => {
    const { config, clock, origin } = c.var.tools
    if (!config.security_contact) return c.notFound()
    const until = new Date(clock().getTime() + contact_days * day_ms).toISOString().replace(/T.*$/, 'T00:00:00Z')
    return c.text(
      [
        `Contact: ${config.security_contact}`,
        `Expires: ${until}`,
        'Preferred-Languages: ja, en',
        `Canonical: ${origin}/.well-known/security.txt`,
        '',
      ].join('\n'),
    )
  })
