import { Hono } from 'hono'
import type { Language } from '#ground/html/language.ts'
import { ProblemPage } from '#ground/html/problem-page.tsx'
import { NotAllowed, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { type AppEnv, page, type Tools } from '#ground/tools/tools.ts'
import { boardRoutes } from '#status/board/routes.tsx'
import { reportRoutes } from '#status/reports/index.ts'
import { openSituations } from '#status/situations/index.ts'
import { mainOf, wordsOf } from './pages.ts'

/** The pages of this slice as one reader gets them, without the sign-in around them. */
export function testApp(tools: Tools, reader: Person, language: Language = 'ja') {
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('tools', tools)
    c.set('reader', reader)
    c.set('language', language)
    c.set('open', await openSituations(tools.db))
    await next()
  })
  app.route('/', reportRoutes)
  app.route('/', boardRoutes)
  app.notFound((c) => page(c, <ProblemPage code={404} />, 404))
  app.onError((error, c) => {
    if (error instanceof NotFound || (error as { code?: string }).code === '22P02')
      return page(c, <ProblemPage code={404} />, 404)
    if (error instanceof NotAllowed) return page(c, <ProblemPage code={403} />, 403)
    throw error
  })
  const send = async (path: string, body: URLSearchParams | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
    answerOf(await app.request(path, { method: 'POST', body, headers }))
  return {
    send: (path: string, body: URLSearchParams, headers: Record<string, string>) =>
      send(path, body, { 'content-type': 'application/x-www-form-urlencoded', ...headers }),
    get: async (path: string) => answerOf(await app.request(path)),
    post: async (
      path: string,
      body: URLSearchParams | Uint8Array<ArrayBuffer>,
      type = 'application/x-www-form-urlencoded',
    ) => send(path, body, { 'content-type': type }),
  }
}

const answerOf = async (response: Response) => {
  const html = await response.text()
  return {
    code: response.status,
    location: response.headers.get('location'),
    html,
    /** The page itself, without its frame, and its words. */
    get main() {
      return mainOf(html)
    },
    text: html.includes('<main') ? wordsOf(mainOf(html)) : wordsOf(html),
  }
}
