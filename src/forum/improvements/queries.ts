import type { Database } from '#ground/db/database.ts'
import { labelsSeen } from '#ground/register/may-of.ts'
import { NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Said } from './raise-improvement.ts'

/** The newest version of an improvement of the market. */
export const findNewest = (db: Pick<Database, 'selectFrom'>, id: string) =>
  db
    .selectFrom('improvement_now')
    .where('id', '=', id)
    .where('institution_id', 'is', null)
    .selectAll()
    .executeTakeFirst()

/** What of a version people say. */
export const saidOf = (version: Said): Said => {
  const { title, label, finding, source, about, action, owner_person_id, owner_institution_id, due_on } = version
  return { title, label, finding, source, about, action, owner_person_id, owner_institution_id, due_on }
}

/** Every version of an improvement, the newest first, with the names of all that it names, as far as the reader may see them. */
export async function versionsOf(db: Database, id: string) {
  const versions = await db
    .selectFrom('improvement')
    .leftJoin('person as maker', 'maker.id', 'improvement.made_by')
    .leftJoin('person as owner', 'owner.id', 'improvement.owner_person_id')
    .leftJoin('institution', 'institution.id', 'improvement.owner_institution_id')
    .leftJoin('register_file as file', 'file.id', 'improvement.evidence_file_id')
    .leftJoin('register_item as proof', 'proof.id', 'improvement.evidence_item_id')
    .where('improvement.id', '=', id)
    .selectAll('improvement')
    .select(['maker.name_ja', 'maker.name_en'])
    .select(['owner.name_ja as owner_ja', 'owner.name_en as owner_en'])
    .select(['institution.code', 'institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .select(['file.file_name', 'file.removed_at as file_removed_at'])
    .select(['proof.kind as proof_kind', 'proof.number as proof_number', 'proof.mode as proof_mode'])
    .select('proof.title as proof_title')
    .orderBy('improvement.version', 'desc')
    .execute()
  const [newest, ...older] = versions
  if (!newest) throw new NotFound(`improvement ${id}`)
  return [newest, ...older] as const
}
export type ImprovementVersions = Awaited<ReturnType<typeof versionsOf>>
export type ImprovementVersion = ImprovementVersions[number]

/** The situation of this portal that an improvement came from; null when it came from elsewhere, or is not the reader's to see. */
export async function situationOf(db: Database, about: string) {
  const [, id] = /^\/situations\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(about) ?? []
  if (!id) return null
  const found = await db
    .selectFrom('situation')
    .where('id', '=', id)
    .select(['id', 'mode', 'label', 'title_ja', 'title_en'])
    .executeTakeFirst()
  return found ?? null
}
export type AboutSituation = Awaited<ReturnType<typeof situationOf>>

/** The improvements that came from something of this portal, by its path. */
export const improvementsAbout = (db: Database, reader: Person, about: string) =>
  db
    .selectFrom('improvement_now')
    .where('about', '=', about)
    .where('institution_id', 'is', null)
    .where('label', 'in', labelsSeen(reader, 'improvement'))
    .select(['id', 'kind', 'number', 'mode', 'title', 'state', 'due_on'])
    .orderBy('number')
    .execute()
export type ImprovementAbout = Awaited<ReturnType<typeof improvementsAbout>>[number]
