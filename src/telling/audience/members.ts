import { type RawBuilder, sql } from 'kysely'
import { isActive, kinds, memberships } from '#directory/institutions/index.ts'
import type { Database } from '#ground/db/database.ts'
import type { Market } from '#ground/db/tables.ts'
import type { Audience, Body } from './audience.ts'

/**
 * The ids of the institutions that an audience stands for at that moment: a query to be run, joined or inserted from, of one
 * statement whatever the audience holds. A group that was removed stands for nobody; one that leads back to itself adds nothing.
 * `db` is the program's, or that of somebody who may see saved audiences: others do not see all that it asks for.
 */
export const membersOf = (db: Database, audience: Audience, at: Date) =>
  withMembers(db, at, sql<Root>`select ''::text, ${JSON.stringify(audience)}::jsonb`)
    .selectFrom('member')
    .select('member.institution_id as id')

/** How many institutions each saved group stands for at that moment, in one statement; a group that stands for none has no row. */
export const groupSizes = (db: Database, at: Date) =>
  withMembers(db, at, sql<Root>`select id::text, audience from audience_group_now where removed_at is null`)
    .selectFrom('member')
    .select(({ fn }) => ['member.root as id', sql<number>`${fn.countAll()}::int`.as('institutions')])
    .groupBy('member.root')
    .execute()

type Root = { root: string; audience: Audience }
/**
 * One audience on the way down from a root: what it says, and who is left out by it or by any audience above it; to which kinds and
 * classes it and those above it narrow.
 */
type Chosen = Root & { without: string[]; only_kinds: string[]; only_memberships: string[] }

/** Adds `member`, the institutions of each root. */
const withMembers = (db: Database, at: Date, roots: RawBuilder<Root>) =>
  withPlaces(db, at)
    // Each audience and set of those left out comes once (union): that ends every circle, and ways that meet go on as one.
    .withRecursive(
      'chosen(root, audience, without, only_kinds, only_memberships)',
      () => sql<Chosen>`(
        select root, audience, ${codesIn(sql`audience`)}, ${onlyIn(sql`audience`, 'only_kinds', kinds)},
          ${onlyIn(sql`audience`, 'only_memberships', memberships)}
        from (${roots}) as said (root, audience)
        union
        select chosen.root, audience_group.audience,
          array(select unnest(chosen.without) union select unnest(${codesIn(sql`audience_group.audience`)}) order by 1),
          array(select unnest(chosen.only_kinds)
            intersect select unnest(${onlyIn(sql`audience_group.audience`, 'only_kinds', kinds)}) order by 1),
          array(select unnest(chosen.only_memberships)
            intersect select unnest(${onlyIn(sql`audience_group.audience`, 'only_memberships', memberships)}) order by 1)
        from chosen join audience_group_now as audience_group on chosen.audience->'groups' ? audience_group.id::text
        where audience_group.removed_at is null)`,
    )
    .with('member', (of) =>
      of
        .selectFrom('place')
        .innerJoin('chosen', (join) =>
          join.on(
            sql<boolean>`place.code <> all (chosen.without) and place.kind = any (chosen.only_kinds)
              and place.membership = any (chosen.only_memberships) and (
              chosen.audience->'everyone' = 'true'
              or chosen.audience->'kinds' ? place.kind
              or chosen.audience->'institutions' ? place.code
              or chosen.audience->'markets' ?| place.markets
              or chosen.audience->'areas' ?| place.areas
              or chosen.audience->'bodies' ?| place.bodies
              or chosen.audience->'memberships' ? place.membership
              or chosen.audience->'districts' ? place.district_code
              or chosen.audience->'supervisors' ? place.supervisor_code)`,
          ),
        )
        .select(['chosen.root', 'place.id as institution_id'])
        .distinct(),
    )

const codesIn = (audience: RawBuilder<unknown>) =>
  sql`array(select jsonb_array_elements_text(${audience}->'without') order by 1)`

/** What an audience narrows to; all there is where it says nothing, as one that was kept before there was such a list. */
const onlyIn = (audience: RawBuilder<unknown>, name: 'only_kinds' | 'only_memberships', all: readonly string[]) =>
  sql`(case when coalesce(jsonb_array_length(${audience}->${sql.lit(name)}), 0) = 0 then ${[...all].sort()}::text[]
    else array(select jsonb_array_elements_text(${audience}->${sql.lit(name)}) order by 1) end)`

/** Adds `place`: the institutions that are active at that moment, with everything that an audience may name them by. */
export const withPlaces = (db: Database, at: Date) =>
  db
    // Nothing in it is recursive, but the word stands before the first or nowhere.
    .withRecursive('body', (of) =>
      of
        .selectFrom('role_grant')
        .innerJoin('person', 'person.id', 'role_grant.person_id')
        .where('role_grant.role', 'in', ['council_member', 'command_centre_member', 'authority', 'local_authority'])
        .where('role_grant.removed_at', 'is', null)
        .where('person.left_at', 'is', null)
        .select([
          'person.institution_id',
          sql<Body[]>`array_agg(distinct case role_grant.role when 'council_member' then 'council'
            when 'command_centre_member' then 'command_centre' else 'authorities' end)`.as('bodies'),
        ])
        .groupBy('person.institution_id'),
    )
    .with('place', (of) =>
      of
        .selectFrom('institution')
        .leftJoin('body', 'body.institution_id', 'institution.id')
        .leftJoin('institution as supervisor', 'supervisor.id', 'institution.supervised_by')
        .where(isActive(at))
        .select([
          'institution.id',
          'institution.code',
          'institution.kind',
          'institution.name_ja',
          'institution.name_en',
          'institution.sought',
          'institution.membership',
          'institution.district_code',
          'supervisor.code as supervisor_code',
        ])
        .select([
          sql<
            Market[]
          >`array(select market::text from institution_market as m where m.institution_id = institution.id)`.as(
            'markets',
          ),
          sql<string[]>`array(select area_code from site where site.institution_id = institution.id)`.as('areas'),
          sql<Body[]>`coalesce(body.bodies, '{}')`.as('bodies'),
        ]),
    )
