import { sql } from 'kysely'
import { isActive } from '#directory/institutions/index.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import { paged } from '#ground/lists/paged.ts'
import { firstPage } from '#ground/lists/wanted.ts'
import { contactsNow, peopleNow } from './people-now.ts'

export const calls_per_page = 20

const receipts = (db: Database | Tx) =>
  db
    .selectFrom('receipt')
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .leftJoin('situation', 'situation.id', 'notice.situation_id')
    .select(['receipt.id', 'receipt.id as receipt_id', 'receipt.institution_id', 'receipt.call_since'])
    .select('receipt.call_wanted_at')
    .select(['receipt.closed_at', 'receipt.closed_how', 'receipt.opened_at', 'notice.id as notice_id', 'notice.mode'])
    .select(['notice.subject_ja', 'notice.subject_en', 'notice.label', 'notice.answer_wanted', 'notice.choices'])
    .select(['notice.answer_by', 'notice.released_at', 'notice.replaced_by_id', 'notice.situation_id'])
    .select('notice.round_id')
    .select(['notice.text_ja', 'notice.text_en', 'situation.closed_at as situation_closed_at'])
    .select(['institution.name_ja', 'institution.name_en', 'institution.is_infrastructure', 'institution.code'])

/** One institution's receipt with what it is asked; undefined: there is none for this reader. */
export const readCallReceipt = (db: Database | Tx, id: string) =>
  receipts(db).where('receipt.id', '=', id).executeTakeFirst()

export type CallReceipt = NonNullable<Awaited<ReturnType<typeof readCallReceipt>>>

export type CallScope = { notice_id: string | null; round_id: string | null }

/**
 * The receipt that stands for this one: that of the newest asking of its round that went to the same institution. A page of an
 * asking that was repeated meanwhile goes on with it. The same where there is no newer one.
 */
export async function standingReceipt(db: Database | Tx, id: string): Promise<string> {
  const newest = await siblings(db, [id]).orderBy('asked.asking', 'desc').limit(1).executeTakeFirst()
  return newest?.id ?? id
}

/** All receipts that one institution has in the round of each of these, themselves among them. */
const siblings = (db: Database | Tx, ids: readonly string[]) =>
  db
    .selectFrom('receipt')
    .innerJoin('notice', 'notice.id', 'receipt.notice_id')
    .innerJoin('receipt as sibling', 'sibling.institution_id', 'receipt.institution_id')
    .innerJoin('notice as asked', 'asked.id', 'sibling.notice_id')
    .where('receipt.id', 'in', ids)
    .where((eb) =>
      eb.or([eb('sibling.id', '=', eb.ref('receipt.id')), eb('asked.round_id', '=', eb.ref('notice.round_id'))]),
    )
    .select(['sibling.id', 'receipt.id as of_id'])

/** Somebody of the institution has asked to be rung, and nobody has spoken with them since: also when the answer is given meanwhile. */
const is_call_wanted = sql<boolean>`(receipt.call_wanted_at is not null and not exists (select from call
  where call.institution_id = receipt.institution_id and call.outcome = 'reached' and call.called_at >= receipt.call_wanted_at))`

/** A notice that is an asking stands for its round: who is still wanted is asked by the newest. */
const listed = (db: Database, { notice_id, round_id }: CallScope, now: Date) =>
  receipts(db)
    .where('receipt.call_since', 'is not', null)
    .where((eb) => eb.or([eb('receipt.closed_at', 'is', null), is_call_wanted]))
    .where(isActive(now))
    .$if(notice_id !== null, (q) => q.where(isOf(notice_id ?? '')))
    .$if(round_id !== null, (q) => q.where('notice.round_id', '=', round_id))

const isOf = (notice_id: string) =>
  sql<boolean>`(notice.id = ${notice_id}::uuid or notice.round_id = (select round_id from notice as of where of.id = ${notice_id}::uuid))`

/** For real before any drill, who asked for it first, then the infrastructure, then who has waited longest. */
const inOrder = (db: Database, scope: CallScope, now: Date) =>
  listed(db, scope, now)
    .orderBy(({ eb }) => eb('notice.mode', '=', 'actual'), 'desc')
    .orderBy(is_call_wanted, 'desc')
    .orderBy('institution.is_infrastructure', 'desc')
    .orderBy('receipt.call_since')
    .orderBy('institution.name_ja')
    .orderBy('receipt.id')

/** The places that an institution has on the whole list, from 1. */
export async function callPlaces(db: Database, institution_id: string, now: Date) {
  const all = await inOrder(db, { notice_id: null, round_id: null }, now)
    .clearSelect()
    .select(['receipt.id', 'receipt.institution_id', 'notice.situation_id'])
    .execute()
  return all
    .map((row, index) => ({ ...row, place: index + 1, count: all.length }))
    .filter((row) => row.institution_id === institution_id)
}

/** Who has to be rung, in that order. `part` null: all of them. */
export async function callList(
  db: Database,
  scope: CallScope,
  now: Date,
  part: { offset: number; limit: number } | null,
) {
  const rows = await inOrder(db, scope, now)
    .$if(part !== null, (q) => q.limit(part?.limit ?? 0).offset(part?.offset ?? 0))
    .execute()
  const ids = rows.map(({ id }) => id)
  const [recipients, calls, claims] = ids.length === 0 ? [[], [], []] : await aboutThem(db, ids, now)
  const contacts = await contactsNow(db, [...new Set(rows.map(({ institution_id }) => institution_id))])
  const by_receipt = {
    recipients: Map.groupBy(recipients, ({ receipt_id }) => receipt_id),
    calls: Map.groupBy(calls, ({ receipt_id }) => receipt_id),
    claims: new Map(claims.map((claim) => [claim.receipt_id, claim])),
  }
  return rows.map((row) => ({
    ...row,
    people: peopleNow(contacts.get(row.institution_id) ?? [], by_receipt.recipients.get(row.id) ?? []),
    calls: by_receipt.calls.get(row.id) ?? [],
    claim: by_receipt.claims.get(row.id) ?? null,
  }))
}
export type CallRow = Awaited<ReturnType<typeof callList>>[number]

/** The people whom these receipts were sent to, and, in the whole round, the calls so far, newest first, and who rings now. */
export async function aboutThem(db: Database | Tx, ids: readonly string[], now: Date) {
  const all = await siblings(db, ids).execute()
  const of = new Map(all.map(({ id, of_id }) => [id, of_id]))
  const every = all.map(({ id }) => id)
  const its = <Row extends { receipt_id: string }>(rows: Row[]) =>
    rows.map((row) => ({ ...row, receipt_id: of.get(row.receipt_id) ?? row.receipt_id }))
  const [recipients, calls, claims] = await Promise.all([
    db
      .selectFrom('recipient')
      .where('receipt_id', 'in', ids)
      .select(['id', 'receipt_id', 'contact_id', 'name_ja', 'name_en', 'addresses', 'rank'])
      .orderBy('rank')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('call')
      .innerJoin('person', 'person.id', 'call.called_by')
      .leftJoin('recipient', 'recipient.id', 'call.recipient_id')
      .where('call.receipt_id', 'in', every)
      .select(['call.id', 'call.receipt_id', 'call.outcome', 'call.note', 'call.called_at'])
      .select(['person.name_ja as caller_ja', 'person.name_en as caller_en'])
      .select(['recipient.name_ja as contact_ja', 'recipient.name_en as contact_en'])
      .orderBy('call.called_at', 'desc')
      .execute(),
    db
      .selectFrom('call_claim')
      .innerJoin('person', 'person.id', 'call_claim.claimed_by')
      .where('receipt_id', 'in', every)
      .where('claimed_until', '>', now)
      .select(['receipt_id', 'claimed_by', 'claimed_until', 'person.name_ja', 'person.name_en'])
      .execute(),
  ])
  return [recipients, its(calls), its(claims)] as const
}
export type CallClaim = Awaited<ReturnType<typeof aboutThem>>[2][number]
export type CallMade = Awaited<ReturnType<typeof aboutThem>>[1][number]

export async function countCalls(db: Database, scope: CallScope, now: Date): Promise<number> {
  const { count } = await listed(db, scope, now)
    .clearSelect()
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** The first of the institutions that have not answered this notice and are not on the list: who may be put on it. */
export const notListed = (db: Database, notice_id: string, now: Date) =>
  paged(
    receipts(db)
      .where(isOf(notice_id))
      .where(isActive(now))
      .where('receipt.closed_at', 'is', null)
      .where('receipt.call_since', 'is', null)
      .where('notice.answer_wanted', '!=', 'none')
      .orderBy('institution.is_infrastructure', 'desc')
      .orderBy('institution.name_ja')
      .orderBy('receipt.id'),
    firstPage,
    calls_per_page,
  )
