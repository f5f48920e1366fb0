import { sql } from 'kysely'
import type { Config } from '#ground/config/config.ts'
import type { Database } from '#ground/db/database.ts'

/** What of this installation is off or missing, and would be missed in the hour of need; in the order in which to mend it. */
export const unreadyKinds = ['secretary', 'approver', 'break_glass', 'top_page', 'mail', 'replies', 'sms'] as const
export type Unready = (typeof unreadyKinds)[number]

/** What is not ready yet. A demo is none of it on purpose, and says nothing. */
export async function unready(
  db: Database,
  { mode, bounce_port, sms }: Pick<Config, 'mode' | 'bounce_port' | 'sms'>,
): Promise<Unready[]> {
  if (mode !== 'production') return []
  const people = (role: 'secretariat' | 'secretariat_approver') =>
    sql<number>`(select count(distinct person_id)::int from role_grant join person on person.id = person_id
      where role = ${role} and removed_at is null and left_at is null)`
  const has = await db
    .selectNoFrom([
      people('secretariat').as('secretaries'),
      people('secretariat_approver').as('approvers'),
      sql<boolean>`exists (select from break_glass_set where voided_at is null)`.as('is_sealed'),
      sql<boolean>`exists (select from top_page)`.as('has_top_page'),
      sql<boolean>`exists (select from letter where sent_at is not null)
        or exists (select from delivery where channel = 'mail' and sent_at is not null)`.as('has_mailed'),
    ])
    .executeTakeFirstOrThrow()
  const missing: Record<Unready, boolean> = {
    secretary: has.secretaries < 2,
    approver: has.approvers < 1,
    break_glass: !has.is_sealed,
    top_page: !has.has_top_page,
    mail: !has.has_mailed,
    replies: bounce_port === undefined,
    sms: sms === undefined,
  }
  return unreadyKinds.filter((kind) => missing[kind])
}
