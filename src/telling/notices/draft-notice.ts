import type { Tx } from '#ground/db/database.ts'
import type { AnswerWanted, Choice, Label, Mode, NoticeKind, NoticeSeverity } from '#ground/db/tables.ts'
import { must, NotAllowed } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import type { Audience } from '#telling/audience/index.ts'
import { type Attach, attach } from './attach.ts'
import { keepCheck } from './checked.ts'

/** What somebody writes. Where the mode is not the situation's, it is chosen once and never changes. */
export type NoticeDraft = {
  kind: NoticeKind
  severity: NoticeSeverity
  label: Label
  situation_id: string | null
  official_notice_id: string | null
  /** The notice that a correction or a withdrawal is about; it then goes to exactly those whom that one reached. */
  replaces_id: string | null
  template_id: string | null
  subject_ja: string
  subject_en: string
  text_ja: string
  text_en: string
  audience: Audience
  answer_wanted: AnswerWanted
  choices: Choice[]
  answer_by: Date | null
  repeat_minutes: number | null
  attach?: Attach
}

/** Starts a draft. The same key again gives the draft that was started then. */
export async function draftNotice(
  { db, clock, ...tools }: Pick<Tools, 'db' | 'clock' | 'config' | 'origin'>,
  by: Person,
  { mode, idempotency_key, attach: files, ...draft }: NoticeDraft & { mode: Mode; idempotency_key: string },
): Promise<{ id: string }> {
  must(by, 'notice.draft')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const notice = await tx
      .insertInto('notice')
      .values({ ...asColumns(draft), mode, idempotency_key, drafted_by: by.id, drafted_at: at })
      .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
      .returning(['id', 'replaces_id', 'official_notice_id', 'audience', 'severity'])
      .executeTakeFirst()
    if (!notice) return startedBefore(tx, by, idempotency_key)
    await attach(tx, by, at, notice, files ?? nothing)
    await keepCheck(tx, tools, notice, at)
    await record(tx, by, at, {
      action: 'notice.drafted',
      about: `/notices/${notice.id}`,
      mode,
      details: { kind: draft.kind, severity: draft.severity },
    })
    return { id: notice.id }
  })
}

const nothing: Attach = { upload_ids: [], attachment_ids: [] }

/** What a draft says, as the database keeps it. */
export const asColumns = ({ audience, choices, ...draft }: Omit<NoticeDraft, 'attach'>) => ({
  ...draft,
  audience: JSON.stringify(audience),
  choices: JSON.stringify(choices),
})

async function startedBefore(tx: Tx, by: Person, idempotency_key: string) {
  const known = await tx
    .selectFrom('notice')
    .select(['id', 'drafted_by'])
    .where('idempotency_key', '=', idempotency_key)
    .executeTakeFirst()
  if (known?.drafted_by !== by.id) throw new NotAllowed(`${by.id} sent a key that is in use`)
  return { id: known.id }
}
