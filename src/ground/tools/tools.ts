import type { Context } from 'hono'
import type { ReactElement } from 'react'
import type { Auth } from '#ground/auth/auth.ts'
import { formMark } from '#ground/auth/form-mark.ts'
import type { Config } from '#ground/config/config.ts'
import type { Database } from '#ground/db/database.ts'
import type { PageDatabase } from '#ground/db/page.ts'
import type { Language } from '#ground/html/language.ts'
import { type Reading, render } from '#ground/html/render.tsx'
import type { Later } from '#ground/jobs/jobs.ts'
import type { Person } from '#ground/rights/person.ts'
import type { OpenSession } from '#ground/rights/session.ts'
import type { Ended } from '#ground/rights/session-limits.ts'

/** What every action may use. Tests pass their own; nothing reaches for a global. */
export type Tools = {
  /** As the reader of this page sees it; in the background, as the program does. */
  db: Database
  /** As the program itself sees it, past the walls between institutions: for sign-in, and for counts that name nobody. */
  whole: Database
  /** The database as this person sees it, for reading only if asked so; nobody sees nothing. */
  dbOf: (person: Person | null, read_only: boolean) => Database
  /** The same for one page that only reads. */
  pageOf: (person: Person | null) => PageDatabase
  clock: () => Date
  later: Later
  config: Config
  origin: string
}

/** Why a session is over. `gone`: it was ended, and nothing is left that says how. `lost`: the browser has no cookie of it. */
export type Why = Ended | 'gone' | 'lost'

export type AppEnv = {
  Variables: {
    tools: Tools
    reader: Person | null
    /** They have only given a password so far, and must set up more than that. */
    must_enrol: boolean
    /** The reader's session; null when nobody is signed in. */
    session: OpenSession | null
    /** Why nobody is signed in who was. */
    ended: Why | null
    language: Language
    open: Reading['open']
    auth: Auth
    public_problems: () => string[]
    /** What the program cannot do now, in a few words each. */
    problems: () => readonly string[]
    /** How many things wait for the reader; asked once a page is rendered. */
    waiting?: (() => Promise<number>) | undefined
  }
}

/** The person who is signed in; routes behind `signedIn` always have one. */
export function readerOf(c: Context<AppEnv>): Person {
  const { reader } = c.var
  if (!reader) throw new Error('This route is not behind signedIn')
  return reader
}

/** What a page may know of who asked for it. */
export function readingOf(c: Context<AppEnv>): Reading {
  const { pathname, search } = new URL(c.req.url)
  const { tools, language, reader, open } = c.var
  return {
    language,
    reader,
    open,
    now: tools.clock(),
    path: pathname + search,
    demo: tools.config.mode === 'demo',
    ...(reader && { form_mark: formMark(tools.config.secret, reader.id) }),
  }
}

/** Answers with a page, in the reader's language. */
export const page = async (
  c: Context<AppEnv>,
  element: ReactElement,
  code: 200 | 400 | 401 | 403 | 404 | 408 | 409 | 410 | 413 | 422 | 429 | 500 | 503 = 200,
) => {
  // A page that says what went wrong asks for nothing more.
  const waiting = c.var.reader && code < 500 ? await c.var.waiting?.() : undefined
  return c.html(render(element, { ...readingOf(c), ...(waiting && { waiting }) }), code)
}
