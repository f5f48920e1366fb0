import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { nobody } from '#telling/audience/index.ts'
import { draftNotice } from './draft-notice.ts'

/**
 * Writes the withdrawal of a released notice, ready to be checked and released like any other: to exactly those whom it reached,
 * and wanting no answer. One that is already being written is that one.
 */
export async function withdrawNotice(
  tools: Pick<Tools, 'db' | 'clock' | 'config' | 'origin'>,
  by: Person,
  id: string,
  idempotency_key: string,
): Promise<{ id: string } | { failed: 'replaced'; by_id: string | null }> {
  must(by, 'notice.draft')
  const notice = await tools.db.selectFrom('notice').where('id', '=', id).selectAll().executeTakeFirst()
  if (!notice) throw new NotFound(`notice ${id}`)
  if (notice.state !== 'released' || notice.replaced_by_id || notice.kind === 'withdrawal')
    return { failed: 'replaced', by_id: notice.replaced_by_id }
  const begun = await tools.db
    .selectFrom('notice')
    .where('replaces_id', '=', id)
    .where('kind', '=', 'withdrawal')
    .where('state', 'in', ['draft', 'submitted'])
    .select('id')
    .executeTakeFirst()
  if (begun) return begun
  const { mode, severity, label, situation_id, subject_ja, subject_en } = notice
  return draftNotice(tools, by, {
    ...{ mode, severity, label, situation_id, subject_ja, subject_en, idempotency_key },
    kind: 'withdrawal',
    replaces_id: id,
    official_notice_id: null,
    template_id: null,
    text_ja:
      'この通知は取り消します。内容に基づく対応は行わないでください。すでに行った対応は、各機関で見直してください。',
    text_en: 'This notice is withdrawn. Do not act on it, and review whatever you have already done because of it.',
    audience: nobody,
    answer_wanted: 'none',
    choices: [],
    answer_by: null,
    repeat_minutes: null,
  })
}
