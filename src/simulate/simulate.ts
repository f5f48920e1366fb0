import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { NotNull } from 'kysely'
import { demoPassword } from '#access/sign-in/index.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { readBoard } from '#status/board/index.ts'
import { askForReports } from './ask.ts'
import { fieldsOf, Visitor } from './client.ts'
import { percentile, seeded } from './figures.ts'

export type Simulation = {
  institutions: number
  /** When each institution had filed, in milliseconds since the request was sent. */
  filed_ms: number[]
  /** How long filing took each, from pressing the button to the answer. */
  filing: { p50_ms: number; p95_ms: number; p99_ms: number }
  errors: string[]
  board: {
    reported: number
    not_reported: number
    total: number
    normal: number
    alternative: number
    partial: number
    stopped: number
  }
}

export type Asked = { origin: string; tools: Pick<Tools, 'db' | 'clock'>; over_ms: number; seed?: number }

const at_once_max = 40

/**
 * An exercise with every institution of a demo market: the secretariat opens it and asks, each institution's primary contact
 * signs in and files over HTTP at a moment of its own within `over_ms`, most of them early.
 */
export async function simulate({ origin, tools, over_ms, seed = 1 }: Asked): Promise<Simulation> {
  const { db, clock } = tools
  const chance = seeded(seed)
  const situation = await openAndAsk(origin)
  const contacts = await db
    .selectFrom('contact_card as contact')
    .innerJoin('institution', 'institution.id', 'contact.institution_id')
    .where('contact.rank', '=', 1)
    .where('contact.mail', 'is not', null)
    .select(['contact.mail', 'institution.code'])
    .$narrowType<{ mail: NotNull }>()
    .orderBy('institution.code')
    .execute()

  const started = performance.now()
  const filed_ms: number[] = []
  const filing_ms: number[] = []
  const errors: string[] = []
  const limit = limiter(at_once_max)

  await Promise.all(
    contacts.map(async ({ mail, code }) => {
      // Most answer early, a few late: the square of an even chance.
      await wait(chance() ** 2 * over_ms * 0.9)
      const answer = chance()
      try {
        const took = await limit(() => fileReport(origin, situation, mail, answer))
        filing_ms.push(took)
        filed_ms.push(performance.now() - started)
      } catch (error) {
        errors.push(`${code}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }),
  )

  const board = await readBoard(db, { situation_id: situation, mode: 'exercise', now: clock() })
  const counts = Object.values(board.views)
  const sum = (pick: (view: (typeof counts)[number]) => number) => counts.reduce((all, view) => all + pick(view), 0)
  const total = sum(({ total }) => total)
  const not_reported = sum(({ overall }) => overall.not_reported)
  return {
    institutions: contacts.length,
    filed_ms,
    filing: {
      p50_ms: percentile(filing_ms, 0.5),
      p95_ms: percentile(filing_ms, 0.95),
      p99_ms: percentile(filing_ms, 0.99),
    },
    errors,
    board: {
      total,
      not_reported,
      reported: total - not_reported,
      normal: sum(({ overall }) => overall.normal),
      alternative: sum(({ overall }) => overall.alternative),
      partial: sum(({ overall }) => overall.partial),
      stopped: sum(({ overall }) => overall.stopped),
    },
  }
}

/** Opens an exercise as the secretariat does, on the pages, and asks everyone. Gives the situation's id. */
async function openAndAsk(origin: string): Promise<string> {
  const desk = new Visitor(origin)
  await desk.signIn('desk@assoc.example', demoPassword)
  const form = fieldsOf((await desk.get('/command-centre/new')).text, '/situations')
  const opened = await desk.post('/situations', {
    ...form,
    mode: 'exercise',
    hazard: 'earthquake',
    title_ja: '模擬訓練',
    title_en: 'Simulated exercise',
    reason: 'noroshi simulate',
    criterion: '00000000-0000-4000-8000-000000000001:1',
  })
  const id = opened.location?.split('/').at(-1)
  if (opened.code !== 303 || !id) throw new Error(`the exercise could not be opened: ${opened.code}`)
  await askForReports(desk, id)
  return id
}

/** One institution's contact, from the mailed link to the filed report. Nine of ten are well. Milliseconds of the filing itself. */
async function fileReport(origin: string, situation: string, mail: string, answer: number): Promise<number> {
  const path = `/situations/${situation}/report`
  const contact = new Visitor(origin)
  await contact.signIn(mail, demoPassword)
  const { text } = await contact.get(path)
  const is_well = answer < 0.9
  const fields = is_well
    ? { ...fieldsOf(text, path, 'all_normal'), all_normal: 'yes' }
    : trouble(fieldsOf(text, path, 'bcp'), answer > 0.97 ? 'stopped' : answer > 0.94 ? 'alternative' : 'partial')

  const pressed = performance.now()
  const filed = await contact.post(path, fields)
  if (filed.code !== 303) throw new Error(`filing answered ${filed.code}`)
  return performance.now() - pressed
}

const trouble = (fields: Record<string, string>, condition: string): Record<string, string> => ({
  ...Object.fromEntries(
    ['order_trading', 'clearing', 'settlement', 'custody', 'market_data', 'funds'].map((name) => [name, 'normal']),
  ),
  damage_building: 'none',
  damage_systems: 'partial',
  damage_staff: 'none',
  damage_external: 'none',
  bcp: 'activated',
  command_centre: 'set_up',
  next_update_minutes: '60',
  ...fields,
  idempotency_key: fields.idempotency_key ?? randomUUID(),
  order_trading: condition,
  ...(condition === 'alternative' && { alternative_from: 'alternate_office' }),
})

/** Lets so many work at once; the others wait in line. */
function limiter(most: number) {
  let free = most
  const line: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free === 0) await new Promise<void>((resolve) => line.push(resolve))
    else free--
    try {
      return await work()
    } finally {
      const next = line.shift()
      if (next) next()
      else free++
    }
  }
}
