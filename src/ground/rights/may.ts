import type { Person, Role } from './person.ts'

const desk = ['secretariat', 'secretariat_approver'] as const
/** Those who look at the whole market: the desk, the command centre while one is open, the authorities, the auditors. */
const overview = [...desk, 'command_centre_member', 'authority', 'auditor'] as const
const everyone = [...overview, 'bcp_contact', 'institution_administrator', 'council_member', 'observer'] as const

/**
 * Who may do what, in one table; `…-own` is about the person's own institution only. An action names its line, the pages
 * for auditors print it, and the database's own rules (row-level security) are told what it says: nothing else decides about a role.
 */
export const rights = {
  'criteria.edit': ['secretariat'],
  'proposal.decide': ['secretariat'],
  'situation.open': ['secretariat'],
  'situation.change': ['secretariat'],
  'situation.close': ['secretariat'],
  'round.ask': ['secretariat'],
  'report.file': ['bcp_contact'],
  'report.file-for': ['secretariat'],
  'notice.draft': ['secretariat'],
  'notice.release': desk,
  'notice.answer': ['secretariat'],
  'notice.answer-own': ['bcp_contact', 'institution_administrator'],
  'template.edit': ['secretariat'],
  'ladder.edit': ['secretariat'],
  'call.record': desk,
  'publication.publish': ['secretariat'],
  'roster.import': ['secretariat'],
  'official-notice.register': ['secretariat'],
  'telegram.ingest': ['secretariat'],
  'audience.edit': ['secretariat'],

  'institution.edit': ['secretariat'],
  'institution.edit-own': ['institution_administrator'],
  'contact.edit': ['secretariat'],
  'contact.edit-own': ['institution_administrator', 'bcp_contact'],
  'address.test': ['secretariat'],
  'attestation.run': ['secretariat'],
  'attestation.answer-own': ['institution_administrator', 'bcp_contact'],
  'exchange.agree-own': ['institution_administrator', 'bcp_contact'],
  'directory.export': ['secretariat', 'command_centre_member'],
  'pack.take': ['secretariat', 'secretariat_approver', 'command_centre_member'],

  'person.invite': ['secretariat'],
  'person.invite-own': ['institution_administrator'],
  'person.end': ['secretariat'],
  'person.end-own': ['institution_administrator'],
  'role.grant': ['secretariat'],
  'role.grant-own': ['institution_administrator'],
  'role.review': ['secretariat'],
  'recovery.request': ['secretariat', 'secretariat_approver'],
  'recovery.approve': ['secretariat', 'secretariat_approver'],
  'break-glass.seal': ['secretariat_approver'],
  'setting.change': ['secretariat'],
  'sso.edit': ['secretariat'],

  'home.see-proposals': [...overview, 'observer'],
  'situation.see': everyone,
  'board.see-all': overview,
  'report.see-all': overview,
  'notice.see': overview,
  'delivery.see': [...desk, 'auditor'],
  'directory.see': overview,
  'official-notice.see': everyone,
  'criteria.see': [...overview, 'observer', 'council_member'],
  'publication.see': [...overview, 'observer'],
  'telegram.see': [...overview, 'observer'],
  'rights.see': [...desk, 'auditor'],
  'audience.see': [...desk, 'auditor'],
  'trail.read': [...desk, 'auditor'],
} as const satisfies Record<string, readonly Role[]>

export type Act = keyof typeof rights
export const acts = Object.keys(rights) as Act[]

/** The message never reaches a reader; the page says it in their language. */
export class NotAllowed extends Error {}
export class NotFound extends Error {}

export const may = (person: Person, act: Act): boolean =>
  person.roles.some((role) => (rights[act] as readonly Role[]).includes(role))

/** Everything that the person may do, as the database is told before each of their queries. */
export const mayAll = (person: Person): Act[] => acts.filter((act) => may(person, act))

/** Throws unless one of the person's roles may do this. First line of every action. */
export function must(person: Person, act: Act) {
  if (!may(person, act)) throw new NotAllowed(`${person.id} may not ${act}`)
}

/** Throws unless the person may do this everywhere, or may do it in their own institution and this is it. */
export function mustIn<Name extends string>(
  person: Person,
  act: `${Name}-own` extends Act ? (Name extends Act ? Name : never) : never,
  institution_id: string,
) {
  if (!mayIn(person, act, institution_id)) throw new NotAllowed(`${person.id} may not ${act} of ${institution_id}`)
}
export const mayIn = <Name extends string>(
  person: Person,
  act: `${Name}-own` extends Act ? (Name extends Act ? Name : never) : never,
  institution_id: string,
): boolean => may(person, act) || (person.institution_id === institution_id && may(person, `${act}-own` as Act))

/** The roles that count now: the command centre's people see the market only while there is a situation (S0-30). */
export const heldNow = (person: Person, { is_open }: { is_open: boolean }): Person =>
  is_open ? person : { ...person, roles: person.roles.filter((role) => role !== 'command_centre_member') }
