import type { Selectable } from 'kysely'
import type { Tx } from '#ground/db/database.ts'
import { keptPlan } from '#ground/db/kept-plan.ts'
import { lock } from '#ground/db/lock.ts'
import type { FunctionCode, Tables } from '#ground/db/tables.ts'
import { damageFields, functionCodes } from '#ground/market/words.ts'
import { NotFound } from '#ground/rights/may.ts'
import { inBoardOrder, ownFunctions, type Scope } from './queries.ts'

type Report = Selectable<Tables['report']>

/** What a report says, by whom and when. */
const filedColumns = [
  ...(['id', 'institution_id', 'situation_id', 'mode', 'reported_by', 'reported_at', 'written_at'] as const),
  ...functionCodes,
  ...damageFields,
  ...([
    'bcp',
    'command_centre',
    'alternative_from',
    'alternative_other',
    'normal_at',
    'resumption_at',
    'next_update_at',
    'text',
    'label',
  ] as const),
] as const

/** What a report is filed upon. */
export type ChainEnd = {
  /** What was filed under this key already. */
  known: Pick<Report, (typeof filedColumns)[number]> | null
  /** What stands. */
  current: Pick<Report, 'id' | 'reported_by' | 'reported_at' | 'written_at' | 'is_void'> | null
  functions: FunctionCode[]
  /** The situation of this mode; null where a report is of none, undefined where there is none. */
  situation: Pick<Selectable<Tables['situation']>, 'closed_at' | 'update_minutes'> | null | undefined
}

/** One at a time in each chain; other institutions do not wait. */
export const lockChain = (tx: Tx, institution_id: string, { situation_id, mode }: Scope) =>
  lock(tx, 'report', institution_id, situation_id, mode)

/**
 * Reads in one statement, behind the lock of its chain, all that decides about a report. A situation that is open stays so until
 * the commit.
 */
export async function readChainEnd(
  tx: Tx,
  institution_id: string,
  { situation_id, mode }: Scope,
  idempotency_key: string | null = null,
): Promise<ChainEnd> {
  const row = await tx
    .with('place', (cte) =>
      cte
        .selectFrom('situation')
        .where('id', '=', situation_id)
        .where('mode', '=', mode)
        .select(['id as place_id', 'closed_at', 'update_minutes'])
        .forShare(),
    )
    .with('last', (cte) =>
      cte
        .selectFrom('report')
        .leftJoin('report as later', 'later.supersedes', 'report.id')
        .where('report.institution_id', '=', institution_id)
        .where('report.situation_id', situation_id === null ? 'is' : '=', situation_id)
        .where('report.mode', '=', mode)
        .where('later.id', 'is', null)
        .select(['report.id as last_id', 'report.reported_by as last_by', 'report.reported_at as last_at'])
        .select(['report.written_at as last_written_at', 'report.is_void as last_is_void']),
    )
    .selectFrom('institution')
    .leftJoin('report as known', (join) => join.on('known.idempotency_key', '=', idempotency_key))
    .leftJoin('last', (join) => join.onTrue())
    .leftJoin('place', (join) => join.onTrue())
    .where('institution.id', '=', institution_id)
    .select(filedColumns.map((name) => `known.${name}` as const))
    .selectAll(['last', 'place'])
    .select(ownFunctions.as('functions'))
    .modifyEnd(keptPlan)
    .executeTakeFirst()
  if (!row) throw new NotFound(`institution ${institution_id}`)
  const { last_id, last_by, last_at, last_written_at, last_is_void, ...others } = row
  const { place_id, closed_at, update_minutes, functions, ...known } = others
  return {
    known: known.id === null ? null : (known as NonNullable<ChainEnd['known']>),
    current:
      last_id === null || last_at === null
        ? null
        : {
            ...{ id: last_id, reported_by: last_by, reported_at: last_at, written_at: last_written_at },
            is_void: last_is_void === true,
          },
    functions: inBoardOrder(functions),
    situation:
      situation_id === null ? null : place_id === null ? undefined : { closed_at, update_minutes: update_minutes ?? 0 },
  }
}

/** Whether a report may still be filed there. */
export function isOpen({ situation }: Pick<ChainEnd, 'situation'>, { situation_id, mode }: Scope): boolean {
  if (situation === undefined) throw new NotFound(`${mode} situation ${situation_id}`)
  return situation === null || situation.closed_at === null
}
