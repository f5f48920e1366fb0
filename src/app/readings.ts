import type { MiddlewareHandler } from 'hono'
import { sql } from 'kysely'
import { type Database, isUnreachable } from '#ground/db/database.ts'
import type { Label } from '#ground/db/tables.ts'
import { toCivilInput } from '#ground/html/civil.ts'
import { itemKinds, pathOf } from '#ground/register/kinds.ts'
import { labelOf } from '#ground/rights/labels.ts'
import { may } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { AppEnv, Tools } from '#ground/tools/tools.ts'

/** What a page was about: whose it is (null: the market's) and how its text is labelled. Undefined: nothing to note. */
type Thing = { institution_id: string | null; label: Label } | undefined
type Look = (whole: Database, reader: Person, id: string) => Thing | Promise<Thing>

const ofMarket = (label: Label) => () => ({ institution_id: null, label })
/** Who sees a board whole, of the market or of what a bureau supervises. */
const seesWhole = (reader: Person) => may(reader, 'board.see-all') || may(reader, 'report.see-supervised')
/** A board before its return shows a member nothing but their own line. */
const board: Look = async (whole, reader, id) => {
  if (seesWhole(reader)) return { institution_id: null, label: labelOf.board }
  const situation = await whole.selectFrom('situation').where('id', '=', id).select('returned_at').executeTakeFirst()
  return situation?.returned_at ? { institution_id: null, label: labelOf['board.returned'] } : undefined
}

const item: Look = (whole, _reader, id) =>
  whole.selectFrom('register_item').where('id', '=', id).select(['institution_id', 'label']).executeTakeFirst()

/** The pages whose reading is noted: about another institution, or with content that is not for every member. */
const watched: Record<string, Look> = {
  // While a situation is open, it also shows how the institution stands.
  '/institutions/:id': async (whole, reader, id) => {
    const open = await whole.selectFrom('situation').where('closed_at', 'is', null).select('id').limit(1).execute()
    const shows_board = open.length > 0 && seesWhole(reader)
    return { institution_id: id, label: labelOf[shows_board ? 'board' : 'institution.entry'] }
  },
  '/reports/:id': (whole, _reader, id) =>
    whole.selectFrom('report').where('id', '=', id).select(['institution_id', 'label']).executeTakeFirst(),
  '/people/:id': ofMarket(labelOf.account),
  '/situations/:id/board': board,
  '/board': (_whole, reader) => ({
    institution_id: null,
    label: seesWhole(reader) ? labelOf.board : labelOf['board.returned'],
  }),
  '/rounds/:id': ofMarket(labelOf.delivery),
  '/notices/:id/deliveries': ofMarket(labelOf.delivery),
  '/deliveries/:id': async (whole, _reader, id) => {
    const delivery = await whole.selectFrom('delivery').where('id', '=', id).select('institution_id').executeTakeFirst()
    return delivery && { ...delivery, label: labelOf.delivery }
  },
  '/proposals/:id': ofMarket(labelOf.proposal),
  '/rights': ofMarket(labelOf.rights),
  '/rights/at': ofMarket(labelOf.rights),
  '/rights/review': ofMarket(labelOf.rights),
  '/people': ofMarket(labelOf.account),
  '/trail': ofMarket(labelOf.trail),
  '/trail/readings': ofMarket(labelOf.trail),
  // Things of every register, and the files beside them.
  ...Object.fromEntries(
    itemKinds
      .map((kind) => pathOf({ kind, id: ':id' }))
      .flatMap((path) => [
        [path, item],
        [`${path}/files/[0-9a-f-]{36}`, item],
      ]),
  ),
}
const patterns = Object.entries(watched).map(([path, look]) => ({
  is: new RegExp(`^${path.replace(':id', '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})')}$`, 'i'),
  look,
}))

type Seen = { reader: Person; about: string; id: string; look: Look; first_at: Date; last_at: Date; times: number }

/** What is read meanwhile becomes one write: a market that opens one board at once reads it five hundred times. */
const gather_ms = 500
const retry_ms = 5000
/** More than a whole market reads in a minute; what comes on top while the database is slow is told as an error, not kept. */
const waiting_max = 5000

/** Notes who read what, behind the page: no reader waits for it, and no page fails because of it. */
export function openReadings({
  whole,
  clock,
  report,
}: Pick<Tools, 'whole' | 'clock'> & { report: (error: unknown) => void }) {
  const waiting = new Map<string, Seen>()
  let running = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const drain = async () => {
    for (const [key, seen] of waiting) {
      waiting.delete(key)
      try {
        await note(whole, seen)
      } catch (error) {
        if (!isUnreachable(error)) {
          report(error)
          continue
        }
        // Kept until the database is back, together with what was read again meanwhile.
        const again = waiting.get(key)
        waiting.set(key, again ? { ...again, first_at: seen.first_at, times: again.times + seen.times } : seen)
        timer ??= setTimeout(drainNow, retry_ms).unref()
        return
      }
    }
  }
  const drainNow = () => {
    clearTimeout(timer)
    timer = undefined
    running = running.then(drain)
    return running
  }
  const take = (seen: Omit<Seen, 'first_at' | 'last_at'>) => {
    const at = clock()
    const key = `${seen.reader.id} ${seen.about} ${dayOf(at)}`
    const known = waiting.get(key)
    if (known) {
      known.last_at = at
      known.times += seen.times
    } else if (waiting.size < waiting_max) waiting.set(key, { ...seen, first_at: at, last_at: at })
    else report(new Error(`not noted that ${seen.reader.id} read ${seen.about}: too many are waiting`))
    timer ??= setTimeout(drainNow, gather_ms).unref()
  }
  const watch: MiddlewareHandler<AppEnv> = async (c, next) => {
    await next()
    const { reader } = c.var
    if (!reader || c.req.method !== 'GET' || c.res.status !== 200) return
    for (const { is, look } of patterns) {
      const found = is.exec(c.req.path)
      // A page that brings itself up to date is still being seen, but was not asked for again.
      const times = c.req.header('x-live') ? 0 : 1
      if (found) return take({ reader, about: c.req.path.toLowerCase(), id: found[1] ?? '', look, times })
    }
  }
  return {
    watch,
    /** Resolves when everything noted so far is in the database. */
    settled: () => drainNow(),
  }
}
export type Readings = ReturnType<typeof openReadings>

const dayOf = (at: Date) => toCivilInput(at).slice(0, 10)

/** One row a person, page and day. What is one's own institution's, or for every member, is not noted. Written by the program: nobody writes in their own record. */
async function note(whole: Database, { reader, about, id, look, first_at, last_at, times }: Seen) {
  const thing = await look(whole, reader, id)
  if (!thing || thing.institution_id === reader.institution_id) return
  if (thing.label === 'clear' || thing.label === 'green') return
  await whole
    .insertInto('reading')
    .values({
      person_id: reader.id,
      day: dayOf(first_at),
      about,
      label: thing.label,
      first_at,
      last_at,
      times: Math.max(1, times),
    })
    .onConflict((conflict) =>
      conflict.columns(['person_id', 'day', 'about']).doUpdateSet({
        // A server's clock may step back.
        last_at: sql`greatest(reading.last_at, ${last_at})`,
        times: sql`reading.times + ${times}`,
      }),
    )
    .execute()
}
