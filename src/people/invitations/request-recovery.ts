import { z } from 'zod'
import { peopleWithRole, readAddressee } from '#access/sign-in/index.ts'
import { idempotencyKey } from '#ground/html/fields.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import { deskRoles, type Person } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { line } from './form.ts'
import { deskPhone } from './letter-body.ts'
import { postRecovery } from './letters.ts'

export const recovery_hours_max = 24

const messages = inBoth({
  ja: {
    email: '利用者のメールアドレスを入力してください',
    unknown: 'このメールアドレスの利用者はいません。サインインに使うアドレスを確かめてください',
    self: '自分の復旧は申請できません。ほかの事務局員に依頼してください',
    open: 'この利用者には、承認を待っている申請がすでにあります',
    reason: '理由を500文字以内で入力してください',
    identity_check: '本人であることをどう確かめたかを500文字以内で入力してください',
  },
  en: {
    email: 'Enter the person’s mail address',
    unknown: 'Nobody has this mail address. Check which address they sign in with',
    self: 'You cannot ask for your own recovery. Ask someone else of the secretariat',
    open: 'A request for this person is already waiting for approval',
    reason: 'Enter the reason, in up to 500 characters',
    identity_check: 'Enter how you made sure who they are, in up to 500 characters',
  },
})
export const recoveryMessages = (language: Language) => messages[language]

export const RecoveryForm = (language: Language) => {
  const say = messages[language]
  return z.object({
    email: z
      .string(say.email)
      .transform((written) => written.trim().toLowerCase())
      .pipe(z.string().min(1, say.email).max(254, say.email)),
    reason: line(500, say.reason).refine(Boolean, say.reason),
    identity_check: line(500, say.identity_check).refine(Boolean, say.identity_check),
    idempotency_key: idempotencyKey,
  })
}
export type RecoveryForm = z.output<ReturnType<typeof RecoveryForm>>

/** Asks for the recovery of a person who has lost every way to sign in. Nothing is ended yet: another one of the desk approves. */
export async function requestRecovery(
  tools: Pick<Tools, 'db' | 'clock' | 'config' | 'later' | 'origin'>,
  by: Person,
  { email, reason, identity_check, idempotency_key }: RecoveryForm,
): Promise<{ id: string } | { failed: 'unknown' | 'self' | 'open' }> {
  must(by, 'recovery.request')
  const at = tools.clock()

  return tools.db.transaction().execute(async (tx) => {
    const found = await tx.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst()
    const person = found && (await readAddressee(tx, found.id))
    if (!person) return { failed: 'unknown' }
    if (person.id === by.id) return { failed: 'self' }
    const waiting = await tx
      .selectFrom('recovery')
      .where('person_id', '=', person.id)
      .where('approved_at', 'is', null)
      .where('withdrawn_at', 'is', null)
      .where('expires_at', '>', at)
      .where('idempotency_key', '!=', idempotency_key)
      .select('id')
      .executeTakeFirst()
    if (waiting) return { failed: 'open' }
    const written = await tx
      .insertInto('recovery')
      .values({
        person_id: person.id,
        reason,
        identity_check,
        requested_by: by.id,
        requested_at: at,
        expires_at: new Date(at.getTime() + recovery_hours_max * 3_600_000),
        idempotency_key,
      })
      .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!written) return firstOf(tx, by, idempotency_key)
    await postRecovery(tx, tools, at, {
      id: written.id,
      person,
      requester: by,
      approver: null,
      reason,
      phone: await deskPhone(tx),
      desk: await peopleWithRole(tx, deskRoles),
    })
    await record(tx, by, at, {
      action: 'recovery.requested',
      about: `/recoveries/${written.id}`,
      details: { person_id: person.id, name_ja: person.name_ja, reason, identity_check },
    })
    return written
  })
}

async function firstOf(tx: Tools['db'], by: Person, idempotency_key: string): Promise<{ id: string }> {
  const first = await tx
    .selectFrom('recovery')
    .select('id')
    .where('idempotency_key', '=', idempotency_key)
    .where('requested_by', '=', by.id)
    .executeTakeFirst()
  if (!first) throw new NotFound('the key of another person’s request')
  return first
}
