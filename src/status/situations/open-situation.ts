import { z } from 'zod'
import type { Tx } from '#ground/db/database.ts'
import { civilTime } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must, NotAllowed, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { hasChanged } from '#hazards/proposals/index.ts'
import { openSituations } from './queries.ts'
import { hazards } from './words.ts'

const messages = inBoth({
  ja: {
    mode: '実災害か訓練かを選んでください',
    hazard: '災害等の種類を選んでください',
    title: '名称を120文字以内で入力してください',
    text: '説明は4,000文字以内で入力してください',
    event_at: '発生日時を入力してください',
    event_future: '発生日時が未来になっています。起きた時刻を入力してください',
    recovery: '復旧目標時間は1分から10,080分（7日）までの数字で入力してください',
    update: '更新の間隔は5分から1,440分までの数字で入力してください',
    criterion: '設置基準を選んでください',
    drill: '実災害の事案に対応中です。それでも始めるときは、印を付けてください',
    other_mode: '提案と区分が違います。訓練の提案からは訓練だけを始められます',
    key: '画面の有効期限が切れました。もう一度開き直してください',
    reason: '設置する理由を2,000文字以内で入力してください',
  },
  en: {
    mode: 'Choose whether this is real or an exercise',
    hazard: 'Choose the kind of hazard',
    title: 'Enter a name of up to 120 characters',
    text: 'Keep the description within 4,000 characters',
    event_at: 'Enter when it happened',
    event_future: 'This time is in the future. Enter when it happened',
    recovery: 'Enter the recovery objective as a number of minutes from 1 to 10,080 (7 days)',
    update: 'Enter the interval as a number of minutes from 5 to 1,440',
    criterion: 'Choose the criterion for setting up the command centre',
    drill: 'A real situation is open. Tick the box if you still want to start',
    other_mode: 'The proposal is of another mode: from a drill only an exercise can be started',
    key: 'This page is no longer valid. Please open it again',
    reason: 'Enter the reason, in up to 2,000 characters',
  },
})

export const SituationForm = (language: Language, now: Date) => {
  const say = messages[language]
  const title = z.string().trim().max(120, say.title)
  const text = z.string().trim().max(4000, say.text).default('')
  const minutes = (least: number, most: number, message: string) =>
    z
      .string()
      .trim()
      .normalize('NFKC')
      .regex(/^\d{1,5}$/, message)
      .transform(Number)
      .pipe(z.int().min(least, message).max(most, message))
  return z
    .object({
      proposal_id: z.union([z.uuid(), z.literal('').transform(() => null)]).default(null),
      criterion: z
        .string(say.criterion)
        .regex(/^[0-9a-f-]{36}:\d{1,6}$/, say.criterion)
        .transform((value) => {
          const [criterion_id = '', version = ''] = value.split(':')
          return { criterion_id, criterion_version: Number(version) }
        }),
      mode: z.enum(['actual', 'exercise', 'test'], say.mode),
      hazard: z.enum(hazards, say.hazard),
      title_ja: title.min(1, say.title),
      title_en: title.default(''),
      text_ja: text,
      text_en: text,
      event_at: civilTime(say.event_at).refine((at) => at.getTime() <= now.getTime() + 60_000, say.event_future),
      recovery_minutes: minutes(1, 10_080, say.recovery),
      update_minutes: minutes(5, 1440, say.update),
      reason: z.string(say.reason).trim().min(1, say.reason).max(2000, say.reason),
      idempotency_key: z.uuid(say.key),
      drill: z.string().default(''),
      /** As of when the form shows the proposal. */
      proposal_seen: z.string().default(''),
    })
    .transform(({ drill, proposal_seen, ...form }) => ({
      ...form,
      title_en: form.title_en || form.title_ja,
      is_beside_real: drill === 'yes',
      proposal_seen,
    }))
}
export type SituationForm = z.output<ReturnType<typeof SituationForm>>

export const otherMode = (language: Language) => ({ mode: messages[language].other_mode })
export const drillBesideReal = (language: Language) => ({ drill: messages[language].drill })

/**
 * Opens a situation. The clock of the recovery objective starts at its event, not now (S2-25).
 * A proposal is decided once: whoever comes second is told what the first decided. It is decided as it was seen: what has come
 * since is shown first.
 * The same key again gives the situation that was opened with it. A drill beside something real is opened only by who says so.
 */
export async function openSituation(
  { db, clock }: Tools,
  by: Person,
  { criterion, is_beside_real, proposal_seen, ...form }: SituationForm,
): Promise<{ id: string } | { failed: 'decided' | 'mode' | 'drill' | 'changed' }> {
  must(by, 'situation.open')
  const at = clock()

  return db.transaction().execute(async (tx) => {
    if (form.proposal_id) {
      const proposal = await tx
        .selectFrom('proposal')
        .select(['mode', 'decision', 'evaluated_at', 'change_ja'])
        .where('id', '=', form.proposal_id)
        .forUpdate()
        .executeTakeFirst()
      if (!proposal) throw new NotFound(`proposal ${form.proposal_id}`)
      if (proposal.mode !== form.mode) return { failed: 'mode' }
      if (proposal.decision) return (await openedBy(tx, by, form.idempotency_key)) ?? { failed: 'decided' }
      if (hasChanged(proposal, proposal_seen)) return { failed: 'changed' }
    }
    if (form.mode !== 'actual' && !is_beside_real) {
      const [real] = await openSituations(tx)
      if (real?.mode === 'actual') return { failed: 'drill' }
    }
    const known = await tx
      .selectFrom('criterion')
      .select('id')
      .where('id', '=', criterion.criterion_id)
      .where('version', '=', criterion.criterion_version)
      .executeTakeFirst()
    if (!known) throw new NotFound(`criterion ${criterion.criterion_id}`)

    const opened = await tx
      .insertInto('situation')
      .values({ ...form, ...criterion, opened_by: by.id, opened_at: at })
      .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!opened) {
      const known = await openedBy(tx, by, form.idempotency_key)
      if (!known) throw new NotAllowed(`${by.id} sent a key that is in use`)
      return known
    }
    const { id } = opened
    if (form.proposal_id)
      await tx
        .updateTable('proposal')
        .set({ decision: 'opened', decided_by: by.id, decided_at: at, reason: form.reason })
        .where('id', '=', form.proposal_id)
        .execute()
    await record(tx, by, at, {
      action: 'situation.opened',
      about: `/situations/${id}`,
      mode: form.mode,
      details: {
        title: form.title_ja,
        hazard: form.hazard,
        event_at: form.event_at,
        reason: form.reason,
        proposal_id: form.proposal_id,
      },
    })
    return { id }
  })
}

/** What this person opened with this key, pressing twice. */
const openedBy = (tx: Tx, by: Person, idempotency_key: string) =>
  tx
    .selectFrom('situation')
    .select('id')
    .where('idempotency_key', '=', idempotency_key)
    .where('opened_by', '=', by.id)
    .executeTakeFirst()
