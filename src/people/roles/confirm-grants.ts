import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { type Line, record } from '#ground/trail/record.ts'

/** A role whose last confirmation is older than this is overdue: a quarter. */
export const review_days_max = 92
/** A confirmation as young as this is the same one, pressed again. */
const same_review_ms = 24 * 3_600_000

/** Says of these current roles that their people still need them, and gives how many that newly holds for. One line an institution. */
export async function confirmGrants(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  ids: readonly string[],
): Promise<number> {
  must(by, 'role.review')
  const at = clock()
  if (ids.length === 0) return 0
  return db.transaction().execute(async (tx) => {
    const confirmed = await tx
      .updateTable('role_grant')
      .from('person')
      .innerJoin('institution', 'institution.id', 'person.institution_id')
      .whereRef('person.id', '=', 'role_grant.person_id')
      .where('role_grant.id', 'in', ids)
      .where('role_grant.removed_at', 'is', null)
      .where(({ or, eb }) =>
        or([
          eb('role_grant.confirmed_at', 'is', null),
          eb('role_grant.confirmed_at', '<', new Date(at.getTime() - same_review_ms)),
        ]),
      )
      .set({ confirmed_at: at, confirmed_by: by.id })
      .returning(['role_grant.role', 'person.name_ja', 'institution.code'])
      .execute()
    const byInstitution = Map.groupBy(confirmed, ({ code }) => code)
    const lines = [...byInstitution]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([institution, grants]): Line => ({
          action: 'role.confirmed',
          about: '/rights/review',
          details: { institution, roles: grants.map(({ role, name_ja }) => `${name_ja}: ${role}`) },
        }),
      )
    await record(tx, by, at, ...lines)
    return confirmed.length
  })
}
