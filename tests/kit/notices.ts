import type { Mode } from '#ground/db/tables.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { nobody } from '#telling/audience/index.ts'
import { checkedNow } from '#telling/notices/checked.ts'
import type { NoticeDraft } from '#telling/notices/draft-notice.ts'

/** A notice to everyone that wants to be acknowledged within the hour. */
export const testDraft = (
  said: Partial<NoticeDraft> & { mode: Mode },
): NoticeDraft & { mode: Mode; idempotency_key: string } => ({
  kind: 'command_centre',
  severity: 'urgent',
  label: 'green',
  situation_id: null,
  official_notice_id: null,
  replaces_id: null,
  template_id: null,
  subject_ja: '対策本部を設置しました',
  subject_en: 'The command centre is at work',
  text_ja: '状況を確認してください。',
  text_en: 'Please check your status.',
  audience: { ...nobody, everyone: true },
  answer_wanted: 'acknowledge',
  choices: [],
  answer_by: null,
  repeat_minutes: null,
  idempotency_key: crypto.randomUUID(),
  ...said,
})

/** Names what the check of a notice shows at this moment, as its page hands it to the press. */
export async function seenNow(tools: Pick<Tools, 'db' | 'config' | 'origin' | 'clock'>, id: string): Promise<string> {
  const notice = await tools.db.selectFrom('notice').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
  return (await checkedNow(tools.db, tools, notice, tools.clock())).digest
}
