import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Role } from '#ground/db/tables.ts'
import { counted } from '#ground/lists/paged.ts'
import type { Wanted } from '#ground/lists/wanted.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { review_days_max } from './confirm-grants.ts'

/** From a moment to a moment; both the same for one moment. */
export type Span = { from: Date; to: Date }

/** Who held which role at some time of the span, by role, institution and name; ended roles included, as they were held then. */
export function holdersIn(db: Database, reader: Person, { from, to }: Span, role?: Role) {
  must(reader, 'rights.see')
  return db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .leftJoin('person as granter', 'granter.id', 'role_grant.granted_by')
    .leftJoin('person as remover', 'remover.id', 'role_grant.removed_by')
    .where('role_grant.granted_at', '<=', to)
    .where((eb) => eb.or([eb('role_grant.removed_at', 'is', null), eb('role_grant.removed_at', '>', from)]))
    .$if(role !== undefined, (q) => q.where('role_grant.role', '=', role ?? 'observer'))
    .select(['role_grant.id', 'role_grant.role', 'role_grant.granted_at', 'role_grant.removed_at', 'role_grant.reason'])
    .select(['role_grant.person_id', 'person.name_ja', 'person.name_en'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .select(['granter.name_ja as granted_by_ja', 'granter.name_en as granted_by_en'])
    .select(['remover.name_ja as removed_by_ja', 'remover.name_en as removed_by_en', 'role_grant.removal_reason'])
    .orderBy('institution.code')
    .orderBy('person.name_ja')
    .orderBy('role_grant.id')
    .execute()
}
export type Holder = Awaited<ReturnType<typeof holdersIn>>[number]

/** True when a command centre was set up at some time of the span: only then its people saw the market. */
export const wasOpenIn = async (db: Database, { from, to }: Span): Promise<boolean> =>
  (await db
    .selectFrom('command_centre_act as began')
    .where('began.act', '<>', 'dissolved')
    .where('began.done_at', '<=', to)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('command_centre_act as ended')
            .whereRef('ended.situation_id', '=', 'began.situation_id')
            .whereRef('ended.number', '>', 'began.number')
            .where('ended.act', '=', 'dissolved')
            .where('ended.done_at', '<=', from)
            .select('ended.id'),
        ),
      ),
    )
    .select('began.id')
    .limit(1)
    .executeTakeFirst()) !== undefined

/** Before this moment a role must have been confirmed, or granted, since; otherwise its review is overdue. */
export const reviewedSince = (now: Date) => new Date(now.getTime() - review_days_max * 24 * 3_600_000)

/** How many current roles are overdue for review; for the home page of who reviews. */
export async function overdueGrants(db: Database, now: Date): Promise<number> {
  const { n } = await db
    .selectFrom('role_grant')
    .where('removed_at', 'is', null)
    .where(sql<Date>`coalesce(confirmed_at, granted_at)`, '<', reviewedSince(now))
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** One page of institutions with the current roles of their people, those longest without a review first. */
export async function rolesToReview(
  db: Database,
  by: Person,
  { wanted, per_page }: { wanted: Wanted; per_page: number },
) {
  must(by, 'role.review')
  const current = db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .innerJoin('institution', 'institution.id', 'person.institution_id')
    .where('role_grant.removed_at', 'is', null)
  const { total } = await current
    .select(({ fn }) => fn.count<string>('institution.id').distinct().as('total'))
    .executeTakeFirstOrThrow()
  const institutions = current
    .groupBy('institution.id')
    .select(['institution.id', 'institution.name_ja', 'institution.name_en'])
    .select(sql<Date>`min(coalesce(role_grant.confirmed_at, role_grant.granted_at))`.as('reviewed_at'))
    .orderBy('reviewed_at')
    .orderBy('institution.code')
  const found = await counted(institutions, Number(total), wanted, per_page)
  const ids = found.rows.map(({ id }) => id)
  const grants =
    ids.length === 0
      ? []
      : await current
          .where('institution.id', 'in', ids)
          .select(['role_grant.id', 'role_grant.role', 'role_grant.granted_at', 'role_grant.confirmed_at'])
          .select(['person.id as person_id', 'person.name_ja', 'person.name_en', 'person.institution_id'])
          .orderBy('person.name_ja')
          .orderBy('role_grant.role')
          .execute()
  return {
    ...found,
    rows: found.rows.map((institution) => ({
      ...institution,
      grants: grants.filter(({ institution_id }) => institution_id === institution.id),
    })),
  }
}
export type ToReview = Awaited<ReturnType<typeof rolesToReview>>['rows'][number]
