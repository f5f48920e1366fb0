import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '#ground/db/database.ts'
import { cleanName } from '#ground/files/judge-file.ts'
import type { Person } from '#ground/rights/person.ts'

/** What goes with a draft: files kept of its form, and attachments of its own or of the notice it replaces. */
export type Attach = { upload_ids: readonly string[]; attachment_ids: readonly string[] }

const columns = ['file_name', 'media_type', 'digest', 'size', 'content'] as const

/** Makes the attachments of a draft what its form says: those left out go, kept files come in, with the original of an official notice. */
export async function attach(
  tx: Tx,
  by: Person,
  at: Date,
  notice: { id: string; replaces_id: string | null; official_notice_id: string | null },
  { upload_ids, attachment_ids }: Attach,
) {
  const added = { notice_id: notice.id, added_by: by.id, added_at: at }
  await tx
    .deleteFrom('notice_attachment')
    .where('notice_id', '=', notice.id)
    .where((eb) => eb.or([eb('is_original', '=', true), sql<boolean>`id <> all (${[...attachment_ids]}::uuid[])`]))
    .execute()
  const copied = notice.replaces_id
    ? await tx
        .selectFrom('notice_attachment as file')
        .leftJoin('notice_attachment as same', 'same.id', 'file.same_as')
        .where('file.notice_id', '=', notice.replaces_id)
        .where(sql<boolean>`file.id = any (${[...attachment_ids]}::uuid[])`)
        .where('file.is_original', '=', false)
        .select(['file.file_name', 'file.media_type', 'file.digest', 'file.size'])
        .select(({ fn }) => fn.coalesce('file.content', 'same.content').as('content'))
        .execute()
    : []
  const uploaded = await tx
    .deleteFrom('notice_upload')
    .where('uploaded_by', '=', by.id)
    .where(sql<boolean>`id = any (${[...upload_ids]}::uuid[])`)
    .returning(columns)
    .execute()
  const original = notice.official_notice_id ? await originalOf(tx, notice.official_notice_id) : []
  for (const file of [...copied, ...uploaded, ...original])
    await tx
      .insertInto('notice_attachment')
      .values({ ...file, ...added })
      .execute()
}

/** The official notice as it was registered, as a text that everyone can open. */
async function originalOf(tx: Tx, id: string) {
  const { issuer, reference, issued_on, title, body } = await tx
    .selectFrom('official_notice')
    .where('id', '=', id)
    .select(['issuer', 'reference', 'issued_on', 'title', 'body'])
    .executeTakeFirstOrThrow()
  const head = [issuer, reference, issued_on, title].filter(Boolean).join('\r\n')
  // The mark tells Windows that it is UTF-8.
  const content = Buffer.from(`\ufeff${head}\r\n\r\n${body.replace(/\r?\n/g, '\r\n')}\r\n`)
  return [
    {
      file_name: `${cleanName(title.replace(/[\\/]/g, '／')).slice(0, 80)}.txt`,
      media_type: 'text/plain',
      digest: createHash('sha256').update(content).digest('hex'),
      size: content.length,
      content,
      is_original: true,
    },
  ]
}
