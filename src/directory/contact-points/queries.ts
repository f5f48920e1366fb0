import { type SqlBool, sql } from 'kysely'
import { isActive } from '#directory/institutions/index.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import type { Place } from '#ground/db/tables.ts'
import { NotFound } from '#ground/rights/may.ts'

const shownOfPoint = [
  'point.version as point_version',
  'point.section_ja',
  'point.section_en',
  'point.phone',
  'point.mail',
  'point.office_name',
  'point.office_address',
  'point.office_phone',
  'point.is_on_behalf as point_on_behalf',
  'point.made_at as point_made_at',
] as const
const shownOfPlace = [
  'work_place.version as place_version',
  'work_place.place',
  'work_place.note',
  'work_place.since',
  'work_place.is_on_behalf as place_on_behalf',
] as const

/** Every institution with its contact point and where it works now, where it has said so. Who wrote it is not read: no person stands here. */
const points = (db: Database | Tx) =>
  db
    .selectFrom('institution')
    .leftJoin('contact_point_now as point', 'point.institution_id', 'institution.id')
    .leftJoin('work_place_now as work_place', 'work_place.institution_id', 'institution.id')
    .select(['institution.id', 'institution.code', 'institution.kind', 'institution.name_ja', 'institution.name_en'])
    .select('institution.confirmed_at')
    .select(shownOfPoint)
    .select(shownOfPlace)

export type SoughtPoints = { q: string; place: Place | null }

/** The contact points of the market, by name; the database folds the words of the search as it folds what it keeps. */
export const listPoints = (db: Database, { place }: SoughtPoints, words: readonly string[], at: Date) =>
  words
    .reduce(
      (query, word) =>
        query.where(
          sql<SqlBool>`(strpos(institution.sought, folded(${word})) > 0
            or strpos(folded(concat_ws(' ', point.section_ja, point.section_en, point.office_name, point.office_address)), folded(${word})) > 0)`,
        ),
      points(db).where(isActive(at)),
    )
    .$if(place !== null, (query) => query.where('work_place.place', '=', place!))
    .orderBy(sql`coalesce(nullif(institution.reading, ''), institution.name_ja)`)
    .orderBy('institution.code')

/** The contact point of one institution. */
export async function readPoint(db: Database, institution_id: string) {
  const point = await points(db).where('institution.id', '=', institution_id).executeTakeFirst()
  if (!point) throw new NotFound(`institution ${institution_id}`)
  return point
}
export type PointView = Awaited<ReturnType<typeof readPoint>>

/** All of them at once, for a copy to keep; of who has left the market, too, whose people may still be known. */
export const allPoints = (db: Database, at: Date) =>
  points(db)
    .select(isActive(at).as('is_active'))
    .orderBy(sql`coalesce(nullif(institution.reading, ''), institution.name_ja)`)
    .orderBy('institution.code')
    .execute()
export type KeptPoint = Awaited<ReturnType<typeof allPoints>>[number]

const history_max = 20

/** From where it has worked, newest first; the institution says it, and nobody of it. */
export const placesOf = (db: Database, institution_id: string) =>
  db
    .selectFrom('work_place')
    .where('institution_id', '=', institution_id)
    .select(['version', 'place', 'note', 'since', 'is_on_behalf'])
    .orderBy('version', 'desc')
    .limit(history_max)
    .execute()
export type PastPlace = Awaited<ReturnType<typeof placesOf>>[number]
