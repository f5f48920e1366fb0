import { z } from 'zod'
import { lockDirectory } from '#directory/contacts/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { lockRights } from './lock-rights.ts'

/** What must be known of the first person: who runs the market's desk, and where. */
export const FirstAccountForm = z.object({
  code: z
    .string('--code is missing')
    .trim()
    .regex(/^[0-9A-Z-]{2,20}$/, '--code: 2 to 20 of the characters 0-9 A-Z -'),
  institution: z.string('--institution is missing').trim().min(1).max(100),
  name: z.string('--name is missing').trim().min(1, '--name is empty').max(100),
  mail: z.string('--mail is missing').trim().toLowerCase().pipe(z.email('--mail is no mail address').max(254)),
})
export type FirstAccountForm = z.output<typeof FirstAccountForm>

/** Gives a new person their way in, within the same transaction, and says in words what they do with it. */
export type Enrol = (
  tx: Tx,
  person: { id: string; institution_id: string; name_ja: string; email: string },
  at: Date,
) => Promise<string[]>

/**
 * Opens the first account of an empty house: the secretariat of the association, which is added if it is not known yet.
 * Refused as soon as anyone holds that role: from then on people are invited and granted roles by people.
 */
export async function firstAccount(
  { whole, clock }: Pick<Tools, 'whole' | 'clock'>,
  { code, institution, name, mail }: FirstAccountForm,
  enrol: Enrol,
): Promise<{ person_id: string; what_next: string[] } | { failed: 'has_one' | 'no_association' | 'mail' }> {
  const at = clock()
  // Nobody is there yet in whose name it could be done.
  return whole.transaction().execute(async (tx) => {
    await lockRights(tx)
    await lockDirectory(tx)
    const known = await tx
      .selectFrom('role_grant')
      .innerJoin('person', 'person.id', 'role_grant.person_id')
      .where('role_grant.role', '=', 'secretariat')
      .where('role_grant.removed_at', 'is', null)
      .where('person.left_at', 'is', null)
      .select('person.id')
      .limit(1)
      .executeTakeFirst()
    if (known) return { failed: 'has_one' }
    if (await tx.selectFrom('person').where('email', '=', mail).select('id').executeTakeFirst())
      return { failed: 'mail' }

    await tx
      .insertInto('institution')
      .values({ code, kind: 'association', name_ja: institution, name_en: institution })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .execute()
    const of = await tx
      .selectFrom('institution')
      .where('code', '=', code)
      .select(['id', 'kind'])
      .executeTakeFirstOrThrow()
    if (of.kind !== 'association') return { failed: 'no_association' }

    const person = await tx
      .insertInto('person')
      .values({ name_ja: name, email: mail, institution_id: of.id, created_at: at, updated_at: at })
      .returning(['id', 'institution_id', 'name_ja', 'email'])
      .executeTakeFirstOrThrow()
    const reason = 'first account'
    await tx
      .insertInto('role_grant')
      .values({ person_id: person.id, role: 'secretariat', reason, granted_at: at })
      .execute()
    const what_next = await enrol(tx, person, at)
    await record(tx, { program: 'command-line' }, at, {
      action: 'person.first-opened',
      about: `/people/${person.id}`,
      details: { institution: code, role: 'secretariat' },
    })
    return { person_id: person.id, what_next }
  })
}
