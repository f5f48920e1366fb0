import type { Database } from '#ground/db/database.ts'
import { keptPlan } from '#ground/db/kept-plan.ts'
import { Masthead } from '#public/site/index.ts'

const columns = [
  'version',
  'operator_ja',
  'operator_en',
  'contact_ja',
  'contact_en',
  'links',
  'made_by',
  'made_at',
] as const

/** What the top page says besides situations, as last saved; undefined while nobody has said anything. */
export const newestTopPage = (db: Pick<Database, 'selectFrom'>) =>
  db.selectFrom('top_page_now').select(columns).modifyEnd(keptPlan).executeTakeFirst()
export type TopPage = NonNullable<Awaited<ReturnType<typeof newestTopPage>>>

/** The same as the public page takes it. */
export async function mastheadOf(db: Database): Promise<Masthead | null> {
  const newest = await newestTopPage(db)
  return newest ? Masthead.parse(newest) : null
}

/** Every version, newest first, with who made it. */
export const topPageVersions = (db: Database) =>
  db
    .selectFrom('top_page')
    .innerJoin('person', 'person.id', 'top_page.made_by')
    .select(['top_page.version', 'top_page.made_at', 'top_page.links', 'top_page.operator_ja', 'top_page.operator_en'])
    .select(['person.name_ja as made_by_ja', 'person.name_en as made_by_en'])
    .orderBy('version', 'desc')
    .limit(50)
    .execute()
export type TopPageVersion = Awaited<ReturnType<typeof topPageVersions>>[number]
