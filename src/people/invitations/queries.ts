import { hasSignInMethod } from '#access/sign-in/index.ts'
import type { Database } from '#ground/db/database.ts'
import { may, mustIn, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

const shown_days = 14
const shown_max = 200

/** Invitations that this person may handle: those that are open, and what became of those of the last days. Newest first. */
export async function listInvitations(db: Database, whole: Database, by: Person, at: Date) {
  mustIn(by, 'person.invite', by.institution_id)
  const rows = await visible(db, by)
    .where(({ or, eb }) =>
      or([
        eb('invitation.ended_at', 'is', null),
        eb('invitation.invited_at', '>', new Date(at.getTime() - shown_days * 86_400_000)),
      ]),
    )
    .orderBy('invitation.invited_at', 'desc')
    .limit(shown_max)
    .execute()
  return Promise.all(rows.map(async (row) => ({ ...row, state: await stateOf(whole, row, at) })))
}

export type InvitationState = 'open' | 'accepted' | 'done' | 'withdrawn' | 'tries' | 'lapsed'

/** What only the program sees, whether a way to sign in is there, tells nothing but that the invitation has done its work. */
async function stateOf(whole: Database, row: Row, at: Date): Promise<InvitationState> {
  if (row.ended_how) return row.ended_how
  if (row.accepted_at && row.person_id && (await hasSignInMethod(whole, row.person_id))) return 'done'
  if (row.expires_at <= at) return 'lapsed'
  return row.accepted_at ? 'accepted' : 'open'
}

/** One invitation that this person may handle. */
export async function readInvitation(db: Database, by: Person, id: string) {
  mustIn(by, 'person.invite', by.institution_id)
  const invitation = await visible(db, by).where('invitation.id', '=', id).executeTakeFirst()
  if (!invitation) throw new NotFound(`invitation ${id}`)
  return invitation
}

/** Without the hash of the code, which is nobody's to see. */
const visible = (db: Database, by: Person) =>
  db
    .selectFrom('invitation')
    .innerJoin('institution', 'institution.id', 'invitation.institution_id')
    .leftJoin('person as inviter', 'inviter.id', 'invitation.invited_by')
    .$if(!may(by, 'person.invite'), (q) =>
      q.where('invitation.institution_id', '=', by.institution_id).where('invitation.kind', '=', 'invitation'),
    )
    .select([
      'invitation.id',
      'invitation.kind',
      'invitation.institution_id',
      'invitation.name_ja',
      'invitation.name_en',
    ])
    .select([
      'invitation.email',
      'invitation.roles',
      'invitation.reason',
      'invitation.person_id',
      'invitation.invited_at',
    ])
    .select(['invitation.expires_at', 'invitation.tries', 'invitation.accepted_at', 'invitation.ended_at'])
    .select(['invitation.ended_how'])
    .select(['institution.name_ja as institution_ja', 'institution.name_en as institution_en'])
    .select(['inviter.name_ja as inviter_ja', 'inviter.name_en as inviter_en'])

type Row = Awaited<ReturnType<typeof readInvitation>>
export type ListedInvitation = Awaited<ReturnType<typeof listInvitations>>[number]

/** The institution to invite for, with those of its contacts who have no account yet. */
export async function institutionToInvite(db: Database, code: string) {
  const institution = await db
    .selectFrom('institution')
    .where('code', '=', code.trim().toUpperCase())
    .where('active_to', 'is', null)
    .select(['id', 'code', 'name_ja', 'name_en', 'kind'])
    .executeTakeFirst()
  if (!institution) return null
  const contacts = await db
    .selectFrom('contact_card')
    .where('institution_id', '=', institution.id)
    .where('person_id', 'is', null)
    .select(['id', 'name_ja', 'name_en', 'mail'])
    .orderBy('rank')
    .execute()
  return { ...institution, contacts }
}
export type InstitutionToInvite = Awaited<ReturnType<typeof institutionToInvite>>

/** The code of an institution, for a link that names it by its id. */
export const codeOf = async (db: Database, id: string) =>
  (await db.selectFrom('institution').where('id', '=', id).select('code').executeTakeFirst())?.code
