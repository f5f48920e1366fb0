import { z } from 'zod'
import { asProgram } from '#ground/db/as-program.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { must } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import type { OpenSession } from '#ground/rights/session.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'

const messages = inBoth({
  ja: {
    reason: '全員をサインアウトさせる理由を500文字以内で入力してください',
    sure: '全員が入り直すことになります。確認欄にチェックを入れてください',
  },
  en: {
    reason: 'Enter the reason for signing everyone out, in up to 500 characters',
    sure: 'Everyone will have to sign in again. Tick the box',
  },
})

/** The names differ from those of the settings, which stand on the same page. */
export const SignOutForm = (language: Language) => {
  const say = messages[language]
  return z.object({
    sign_out_reason: z.string(say.reason).trim().min(1, say.reason).max(500, say.reason),
    sure: z.literal('yes', say.sure),
  })
}
export type SignOutForm = z.output<ReturnType<typeof SignOutForm>>

/** Signs everyone out at once, on the server, except the session from which it is done. They may sign in again. */
export async function signOutEveryone(
  { db, clock }: Pick<Tools, 'db' | 'clock'>,
  by: Person,
  current: Pick<OpenSession, 'id'>,
  { sign_out_reason: reason }: SignOutForm,
): Promise<number> {
  must(by, 'setting.change')
  const at = clock()
  return db.transaction().execute(async (tx) => {
    const gone = await asProgram(tx, () =>
      tx.deleteFrom('session').where('id', '!=', current.id).returning('person_id').execute(),
    )
    const people = new Set(gone.map(({ person_id }) => person_id)).size
    await record(tx, by, at, {
      action: 'session.ended-of-everyone',
      about: '/settings',
      details: { reason, sessions: gone.length, people },
    })
    return gone.length
  })
}
