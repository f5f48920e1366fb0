import { type RawBuilder, sql } from 'kysely'
import type { Database, Tx } from '#ground/db/database.ts'
import { must } from '#ground/rights/may.ts'
import { deskRoles, type Person } from '#ground/rights/person.ts'

const shown_max = 100

export type EntryState = 'waiting' | 'agreed' | 'alone' | 'refused' | 'over'

/** Who is to have a role of the desk, or got one: those that wait first, then the newest. */
export async function listEntries(db: Database, by: Person, at: Date) {
  must(by, 'rights.see')
  const rows = await entries(db).orderBy('desk_entry.asked_at', 'desc').limit(shown_max).execute()
  const listed = rows.map((row) => ({ ...row, state: stateOf(row, at) }))
  return listed.sort((one, other) => Number(other.state === 'waiting') - Number(one.state === 'waiting'))
}
export type ListedEntry = Awaited<ReturnType<typeof listEntries>>[number]

/** Roles of the desk that wait for somebody who has an account. */
export const waitingFor = (db: Database, person_id: string) =>
  db
    .selectFrom('desk_entry')
    .where('person_id', '=', person_id)
    .where('invitation_id', 'is', null)
    .where('agreed_at', 'is', null)
    .where('refused_at', 'is', null)
    .select(['id', 'roles'])
    .execute()

export const entries = (db: Database | Tx) =>
  db
    .selectFrom('desk_entry')
    .leftJoin('invitation', 'invitation.id', 'desk_entry.invitation_id')
    .leftJoin('person', 'person.id', 'desk_entry.person_id')
    .innerJoin('person as asker', 'asker.id', 'desk_entry.asked_by')
    .leftJoin('person as agreer', (join) =>
      join.on((eb) => eb('agreer.id', '=', eb.fn.coalesce('desk_entry.agreed_by', 'desk_entry.refused_by'))),
    )
    .selectAll('desk_entry')
    .select([
      'invitation.ended_at',
      'invitation.ended_how',
      'invitation.expires_at',
      'invitation.accepted_at',
      'person.left_at',
    ])
    .select(({ fn }) => [
      fn.coalesce('person.name_ja', 'invitation.name_ja').$castTo<string>().as('name_ja'),
      fn.coalesce('person.name_en', 'invitation.name_en').as('name_en'),
      fn.coalesce('person.email', 'invitation.email').$castTo<string>().as('email'),
    ])
    .select(['asker.name_ja as asker_ja', 'asker.name_en as asker_en'])
    .select(['agreer.name_ja as agreer_ja', 'agreer.name_en as agreer_en'])
    .$narrowType<{ asker_ja: string }>()

/** How far it is. An invitation that ran out may be renewed and wait again; one that was withdrawn is over. */
export function stateOf(
  row: Pick<
    Awaited<ReturnType<ReturnType<typeof entries>['executeTakeFirstOrThrow']>>,
    'agreed_at' | 'agreed_by' | 'refused_at' | 'ended_how' | 'expires_at' | 'left_at'
  >,
  at: Date,
): EntryState {
  if (row.agreed_at) return row.agreed_by ? 'agreed' : 'alone'
  if (row.refused_at) return 'refused'
  return row.ended_how || row.left_at || (row.expires_at && row.expires_at <= at) ? 'over' : 'waiting'
}

/** So long whoever somebody brought to the desk is not their second person. */
export const second_days_min = 30

/**
 * Whether one of these people brought this person to the desk of late: invited them or asked for a role of it for them; with
 * `or_agreed`, also who only agreed to it. Part of a query: ids may be columns of it.
 */
export function broughtIn(
  person_id: RawBuilder<string>,
  by: readonly RawBuilder<string | null>[],
  { or_agreed, at }: { or_agreed: boolean; at: Date },
): RawBuilder<boolean> {
  const since = new Date(at.getTime() - second_days_min * 86_400_000)
  const people = sql.join(by)
  return sql<boolean>`(exists (select from role_grant
      where role_grant.person_id = ${person_id} and role in (${sql.join([...deskRoles])}) and removed_at is null
        and granted_at > ${since} and granted_by in (${people}))
    or exists (select from desk_entry left join invitation on invitation.id = desk_entry.invitation_id
      where coalesce(desk_entry.person_id, invitation.person_id) = ${person_id} and desk_entry.agreed_at > ${since}
        and (asked_by in (${people})${or_agreed ? sql` or agreed_by in (${people})` : sql``})))`
}
