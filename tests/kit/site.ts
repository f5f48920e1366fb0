import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { demoPassword, readPerson } from '#access/sign-in/index.ts'
import { createApp } from '#app/app.tsx'
import { dbOn } from '#app/db-on.ts'
import { openDenials } from '#app/denials.ts'
import { openReadings } from '#app/readings.ts'
import { loadMarket } from '#demo/index.ts'
import { openAuth } from '#ground/auth/auth.ts'
import { type Config, readConfig } from '#ground/config/config.ts'
import { openPool } from '#ground/db/database.ts'
import type { Role } from '#ground/db/tables.ts'
import { laterOn } from '#ground/jobs/jobs.ts'
import { openQueue } from '#ground/jobs/queue.ts'
import { openHub } from '#ground/live/hub.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { testDatabase } from './database.ts'
import { pagesOf } from './pages.ts'

export const sameOrigin = { 'sec-fetch-site': 'same-origin' }

/** The whole program without its process: every route behind the real middleware on a database of its own, with the demo market in it. */
export async function testSite({
  clock: given = () => new Date(),
  origin = 'http://localhost',
  config = {},
}: {
  clock?: () => Date
  origin?: string
  config?: Partial<Config>
} = {}) {
  const database = await testDatabase()
  const data = await mkdtemp(path.join(os.tmpdir(), 'noroshi-site-'))
  const { db } = database
  const hub = openHub(database.app)
  const queue = await openQueue(database.app)
  let passed_ms = 0
  const clock = () => new Date(given().getTime() + passed_ms)
  const settled = { ...readConfig({ NOROSHI_DATA: data }), ...config }
  const pool = openPool(database.app, 6)
  const tools: Tools = { db, whole: db, ...dbOn(pool), clock, origin, config: settled, later: laterOn(queue) }
  const auth = openAuth({ db, secret: settled.secret, origin })
  /** What was reported as an error that nobody expected. */
  const reported: unknown[] = []
  const report = (error: unknown) => reported.push(error)
  const readings = openReadings({ ...tools, report })
  const denials = openDenials({ ...tools, report })
  /** Why requests were refused, newest last. */
  const refusals: string[] = []
  const refused = (line: string) => refusals.push(line)
  const app = createApp({ tools, auth, hub, readings, denials, report, refused })
  await loadMarket({ db, clock })

  /** A browser with these cookies, at this address of the network. */
  const client = (given?: string, remoteAddress?: string) => {
    let cookie = given
    const env = remoteAddress && { incoming: { socket: { remoteAddress } } }
    const send = async (method: string, at: string, body?: URLSearchParams | FormData | string, headers = {}) => {
      const answer = await app.request(
        at,
        { method, headers: { ...(cookie && { cookie }), ...headers }, ...(body && { body }) },
        env || undefined,
      )
      // A proof of identity gives the session a new token, which a browser goes on with.
      if (body && typeof body !== 'string' && (body.has('confirm_password') || body.has('confirm_passkey')))
        cookie = withCookies(cookie, answer)
      return answer
    }
    return {
      get cookie() {
        return cookie
      },
      set cookie(kept: string | undefined) {
        cookie = kept
      },
      get: (at: string, headers = {}) => send('GET', at, undefined, headers),
      head: (at: string) => send('HEAD', at),
      post: (at: string, form: Record<string, string> = {}, headers: Record<string, string> = sameOrigin) =>
        send('POST', at, new URLSearchParams(form), headers),
      send,
    }
  }
  type Client = ReturnType<typeof client>
  const nobody = client()
  const signedIn: { as: Client; email: string; password: string }[] = []
  const cookieFor = async (email: string, password: string) => {
    const answer = await nobody.post('/sign-in', { email, password })
    if (answer.status !== 303) throw new Error(`${email} was not signed in: ${answer.status}`)
    return withCookies(undefined, answer)
  }
  /** Signs in through the form; the client carries the cookie that a browser would. */
  const signIn = async (email: string, password = demoPassword) => {
    const as = client(await cookieFor(email, password))
    signedIn.push({ as, email, password })
    return as
  }
  /** The demo account of a role that shows the most. */
  const accountOf = (role: Role) =>
    db
      .selectFrom('person')
      .innerJoin('role_grant', 'role_grant.person_id', 'person.id')
      .where('role', '=', role)
      .selectAll('person')
      .orderBy('created_at')
      .limit(1)
      .executeTakeFirstOrThrow()

  /** A person of the demo market, and the browser that they are signed in with. */
  const personOf = async (id: string) => {
    const { email } = await db.selectFrom('person').where('id', '=', id).select('email').executeTakeFirstOrThrow()
    return { client: await signIn(email), person: (await readPerson(db, id))! }
  }

  return {
    ...pagesOf({ reported, refusals }),
    app,
    auth,
    client,
    database,
    db,
    hub,
    nobody,
    reported,
    readings,
    denials,
    signIn,
    tools,
    accountOf,
    as: async (role: Role) => signIn((await accountOf(role)).email),
    personOf,
    /** Somebody of the demo market for each of these roles, signed in. */
    async people<Name extends Role>(...roles: Name[]) {
      const found = {} as Record<Name, Awaited<ReturnType<typeof personOf>>>
      for (const role of roles) found[role] = await personOf((await accountOf(role)).id)
      return found
    },
    /** Lets time go by; everyone who was signed in has signed in again afterwards. */
    async pass({ hours = 0, minutes = 0 }: { hours?: number; minutes?: number }) {
      passed_ms += (hours * 60 + minutes) * 60_000
      for (const { as, email, password } of signedIn) as.cookie = await cookieFor(email, password)
    },
    refusals,
    /** What the trail has of a thing or a page, first line first. */
    trailOf: (about: string) => db.selectFrom('trail').where('about', '=', about).selectAll().orderBy('id').execute(),
    /** The names of all tables that the database has. */
    async tables() {
      const { rows } = await sql<{ name: string }>`
        select relname as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname not like 'kysely%' order by 1`.execute(
        db,
      )
      return rows.map(({ name }) => name)
    },
    trail: () => db.selectFrom('trail').selectAll().orderBy('id').execute(),
    async close() {
      await readings.settled()
      await denials.close()
      await hub.close()
      await queue.stop({ graceful: false, close: true })
      await pool.end()
      await database.close()
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** The cookies of a browser after this answer. */
export function withCookies(cookie: string | undefined, answer: Response): string | undefined {
  const kept = new Map((cookie?.split('; ') ?? []).map((pair) => [pair.split('=')[0], pair]))
  for (const line of answer.headers.getSetCookie()) {
    const [pair = ''] = line.split(';')
    kept.set(pair.split('=')[0], pair)
  }
  return kept.size > 0 ? [...kept.values()].join('; ') : undefined
}

export type TestSite = Awaited<ReturnType<typeof testSite>>
