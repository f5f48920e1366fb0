import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { type Act, may } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

type Asked = { by: Person }

/** What waits about the BCPs of the markets: a second person for a decision or for who decides, and the public page for the last word. */
export const bcpKinds = {
  activation: {
    act: 'activation.enter',
    path: '/activations/:id',
    rows: (db: Database, { by }: Asked) =>
      putForward(db, by).where((eb) =>
        eb.or([eb('activation.is_on_behalf', '=', true), eb('activation.institution_id', '=', by.institution_id)]),
      ),
  },
  activation_own: {
    act: 'activation.enter-own',
    path: '/activations/:id',
    rows: (db: Database, { by }: Asked) =>
      putForward(db, by)
        .where('activation.is_on_behalf', '=', false)
        .where('activation.institution_id', '=', by.institution_id)
        // Of the desk, who sees it as the desk.
        .where(sql<boolean>`${sql.lit(!may(by, 'activation.enter'))}`),
  },
  deciding_body: {
    act: 'deciding-body.edit',
    path: '/activations/markets/:id',
    rows: (db: Database, { by }: Asked) =>
      db
        .selectFrom('deciding_body')
        .where('outcome', 'is', null)
        .where('made_by', '<>', by.id)
        .select([sql<Mode>`'actual'`.as('mode'), 'market as id', sql<string | null>`null::uuid`.as('situation_id')])
        .select(['body_ja as title_ja', 'body_en as title_en'])
        .select([sql<number>`1`.as('count'), sql<Date>`made_at`.as('since')]),
  },
  activation_public: {
    act: 'publication.publish',
    path: '/situations/:id/publication',
    rows: (db: Database) =>
      db
        .selectFrom('situation')
        .innerJoinLateral(
          (eb) =>
            eb
              .selectFrom('publication')
              .whereRef('publication.situation_id', '=', 'situation.id')
              .orderBy('publication.number', 'desc')
              .limit(1)
              .select(['publication.published_at', publicly_outdated.as('is_outdated')])
              .as('last'),
          (join) => join.onTrue(),
        )
        .where('situation.closed_at', 'is', null)
        .where('last.is_outdated', '=', true)
        .select(['situation.mode', 'situation.id', 'situation.id as situation_id'])
        .select(['situation.title_ja', 'situation.title_en'])
        .select([sql<number>`1`.as('count'), sql<Date>`last.published_at`.as('since')]),
  },
} as const satisfies Record<string, { act: Act; path: string; rows: (db: Database, asked: Asked) => unknown }>

/** What was put forward about a market's BCP by somebody else and waits for a second person. */
const putForward = (db: Database, by: Person) =>
  db
    .selectFrom('activation')
    .where('activation.outcome', 'is', null)
    .where('activation.put_forward_by', '<>', by.id)
    .select(['activation.mode', 'activation.id', 'activation.situation_id'])
    .select(['activation.body_ja as title_ja', 'activation.body_en as title_en'])
    .select([sql<number>`1`.as('count'), sql<Date>`activation.put_forward_at`.as('since')])

/** Whether a publication tells of a market's BCP what is not the last word about it any more. */
const publicly_outdated = sql<boolean>`exists (select from jsonb_array_elements(publication.snapshot -> 'situations') as told,
  jsonb_array_elements(told -> 'activations') as said
  left join activation_standing as word on word.nth = 1
    and word.mode::text = publication.mode::text and word.market = said ->> 'market'
  where told ->> 'id' = publication.situation_id::text
    and ((said ->> 'decided_at')::timestamptz is distinct from word.decided_at
      or coalesce(word.step, 'not_activated') <> said ->> 'step'))`
