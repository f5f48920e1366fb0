import { z } from 'zod'
import { idempotencyKey } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { labelOf, labels } from '#ground/rights/labels.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

const messages = inBoth({
  ja: {
    issuer: '発出元を100文字以内で入力してください',
    reference: '文書番号は100文字以内で入力してください',
    issued_on: '発出日を入力してください',
    title: '件名を200文字以内で入力してください',
    body: '本文を20,000文字以内で入力してください',
    situation_id: '関係する事案を選び直してください',
    label: '共有範囲を選び直してください',
  },
  en: {
    issuer: 'Enter the issuer, in up to 100 characters',
    reference: 'Keep the reference within 100 characters',
    issued_on: 'Enter the date of issue',
    title: 'Enter the title, in up to 200 characters',
    body: 'Enter the text, in up to 20,000 characters',
    situation_id: 'Choose the situation again',
    label: 'Choose who may read it again',
  },
})
export const situationMessage = (language: Language) => messages[language].situation_id

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
  return z.object({
    issuer: text(100, say.issuer).refine(Boolean, say.issuer),
    reference: text(100, say.reference).default(''),
    issued_on: z.iso.date(say.issued_on).refine((date) => date >= '1900' && date < '2200', say.issued_on),
    title: text(200, say.title).refine(Boolean, say.title),
    body: text(20_000, say.body).refine(Boolean, say.body),
    situation_id: z.union([z.literal('').transform(() => null), z.uuid()], say.situation_id).default(null),
    label: z.enum(labels, say.label).default(labelOf.official_notice),
    idempotency_key: idempotencyKey,
  })
}
export type OfficialNoticeForm = z.output<ReturnType<typeof OfficialNoticeForm>>

/** Registers a notice (通達等) of a ministry or authority as it came in. It is never edited; pressing twice registers it once. */
export async function registerOfficialNotice(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  form: OfficialNoticeForm,
): Promise<{ id: string } | { failed: 'situation' }> {
  must(by, 'official-notice.register')
  const at = clock()

  return db.transaction().execute(async (tx) => {
    // What belongs to an exercise is itself of the exercise.
    const situation = form.situation_id
      ? await tx.selectFrom('situation').select('mode').where('id', '=', form.situation_id).executeTakeFirst()
      : ({ mode: 'actual' } as const)
    if (!situation) return { failed: 'situation' }

    const written = await tx
      .insertInto('official_notice')
      .values({ ...form, mode: situation.mode, registered_by: by.id, registered_at: at })
      .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!written) {
      const first = await tx
        .selectFrom('official_notice')
        .select('id')
        .where('idempotency_key', '=', form.idempotency_key)
        .where('registered_by', '=', by.id)
        .executeTakeFirst()
      if (!first) throw new NotFound('the key of another person’s notice')
      return first
    }
    const { issuer, reference, issued_on, title, situation_id, label } = form
    await record(tx, by, at, {
      action: 'official-notice.registered',
      about: `/official-notices/${written.id}`,
      mode: situation.mode,
      details: { issuer, reference, issued_on, title, situation_id, label },
    })
    return written
  })
}
