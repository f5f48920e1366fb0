import { sql } from 'kysely'
import { z } from 'zod'
import { must, NotAllowed, NotFound, type Person } from '#access/index.ts'
import type { Tools } from '#app/tools.ts'
import type { Tx } from '#db/database.ts'
import { civilTime } from '#html/fields.ts'
import { inBoth, type Language } from '#html/language.ts'
import { record } from '#trail/index.ts'
import { activeContacts, activeInstitutions } from './reach.ts'

export const text_length_max = 2000
export const answer_days_max = 7

const messages = inBoth({
  ja: {
    text_ja: `依頼文（日本語）を${text_length_max.toLocaleString('ja')}文字以内で入力してください`,
    text_en: `依頼文（英語）を${text_length_max.toLocaleString('ja')}文字以内で入力してください`,
    answer_by: '回答期限の日時を入力してください',
    past: '回答期限が過ぎています。これからの日時を入力してください',
    far: `回答期限は${answer_days_max}日以内の日時にしてください`,
    key: '内容をもう一度確認して、送り直してください',
  },
  en: {
    text_ja: `Enter the Japanese text, in up to ${text_length_max.toLocaleString('en')} characters`,
    text_en: `Enter the English text, in up to ${text_length_max.toLocaleString('en')} characters`,
    answer_by: 'Enter the date and time by which to answer',
    past: 'This time has passed. Enter a time that is still to come',
    far: `Enter a time within the next ${answer_days_max} days`,
    key: 'Check the request once more and send it again',
  },
})

export const RoundForm = (language: Language, now: Date) => {
  const say = messages[language]
  const text = (message: string) =>
    z.string(message).transform(plainLines).pipe(z.string().min(1, message).max(text_length_max, message))
  return z.object({
    text_ja: text(say.text_ja),
    text_en: text(say.text_en),
    answer_by: civilTime(say.answer_by)
      .refine((at) => at > now, say.past)
      .refine((at) => at.getTime() <= now.getTime() + answer_days_max * 86_400_000, say.far),
    idempotency_key: z.uuid(say.key),
  })
}
export type RoundForm = z.output<ReturnType<typeof RoundForm>>

/**
 * Asks every institution that is active today to report, by one mail to each of its contacts.
 * The same key again gives the round that was asked then, and sends nothing again.
 */
export async function askRound(
  { db, clock, config }: Tools,
  by: Person,
  { situation_id, ...form }: RoundForm & { situation_id: string },
): Promise<{ id: string } | { failed: 'closed' }> {
  must(by, 'round.ask')
  const at = clock()

  return db.transaction().execute(async (tx) => {
    // Held until the commit: a situation is not closed between this look and the round.
    const situation = await tx
      .selectFrom('situation')
      .select(['mode', 'closed_at'])
      .where('id', '=', situation_id)
      .forShare()
      .executeTakeFirst()
    if (!situation) throw new NotFound(`situation ${situation_id}`)
    if (situation.closed_at) return (await alreadyAsked(tx, by, { ...form, situation_id })) ?? { failed: 'closed' }

    const round = await tx
      .insertInto('round')
      .values({ ...form, situation_id, mode: situation.mode, asked_by: by.id, asked_at: at })
      .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
      .returning(['id', 'mode'])
      .executeTakeFirst()
    if (!round) return (await alreadyAsked(tx, by, { ...form, situation_id })) ?? { failed: 'closed' }

    const institutions = await stampInstitutions(tx, round.id, at)
    const people = await stampDeliveries(tx, round, at, config.mail_from)
    await record(tx, by, at, {
      action: 'round.asked',
      about: `/situations/${situation_id}`,
      mode: round.mode,
      details: { round_id: round.id, institutions, people, answer_by: form.answer_by.toISOString() },
    })
    return { id: round.id }
  })
}

async function alreadyAsked(tx: Tx, by: Person, asked: { idempotency_key: string; situation_id: string }) {
  const known = await tx
    .selectFrom('round')
    .select(['id', 'situation_id', 'asked_by'])
    .where('idempotency_key', '=', asked.idempotency_key)
    .executeTakeFirst()
  if (known && (known.situation_id !== asked.situation_id || known.asked_by !== by.id))
    throw new NotAllowed(`${by.id} sent a key that is in use`)
  return known && { id: known.id }
}

/** Who is asked is written down now: a later change of the directory does not touch it. */
async function stampInstitutions(tx: Tx, round_id: string, at: Date): Promise<number> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('asked')
    .columns(['round_id', 'institution_id'])
    .expression(activeInstitutions(tx, at).select([sql<string>`${round_id}::uuid`.as('round_id'), 'institution.id']))
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows ?? 0)
}

/** One delivery for each contact. Its Message-ID is fixed here and stays the same over every attempt. */
async function stampDeliveries(tx: Tx, round: { id: string; mode: string }, at: Date, mail_from: string) {
  const host = mail_from.slice(mail_from.lastIndexOf('@') + 1)
  const { numInsertedOrUpdatedRows } = await tx
    .with(
      (cte) => cte('chosen').materialized(),
      (inner) =>
        activeContacts(inner, at).select([
          sql<string>`gen_random_uuid()`.as('id'),
          'contact.id as contact_id',
          'contact.institution_id',
          'contact.mail',
        ]),
    )
    .insertInto('delivery')
    .columns(['id', 'round_id', 'mode', 'institution_id', 'contact_id', 'address', 'message_id', 'next_try_at'])
    .expression((eb) =>
      eb
        .selectFrom('chosen')
        .select([
          'chosen.id',
          sql<string>`${round.id}::uuid`.as('round_id'),
          sql<string>`${round.mode}`.as('mode'),
          'chosen.institution_id',
          'chosen.contact_id',
          'chosen.mail',
          sql<string>`'<' || chosen.id || '@' || ${host}::text || '>'`.as('message_id'),
          sql<Date>`${at}::timestamptz`.as('next_try_at'),
        ]),
    )
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows ?? 0)
}

/** Line ends as one character and no other control characters, whatever the browser sent. */
const plainLines = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, '')
    .trim()
