import { type RawBuilder, sql } from 'kysely'
import type { Database, Tx } from '#ground/db/database.ts'
import type { Person } from '#ground/rights/person.ts'
import { broughtIn } from '#people/roles/index.ts'

export type Second = 'yes' | 'second_person' | 'brought_in' | 'brought_them'

/** Whether somebody is the second person of a notice; if not, why. Part of a query that has `notice`. */
export const secondOfNotice = ({ id }: Pick<Person, 'id'>, at: Date): RawBuilder<Second> => {
  const by = sql<string>`${id}::uuid`
  const authors = [sql<string>`notice.drafted_by`, sql<string | null>`notice.submitted_by`] as const
  return sql<Second>`case
    when ${by} = notice.drafted_by or ${by} = notice.submitted_by then 'second_person'
    when ${broughtIn(by, authors, { or_agreed: true, at })} then 'brought_in'
    ${
      // Nor the other way round: a puppet would write what its maker releases. Who only agreed to them has not chosen them.
      sql.join(
        authors.map(
          (author) =>
            sql`when ${broughtIn(author as RawBuilder<string>, [by], { or_agreed: false, at })} then 'brought_them'`,
        ),
        sql` `,
      )
    }
    else 'yes' end`
}

export async function isSecond(
  db: Database | Tx,
  by: Pick<Person, 'id'>,
  notice: { id: string },
  at: Date,
): Promise<Second> {
  const { second } = await db
    .selectFrom('notice')
    .where('id', '=', notice.id)
    .select(secondOfNotice(by, at).as('second'))
    .executeTakeFirstOrThrow()
  return second
}
