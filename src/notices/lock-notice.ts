import { NotFound } from '#access/index.ts'
import type { Tx } from '#db/database.ts'

/** Holds a notice until the commit, so that of two who act on it at once the second sees what the first did. */
export async function lockNotice(tx: Tx, id: string) {
  const notice = await tx
    .selectFrom('notice')
    .select(['id', 'state', 'version', 'mode', 'kind', 'severity', 'label', 'answer_by', 'drafted_by', 'submitted_by'])
    .select(['subject_ja', 'subject_en', 'text_ja', 'text_en'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!notice) throw new NotFound(`notice ${id}`)
  return notice
}
export type LockedNotice = Awaited<ReturnType<typeof lockNotice>>
