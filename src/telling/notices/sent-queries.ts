import { sql } from 'kysely'
import { isCounted } from '#delivery/answers/index.ts'
import { wordsOf } from '#directory/search/index.ts'
import type { Database } from '#ground/db/database.ts'
import type { InstitutionKind, RecipientAddress } from '#ground/db/tables.ts'
import { counted } from '#ground/lists/paged.ts'
import { firstPage, type Wanted } from '#ground/lists/wanted.ts'
import { may } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

/** How an institution that has not answered fared: a message got through, may have, is on its way, or none did. */
export type Reach = 'reached' | 'perhaps' | 'on_its_way' | 'failed'

/** Every institution that is counted among those whom a notice asked: whether it has answered, and how far the messages came. */
export async function receiptsOf(db: Database, notice_id: string, now: Date) {
  const rows = await db
    .selectFrom('receipt')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('delivery')
          .whereRef('delivery.receipt_id', '=', 'receipt.id')
          .where('delivery.purpose', '=', 'notice')
          .select(sql<string[]>`array_agg(distinct delivery.state)`.as('states'))
          .as('tried'),
      (join) => join.onTrue(),
    )
    .where('receipt.notice_id', '=', notice_id)
    .where(isCounted(now))
    .select(['receipt.id', 'receipt.closed_how', 'receipt.closed_at', 'receipt.next_step_at', 'receipt.call_since'])
    .select(['institution.id as institution_id', 'institution.kind', 'institution.is_infrastructure'])
    .select(['institution.name_ja', 'institution.name_en', 'tried.states'])
    .orderBy('institution.is_infrastructure', 'desc')
    .orderBy('institution.name_ja')
    .execute()
  return rows.map(({ states, ...row }) => ({ ...row, reach: reachOf(states ?? [], row.next_step_at) }))
}
/** How many institutions got it for information, and of how many of those a message got through. */
export const informedOf = (db: Database, notice_id: string) =>
  db
    .selectFrom('receipt')
    .where('notice_id', '=', notice_id)
    .where('closed_how', '=', 'informed')
    .select([
      sql<number>`count(*)::int`.as('count'),
      sql<number>`count(*) filter (where exists (select from delivery where delivery.receipt_id = receipt.id
        and purpose = 'notice' and state = 'sent'))::int`.as('reached'),
    ])
    .executeTakeFirstOrThrow()

export type ReceiptView = Awaited<ReturnType<typeof receiptsOf>>[number]

/** The best that became of an institution's messages; `next_step_at`: more will be tried. Pure. */
function reachOf(states: readonly string[], next_step_at: Date | null): Reach {
  if (states.includes('sent')) return 'reached'
  if (states.includes('perhaps')) return 'perhaps'
  if (states.includes('waiting') || states.includes('sending') || next_step_at !== null) return 'on_its_way'
  return 'failed'
}

export type Counts = { asked: number; answered: number; ended: number; open: number } & Record<Reach, number>

/** How far a notice has come, in all and for each kind of institution. `reach` counts those that have not answered. Pure. */
export function countsOf(receipts: readonly ReceiptView[]): { all: Counts; kinds: [InstitutionKind, Counts][] } {
  const kinds = [...Map.groupBy(receipts, ({ kind }) => kind)].map(([kind, of]): [InstitutionKind, Counts] => [
    kind,
    count(of),
  ])
  return { all: count(receipts), kinds }
}

function count(receipts: readonly ReceiptView[]): Counts {
  const counts = { asked: 0, answered: 0, ended: 0, open: 0, reached: 0, perhaps: 0, on_its_way: 0, failed: 0 }
  for (const { closed_how, reach } of receipts) {
    counts.asked++
    if (closed_how === 'answered') counts.answered++
    else {
      counts[closed_how === 'ended' ? 'ended' : 'open']++
      counts[reach]++
    }
  }
  return counts
}

/** Whom to call at these institutions: the first of the people written to who has a phone. Names and numbers are for who may see deliveries. */
export async function phonesOf(db: Database, reader: Person, receipt_ids: readonly string[]) {
  if (!may(reader, 'delivery.see')) return new Map<string, never>()
  const people = await db
    .selectFrom('recipient')
    .where(sql<boolean>`receipt_id = any (${[...receipt_ids]}::uuid[])`)
    .select(['receipt_id', 'name_ja', 'name_en', 'addresses'])
    .orderBy('is_primary', 'desc')
    .orderBy('rank')
    .execute()
  const phones = new Map<string, { name_ja: string; name_en: string | null; phone: string }>()
  for (const { receipt_id, addresses, ...name } of people) {
    const phone = phoneIn(addresses)
    if (phone && !phones.has(receipt_id)) phones.set(receipt_id, { ...name, phone })
  }
  return phones
}

const speaking = ['mobile', 'phone', 'priority_phone', 'satellite'] as const
const phoneIn = (addresses: readonly RecipientAddress[]) =>
  addresses.find(({ means }) => (speaking as readonly string[]).includes(means))?.address

/** On the page of the notice itself; all of them stand on a page of their own. */
export const answers_shown_max = 10
export const answers_per_page = 50

/**
 * What was answered, the newest first, and how much in all: the first of each institution closed its receipt, later ones stand
 * beside it. With a choice only the last word of each institution counts, as `choicesOf` counts it; with words only answers
 * of institutions that are called so.
 */
export async function answersOf(
  db: Database,
  notice_id: string,
  {
    per_page,
    wanted = firstPage,
    choice = null,
    q = '',
  }: { per_page: number; wanted?: Wanted; choice?: number | null; q?: string },
) {
  const all = wordsOf(q)
    .reduce(
      (query, { letters }) => query.where(sql<boolean>`strpos(institution.sought, ${letters}) > 0`),
      db.selectFrom('answer').innerJoin('institution', 'institution.id', 'answer.institution_id'),
    )
    .where('answer.notice_id', '=', notice_id)
    .$if(choice !== null, (query) =>
      query
        .where('answer.choice', '=', choice)
        .where('answer.taken_back_at', 'is', null)
        .where(
          sql<boolean>`not exists (select from answer as later
          where later.notice_id = answer.notice_id and later.institution_id = answer.institution_id
            and later.given = 'choice' and later.taken_back_at is null and (later.answered_at, later.id) > (answer.answered_at, answer.id))`,
        ),
    )
  const { total } = await all
    .select(({ fn }) => sql<number>`${fn.countAll()}::int`.as('total'))
    .executeTakeFirstOrThrow()
  const answers = all
    .leftJoin('person', 'person.id', 'answer.answered_by')
    .leftJoin('recipient', 'recipient.id', 'answer.recipient_id')
    .leftJoin('report', 'report.id', 'answer.report_id')
    .select(['answer.id', 'answer.given', 'answer.choice', 'answer.text', 'answer.report_id', 'answer.via'])
    .select(['answer.is_first', 'answer.is_on_behalf', 'answer.answered_at', 'institution.id as institution_id'])
    .select(['report.written_at', 'answer.taken_back_at'])
    .select(['institution.name_ja', 'institution.name_en'])
    .select(({ fn }) => [
      fn.coalesce('person.name_ja', 'recipient.name_ja').as('who_ja'),
      fn.coalesce('person.name_en', 'recipient.name_en').as('who_en'),
    ])
    .orderBy('answer.answered_at', 'desc')
    .orderBy('answer.id', 'desc')
  return counted(answers, total, wanted, per_page)
}
export type AnswersFound = Awaited<ReturnType<typeof answersOf>>
export type AnswerView = AnswersFound['rows'][number]

/** How many institutions chose what, by the number of the choice from 1: the last answer of each counts. */
export async function choicesOf(db: Database, notice_id: string): Promise<Map<number, number>> {
  const { rows } = await sql<{ choice: number; institutions: number }>`
    select choice, count(*)::int as institutions from (
      select distinct on (institution_id) choice from answer
      where notice_id = ${notice_id}::uuid and given = 'choice' and taken_back_at is null order by institution_id, answered_at desc, id desc) as last
    group by choice`.execute(db)
  return new Map(rows.map(({ choice, institutions }) => [choice, institutions]))
}

/** Whether the reader's own institution was sent it, and has not answered yet. */
export const ownReceipt = (db: Database, { institution_id }: Pick<Person, 'institution_id'>, notice_id: string) =>
  db
    .selectFrom('receipt')
    .where('notice_id', '=', notice_id)
    .where('institution_id', '=', institution_id)
    .select(['id', 'closed_at'])
    .executeTakeFirst()
