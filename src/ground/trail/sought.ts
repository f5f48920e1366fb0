import { type ExpressionBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '#ground/db/database.ts'
import type { Tables } from '#ground/db/tables.ts'
import { fromCivilInput } from '#ground/html/civil.ts'
import { type ActionGroup, actionGroups, actionsOf } from './groups.ts'

/** What a reader looks for in the trail, by the names of the form's fields; a field that was left empty narrows nothing. */
export type Sought = {
  /** The id of a person, or a part of a name or mail address. */
  person: string
  situation: string
  group: ActionGroup | ''
  /** Moments of the market as a form writes them, the first and the last that count. */
  from: string
  until: string
}
export type SoughtProblem = 'from' | 'until'

/** Reads a form or an address: what is unknown narrows nothing, and a moment that is none is said to be wrong. */
export function readSought(given: (name: string) => string | undefined): {
  sought: Sought
  wrong: SoughtProblem[]
} {
  const text = (name: string) => (given(name) ?? '').replaceAll('\0', '').slice(0, 200).trim()
  const situation = text('situation')
  const group = text('group')
  const sought = {
    person: text('person'),
    situation: isId(situation) ? situation : '',
    group: actionGroups.find((each) => each === group) ?? ('' as const),
    from: text('from'),
    until: text('until'),
  }
  const wrong = (['from', 'until'] as const).filter((name) => sought[name] !== '' && !fromCivilInput(sought[name]))
  return { sought, wrong }
}

export const isId = (text: string) => z.uuid().safeParse(text).success

/** Where the things of a situation stand in the trail. */
export type Places = { about: string[]; notices: string[] }

/**
 * The pages under which a situation's lines stand. It asks the whole database: who reads the trail reads the lines of every notice,
 * also of one whose text is kept from them.
 */
export async function placesOf(whole: Database, situation_id: string): Promise<Places> {
  const [rounds, notices, proposals, publications] = await Promise.all([
    whole.selectFrom('round').where('situation_id', '=', situation_id).select('id').execute(),
    whole.selectFrom('notice').where('situation_id', '=', situation_id).select('id').execute(),
    whole
      .selectFrom('proposal')
      .where((eb) =>
        eb.or([
          eb('joined_id', '=', situation_id),
          eb('id', 'in', eb.selectFrom('situation').where('id', '=', situation_id).select('proposal_id')),
        ]),
      )
      .select('id')
      .execute(),
    whole.selectFrom('publication').where('situation_id', '=', situation_id).select('id').execute(),
  ])
  const path = (kind: string) => (row: { id: string }) => `/${kind}/${row.id}`
  return {
    about: [
      `/situations/${situation_id}`,
      ...rounds.map(path('rounds')),
      ...notices.map(path('notices')),
      ...proposals.map(path('proposals')),
      ...publications.map(path('publications')),
    ],
    notices: notices.map(({ id }) => id),
  }
}

/** The conditions of what is sought, for a query of the trail. */
export const matching =
  ({ person, group, from, until }: Sought, places: Places | null) =>
  (eb: ExpressionBuilder<Tables, 'trail'>) =>
    eb.and([
      ...(person === '' ? [] : [isId(person) ? eb('trail.person_id', '=', person) : isNamed(person)]),
      ...(group === '' ? [] : [eb('trail.action', 'in', actionsOf(group))]),
      ...bound('>=', from),
      ...bound('<=', until),
      ...(places ? [isOf(eb, places)] : []),
    ])

/** To the minute that was typed, whole. */
function bound(sign: '>=' | '<=', text: string) {
  const at = fromCivilInput(text)
  if (!at) return []
  return [
    sign === '>='
      ? sql<boolean>`trail.at >= ${at}`
      : sql<boolean>`trail.at < ${new Date(at.getTime() + (text.length > 16 ? 1_000 : 60_000))}`,
  ]
}

/** By the name that stands in the line, or by the names and the mail of that person today. */
function isNamed(part: string) {
  const sought = part.normalize('NFKC').toLowerCase()
  const names = sql<string>`lower(normalize(concat_ws(' ', trail.who, known.name_ja, known.name_en, known.email), nfkc))`
  return sql<boolean>`strpos((select ${names} from (select 1) as one
    left join person as known on known.id = trail.person_id), ${sought}) > 0`
}

/** Under one of its pages, or naming one of its receipts: calls and replies stand on lists of their own. */
const isOf = (eb: ExpressionBuilder<Tables, 'trail'>, { about, notices }: Places) =>
  eb.or([
    eb('trail.about', 'in', about),
    ...(notices.length === 0
      ? []
      : [
          sql<boolean>`(trail.about in ('/replies', '/calls') and exists (select from receipt
            where receipt.id::text = trail.details ->> 'receipt_id' and receipt.notice_id = any(${notices})))`,
        ]),
  ])
