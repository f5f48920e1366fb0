import type { Person, Role } from './person.ts'

/** Who may do what, in one table. An action names its line; nothing else decides about a role. */
const allowed = {
  'criteria.edit': ['secretariat'],
  'proposal.decide': ['secretariat'],
  'situation.open': ['secretariat'],
  'situation.change': ['secretariat'],
  'situation.close': ['secretariat'],
  'round.ask': ['secretariat'],
  'report.file': ['bcp_contact'],
  'publication.publish': ['secretariat'],
  'roster.import': ['secretariat'],
  'official-notice.register': ['secretariat'],
  'telegram.ingest': ['secretariat'],

  'home.see-proposals': ['secretariat', 'observer', 'auditor'],
  'situation.see': ['secretariat', 'bcp_contact', 'observer', 'auditor'],
  'board.see-all': ['secretariat', 'observer', 'auditor'],
  'report.see-all': ['secretariat', 'observer', 'auditor'],
  'delivery.see': ['secretariat', 'auditor'],
  'directory.see': ['secretariat', 'observer', 'auditor'],
  'official-notice.see': ['secretariat', 'bcp_contact', 'observer', 'auditor'],
  'criteria.see': ['secretariat', 'observer', 'auditor'],
  'trail.read': ['secretariat', 'auditor'],
} as const satisfies Record<string, readonly Role[]>

export type Act = keyof typeof allowed

/** The message never reaches a reader; the page says it in their language. */
export class NotAllowed extends Error {}
export class NotFound extends Error {}

export const may = (person: Person, act: Act): boolean =>
  person.roles.some((role) => (allowed[act] as readonly Role[]).includes(role))

/** Throws unless one of the person's roles may do this. First line of every action. */
export function must(person: Person, act: Act) {
  if (!may(person, act)) throw new NotAllowed(`${person.id} may not ${act}`)
}
