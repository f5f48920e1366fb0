import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Problems } from '#ground/html/forms.tsx'
import { type Language, named } from '#ground/html/language.ts'
import { formMessages } from './form-messages.ts'
import type { Edited, EditField } from './institution-form.ts'

/** What only the rest of the directory shows to be wrong. */
export async function against(
  db: Database,
  language: Language,
  id: string,
  { lei, parent_code, ...edited }: Edited,
  fields: readonly EditField[],
): Promise<Problems> {
  const say = formMessages[language]
  const problems: Problems = {}
  if (lei && fields.includes('lei')) {
    const other = await db
      .selectFrom('institution')
      .where('lei', '=', lei)
      .where('id', '!=', id)
      .select('id')
      .executeTakeFirst()
    if (other) problems.lei = say.lei_taken
  }
  if (parent_code && fields.includes('parent_code')) {
    // `union` ends where it meets what it has seen, whatever circle there may be.
    const { rows } = await sql<{ id: string }>`
      with recursive above (id, parent_id) as (
        select id, parent_id from institution where code = ${parent_code}
        union select next.id, next.parent_id from institution as next join above on next.id = above.parent_id
      ) select id from above`.execute(db)
    if (rows.length === 0) problems.parent_code = say.parent_unknown
    else if (rows.some((row) => row.id === id)) problems.parent_code = say.parent_circle
  }
  return { ...problems, ...(await ofRegistry(db, language, id, edited, fields)) }
}

/** Whether the district is one of the list, and who supervises it a regulator; one that supervises others stays a regulator. */
async function ofRegistry(
  db: Database,
  language: Language,
  id: string,
  { kind, district_code, supervisor_code }: Pick<Edited, 'kind' | 'district_code' | 'supervisor_code'>,
  fields: readonly EditField[],
): Promise<Problems> {
  const say = formMessages[language]
  const problems: Problems = {}
  if (district_code && fields.includes('district_code')) {
    const known = await db
      .selectFrom('district_now')
      .where('code', '=', district_code)
      .select('code')
      .executeTakeFirst()
    if (!known) problems.district_code = say.district_unknown
  }
  if (supervisor_code && fields.includes('supervisor_code')) {
    const supervisor = await db
      .selectFrom('institution')
      .where('code', '=', supervisor_code)
      .select(['id', 'kind', 'name_ja', 'name_en'])
      .executeTakeFirst()
    if (!supervisor) problems.supervisor_code = say.supervisor_unknown
    else if (supervisor.id === id) problems.supervisor_code = say.supervisor_itself
    else if (supervisor.kind !== 'regulator')
      problems.supervisor_code = say.supervisor_kind(named(language, supervisor))
  }
  if (kind !== 'regulator' && fields.includes('kind')) {
    const { count } = await db
      .selectFrom('institution')
      .where('supervised_by', '=', id)
      .select(({ fn }) => sql<number>`${fn.countAll()}::int`.as('count'))
      .executeTakeFirstOrThrow()
    if (count > 0) problems.kind = say.supervises(count)
  }
  return problems
}
