import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { sql } from 'kysely'
import { roundRoutes } from '#asking/rounds/index.ts'
import { commandCentreRoutes } from '#command-centre/workspace/index.ts'
import type { Config } from '#ground/config/config.ts'
import type { FunctionCode, InstitutionKind, Market, Mode } from '#ground/db/tables.ts'
import type { Language } from '#ground/html/language.ts'
import { NotAllowed, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { AppEnv, Tools } from '#ground/tools/tools.ts'
import { evaluateAgain, evaluateReports, proposalRoutes, takeIn } from '#hazards/proposals/index.ts'
import { officialNoticeRoutes } from '#library/official-notices/index.ts'
import { publicationRoutes } from '#public/publication/index.ts'
import { boardRoutes } from '#status/board/index.ts'
import { allNormal, fileReport, type ReportForm, reportRoutes } from '#status/reports/index.ts'
import { openSituations, situationRoutes } from '#status/situations/index.ts'
import { ownTelegram } from '../telegrams/read.ts'
import { sessionJustBegun } from './app.tsx'
import { seenWhole, test_secret, testDatabase } from './database.ts'

/** 10:15 in Tokyo, three minutes after the quake of the project's own telegrams. */
export const start = new Date('2006-10-16T01:15:00Z')

type Firm = {
  code: string
  kind: InstitutionKind
  name_ja: string
  area_code: string
  markets: Market[]
  functions: FunctionCode[]
}
const market: Firm[] = [
  { code: 'ASSOC', kind: 'association', name_ja: '架空証券業協会', area_code: '350', markets: [], functions: [] },
  {
    code: 'EXCH',
    kind: 'exchange',
    name_ja: '架空東京取引所',
    area_code: '350',
    markets: ['exchange'],
    functions: ['order_trading', 'market_data'],
  },
  {
    code: 'OSAKA',
    kind: 'exchange',
    name_ja: '架空大阪取引所',
    area_code: '520',
    markets: ['exchange'],
    functions: ['order_trading', 'market_data'],
  },
  {
    code: 'CLEAR',
    kind: 'clearing_equities',
    name_ja: '架空清算機構',
    area_code: '341',
    markets: ['exchange'],
    functions: ['clearing'],
  },
  { code: 'REG', kind: 'regulator', name_ja: '架空監督庁', area_code: '350', markets: [], functions: [] },
  {
    code: 'FIRM',
    kind: 'securities_firm',
    name_ja: '架空証券',
    area_code: '360',
    markets: ['exchange'],
    functions: ['order_trading'],
  },
]

export type Answer = { code: number; location: string | null; html: string; text: string }
type Fields = Record<string, string | string[]>

/** A small market on a real database, and every page of the main job as its people get them; `off` are parts switched off. */
export async function openHouse(off: Config['off'] = []) {
  const { db, close } = await testDatabase()
  let now = start
  const jobs: string[] = []
  const tools: Tools = {
    ...seenWhole(db),
    clock: () => now,
    later: async (_tx, name) => void jobs.push(name),
    origin: 'https://bcp.market.example',
    config: {
      mode: 'demo',
      data: '/nowhere',
      secret: test_secret,
      secrets_before: [],
      off,
      port: 3000,
      host: '127.0.0.1',
      public_origin: undefined,
      drain_ms: 0,
      trusted_proxies: [],
      database_url: undefined,
      database_owner_url: undefined,
      smtp_url: undefined,
      mail_from: 'noroshi@market.example',
      bounce_port: undefined,
      push_services: [],
      webhook_loopback: false,
      file_drop: undefined,
      security_contact: undefined,
      feeds: [],
      sms: undefined,
      voice: undefined,
    },
  }

  const people = new Map<string, Person>()
  const institutions = new Map<string, string>()
  const person = async (name_ja: string, code: string, role: Person['roles'][number]) => {
    const institution_id = institutions.get(code) ?? ''
    const { id } = await db
      .insertInto('person')
      .values({ name_ja, email: `${crypto.randomUUID()}@people.example`, institution_id })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db.insertInto('role_grant').values({ person_id: id, role }).execute()
    return { id, name_ja, name_en: null, institution_id, roles: [role] } satisfies Person
  }
  for (const { area_code, markets, functions, ...firm } of market) {
    const { id } = await db
      .insertInto('institution')
      .values({ ...firm, name_en: `${firm.code} of Nowhere`, active_from: '2000-01-01' })
      .returning('id')
      .executeTakeFirstOrThrow()
    institutions.set(firm.code, id)
    await db
      .insertInto('site')
      .values({ institution_id: id, kind: 'head_office', address: '架空町1-1', area_code })
      .execute()
    for (const each of markets)
      await db.insertInto('institution_market').values({ institution_id: id, market: each }).execute()
    for (const function_code of functions)
      await db.insertInto('institution_function').values({ institution_id: id, function_code }).execute()
    people.set(firm.code, await person(`担当 ${firm.code}`, firm.code, 'bcp_contact'))
  }
  const of = (code: string): Person => {
    const found = people.get(code)
    if (!found) throw new Error(`nobody of ${code}`)
    return found
  }
  const desk = await person('事務 太郎', 'ASSOC', 'secretariat')

  const as = (reader: Person, language: Language = 'ja') => {
    const app = appFor(tools, reader, language)
    const ask = async (path: string, init?: RequestInit) => answerOf(await app.request(path, init))
    return {
      get: (path: string) => ask(path),
      post: (path: string, fields: Fields = {}) => ask(path, { method: 'POST', body: bodyOf(fields) }),
    }
  }

  return {
    db,
    tools,
    jobs,
    of,
    desk,
    deputy: await person('事務 次郎', 'ASSOC', 'secretariat'),
    observer: await person('監督 花子', 'REG', 'authority'),
    institution: (code: string) => institutions.get(code) ?? '',
    as,
    close,
    pass: (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000)),
    now: () => now,
    /** Takes in one of the project's own telegrams, changed as told. */
    telegram: (name: string, ...changes: [from: string | RegExp, to: string][]) => {
      const text = changes.reduce(
        (xml, [from, to]) => xml.replaceAll(new RegExp(from, 'g'), to),
        new TextDecoder().decode(ownTelegram(`${name}.xml`)),
      )
      return takeIn(tools, { program: 'hazards' }, `${name}.xml`, new TextEncoder().encode(text))
    },
    /** Files a report of one institution, all normal unless told otherwise. */
    report: async (
      code: string,
      situation_id: string | null,
      changes: Partial<ReportForm> = {},
      mode: Mode = 'actual',
    ) => {
      const filed = await fileReport(tools, of(code), {
        ...allNormal(60),
        idempotency_key: crypto.randomUUID(),
        ...changes,
        situation_id,
        mode,
      })
      if ('failed' in filed) throw new Error(`not filed: ${filed.failed}`)
      return filed.id
    },
    /** Works through what was queued, as the workers do. */
    runJobs: async () => {
      for (const name of jobs.splice(0)) {
        if (name === 'proposals.evaluate') await evaluateReports(tools)
        if (name === 'proposals.evaluate-again') await evaluateAgain(tools)
      }
    },
    /** Waits until some transaction of this database waits for another one's lock. */
    untilBlocked: async () => {
      for (;;) {
        const { rows } = await sql<{ waiting: boolean }>`
          select exists (select from pg_locks join pg_stat_activity using (pid)
                          where not granted and datname = current_database()) as waiting`.execute(db)
        if (rows[0]?.waiting) return
      }
    },
    /** What the trail says was done, oldest first. */
    trail: async () =>
      (await db.selectFrom('trail').select('action').orderBy('id').execute()).map(({ action }) => action),
  }
}
export type House = Awaited<ReturnType<typeof openHouse>>

/** The form that opens a situation, filled in; changed as told. */
export const situationFields = (changes: Record<string, string> = {}): Record<string, string> => ({
  mode: 'actual',
  hazard: 'earthquake',
  title_ja: '東京湾の地震',
  title_en: 'Tokyo Bay earthquake',
  text_ja: '',
  text_en: '',
  event_at: '2006-10-16T10:12',
  criterion: '00000000-0000-4000-8000-000000000001:1',
  reason: '市場の継続が困難と判断した',
  recovery_minutes: '120',
  update_minutes: '60',
  // Ticked, as when a real situation is open; else nobody reads it.
  drill: 'yes',
  idempotency_key: crypto.randomUUID(),
  ...changes,
})

/** Opens a situation as the secretariat does, and gives its id. */
export async function openSituationIn(house: House, changes: Record<string, string> = {}): Promise<string> {
  const { code, location } = await house.as(house.desk).post('/situations', situationFields(changes))
  const id = location?.split('/')[2]
  if (code !== 303 || !id) throw new Error(`not opened: ${code} ${location}`)
  return id
}

/** Chooses and checks what to publish, and gives the page of the check; `changes` are to the form as it was offered. */
export async function checkPublication(house: House, situation_id: string, changes: Fields = {}, person = house.desk) {
  const path = `/situations/${situation_id}/publication`
  const form = await house.as(person).get(path)
  return house.as(person).post(`${path}/check`, {
    ...fieldsIn(form.html, `${path}/check`),
    text_ja: '東京湾で地震がありました。',
    ...changes,
  })
}

/** Confirms what a page of the check shows, and where it asks, that the languages may part. */
export const confirmPublication = (house: House, situation_id: string, checked: Answer, person = house.desk) => {
  const path = `/situations/${situation_id}/publications`
  const tick = checked.html.includes('name="languages"') ? { languages: 'yes' } : {}
  return house.as(person).post(path, { ...fieldsIn(checked.html, path), ...tick })
}

/** Of the forms on a page, the fields of the one that posts to `action`, as a browser would send them untouched. */
export function fieldsIn(html: string, action: string): Record<string, string[]> {
  const form = html.split('<form').find((part) => part.includes(`action="${action}"`)) ?? ''
  const fields: Record<string, string[]> = {}
  for (const [tag] of form.split('</form>')[0]?.matchAll(/<input\b[^>]*>/g) ?? []) {
    const at = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
    const [name, kind, value] = [at('name'), at('type'), at('value') ?? '']
    if (!name || ((kind === 'checkbox' || kind === 'radio') && !/\bchecked\b/.test(tag))) continue
    fields[name] = [...(fields[name] ?? []), decoded(value)]
  }
  for (const [, tag = '', text = ''] of form.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g))
    fields[/\bname="([^"]*)"/.exec(tag)?.[1] ?? ''] = [decoded(text)]
  for (const [, name = '', options = ''] of form.matchAll(/<select\b[^>]*\bname="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g))
    fields[name] = [/<option\b[^>]*value="([^"]*)"[^>]*\bselected\b/.exec(options)?.[1] ?? '']
  return fields
}

const decoded = (text: string) =>
  text
    .replace(/^\n/, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')

function bodyOf(fields: Fields): URLSearchParams {
  return new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
  )
}

function appFor(tools: Tools, reader: Person, language: Language) {
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('tools', tools)
    c.set('reader', reader)
    c.set('session', sessionJustBegun(tools.clock()))
    c.set('public_problems', () => [])
    c.set('problems', () => [])
    c.set('language', language)
    c.set('open', await openSituations(tools.db))
    await next()
  })
  for (const routes of [
    situationRoutes,
    commandCentreRoutes,
    proposalRoutes,
    roundRoutes,
    reportRoutes,
    boardRoutes,
    publicationRoutes,
    officialNoticeRoutes,
  ])
    app.route('/', routes)
  app.onError((error, c) => {
    if (error instanceof NotFound || (error as { code?: string }).code === '22P02') return c.text('not found', 404)
    if (error instanceof NotAllowed) return c.text('not allowed', 403)
    if (error instanceof HTTPException) return c.text('cannot be read', error.status)
    throw error
  })
  return app
}

async function answerOf(response: Response): Promise<Answer> {
  const html = await response.text()
  return {
    code: response.status,
    location: response.headers.get('location'),
    html,
    text: html
      .replace(/^[\s\S]*<main/, '<main')
      .replace(/<\/main>[\s\S]*$/, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' '),
  }
}
