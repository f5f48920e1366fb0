import type { Database, Tx } from '#ground/db/database.ts'

/** What institutions said, each with who said it: somebody who signed in, or the recipient whose link or reply it was. */
export const answersSaid = (db: Database | Tx) =>
  db
    .selectFrom('answer')
    .leftJoin('person', 'person.id', 'answer.answered_by')
    .leftJoin('recipient', 'recipient.id', 'answer.recipient_id')
    .select(['answer.id', 'answer.given', 'answer.choice', 'answer.text', 'answer.report_id', 'answer.via'])
    .select(['answer.is_first', 'answer.is_on_behalf', 'answer.answered_at', 'answer.recipient_id'])
    .select(['answer.answered_by', 'answer.taken_back_at', 'recipient.contact_id'])
    .select(({ fn }) => [
      fn.coalesce('person.name_ja', 'recipient.name_ja').as('who_ja'),
      fn.coalesce('person.name_en', 'recipient.name_en').as('who_en'),
    ])
