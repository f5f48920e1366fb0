import { sql } from 'kysely'
import type { WrongFile } from '#ground/files/judge-file.ts'
import { readFile } from '#ground/files/read-file.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'

export const files_max = 5
const kept_ms = 24 * 3_600_000

/** Kept files, and those that were not: a form that comes back to be corrected shows both. */
export type Kept = { uploads: { id: string; file_name: string; size: number }[]; wrong: WrongUpload[] }
type WrongUpload = { name: string; wrong: WrongFile | 'many' }

/**
 * Keeps the files of a form for a day, beside those kept before (`upload_ids`): no page can fill a form with a file again.
 * `others`: attachments that the notice has already.
 */
export async function keepUploads(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { files, upload_ids, others }: { files: readonly File[]; upload_ids: readonly string[]; others: number },
): Promise<Kept> {
  must(by, 'notice.draft')
  const at = clock()
  await db
    .deleteFrom('notice_upload')
    .where('uploaded_at', '<', new Date(at.getTime() - kept_ms))
    .execute()
  const uploads = await findUploads(db, by, upload_ids)
  const wrong: WrongUpload[] = []
  for (const file of files) {
    // Not even read when it is too large.
    const judged = uploads.length + others >= files_max ? { wrong: 'many' as const } : await readFile(file)
    if ('wrong' in judged) wrong.push({ name: file.name, wrong: judged.wrong })
    else
      uploads.push(
        await db
          .insertInto('notice_upload')
          .values({ ...judged, uploaded_by: by.id, uploaded_at: at })
          .returning(['id', 'file_name', 'size'])
          .executeTakeFirstOrThrow(),
      )
  }
  return { uploads, wrong }
}

/** Those of these files that are still kept for this person. */
export const findUploads = (db: Tools['db'], by: Person, ids: readonly string[]) =>
  db
    .selectFrom('notice_upload')
    .where('uploaded_by', '=', by.id)
    .where(sql<boolean>`id = any (${[...ids]}::uuid[])`)
    .select(['id', 'file_name', 'size'])
    .orderBy('uploaded_at')
    .limit(files_max)
    .execute()
