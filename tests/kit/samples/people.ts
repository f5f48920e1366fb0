import { roles } from '#ground/rights/person.ts'
import { fieldsOf } from '#simulate/index.ts'
import { fillIn } from '../fill-in.ts'
import { wordsOf } from '../pages.ts'
import type { FirmSample, MarketSample } from './making.ts'
import { desk, desks, desksAndAuditor, everyone, only, readers, type Wing } from './wing.ts'

/** What the form of an invitation says: a new contact of the firm SEC-001. */
export const invitationFields = (change: Record<string, string> = {}): Record<string, string> => ({
  institution_code: 'SEC-001',
  name_ja: '架空 花子',
  name_en: 'Hanako Kaku',
  email: 'hanako.new@sokyu.example',
  roles: 'bcp_contact',
  reason: '前任者の異動',
  idempotency_key: crypto.randomUUID(),
  ...change,
})

const anInvitation: FirmSample = async ({ site, desk }, { person: { institution_id } }) => {
  const { code } = await site.db
    .selectFrom('institution')
    .where('id', '=', institution_id)
    .select('code')
    .executeTakeFirstOrThrow()
  const fields = invitationFields({ institution_code: code, email: `new@${code.toLowerCase()}.example` })
  // The answer is the page that shows the code once.
  const answer = await desk.client.post('/invitations', fields)
  if (answer.status !== 200) throw new Error(`no invitation: ${answer.status} ${wordsOf(await answer.text())}`)
  const invited = await site.db
    .selectFrom('invitation')
    .where('institution_id', '=', institution_id)
    .select('id')
    .executeTakeFirstOrThrow()
  return invited.id
}

/** What the form says that helps somebody back in: the council member of the firm SEC-001. */
export const recoveryForm = (change: Record<string, string> = {}): Record<string, string> => ({
  email: 'council@sokyu.example',
  reason: '紛失',
  identity_check: '名簿の番号にかけ直した',
  idempotency_key: crypto.randomUUID(),
  ...change,
})
const aRecovery: MarketSample = ({ desk, send }) => send(desk.client, '/recoveries', recoveryForm())

/** The observer of the association is to be an auditor, too. */
const aDeskEntry: MarketSample = async ({ site, desk, send }) => {
  const { id } = await site.accountOf('observer')
  await send(desk.client, `/people/${id}/roles`, { role: 'auditor', reason: '架空の異動' })
  const entry = await site.db
    .selectFrom('desk_entry')
    .where('person_id', '=', id)
    .select('id')
    .executeTakeFirstOrThrow()
  return entry.id
}

const aBreakGlassSet: MarketSample = async ({ site, approver, at }) => {
  const { id } = await site.db
    .insertInto('break_glass_set')
    .values({ sealed_by: approver.person.id, sealed_at: at, idempotency_key: crypto.randomUUID() })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
const aBreakGlassCode: MarketSample = async ({ site, one }) => {
  const set_id = await one('break_glass_set')
  await site.db.insertInto('break_glass_code').values({ set_id, number: 1, code_hash: 'x' }).execute()
  return set_id
}
const aBreakGlassMiss: MarketSample = async ({ site, at }) => {
  const { id } = await site.db.insertInto('break_glass_miss').values({ at }).returning('id').executeTakeFirstOrThrow()
  return id
}

const aGrant: FirmSample = async ({ site }, { person }) => {
  const { id } = await site.db
    .selectFrom('role_grant')
    .where('person_id', '=', person.id)
    .where('removed_at', 'is', null)
    .select('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  return id
}

const entrance = '/invitations/:invitation{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}'
const administrators = ['secretariat', 'institution_administrator'] as const
const theirPeople = {
  own: only(administrators, 403),
  other: { ...only(['secretariat'], 403), institution_administrator: 404 },
} as const
const theirPeopleForm = { own: administrators, other: ['secretariat'] } as const
const theirInvitation = { ...theirPeopleForm, hidden: ['institution_administrator'] } as const

export const people = {
  tables: {
    break_glass_code: { one: aBreakGlassCode, seen: 'nothing' },
    break_glass_miss: { one: aBreakGlassMiss, seen: 'nothing' },
    break_glass_set: { one: aBreakGlassSet, seen: 'nothing' },
    invitation: { each: anInvitation, seen: 'nothing' },
    recovery: { one: aRecovery, seen: 'nothing' },
    desk_entry: { one: aDeskEntry, seen: 'nothing' },
    role_grant: { each: aGrant, seen: 'own' },
  },
  things: {
    '/invitations': { own: 'invitation', asked: 'SEC-001' },
    '/recoveries': { market: 'recovery' },
    '/desk-entries': { market: 'desk_entry' },
    '/people': { own: 'person', asked: 'CB' },
    '/grants': { own: 'role_grant', asked: 'CB' },
  },
  pages: {
    '/invitations': readers(...administrators),
    '/invitations/new': readers(...administrators),
    // An id that nobody has looks like every other: no 404 here.
    [entrance]: everyone(),
    '/recoveries': desksAndAuditor,
    '/recoveries/new': readers(...desks),
    '/recoveries/:id': desksAndAuditor,
    '/desk-entries': desksAndAuditor,
    '/break-glass': desksAndAuditor,
    '/sign-in/break-glass': everyone(),
    '/rights': desksAndAuditor,
    '/rights/at': desksAndAuditor,
    '/rights/review': desk,
    '/people': readers(...administrators),
    // An administrator sees their own people; this one is another's.
    '/people/:id': { ...desk, institution_administrator: 404 },
    '/people/:id/end': { ...desk, institution_administrator: 404 },
    '/grants/:id/end': { ...desk, institution_administrator: 404 },
  },
  forms: {
    '/invitations': administrators,
    '/invitations/:id/code': administrators,
    '/invitations/:id/withdrawal': administrators,
    [entrance]: 'anyone',
    '/recoveries': desks,
    '/recoveries/:id/approval': desks,
    '/recoveries/:id/withdrawal': desks,
    '/desk-entries/:id/agreement': desks,
    '/desk-entries/:id/refusal': desks,
    '/break-glass/sets': ['secretariat_approver'],
    '/sign-in/break-glass': 'anyone',
    // Of another institution.
    '/people/:id/roles': ['secretariat'],
    '/people/:id/end': ['secretariat'],
    '/people/:id/sessions/end': ['secretariat'],
    '/grants/:id/end': ['secretariat'],
    '/rights/confirmations': ['secretariat'],
  },
  own_pages: {
    // The entrance looks the same to everyone, whoever was invited.
    [entrance]: { own: only(roles, 404), other: only(roles, 404) },
    '/people/:id': theirPeople,
    '/people/:id/end': theirPeople,
    '/grants/:id/end': theirPeople,
  },
  own_forms: {
    '/invitations/:id/code': theirInvitation,
    '/invitations/:id/withdrawal': theirInvitation,
    [entrance]: { own: roles, other: roles },
    '/people/:id/roles': theirPeopleForm,
    '/people/:id/end': theirPeopleForm,
    '/people/:id/sessions/end': theirPeopleForm,
    '/grants/:id/end': theirPeopleForm,
  },
  async shown({ desk }) {
    await desk.post('/invitations', {
      ...fieldsOf((await desk.get('/invitations/new')).text, '/invitations'),
      ...invitationFields({ institution_code: 'SEC-002', email: 'hanako.kaku@new.example' }),
    })
    const recovery = await fillIn(desk, '/recoveries/new', '/recoveries', {
      email: 'council@sokyu.example',
      reason: 'スマートフォンの紛失',
      identity_check: '名簿の番号にかけ直した',
    })
    return [{ name: 'recovery', path: recovery, who: 'desk' }]
  },
} satisfies Wing
