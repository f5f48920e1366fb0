import { type Env, Hono } from 'hono'
import type { Database } from '#ground/db/database.ts'
import type { Language } from '#ground/html/language.ts'
import { NotAllowed, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { OpenSession } from '#ground/rights/session.ts'
import { settingsOf } from '#ground/settings/settings.ts'
import type { AppEnv, Tools } from '#ground/tools/tools.ts'
import { openSituations } from '#status/situations/index.ts'
import { test_secret } from './database.ts'

/** The routes of one slice, as a signed-in person meets them; everything around them is the whole program's and is tested there. */
export function testApp(tools: Pick<Tools, 'db' | 'clock'>, routes: Hono<AppEnv>) {
  return (reader: Person, language: Language = 'ja') => {
    const app = new Hono<AppEnv & Env>()
    app.use(async (c, next) => {
      c.set('tools', { ...tools, config: { mode: 'production', secret: test_secret } } as Tools)
      c.set('reader', reader)
      c.set('session', sessionJustBegun(tools.clock()))
      c.set('ended', null)
      c.set('language', language)
      c.set('public_problems', () => [])
      c.set('problems', () => [])
      c.set('open', await openSituations(tools.db))
      await next()
    })
    app.route('/', routes)
    app.onError((error, c) => {
      if (error instanceof NotFound) return c.text('not found', 404)
      if (error instanceof NotAllowed) return c.text('not allowed', 403)
      throw error
    })
    return {
      get: (path: string) => app.request(path),
      post: (path: string, body: URLSearchParams | FormData) => app.request(path, { method: 'POST', body }),
    }
  }
}

/** A session in which the person has just proved who they are. */
export const sessionJustBegun = (at: Date): OpenSession => ({
  id: crypto.randomUUID(),
  method: 'password',
  started_at: at,
  confirmed_at: at,
  set: settingsOf('session', {}),
  open_since: null,
})

/** A person with one role, of the institution with this code, as the database has them. */
export async function somebody(
  db: Database,
  code: string,
  role: Person['roles'][number],
  name_ja = '架空 太郎',
): Promise<Person> {
  const { id: institution_id } = await db
    .selectFrom('institution')
    .select('id')
    .where('code', '=', code)
    .executeTakeFirstOrThrow()
  const email = `${crypto.randomUUID()}@people.example`
  const { id } = await db
    .insertInto('person')
    .values({ name_ja, email, institution_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('role_grant').values({ person_id: id, role }).execute()
  return { id, name_ja, name_en: null, institution_id, roles: [role] }
}
