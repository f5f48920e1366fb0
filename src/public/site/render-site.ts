import { readFileSync } from 'node:fs'
import { root } from '#ground/config/root.ts'
import { asset } from '#ground/html/assets.ts'
import { languages } from '#ground/html/language.ts'
import { renderAtom } from './atom.ts'
import { renderCap } from './cap.ts'
import { renderCapIndex } from './cap-index.tsx'
import { renderPage } from './html-page.tsx'
import { renderJson } from './json.ts'
import { pathsOf } from './paths.ts'
import type { Site } from './site.ts'
import type { Snapshot } from './snapshot.ts'
import type { View } from './view.ts'

const types = {
  html: 'text/html; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  cap: 'application/cap+xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
} as const

/** What changes with time alone: ages, expiries, whether the system answers. */
export function renderPages(snapshot: Snapshot, view: View): Site {
  const paths = pathsOf(snapshot.mode)
  const site: Site = new Map()
  for (const language of languages)
    put(site, paths.page[language], types.html, renderPage(snapshot, { ...view, language }))
  put(site, paths.json, types.json, renderJson(snapshot, view))
  return site
}

/** What changes only when something is published. */
export function renderMessages(snapshot: Snapshot, view: View): Site {
  const { mode, messages } = snapshot
  const paths = pathsOf(mode)
  const site: Site = new Map()
  for (const language of languages)
    put(site, paths.feed[language], types.atom, renderAtom(snapshot, { origin: view.origin, language }))
  for (const message of messages) put(site, paths.message(message), types.cap, renderCap(message, mode, view.origin))
  put(site, paths.cap, types.html, renderCapIndex(snapshot, view))
  return site
}

/** The style sheets and the one small script, so that a copy of the folder needs nothing from this program. */
export const renderAssets = (): Site =>
  new Map(
    (['app.css', 'print.css', 'ages.js'] as const).map((name) => {
      const body = readFileSync(new URL(`dist${asset(name)}`, root))
      return [asset(name), { body, type: name.endsWith('.css') ? types.css : types.js }]
    }),
  )

const put = (site: Site, path: string, type: string, text: string) =>
  void site.set(path, { body: Buffer.from(text), type })
