import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import {
  hashCode,
  hasSignInMethod,
  isCode,
  newCode,
  peopleWithRole,
  readAddressee,
  readCode,
  readPerson,
  removeSignInMethods,
} from '#access/sign-in/index.ts'
import { linkContacts } from '#directory/institutions/index.ts'
import type { Tx } from '#ground/db/database.ts'
import type { Tables } from '#ground/db/tables.ts'
import { deskRoles, type Person, scopeOf } from '#ground/rights/person.ts'
import type { Tools } from '#ground/tools/tools.ts'
import { record } from '#ground/trail/record.ts'
import { deskPhone } from './letter-body.ts'
import { type LetterTools, postAccepted } from './letters.ts'
import { groups, tries_max } from './write-invitation.ts'

type Invitation = Selectable<Tables['invitation']>

// Compared when there is no invitation, so that the time of the answer does not tell.
const nobodys = hashCode(newCode({ groups }))

/**
 * Lets in who has the link and says the code: the first time the account comes to be, with its roles and its contact. One
 * refusal for all: nothing tells an id that is unknown from one that is used, withdrawn or out of time. The fifth wrong code
 * ends the invitation; a way to sign in, once set up, ends it too. Two presses at once make one account. To the desk nobody
 * comes in before a second person of it has agreed.
 */
export async function accept(
  tools: Pick<Tools, 'whole' | 'clock'> & LetterTools,
  id: string,
  written: string,
): Promise<{ person_id: string } | { failed: 'refused' | 'waiting' }> {
  const plain = readCode(written, { groups })
  const at = tools.clock()
  // Who comes in is nobody yet, and may see nothing. Compared before the transaction: many tries at once must not hold up
  // the connections of everyone.
  const seen = await tools.whole.selectFrom('invitation').select('code_hash').where('id', '=', id).executeTakeFirst()
  const compared = seen?.code_hash ?? (await nobodys)
  const is_right = plain !== '' && (await isCode(plain, compared))

  return tools.whole.transaction().execute(async (tx) => {
    // Held from here: tries are counted one after the other, and a right code after the fifth wrong one is too late.
    const invitation = await tx.selectFrom('invitation').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!invitation || invitation.code_hash !== compared || !(await isOpen(tx, invitation, at)))
      return { failed: 'refused' }
    if (!is_right) {
      await countTry(tx, invitation, at)
      return { failed: 'refused' }
    }
    const entry = await tx
      .selectFrom('desk_entry')
      .where('invitation_id', '=', id)
      .select(['agreed_at', 'refused_at'])
      .executeTakeFirst()
    // Whoever has the right code may know what they wait for.
    if (entry && !entry.agreed_at) return { failed: entry.refused_at ? 'refused' : 'waiting' }
    const person = await letIn(tx, tools, invitation, at)
    if (!person) return { failed: 'refused' }
    await record(tx, person, at, {
      action: invitation.kind === 'recovery' ? 'recovery.used' : 'invitation.accepted',
      about: '/invitations',
      details: { invitation_id: id, roles: invitation.roles, is_again: invitation.accepted_at !== null },
    })
    return { person_id: person.id }
  })
}

/** Whether the right code would open it. One that led to a way to sign in has done its work, and ends here. */
async function isOpen(tx: Tx, { id, ended_at, expires_at, accepted_at, person_id }: Invitation, at: Date) {
  if (ended_at || expires_at <= at) return false
  if (!accepted_at || !person_id || !(await hasSignInMethod(tx, person_id))) return true
  await tx.updateTable('invitation').set({ ended_at: at, ended_how: 'done' }).where('id', '=', id).execute()
  return false
}

async function countTry(tx: Tx, { id, tries, institution_id }: Invitation, at: Date) {
  const is_last = tries + 1 >= tries_max
  await tx
    .updateTable('invitation')
    .set({ tries: tries + 1, ...(is_last && { ended_at: at, ended_how: 'tries' }) })
    .where('id', '=', id)
    .execute()
  await record(tx, { program: 'access' }, at, {
    action: 'invitation.code-refused',
    about: '/invitations',
    details: { invitation_id: id, institution_id, tries: tries + 1, is_ended: is_last },
  })
}

/** The person who comes in; undefined when they have left since, or their address was given to another. */
async function letIn(tx: Tx, tools: LetterTools, invitation: Invitation, at: Date): Promise<Person | undefined> {
  const { id, kind, person_id } = invitation
  if (invitation.accepted_at || kind === 'recovery') {
    if (!invitation.accepted_at)
      await tx.updateTable('invitation').set({ accepted_at: at }).where('id', '=', id).execute()
    return person_id ? readPerson(tx, person_id) : undefined
  }
  if (await isProvedElsewhere(tx, invitation)) return undefined
  const opened = person_id ? await takeBack(tx, invitation, person_id, at) : await create(tx, invitation, at)
  if (!opened) return undefined
  await tx.updateTable('invitation').set({ accepted_at: at, person_id: opened }).where('id', '=', id).execute()
  await endOthers(tx, invitation, at)
  await giveRoles(tx, invitation, opened, at)
  await link(tx, invitation, opened)
  const person = await readPerson(tx, opened)
  if (person) await tell(tx, tools, invitation, person, at)
  return person
}

/** Whether the address is a contact's of another institution, who has proved it. */
async function isProvedElsewhere(tx: Tx, { email, institution_id }: Invitation): Promise<boolean> {
  const contact = await tx
    .selectFrom('contact_address')
    .where('means', '=', 'mail')
    .where('address', '=', email)
    .where('institution_id', '!=', institution_id)
    .where('verified_at', 'is not', null)
    .where('removed_at', 'is', null)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return contact !== undefined
}

/** What other houses wrote to the same address opens nothing any more. */
const endOthers = (tx: Tx, { id, email }: Invitation, at: Date) =>
  tx
    .updateTable('invitation')
    .set({ ended_at: at, ended_how: 'lapsed' })
    .where('email', '=', email)
    .where('kind', '=', 'invitation')
    .where('id', '!=', id)
    .where('ended_at', 'is', null)
    .execute()

async function create(tx: Tx, { institution_id, name_ja, name_en, email }: Invitation, at: Date) {
  const id = randomUUID()
  const written = await tx
    .insertInto('person')
    .values({ id, institution_id, name_ja, name_en, email, email_verified: true, created_at: at, updated_at: at })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  return written?.id
}

/** Somebody who had left: the same account under the same id, with nothing that opened it before. */
async function takeBack(tx: Tx, { institution_id, name_ja, name_en }: Invitation, person_id: string, at: Date) {
  const person = await tx
    .updateTable('person')
    .set({ institution_id, name_ja, name_en, email_verified: true, left_at: null, left_reason: null, updated_at: at })
    .where('id', '=', person_id)
    .where('left_at', 'is not', null)
    .returning('id')
    .executeTakeFirst()
  if (!person) return undefined
  await removeSignInMethods(tx, person_id)
  await tx
    .updateTable('role_grant')
    .set({ removed_at: at, removal_reason: '再招待 / invited again' })
    .where('person_id', '=', person_id)
    .where('removed_at', 'is', null)
    .execute()
  await tx
    .updateTable('contact')
    .set({ person_id: null })
    .where('person_id', '=', person_id)
    .where('institution_id', '!=', institution_id)
    .execute()
  return person.id
}

const giveRoles = (tx: Tx, { roles, reason, invited_by }: Invitation, person_id: string, at: Date) =>
  tx
    .insertInto('role_grant')
    .values([...new Set(roles)].map((role) => ({ person_id, role, reason, granted_by: invited_by, granted_at: at })))
    .execute()

async function link(tx: Tx, { institution_id, contact_id }: Invitation, person_id: string) {
  if (contact_id)
    await tx
      .updateTable('contact')
      .set({ person_id })
      .where('id', '=', contact_id)
      .where('institution_id', '=', institution_id)
      .where('removed_at', 'is', null)
      .execute()
  const { code } = await tx
    .selectFrom('institution')
    .where('id', '=', institution_id)
    .select('code')
    .executeTakeFirstOrThrow()
  await linkContacts(tx, [code])
}

/** Tells the person and the one who invited them; of a new colleague at the desk, the whole desk hears. */
async function tell(tx: Tx, tools: LetterTools, { roles, invited_by }: Invitation, { id }: Person, at: Date) {
  const person = await readAddressee(tx, id)
  if (!person) return
  const inviter = invited_by ? await readAddressee(tx, invited_by) : undefined
  const is_of_desk = roles.some((role) => scopeOf[role] === 'desk')
  const others = is_of_desk ? await peopleWithRole(tx, deskRoles) : inviter ? [inviter] : []
  await postAccepted(tx, tools, at, person, { by: inviter ?? null, roles, phone: await deskPhone(tx), others })
}
