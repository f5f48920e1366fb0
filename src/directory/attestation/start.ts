import { sql } from 'kysely'
import { z } from 'zod'
import { plainLines } from '#ground/html/clean-text.ts'
import { civilTime, idempotencyKey } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must, NotAllowed } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { activeInstitutions } from './reach.ts'
import { sendLetters } from './send-letters.ts'

export const answer_days_max = 90
export const text_length_max = 2000

const messages = inBoth({
  ja: {
    text_ja: '依頼文（日本語）を2,000文字以内で入力してください',
    text_en: '依頼文（英語）を2,000文字以内で入力してください',
    answer_by: '回答期限の日時を入力してください',
    past: '回答期限が過ぎています。これからの日時を入力してください',
    far: `回答期限は${answer_days_max}日以内の日時にしてください`,
  },
  en: {
    text_ja: 'Enter the Japanese text, in up to 2,000 characters',
    text_en: 'Enter the English text, in up to 2,000 characters',
    answer_by: 'Enter the date and time by which to answer',
    past: 'This time has passed. Enter a time that is still to come',
    far: `Enter a time within the next ${answer_days_max} days`,
  },
})

export const AttestationForm = (language: Language, now: Date) => {
  const say = messages[language]
  const text = (message: string) =>
    z.string(message).transform(plainLines).pipe(z.string().min(1, message).max(text_length_max, message))
  return z.object({
    text_ja: text(say.text_ja),
    text_en: text(say.text_en),
    answer_by: civilTime(say.answer_by)
      .refine((at) => at > now, say.past)
      .refine((at) => at.getTime() <= now.getTime() + answer_days_max * 86_400_000, say.far),
    idempotency_key: idempotencyKey,
  })
}
export type AttestationForm = z.output<ReturnType<typeof AttestationForm>>

/**
 * Asks every institution that takes part today to confirm its entry, and writes to each of its contacts. Who is asked is
 * written down now. The same key again gives the round that was started then; while one is open no other starts.
 */
export async function startAttestation(
  tools: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  form: AttestationForm,
): Promise<{ id: string } | { failed: 'open' }> {
  must(by, 'attestation.run')
  const at = tools.clock()

  return tools.db.transaction().execute(async (tx) => {
    const attestation = await tx
      .insertInto('attestation')
      .values({ ...form, started_by: by.id, started_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!attestation) {
      const known = await tx
        .selectFrom('attestation')
        .select(['id', 'started_by'])
        .where('idempotency_key', '=', form.idempotency_key)
        .executeTakeFirst()
      if (!known) return { failed: 'open' }
      if (known.started_by !== by.id) throw new NotAllowed(`${by.id} sent a key that is in use`)
      return { id: known.id }
    }
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('attestation_asked')
      .columns(['attestation_id', 'institution_id'])
      .expression(
        activeInstitutions(tx, at).select([
          sql<string>`${attestation.id}::uuid`.as('attestation_id'),
          'institution.id',
        ]),
      )
      .executeTakeFirstOrThrow()
    const { letters } = await sendLetters(tx, tools, at, attestation, 'start')
    await record(tx, by, at, {
      action: 'attestation.started',
      about: `/attestations/${attestation.id}`,
      details: {
        institutions: Number(numInsertedOrUpdatedRows ?? 0),
        letters,
        answer_by: form.answer_by.toISOString(),
      },
    })
    return { id: attestation.id }
  })
}
