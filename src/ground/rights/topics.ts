import type { Database } from '#ground/db/database.ts'
import type { Tables } from '#ground/db/tables.ts'
import { type Act, may } from './may.ts'
import type { Person } from './person.ts'

type One = (db: Database, reader: Person, id: string) => Promise<boolean>
type Hearers = {
  /** The rights of which one lets hear that something on a list has changed; null: whoever is signed in. */
  list: Act | readonly Act[] | null
  /** Whether the reader may see the one thing of that id; `db` is the database as they see it. Without it there are none. */
  one?: One
}

const mayHear = (reader: Person, act: Hearers['list']) =>
  act === null || [act].flat().some((one) => may(reader, one as Act))

type TableWithId = { [Name in keyof Tables]: 'id' extends keyof Tables[Name] ? Name : never }[keyof Tables]

/**
 * A thing that is there for the reader, as the database's own rules have it, once they hold the right to its page (null: whoever
 * is signed in).
 */
const row =
  (table: TableWithId, act: Act | null): One =>
  async (db, reader, id) =>
    (act === null || may(reader, act)) &&
    // Every one of these tables has an id of this kind.
    (await db
      .selectFrom(table as 'situation')
      .where('id', '=', id)
      .select('id')
      .executeTakeFirst()) !== undefined

/** A bureau hears of what it supervises. */
const isSupervised = async (db: Database, reader: Person, id: string) =>
  may(reader, 'directory.see-supervised') &&
  (await db
    .selectFrom('institution')
    .where('id', '=', id)
    .where('supervised_by', '=', reader.institution_id)
    .select('id')
    .executeTakeFirst()) !== undefined

/** What can be heard of, by the first part of its path. Whoever may not open a page does not hear that it has changed. */
const hearers = {
  home: { list: null },
  board: { list: 'situation.see' },
  situations: { list: 'situation.see', one: row('situation', 'situation.see') },
  // Whom a notice was sent to, the database knows.
  notices: { list: 'situation.see', one: row('notice', 'situation.see') },
  'notice-templates': { list: 'delivery.see' },
  ladders: { list: 'notice.see' },
  rounds: { list: 'board.see-all', one: row('round', 'board.see-all') },
  reports: { list: 'report.see-all', one: row('report', 'situation.see') },
  proposals: { list: 'home.see-proposals', one: row('proposal', 'home.see-proposals') },
  criteria: { list: 'criteria.see', one: row('criterion', 'criteria.see') },
  // Whether a market’s BCP is activated is no secret of anybody who is signed in.
  activations: { list: null, one: row('activation', null) },
  telegrams: { list: 'telegram.see', one: row('telegram', 'telegram.see') },
  // That something was published, everyone sees on the public page.
  publications: { list: null, one: row('publication', 'publication.see') },
  'official-notices': { list: 'official-notice.see', one: row('official_notice', 'official-notice.see') },
  institutions: {
    list: 'situation.see',
    one: async (db, reader, id) =>
      may(reader, 'directory.see') || reader.institution_id === id || (await isSupervised(db, reader, id)),
  },
  contacts: { list: 'directory.see', one: async (_db, reader) => may(reader, 'directory.see') },
  'contact-points': { list: 'situation.see', one: async (_db, reader) => may(reader, 'situation.see') },
  'member-view': { list: 'situation.see' },
  invitations: { list: ['person.invite', 'person.invite-own'] },
  'desk-entries': { list: 'rights.see' },
  recoveries: { list: 'rights.see', one: row('recovery', 'rights.see') },
  'break-glass': { list: 'rights.see' },
  sso: { list: 'sso.edit' },
  attestations: { list: 'situation.see', one: row('attestation', 'attestation.run') },
  exchange: { list: 'situation.see', one: row('contact_exchange', 'exchange.agree-own') },
  pack: { list: 'pack.take' },
  calls: { list: 'delivery.see', one: async (_db, reader) => may(reader, 'delivery.see') },
  replies: { list: 'delivery.see' },
  drop: { list: 'delivery.see' },
  improvements: { list: 'improvement.see', one: row('register_item', 'improvement.see') },
  audiences: { list: 'audience.see', one: row('audience_group', 'audience.see') },
} satisfies Record<string, Hearers>

type Name = keyof typeof hearers
export const topicNames = Object.keys(hearers)
/** A path that a page may wait for: of a list, or of one thing in it. */
export type Topic = `/${Name}` | `/${Name}/${string}`

/** Of the paths asked for, those that this reader may hear of. Others are passed over: a page of many parts is for many readers. */
export async function heardBy(db: Database, reader: Person, asked: readonly string[]): Promise<string[]> {
  const heard: string[] = []
  for (const path of asked) {
    const [, name = '', ...parts] = path.split('/')
    // What stands before and behind the id is about the same thing, or about all of that kind.
    const id = parts.find((part) => part.length === 36)
    const rule: Hearers | undefined = Object.hasOwn(hearers, name) ? hearers[name as Name] : undefined
    if (!rule) continue
    if (id === undefined ? mayHear(reader, rule.list) : await rule.one?.(db, reader, id)) heard.push(path)
  }
  return heard
}
