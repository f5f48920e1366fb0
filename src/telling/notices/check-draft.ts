import type { Database } from '#ground/db/database.ts'
import type { AnswerWanted, Label, Mode, NoticeKind } from '#ground/db/tables.ts'
import { labels } from '#ground/rights/labels.ts'
import { type Audience, membersOf } from '#telling/audience/index.ts'
import { isOutside, situationOf } from './within-situation.ts'

/** What stands against a draft beyond its own words, each with the field that it belongs to. */
type Against = {
  field: string
  because:
    | 'closed'
    | 'mode'
    | 'nobody'
    | 'nobody_asked'
    | 'official_gone'
    | 'official_mode'
    | 'official_label'
    | 'replaced'
    | 'no_centre'
    | 'outside'
}

/**
 * Looks whether what a draft names is there, and of its mode; `mode` null: that of the situation. Release asks again, for what has
 * changed until then. Gives the mode of the notice.
 */
export async function checkDraft(
  db: Database,
  draft: {
    kind: NoticeKind
    situation_id: string | null
    mode: Mode | null
    /** Of a draft that there is already, which never changes. */
    begun_in: Mode | null
    official_notice_id: string | null
    replaces_id: string | null
    answer_wanted: AnswerWanted
    audience: Audience
    label: Label
  },
  at: Date,
): Promise<{ mode: Mode; against: Against[] }> {
  const against: Against[] = []
  const situation = draft.situation_id ? await situationOf(db, draft.situation_id) : null
  const mode = situation?.mode ?? draft.mode ?? draft.begun_in ?? 'test'
  const needs_open = !draft.replaces_id || draft.answer_wanted === 'report'
  if (draft.situation_id && (!situation || (needs_open && situation.closed_at)))
    against.push({ field: 'belongs_to', because: 'closed' })
  if (draft.kind === 'command_centre' && situation && !situation.has_centre)
    against.push({ field: 'belongs_to', because: 'no_centre' })
  if (draft.begun_in && mode !== draft.begun_in) against.push({ field: 'belongs_to', because: 'mode' })
  if (draft.official_notice_id)
    against.push(...(await againstOfficial(db, draft.official_notice_id, draft.label, mode)))
  if (draft.replaces_id) {
    const before = await db
      .selectFrom('notice')
      .where('id', '=', draft.replaces_id)
      .select(['state', 'replaced_by_id'])
      .executeTakeFirst()
    if (before?.state !== 'released' || before.replaced_by_id)
      against.push({ field: 'subject_ja', because: 'replaced' })
  } else {
    const members = await membersOf(db, draft.audience, at).execute()
    const ids = members.map(({ id }) => id)
    if (ids.length === 0) against.push({ field: 'audience', because: 'nobody' })
    else if (situation?.asks && (await isOutside(db, situation.asks, ids, at)))
      against.push({ field: 'audience', because: 'outside' })
    else if (draft.answer_wanted !== 'none' && !(await isAnyAsked(db, ids)))
      against.push({ field: 'audience', because: 'nobody_asked' })
  }
  return { mode, against }
}

const isAnyAsked = async (db: Database, ids: readonly string[]) =>
  (await db
    .selectFrom('institution')
    .where('id', 'in', ids)
    .where('is_asked', '=', true)
    .select('id')
    .limit(1)
    .executeTakeFirst()) !== undefined

async function againstOfficial(db: Database, id: string, label: Label, mode: Mode): Promise<Against[]> {
  const field = 'official_notice_id'
  const official = await db
    .selectFrom('official_notice')
    .where('id', '=', id)
    .select(['mode', 'label'])
    .executeTakeFirst()
  if (!official) return [{ field, because: 'official_gone' }]
  if (official.mode !== mode) return [{ field, because: 'official_mode' }]
  // In the order of `labels`, from what is for a few to what is public.
  return labels.indexOf(label) > labels.indexOf(official.label) ? [{ field: 'label', because: 'official_label' }] : []
}
