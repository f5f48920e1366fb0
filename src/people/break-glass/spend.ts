import { z } from 'zod'
import { hashCode, isCode, newCode, peopleWithRole, readCode, readPerson } from '#access/sign-in/index.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import { lock } from '#ground/db/lock.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { deskRoles, type Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { postUsed } from './letters.ts'
import { groups } from './seal.ts'

/** Wrong codes in an hour, from everyone together. */
export const misses_max = 5
const hour_ms = 3_600_000

const messages = inBoth({
  ja: { reason: '理由を500文字以内で入力してください' },
  en: { reason: 'Enter the reason, in up to 500 characters' },
})

export const BreakGlassForm = (language: Language) => {
  const { reason } = messages[language]
  return z.object({
    email: z.string().trim().toLowerCase().max(254).catch(''),
    code: z.string().max(200).catch(''),
    reason: z
      .string(reason)
      .transform((written) => written.replaceAll(/\s+/g, ' ').trim())
      .pipe(z.string().min(1, reason).max(500, reason)),
    is_drill: z
      .string()
      .optional()
      .transform((ticked) => ticked === 'yes'),
  })
}
export type BreakGlassForm = z.output<ReturnType<typeof BreakGlassForm>>

export type Used = { person: Person; number: number; left: number }

// Compared when no set is sealed, so that the time of the answer does not tell.
const nobodys = hashCode(newCode({ groups }))

/**
 * Spends a code of the newest set for a person of the desk, loudly: everyone of the desk and every auditor gets a mail at once.
 * A drill spends it too, and proves that it works; the caller opens no session then. Refusals do not say what was wrong.
 */
export async function spendBreakGlass(
  tools: Pick<Tools, 'whole' | 'clock' | 'config' | 'later' | 'origin'>,
  { email, code, reason, is_drill }: BreakGlassForm,
): Promise<Used | { failed: 'refused' } | { failed: 'locked'; until: Date }> {
  const { whole } = tools
  const plain = readCode(code, { groups })
  // What cannot be a code is none that was wrong: nothing is compared, and it closes this way in for nobody.
  if (plain === '') return { failed: 'refused' }
  const at = tools.clock()
  // Who comes in is nobody yet, and may see nothing.
  const tried = await takeTry(whole, at)
  if ('failed' in tried) return tried
  const desk = await peopleWithRole(whole, deskRoles)
  const known = desk.find((each) => each.email === email)
  const person = known && (await readPerson(whole, known.id))
  const codes = await codesOf(whole)
  const found = await matching(plain, codes)
  const mode = is_drill ? 'exercise' : 'actual'

  return whole.transaction().execute(async (tx) => {
    const spent =
      person && found && (await markUsed(tx, found, { used_at: at, used_by: person.id, used_mode: mode, reason }))
    if (!spent) {
      await record(tx, { program: 'access' }, at, {
        action: 'break-glass.refused',
        about: '/break-glass',
        mode,
        details: { person_id: person?.id ?? null, number: found?.number ?? null },
      })
      return { failed: 'refused' }
    }
    await tx.deleteFrom('break_glass_miss').where('id', '=', tried.id).execute()
    const { set, number } = found
    const left = (await codesOf(tx)).filter(({ used_at }) => !used_at).length
    const to = await peopleWithRole(tx, [...deskRoles, 'auditor'])
    await postUsed(tx, tools, at, { set, number, left, person, reason, mode, to })
    await record(tx, person, at, {
      action: 'break-glass.used',
      about: '/break-glass',
      mode,
      details: { set, number, left, reason },
    })
    return { person, number, left }
  })
}

/**
 * Counts a try as missed before its code is looked at, so that of many at once no more than the limit are; a code that was
 * right is uncounted. Old misses are forgotten.
 */
const takeTry = (whole: Database, at: Date): Promise<{ id: string } | { failed: 'locked'; until: Date }> =>
  whole.transaction().execute(async (tx) => {
    await lock(tx, 'break-glass')
    await tx
      .deleteFrom('break_glass_miss')
      .where('at', '<=', new Date(at.getTime() - hour_ms))
      .execute()
    const misses = await tx
      .selectFrom('break_glass_miss')
      .select('at')
      .orderBy('at', 'desc')
      .limit(misses_max)
      .execute()
    const oldest = misses[misses_max - 1]
    if (oldest) return { failed: 'locked', until: new Date(oldest.at.getTime() + hour_ms) }
    return tx.insertInto('break_glass_miss').values({ at }).returning('id').executeTakeFirstOrThrow()
  })

const codesOf = (db: Database) =>
  db
    .selectFrom('break_glass_code')
    .innerJoin('break_glass_set', 'break_glass_set.id', 'break_glass_code.set_id')
    .where('break_glass_set.voided_at', 'is', null)
    .select(['break_glass_code.set_id', 'break_glass_code.number', 'code_hash', 'used_at'])
    .select('break_glass_set.number as set')
    .execute()
type Code = Awaited<ReturnType<typeof codesOf>>[number]

/** Spends the code unless it is spent, or its set has become void: of two at once, one. */
const markUsed = (
  tx: Tx,
  { set_id, number }: Code,
  use: { used_at: Date; used_by: string; used_mode: 'actual' | 'exercise'; reason: string },
) =>
  tx
    .updateTable('break_glass_code')
    .set(use)
    .where('set_id', '=', set_id)
    .where('number', '=', number)
    .where('used_at', 'is', null)
    .where('set_id', 'in', ({ selectFrom }) =>
      selectFrom('break_glass_set').select('id').where('voided_at', 'is', null),
    )
    .returning('number')
    .executeTakeFirst()

/** Every code is compared, so that neither its number nor its use shows in the time of the answer. */
async function matching(plain: string, codes: Code[]): Promise<Code | undefined> {
  if (codes.length === 0) await isCode(plain, await nobodys)
  const fits = await Promise.all(codes.map(({ code_hash }) => isCode(plain, code_hash)))
  return codes.find((_, index) => fits[index])
}
