import { z } from 'zod'
import type { Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import { idempotencyKey } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { prefectureByCode } from '#ground/market/areas.ts'
import { kinds, memberships } from '#ground/market/institution-words.ts'
import { labelOf, labels } from '#ground/rights/labels.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { documentKinds } from './words.ts'

const issuers_max = 5

const messages = inBoth({
  ja: {
    kind: '種類を選び直してください',
    issuer: `発出元を1行に1つ、${issuers_max}つまで、それぞれ100文字以内で入力してください`,
    reference: '文書番号は100文字以内で入力してください',
    issued_on: '発出日を入力してください',
    title: '件名を200文字以内で入力してください',
    body: '本文を20,000文字以内で入力してください',
    law: '根拠法令は200文字以内で入力してください',
    places: '対象の市区町村は2,000文字以内で入力してください',
    period: '日付を入力してください',
    period_order: '終わりの日は、始まりの日以後にしてください',
    chosen: '選択を読み取れませんでした。選び直してください',
    follows: '前の通達等を選び直してください',
    follows_how: '前の通達等との関係（延長・差替え）を選んでください',
    follows_nothing: 'どの通達等を延長・差し替えるのかを選んでください',
    situation_id: '関係する事案を選び直してください',
    label: '共有範囲を選び直してください',
    failed: {
      situation: '関係する事案を選び直してください',
      followed: 'この通達等は、すでに別の通達等で延長または差し替えられています。一覧から最新のものを選んでください',
      mode: '前の通達等と、実災害・訓練の区分が違います。同じ区分のものを選んでください',
      issuers: (before: string) =>
        `延長は、前の通達等と同じ発出元に限ります（前の発出元：${before}）。発出元が変わるときは「差替え」を選んでください`,
      gone: '前の通達等が見つかりません。選び直してください',
      label:
        '共有範囲が前の通達等より狭くなっています。前のものを読んだ人が最新のものを読めるよう、同じか、より広くしてください',
    },
  },
  en: {
    kind: 'Choose the kind again',
    issuer: `Enter the issuers, one a line, up to ${issuers_max}, each in up to 100 characters`,
    reference: 'Keep the reference within 100 characters',
    issued_on: 'Enter the date of issue',
    title: 'Enter the title, in up to 200 characters',
    body: 'Enter the text, in up to 20,000 characters',
    law: 'Keep the law within 200 characters',
    places: 'Keep the towns within 2,000 characters',
    period: 'Enter the date',
    period_order: 'The last day must not be before the first',
    chosen: 'What was chosen could not be read. Choose again',
    follows: 'Choose the earlier document again',
    follows_how: 'Choose whether it extends or replaces the earlier one',
    follows_nothing: 'Choose which document it extends or replaces',
    situation_id: 'Choose the situation again',
    label: 'Choose who may read it again',
    failed: {
      situation: 'Choose the situation again',
      followed: 'Another document extends or replaces that one already. Choose the newest of the list',
      mode: 'That one is of another mode (real event, exercise). Choose one of the same',
      issuers: (before: string) =>
        `An extension has the issuers of the document that it extends (${before}). If they change, choose “replaces”`,
      gone: 'The earlier document is not there. Choose again',
      label:
        'Fewer may read it than the earlier document. Whoever read that one must be able to read what holds now: choose the same label, or a wider one',
    },
  },
})
export const failedMessages = (language: Language) => messages[language].failed

export const OfficialNoticeForm = (language: Language) => {
  const say = messages[language]
  const text = (length_max: number, message: string) =>
    z
      .string(message)
      // Browsers count a line end as one character, and send two.
      .transform((written) => written.replaceAll('\r\n', '\n').trim())
      .pipe(
        z
          .string()
          .max(length_max, message)
          .regex(/^[^\0]*$/, message),
      )
  const day = z.iso.date(say.issued_on).refine((date) => date >= '1900' && date < '2200', say.issued_on)
  const maybeDay = z
    .union([
      z.literal('').transform(() => null),
      z.iso.date(say.period).refine((date) => date >= '1900' && date < '2200', say.period),
    ])
    .default(null)
  const several = <T extends string>(known: readonly T[]) =>
    z
      .array(z.string())
      .transform((found) => found.filter(Boolean))
      .refine((found) => found.every((one) => (known as readonly string[]).includes(one)), say.chosen)
      .transform((found) => known.filter((one) => found.includes(one)))
      .default([])
  return z
    .object({
      kind: z.enum(documentKinds, say.kind).default('directive'),
      issuer: text(2000, say.issuer)
        .transform((written) => [...new Set(written.split('\n').flatMap((line) => line.trim() || []))])
        .pipe(z.array(z.string().max(100, say.issuer)).min(1, say.issuer).max(issuers_max, say.issuer)),
      reference: text(100, say.reference).default(''),
      issued_on: day,
      title: text(200, say.title).refine(Boolean, say.title),
      body: text(20_000, say.body).refine(Boolean, say.body),
      law: text(200, say.law).default(''),
      prefectures: several([...prefectureByCode.keys()]),
      places: text(2000, say.places).default(''),
      period_from: maybeDay,
      period_to: maybeDay,
      to_kinds: several(kinds),
      to_memberships: several(memberships),
      follows_id: z.union([z.literal('').transform(() => null), z.uuid(say.follows)]).default(null),
      follows_how: z
        .union([z.literal('').transform(() => null), z.enum(['extends', 'replaces'])], say.follows_how)
        .default(null),
      situation_id: z.union([z.literal('').transform(() => null), z.uuid()], say.situation_id).default(null),
      label: z.enum(labels, say.label).default(labelOf.official_notice),
      idempotency_key: idempotencyKey,
    })
    .superRefine(({ period_from, period_to, follows_id, follows_how }, context) => {
      const wrong = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
      if (period_from && period_to && period_to < period_from) wrong('period_to', say.period_order)
      if (follows_id && !follows_how) wrong('follows_how', say.follows_how)
      if (follows_how && !follows_id) wrong('follows_id', say.follows_nothing)
    })
}
export type OfficialNoticeForm = z.output<ReturnType<typeof OfficialNoticeForm>>

export type NotRegistered =
  | { failed: 'situation' | 'followed' | 'mode' | 'gone' | 'label' }
  /** Who issued the one that it would extend. */
  | { failed: 'issuers'; before: string }

/**
 * Registers a document (通達等) of ministries and authorities as it came in. It is never edited; what extends or replaces it is registered
 * after it, by the same authorities if it extends, and is the only one. Pressing twice registers it once.
 */
export async function registerOfficialNotice(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  { issuer: issuers, ...form }: OfficialNoticeForm,
): Promise<{ id: string } | NotRegistered> {
  must(by, 'official-notice.register')
  const at = clock()

  return db.transaction().execute(async (tx) => {
    // Of two that would follow the same one, the second is told.
    if (form.follows_id) await lock(tx, 'official-notice', form.follows_id)
    const first = await tx
      .selectFrom('official_notice')
      .select(['id', 'registered_by'])
      .where('idempotency_key', '=', form.idempotency_key)
      .executeTakeFirst()
    if (first && first.registered_by !== by.id) throw new NotFound('the key of another person’s notice')
    if (first) return { id: first.id }
    // What belongs to an exercise is itself of the exercise.
    const situation = form.situation_id
      ? await tx.selectFrom('situation').select('mode').where('id', '=', form.situation_id).executeTakeFirst()
      : ({ mode: 'actual' } as const)
    if (!situation) return { failed: 'situation' }
    const against = await againstFollowed(tx, { ...form, issuers, mode: situation.mode })
    if (against) return against

    const issuer = issuers.join('・')
    const written = await tx
      .insertInto('official_notice')
      .values({ ...form, issuer, issuers, mode: situation.mode, registered_by: by.id, registered_at: at })
      .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!written) {
      const other = await tx
        .selectFrom('official_notice')
        .select('id')
        .where('idempotency_key', '=', form.idempotency_key)
        .where('registered_by', '=', by.id)
        .executeTakeFirst()
      if (!other) throw new NotFound('the key of another person’s notice')
      return other
    }
    const { idempotency_key: _, body: __, follows_id, follows_how, kind, ...said } = form
    await record(tx, by, at, {
      action: 'official-notice.registered',
      about: `/official-notices/${written.id}`,
      mode: situation.mode,
      details: { issuer, document_kind: kind, ...said, ...(follows_id && { follows_id, follows_how }) },
    })
    return written
  })
}

type Following = Pick<OfficialNoticeForm, 'follows_id' | 'follows_how' | 'label'> & {
  issuers: readonly string[]
  mode: string
}

/** What stands against following another document; null: nothing. */
async function againstFollowed(
  tx: Tx,
  { follows_id, follows_how, label, issuers, mode }: Following,
): Promise<NotRegistered | null> {
  if (!follows_id) return null
  const before = await tx
    .selectFrom('official_notice')
    .leftJoin('official_notice as after', 'after.follows_id', 'official_notice.id')
    .where('official_notice.id', '=', follows_id)
    .select(['official_notice.issuers', 'official_notice.issuer', 'official_notice.mode', 'after.id as after_id'])
    .select('official_notice.label')
    .executeTakeFirst()
  if (!before) return { failed: 'gone' }
  if (before.after_id !== null) return { failed: 'followed' }
  if (before.mode !== mode) return { failed: 'mode' }
  // Strictest first: whoever read the first learns what has taken its place.
  if (labels.indexOf(label) < labels.indexOf(before.label)) return { failed: 'label' }
  const is_same = [...before.issuers].sort().join('\n') === [...issuers].sort().join('\n')
  return follows_how === 'extends' && !is_same ? { failed: 'issuers', before: before.issuer } : null
}
