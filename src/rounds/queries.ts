import { sql } from 'kysely'
import { NotFound } from '#access/index.ts'
import type { Database } from '#db/database.ts'

/** A round with its situation and the one who asked. */
export async function readRound(db: Database, id: string) {
  const round = await rounds(db).where('round.id', '=', id).executeTakeFirst()
  if (!round) throw new NotFound(`round ${id}`)
  return round
}

/** How far the newest round of a situation has come; null when nobody has been asked yet. */
export async function latestRound(db: Database, situation_id: string): Promise<RoundProgress | null> {
  const round = await rounds(db)
    .where('round.situation_id', '=', situation_id)
    .orderBy('round.asked_at', 'desc')
    .orderBy('round.id')
    .limit(1)
    .executeTakeFirst()
  return round ? roundProgress(db, round.id) : null
}

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
export async function roundProgress(db: Database, id: string) {
  const [rows, deliveries] = await Promise.all([
    askedInstitutions(db, id),
    db
      .selectFrom('delivery')
      .innerJoin('notice', 'notice.id', 'delivery.notice_id')
      .where('notice.round_id', '=', id)
      .groupBy('delivery.state')
      .select((eb) => ['delivery.state', eb.fn.countAll<string>().as('count')])
      .execute(),
  ])
  const by_state = { sent: 0, sending: 0, waiting: 0, perhaps: 0, failed: 0, stopped: 0 }
  for (const { state, count } of deliveries) by_state[state] = Number(count)
  return {
    id,
    ...counted(rows),
    infrastructure: counted(rows.filter(({ is_infrastructure }) => is_infrastructure)),
    participants: counted(rows.filter(({ is_infrastructure }) => !is_infrastructure)),
    /** Those that have not answered, the infrastructure first. */
    missing: rows.filter(({ answered }) => !answered),
    by_state,
  }
}

export type RoundProgress = Awaited<ReturnType<typeof roundProgress>>

const counted = (rows: readonly { answered: unknown }[]) => ({
  asked: rows.length,
  answered: rows.filter(({ answered }) => answered).length,
})

const best_first = ['sent', 'perhaps', 'sending', 'waiting', 'failed', 'stopped']

/** Each institution of a round: whether it has answered the newest asking, how that fared on the way (null: nothing was sent yet), and whom to call. */
const askedInstitutions = (db: Database, round_id: string) =>
  db
    .selectFrom('receipt')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .leftJoin('contact_card as contact', (join) =>
      join.onRef('contact.institution_id', '=', 'institution.id').on('contact.rank', '=', 1),
    )
    .where('receipt.notice_id', '=', ({ selectFrom }) =>
      selectFrom('notice').where('round_id', '=', round_id).orderBy('asking', 'desc').limit(1).select('notice.id'),
    )
    .select(['institution.id', 'institution.name_ja', 'institution.name_en', 'institution.is_infrastructure'])
    .select(['contact.name_ja as contact_ja', 'contact.name_en as contact_en', 'contact.phone'])
    .select((eb) => [
      eb('receipt.closed_how', '=', 'answered').and('receipt.closed_at', 'is not', null).as('answered'),
      // Of several deliveries the one that fared best: what a person at that institution may have read.
      eb
        .selectFrom('delivery')
        .whereRef('delivery.receipt_id', '=', 'receipt.id')
        .orderBy(sql`array_position(${best_first}::text[], delivery.state)`)
        .limit(1)
        .select('delivery.state')
        .as('mail_state'),
    ])
    .orderBy('institution.is_infrastructure', 'desc')
    .orderBy('institution.name_ja')
    .execute()

export const deliveries_per_page = 100

/** Deliveries of a round with the mail server's own answers, those that need a look first. For readers who may 'delivery.see'. */
export const roundDeliveries = (db: Database, round_id: string, page: number) =>
  db
    .selectFrom('delivery')
    .innerJoin('notice', 'notice.id', 'delivery.notice_id')
    .leftJoin('recipient as contact', 'contact.id', 'delivery.recipient_id')
    // Who has left the directory since has no number that would help.
    .leftJoin('contact_card', 'contact_card.id', 'contact.contact_id')
    .innerJoin('institution', 'institution.id', 'delivery.institution_id')
    .where('notice.round_id', '=', round_id)
    .select(['delivery.id', 'delivery.address', 'delivery.state', 'delivery.attempts', 'delivery.answer'])
    .select(['delivery.sent_at', 'delivery.next_try_at', 'contact.rank', 'contact_card.phone'])
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
    .limit(deliveries_per_page)
    .execute()

export type DeliveryView = Awaited<ReturnType<typeof roundDeliveries>>[number]
