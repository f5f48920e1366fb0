import { sql } from 'kysely'
import { type Standing, standings } from '#delivery/answers/index.ts'
import type { Database } from '#ground/db/database.ts'
import type { Condition, FunctionCode, Market } from '#ground/db/tables.ts'
import { functionCodes } from '#ground/market/words.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { openMemory } from '#ground/trail/memory.ts'
import type { BcpColumn } from '#status/board/index.ts'
import { isByName, type Shown, viewInForce } from '#status/member-view/index.ts'
import type { Scope, State } from '#status/reports/index.ts'

/** What a member is told of one institution, in the words of the institution itself; nothing else of it is ever read for this page. */
export type ToldLine = {
  id: string
  code: string
  name_ja: string
  name_en: string
  reading: string
  /** Everything it is called, folded, for searching. */
  sought: string
  is_infrastructure: boolean
  markets: Market[]
  /** Null: not to be seen by name. `last`: what was said before it expired. */
  functions: { code: FunctionCode; state: State; last: Condition | null }[] | null
  bcp: BcpColumn | null
  said_at: Date | null
  next_update_at: Date | null
  is_expired: boolean
  /** It came after the board was returned: a newer word, or a correction. */
  is_after_return: boolean
  has_said: boolean
}

export type Picture = {
  lines: ToldLine[]
  /** What of participants is seen by name; of what is closed, what was at its closing and is now. */
  shown: Shown
  refresh_at: Date | null
}

/** Of which situation (null: the standing picture); what is closed is pictured as it was at its closing. */
export type Pictured = Scope & { closed_at: Date | null }
type At = Scope & { moment: Date }

const pictures = openMemory<Picture>({ entries_max: 8, until: ({ refresh_at }) => refresh_at })

/**
 * What every member is told, worked out once for all of them between two changes, for the first who asks and with that reader's own
 * eyes: what the database does not show a member cannot get into it.
 */
export function keptPicture(
  { whole, dbOf, clock }: Pick<Tools, 'whole' | 'dbOf' | 'clock'>,
  by: Person,
  pictured: Pictured,
): Promise<Picture> {
  const now = clock()
  const { mode, situation_id } = pictured
  // Not the page's own snapshot: it may be older than what the memory has seen.
  return pictures(whole, `${mode} ${situation_id}`, now, () => readPicture(dbOf(by, true), whole, pictured, now))
}

async function readPicture(
  db: Database,
  whole: Database,
  { closed_at, ...scope }: Pictured,
  now: Date,
): Promise<Picture> {
  const moment = closed_at ?? now
  const pictured = { ...scope, moment }
  const [asked, refresh_at, at_present, at_moment, rows] = await Promise.all([
    readStandings(whole, pictured),
    closed_at ? null : nextChange(whole, pictured),
    viewInForce(db, now),
    viewInForce(db, moment),
    readTold(db, pictured, now),
  ])
  const both = (field: keyof Shown) => at_present[field] && at_moment[field]
  const shown: Shown = {
    shows_functions: both('shows_functions'),
    shows_bcp: both('shows_bcp'),
    shows_said_at: both('shows_said_at'),
    shows_next_update: both('shows_next_update'),
  }
  const lines = rows.flatMap((row) => {
    const standing = asked.get(row.id)
    return standing && (row.is_infrastructure || isByName(shown)) ? lineOf(row, standing, shown) : []
  })
  return { lines, shown, refresh_at }
}

/** Who is counted, and whether they were asked and have said anything: nobody's words. */
async function readStandings(whole: Database, { situation_id, mode, moment }: At) {
  const { rows } = await sql<Standing & { institution_id: string }>`
    select institution_id, is_asked, has_reported from ${standings({ situation_id, mode, is_given: situation_id === null }, moment)} standing`.execute(
    whole,
  )
  return new Map(rows.map(({ institution_id, ...standing }) => [institution_id, standing]))
}

/** When the next word expires, whoever's it is. */
async function nextChange(whole: Database, { situation_id, mode, moment }: At): Promise<Date | null> {
  const { at } = await whole
    .selectFrom('report_now')
    .where('mode', '=', mode)
    .where('next_update_at', '>', moment)
    .$if(situation_id !== null, (query) => query.where('situation_id', '=', situation_id))
    .select(sql<Date | null>`min(next_update_at)`.as('at'))
    .executeTakeFirstOrThrow()
  return at
}

type Said = Record<FunctionCode, Condition | null> &
  Record<`last_${FunctionCode}`, Condition | null> & {
    bcp: Exclude<BcpColumn, 'unknown' | 'not_reported' | 'not_asked'> | null
    said_at: Date | null
    next_update_at: Date | null
    is_expired: boolean | null
    is_after_return: boolean | null
  }
type Row = Omit<ToldLine, keyof Said | 'functions' | 'has_said'> &
  Said & { own: FunctionCode[]; told_id: string | null }

/** Every institution with what the one window through the wall around reports gives of it (`told_to_members`). */
async function readTold(db: Database, { situation_id, mode, moment }: At, now: Date): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select institution.id, institution.code, institution.name_ja, institution.name_en, institution.reading,
      institution.sought, institution.is_infrastructure,
      array(select market::text from institution_market where institution_id = institution.id) as markets,
      array(select function_code::text from institution_function where institution_id = institution.id) as own,
      told.institution_id as told_id, told.*
    from institution left join told_to_members(${situation_id}::uuid, ${mode}::mode, ${moment}, ${now}) as told
      on told.institution_id = institution.id`.execute(db)
  return rows
}

function lineOf(row: Row, { is_asked }: Standing, shown: Shown): ToldLine {
  const has_said = row.told_id !== null
  const silent = is_asked ? 'not_reported' : 'not_asked'
  const is_expired = row.is_expired === true
  const sees = (field: keyof Shown) => row.is_infrastructure || shown[field]
  const stateOf = (code: FunctionCode): State =>
    has_said ? (is_expired ? 'unknown' : (row[code] ?? 'not_reported')) : silent
  const { id, code, name_ja, name_en, reading, sought, is_infrastructure, markets, said_at, next_update_at } = row
  return {
    ...{ id, code, name_ja, name_en, reading, sought, is_infrastructure, markets, said_at, next_update_at },
    functions: sees('shows_functions')
      ? functionCodes
          .filter((each) => row.own.includes(each))
          .map((each) => ({ code: each, state: stateOf(each), last: row[`last_${each}`] }))
      : null,
    bcp: sees('shows_bcp') ? (has_said ? (is_expired ? 'unknown' : row.bcp) : silent) : null,
    is_expired,
    is_after_return: row.is_after_return === true,
    has_said,
  }
}
