import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Database } from '#ground/db/database.ts'
import { keptPlan } from '#ground/db/kept-plan.ts'
import type { Role } from '#ground/db/tables.ts'
import { heldNow, may } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { selectOpen, wasAsked } from '#status/situations/index.ts'

/**
 * Everything that every page must know of the one who asks, in one statement: the person with the roles that count now, their
 * session and what it is judged by, and the situations that are open to them. Undefined: there is no such session, it is past its
 * last end (by the real clock, as its cookie is), or its person has left.
 * On the whole database: before it is answered, nobody is reading.
 */
export async function whoAsks(whole: Database, token: string) {
  const row = await whole
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person_id')
    .where('session.token', '=', token)
    .where('person.left_at', 'is', null)
    .select(['person.id', 'person.name_ja', 'person.name_en', 'person.institution_id', 'person.is_demo'])
    .select(['session.id as session_id', 'session.method', 'session.started_at', 'session.seen_at'])
    .select(['session.confirmed_at', 'session.expires_at'])
    .select((eb) => [
      // Of a part of the regulator, such as a local finance bureau, nobody sees more than it supervises, whatever was granted before
      // it became one.
      sql<Role[]>`array(select distinct case when role = 'authority' and exists (select from institution
          where institution.id = person.institution_id and institution.kind = 'regulator' and institution.parent_id is not null)
        then 'local_authority' else role end
        from role_grant where person_id = person.id and removed_at is null)`.as('roles'),
      sql<Record<
        string,
        unknown
      > | null>`(select jsonb_object_agg(name, value) from setting where name like 'session.%')`.as('stored'),
      eb
        .selectFrom('situation')
        .where('closed_at', 'is', null)
        .where('centre_dissolved_at', 'is', null)
        .select((eb) => eb.fn.min('centre_set_up_at').as('first'))
        .as('open_since'),
      jsonArrayFrom(selectOpen(whole).select(wasAsked(sql.ref('person.institution_id')).as('is_asked'))).as('open'),
    ])
    .modifyEnd(keptPlan)
    .executeTakeFirst()
  if (!row) return undefined
  const { id, name_ja, name_en, institution_id, roles, is_demo, session_id, expires_at, open, ...session } = row
  if (expires_at.getTime() < Date.now()) {
    await whole.deleteFrom('session').where('id', '=', session_id).execute()
    return undefined
  }
  const person = heldNow({ id, name_ja, name_en, institution_id, roles } satisfies Person, {
    is_open: open.some(({ has_centre }) => has_centre),
  })
  return {
    person,
    is_demo,
    session: { id: session_id, ...session },
    // A gathering alarms nobody whom it has not asked.
    open: open
      .filter(({ is_gathering, is_asked }) => !is_gathering || is_asked || may(person, 'board.see-all'))
      .map(({ is_asked: _, ...one }) => ({ ...one, event_at: new Date(one.event_at) })),
  }
}
