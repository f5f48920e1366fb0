import type { Database } from '#db/database.ts'
import { named } from '#html/language.ts'
import type { Claim } from './claim-deliveries.ts'

/** Everything that the mails of these claims say, in the order in which they go out: first contacts first. */
export async function lettersOf(db: Database, claims: readonly Claim[]) {
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('round', 'round.id', 'delivery.round_id')
    .innerJoin('situation', 'situation.id', 'round.situation_id')
    .innerJoin('institution', 'institution.id', 'delivery.institution_id')
    .innerJoin('contact', 'contact.id', 'delivery.contact_id')
    .innerJoin('person', 'person.id', 'round.asked_by')
    .innerJoin('institution as office', 'office.id', 'person.institution_id')
    .leftJoin('contact_card as desk', (join) =>
      join.onRef('desk.institution_id', '=', 'office.id').on('desk.rank', '=', 1),
    )
    .where(
      'delivery.id',
      'in',
      claims.map(({ id }) => id),
    )
    .select(['delivery.id', 'delivery.attempts', 'delivery.message_id', 'delivery.address', 'delivery.mode'])
    .select(['delivery.round_id', 'delivery.institution_id', 'round.text_ja', 'round.text_en'])
    .select(['round.answer_by', 'round.asked_at', 'situation.id as situation_id'])
    .select(['situation.title_ja', 'situation.title_en'])
    .select(['institution.name_ja', 'institution.name_en'])
    .select(['contact.name_ja as contact_ja', 'contact.name_en as contact_en'])
    .select(['office.name_ja as office_ja', 'office.name_en as office_en', 'desk.phone'])
    .orderBy('delivery.next_try_at')
    .orderBy('contact.rank')
    .orderBy('delivery.id')
    .execute()
  const attempts = new Map(claims.map((claim) => [claim.id, claim.attempts]))
  // A row with another attempt was taken over between the claim and now.
  const ours = rows.filter((row) => attempts.get(row.id) === row.attempts)
  return ours.map((row) => ({
    id: row.id,
    attempts: row.attempts,
    message_id: row.message_id,
    mode: row.mode,
    round_id: row.round_id,
    institution_id: row.institution_id,
    to: { name: named('ja', { name_ja: row.contact_ja, name_en: row.contact_en }), address: row.address },
    situation: { id: row.situation_id, mode: row.mode, title_ja: row.title_ja, title_en: row.title_en },
    round: { text_ja: row.text_ja, text_en: row.text_en, answer_by: row.answer_by, asked_at: row.asked_at },
    institution: { name_ja: row.name_ja, name_en: row.name_en },
    contact: { name_ja: row.contact_ja, name_en: row.contact_en },
    sender: { name_ja: row.office_ja, name_en: row.office_en, phone: row.phone },
  }))
}

export type ClaimedLetter = Awaited<ReturnType<typeof lettersOf>>[number]
