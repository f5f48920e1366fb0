import { sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import { may, must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { activeContacts, activeInstitutions } from './reach.ts'

const rounds_max = 100

/** Every round, newest first: with how many have answered for who sees the directory, and with the reader's own answer. */
export async function listAttestations(db: Database, reader: Person) {
  const sees_all = may(reader, 'directory.see')
  const rows = await db
    .selectFrom('attestation')
    .leftJoin('attestation_asked as own', (join) =>
      join.onRef('own.attestation_id', '=', 'attestation.id').on('own.institution_id', '=', reader.institution_id),
    )
    .select(['attestation.id', 'attestation.started_at', 'attestation.answer_by', 'attestation.closed_at'])
    .select(['own.institution_id as own_id', 'own.answer as own_answer'])
    .select(({ selectFrom, fn }) => [
      selectFrom('attestation_asked as asked')
        .whereRef('asked.attestation_id', '=', 'attestation.id')
        .select(fn.countAll<string>().as('n'))
        .as('asked'),
      selectFrom('attestation_asked as asked')
        .whereRef('asked.attestation_id', '=', 'attestation.id')
        .where('asked.answer', 'is not', null)
        .select(fn.countAll<string>().as('n'))
        .as('answered'),
    ])
    .orderBy('attestation.started_at', 'desc')
    .limit(rounds_max)
    .execute()
  return rows.map(({ asked, answered, ...row }) => ({
    ...row,
    counts: sees_all ? { asked: Number(asked), answered: Number(answered) } : null,
  }))
}
export type ListedAttestation = Awaited<ReturnType<typeof listAttestations>>[number]

/** One round with who has answered and who is missing, those without whom the market cannot work first. */
export async function readAttestation(db: Database, reader: Person, id: string) {
  must(reader, 'directory.see')
  const attestation = await db
    .selectFrom('attestation')
    .innerJoin('person', 'person.id', 'attestation.started_by')
    .where('attestation.id', '=', id)
    .selectAll('attestation')
    .select(['person.name_ja', 'person.name_en'])
    .executeTakeFirst()
  if (!attestation) throw new NotFound(`attestation ${id}`)
  const [asked, letters] = await Promise.all([
    db
      .selectFrom('attestation_asked as asked')
      .innerJoin('institution', 'institution.id', 'asked.institution_id')
      .where('asked.attestation_id', '=', id)
      .select(['institution.id', 'institution.name_ja', 'institution.name_en', 'institution.is_infrastructure'])
      .select(['institution.confirmed_at', 'asked.answer', 'asked.answered_at'])
      .select((eb) =>
        (['mail', 'phone'] as const).map((column) =>
          eb
            .selectFrom('contact_card as contact')
            .whereRef('contact.institution_id', '=', 'institution.id')
            .where(`contact.${column}`, 'is not', null)
            .orderBy('contact.rank')
            .limit(1)
            .select(`contact.${column}`)
            .as(column),
        ),
      )
      .orderBy('institution.is_infrastructure', 'desc')
      .orderBy('institution.code')
      .execute(),
    db.selectFrom('attestation_letters').where('attestation_id', '=', id).selectAll().orderBy('queued_at').execute(),
  ])
  return { ...attestation, asked, letters }
}
export type AttestationView = Awaited<ReturnType<typeof readAttestation>>

/** What the reader's institution is asked, and whether it has answered; where it was not asked there is nothing to see. */
export async function readAsked(db: Database, reader: Person, id: string) {
  must(reader, 'attestation.answer-own')
  const asked = await db
    .selectFrom('attestation_asked as asked')
    .innerJoin('attestation', 'attestation.id', 'asked.attestation_id')
    .where('asked.attestation_id', '=', id)
    .where('asked.institution_id', '=', reader.institution_id)
    .selectAll('attestation')
    .select(['asked.answer', 'asked.answered_at'])
    .executeTakeFirst()
  if (!asked) throw new NotFound(`attestation ${id}`)
  return asked
}
export type AskedView = Awaited<ReturnType<typeof readAsked>>

/** The round that is open, if one is. */
export const openAttestation = (db: Database) =>
  db.selectFrom('attestation').where('closed_at', 'is', null).select(['id', 'answer_by']).executeTakeFirst()

/** What the home page says of an open round: to an institution that it is asked, to who sees the directory how far it is; null when there is nothing to say. */
export async function attestationNotice(db: Database, reader: Person) {
  const open = await openAttestation(db)
  if (!open) return null
  if (may(reader, 'attestation.answer-own')) {
    const waiting = await db
      .selectFrom('attestation_asked')
      .where('attestation_id', '=', open.id)
      .where('institution_id', '=', reader.institution_id)
      .where('answer', 'is', null)
      .select('attestation_id')
      .executeTakeFirst()
    if (waiting) return { ...open, counts: null }
  }
  if (!may(reader, 'directory.see')) return null
  const { asked, answered } = await db
    .selectFrom('attestation_asked')
    .where('attestation_id', '=', open.id)
    .select([sql<string>`count(*)`.as('asked'), sql<string>`count(answer)`.as('answered')])
    .executeTakeFirstOrThrow()
  return { ...open, counts: { asked: Number(asked), answered: Number(answered) } }
}
export type Notice = NonNullable<Awaited<ReturnType<typeof attestationNotice>>>

/** Whom a round would ask if it were started now, and who could not be reached by mail. */
export async function audienceNow(db: Database, at: Date) {
  const [institutions, people] = await Promise.all([
    activeInstitutions(db, at)
      .select(['institution.id', 'institution.name_ja', 'institution.name_en'])
      .orderBy('institution.is_infrastructure', 'desc')
      .orderBy('institution.code')
      .execute(),
    activeContacts(db, at)
      .select(['institution.id', 'institution.name_ja', 'institution.name_en', 'contact.mail'])
      .select(['contact.name_ja as contact_ja', 'contact.name_en as contact_en'])
      .orderBy('institution.code')
      .orderBy('contact.rank')
      .execute(),
  ])
  const reached = new Set(people.map(({ id }) => id))
  return {
    institutions: institutions.length,
    people: people.length,
    without: institutions.filter(({ id }) => !reached.has(id)),
    first: people[0],
  }
}
export type Audience = Awaited<ReturnType<typeof audienceNow>>
