import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { root } from '#ground/config/root.ts'
import { asset } from '#ground/html/assets.ts'

const folder = new URL('dist/assets/', root)
/** W3C Web Application Manifest. */
const manifest = {
  name: '狼煙 Noroshi',
  short_name: '狼煙',
  lang: 'ja',
  id: '/home',
  start_url: '/home',
  display: 'standalone',
}
const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

/** The style sheet, the scripts and the signs of tabs. Their names carry a hash of their content, so browsers keep them for a year. */
export const assets = new Hono()
  .use('/assets/*', compress())
  .get('/assets/:name{[a-zA-Z0-9-]+\\.(?:css|js|svg)}', async (c) => {
    const name = c.req.param('name')
    const body = await readFile(new URL(name, folder)).catch(() => null)
    if (!body) return c.notFound()
    return c.body(body, 200, {
      'content-type': types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
    })
  })
  // On the Home Screen of an iPhone a site may show notifications, if it says that it opens by itself.
  .get('/noroshi.webmanifest', (c) =>
    c.body(JSON.stringify(manifest), 200, {
      'content-type': 'application/manifest+json; charset=utf-8',
      'cache-control': 'no-cache',
    }),
  )
  // A browser knows a service worker by its address and looks after a day, or at once without a stored copy, whether it has changed.
  .get('/service-worker.js', async (c) =>
    c.body(await readFile(new URL(asset('service-worker.js').slice('/assets/'.length), folder)), 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    }),
  )
