import type { Database } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'
import { NotFound } from '#ground/rights/may.ts'
import { latestSnapshot } from './publish-snapshot.ts'

const publications = (db: Database) =>
  db
    .selectFrom('publication')
    .innerJoin('person', 'person.id', 'publication.published_by')
    .innerJoin('situation', 'situation.id', 'publication.situation_id')
    .select([
      'publication.id',
      'publication.number',
      'publication.mode',
      'publication.situation_id',
      'publication.cap_kind',
      'publication.published_at',
      'publication.institutions',
    ])
    .select([
      'person.name_ja as published_by_ja',
      'person.name_en as published_by_en',
      'situation.title_ja',
      'situation.title_en',
    ])

/** When and as what a situation was last published; undefined if it never was. */
export const lastPublication = (db: Database, situation_id: string) =>
  publications(db)
    .where('publication.situation_id', '=', situation_id)
    .orderBy('publication.number', 'desc')
    .limit(1)
    .executeTakeFirst()

export async function readPublication(db: Database, id: string) {
  const publication = await publications(db)
    .select('publication.snapshot')
    .where('publication.id', '=', id)
    .executeTakeFirst()
  if (!publication) throw new NotFound(`publication ${id}`)
  return publication
}
export type PublicationView = Awaited<ReturnType<typeof readPublication>>

/** What was published in a mode after a number, oldest first: what came between a check and its confirmation. */
export const publishedSince = (db: Database, mode: Mode, number: number) =>
  publications(db)
    .where('publication.mode', '=', mode)
    .where('publication.number', '>', number)
    .orderBy('publication.number')
    .limit(5)
    .execute()
export type Between = Awaited<ReturnType<typeof publishedSince>>[number]

/** The publication that put this one right; null while its words stand. */
export async function correctorOf(db: Database, { mode, number }: { mode: Mode; number: number }) {
  const { messages } = await latestSnapshot(db, mode)
  const by = messages.find((message) => message.number === number)?.corrected?.by
  const right = messages.find(({ identifier }) => identifier === by)
  if (!right) return null
  return db
    .selectFrom('publication')
    .where('mode', '=', mode)
    .where('number', '=', right.number)
    .select(['id', 'number', 'published_at'])
    .executeTakeFirstOrThrow()
}
export type Corrector = NonNullable<Awaited<ReturnType<typeof correctorOf>>>
