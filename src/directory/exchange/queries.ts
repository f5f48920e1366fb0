import { type QueryCreator, sql } from 'kysely'
import type { Database } from '#ground/db/database.ts'
import type { Tables } from '#ground/db/tables.ts'
import { must, NotFound } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'

/** The institutions that show this one their contacts, and are shown its: both have agreed, and neither has ended it. */
export const partnersOf = (db: Pick<QueryCreator<Tables>, 'selectFrom'>, institution_id: string) =>
  db
    .selectFrom('contact_exchange')
    .where('agreed_at', 'is not', null)
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('proposing_id', '=', institution_id), eb('answering_id', '=', institution_id)]))
    .select(
      sql<string>`case when proposing_id = ${institution_id} then answering_id else proposing_id end`.as('partner_id'),
    )

/** Both sides say once a year that the exchange is still wanted. */
const confirmed_days = 365

/** What every page of an exchange needs, seen from the reader's side. */
const mine = (db: Database, { institution_id }: Person) =>
  db
    .selectFrom('contact_exchange as exchange')
    .innerJoin('institution as partner', (join) =>
      join.on(
        sql<boolean>`partner.id = case when exchange.proposing_id = ${institution_id} then exchange.answering_id else exchange.proposing_id end`,
      ),
    )
    .where((eb) =>
      eb.or([eb('exchange.proposing_id', '=', institution_id), eb('exchange.answering_id', '=', institution_id)]),
    )
    .selectAll('exchange')
    .select(['partner.id as partner_id', 'partner.code', 'partner.name_ja', 'partner.name_en'])

type Row = Awaited<ReturnType<ReturnType<typeof mine>['execute']>>[number]
export type ExchangeState = 'asked_of_me' | 'asked_by_me' | 'agreed' | 'declined' | 'taken_back' | 'ended'

/** How an exchange stands, seen from one side of it, and by when each side must confirm it again. */
function seenFrom(row: Row, institution_id: string) {
  const is_proposer = row.proposing_id === institution_id
  const state: ExchangeState = row.ended_at
    ? row.agreed_at
      ? 'ended'
      : row.ended_side_id === row.proposing_id
        ? 'taken_back'
        : 'declined'
    : row.agreed_at
      ? 'agreed'
      : is_proposer
        ? 'asked_by_me'
        : 'asked_of_me'
  const due = (confirmed: Date | null) =>
    confirmed ? new Date(confirmed.getTime() + confirmed_days * 86_400_000) : null
  const [own, theirs] = is_proposer
    ? [row.proposing_confirmed_at, row.answering_confirmed_at]
    : [row.answering_confirmed_at, row.proposing_confirmed_at]
  return { ...row, state, own_confirmed_at: own, own_due_at: due(own), their_due_at: due(theirs) }
}
export type ExchangeView = ReturnType<typeof seenFrom>

/** The exchanges of the reader's institution, those that wait for its answer first, then the newest. */
export async function listExchanges(db: Database, reader: Person): Promise<ExchangeView[]> {
  must(reader, 'exchange.agree-own')
  const rows = await mine(db, reader)
    .orderBy(sql`exchange.ended_at is not null`)
    .orderBy(sql`exchange.agreed_at is not null`)
    .orderBy('exchange.proposed_at', 'desc')
    .execute()
  return rows.map((row) => seenFrom(row, reader.institution_id))
}

/** One exchange of the reader's institution; nobody else is told that there is one. */
export async function readExchange(db: Database, reader: Person, id: string): Promise<ExchangeView> {
  must(reader, 'exchange.agree-own')
  const row = await mine(db, reader).where('exchange.id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound(`exchange ${id}`)
  return seenFrom(row, reader.institution_id)
}

/** The partner's contacts, as long as the exchange is agreed. */
export const partnerContacts = (db: Database, { institution_id }: Person, partner_id: string) =>
  db
    .selectFrom('contact_card')
    .where('institution_id', '=', partner_id)
    .where('institution_id', 'in', partnersOf(db, institution_id))
    .select(['id', 'rank', 'name_ja', 'name_en', 'title', 'mail', 'phone', 'confirmed_at'])
    .orderBy('rank')
    .execute()

/** How many proposals wait for the answer of the reader's institution. */
export async function waitingExchanges(db: Database, { institution_id }: Person): Promise<number> {
  const { n } = await db
    .selectFrom('contact_exchange')
    .where('answering_id', '=', institution_id)
    .where('agreed_at', 'is', null)
    .where('ended_at', 'is', null)
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Institutions to propose an exchange to: those whose name, reading or code holds the words, and not the reader's own. */
export async function institutionsNamed(db: Database, reader: Person, q: string) {
  const words = q.normalize('NFKC').split(/\s+/).filter(Boolean).slice(0, 8)
  if (words.length === 0) return []
  return words
    .reduce(
      (query, word) => query.where(sql<boolean>`strpos(institution.sought, folded(${word})) > 0`),
      db.selectFrom('institution').where('id', '<>', reader.institution_id),
    )
    .select(['id', 'code', 'name_ja', 'name_en'])
    .orderBy('code')
    .limit(20)
    .execute()
}

/** How many contacts of the reader's own institution a partner would see. */
export async function ownContacts(db: Database, { institution_id }: Person): Promise<number> {
  const { n } = await db
    .selectFrom('contact_card')
    .where('institution_id', '=', institution_id)
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}
