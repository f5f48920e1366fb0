import type { QueryCreator } from 'kysely'
import { NotFound } from '#access/index.ts'
import type { Database } from '#db/database.ts'
import type { Tables } from '#db/tables.ts'
import { civilDay } from './civil-day.ts'

type Reader = Pick<QueryCreator<Tables>, 'selectFrom'>

/** Institutions that belong to the market on the civil day of `at`: those that a round asks. */
export const activeInstitutions = (db: Reader, at: Date) =>
  db
    .selectFrom('institution')
    .where('institution.active_from', '<=', civilDay(at))
    .where((eb) => eb.or([eb('institution.active_to', 'is', null), eb('institution.active_to', '>=', civilDay(at))]))

/** The current contacts of those institutions: each gets a mail. */
export const activeContacts = (db: Reader, at: Date) =>
  activeInstitutions(db, at)
    .innerJoin('contact', 'contact.institution_id', 'institution.id')
    .where('contact.removed_at', 'is', null)

/** Whom a round would reach if it were asked now, and who could not be reached by mail. */
export async function reachNow(db: Database, at: Date) {
  const [institutions, people, without_contact] = await Promise.all([
    activeInstitutions(db, at)
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow(),
    activeContacts(db, at)
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow(),
    activeInstitutions(db, at)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('contact')
              .whereRef('contact.institution_id', '=', 'institution.id')
              .where('contact.removed_at', 'is', null)
              .select('contact.id'),
          ),
        ),
      )
      .select(['institution.id', 'institution.name_ja', 'institution.name_en'])
      .orderBy('institution.name_ja')
      .execute(),
  ])
  return { institutions: Number(institutions.count), people: Number(people.count), without_contact }
}

export type Reach = Awaited<ReturnType<typeof reachNow>>

/** A round with its situation and the one who asked. */
export async function readRound(db: Database, id: string) {
  const round = await rounds(db).where('round.id', '=', id).executeTakeFirst()
  if (!round) throw new NotFound(`round ${id}`)
  return round
}

/** The newest round of a situation; undefined when nobody has been asked yet. */
export const latestRound = (db: Database, situation_id: string) =>
  rounds(db)
    .where('round.situation_id', '=', situation_id)
    .orderBy('round.asked_at', 'desc')
    .orderBy('round.id')
    .limit(1)
    .executeTakeFirst()

const rounds = (db: Database) =>
  db
    .selectFrom('round')
    .innerJoin('situation', 'situation.id', 'round.situation_id')
    .innerJoin('person', 'person.id', 'round.asked_by')
    .selectAll('round')
    .select(['situation.title_ja', 'situation.title_en', 'situation.closed_at'])
    .select(['person.name_ja as asked_by_ja', 'person.name_en as asked_by_en'])

export type RoundView = Awaited<ReturnType<typeof readRound>>

/** How far a round has come: an institution has answered when it has reported in this situation since it was asked. */
export async function roundProgress(db: Database, { id }: { id: string }) {
  const [rows, deliveries] = await Promise.all([
    db
      .selectFrom('asked')
      .innerJoin('round', 'round.id', 'asked.round_id')
      .innerJoin('institution', 'institution.id', 'asked.institution_id')
      .where('asked.round_id', '=', id)
      .select(['institution.id', 'institution.name_ja', 'institution.name_en', 'institution.is_infrastructure'])
      .select(({ exists, not, selectFrom }) => [
        exists(
          selectFrom('report')
            .whereRef('report.institution_id', '=', 'asked.institution_id')
            .whereRef('report.situation_id', '=', 'round.situation_id')
            .whereRef('report.mode', '=', 'round.mode')
            .whereRef('report.reported_at', '>=', 'round.asked_at')
            .select('report.id'),
        ).as('answered'),
        not(
          exists(
            selectFrom('delivery')
              .whereRef('delivery.round_id', '=', 'asked.round_id')
              .whereRef('delivery.institution_id', '=', 'asked.institution_id')
              .where('delivery.state', '!=', 'failed')
              .select('delivery.id'),
          ),
        ).as('unreached'),
      ])
      .orderBy('institution.is_infrastructure', 'desc')
      .orderBy('institution.name_ja')
      .execute(),
    db
      .selectFrom('delivery')
      .where('round_id', '=', id)
      .groupBy('state')
      .select((eb) => ['state', eb.fn.countAll<string>().as('count')])
      .execute(),
  ])
  const missing = rows.filter(({ answered }) => !answered)
  const by_state = { sent: 0, waiting: 0, sending: 0, perhaps: 0, failed: 0 }
  for (const { state, count } of deliveries) by_state[state] = Number(count)
  return { asked: rows.length, answered: rows.length - missing.length, missing, by_state }
}

export type RoundProgress = Awaited<ReturnType<typeof roundProgress>>

export const deliveries_per_page = 100

/** Deliveries of a round with the mail server's own answers, those that need a look first; one more than a page, to know whether there is a next. For readers who may 'delivery.see'. */
export const roundDeliveries = (db: Database, round_id: string, page: number) =>
  db
    .selectFrom('delivery')
    .innerJoin('contact', 'contact.id', 'delivery.contact_id')
    .innerJoin('institution', 'institution.id', 'delivery.institution_id')
    .where('delivery.round_id', '=', round_id)
    .select(['delivery.id', 'delivery.address', 'delivery.state', 'delivery.attempts', 'delivery.answer'])
    .select(['delivery.sent_at', 'delivery.next_try_at', 'contact.rank', 'contact.phone'])
    .select(['contact.name_ja as contact_ja', 'contact.name_en as contact_en'])
    .select(['institution.name_ja', 'institution.name_en'])
    .orderBy((eb) =>
      eb
        .case('delivery.state')
        .when('failed')
        .then(1)
        .when('perhaps')
        .then(2)
        .when('waiting')
        .then(3)
        .when('sending')
        .then(4)
        .else(5)
        .end(),
    )
    .orderBy('institution.name_ja')
    .orderBy('contact.rank')
    .orderBy('delivery.id')
    .offset((page - 1) * deliveries_per_page)
    .limit(deliveries_per_page + 1)
    .execute()

export type DeliveryView = Awaited<ReturnType<typeof roundDeliveries>>[number]
