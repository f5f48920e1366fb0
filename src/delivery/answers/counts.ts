import { type RawBuilder, sql } from 'kysely'
import { isActive } from '#directory/institutions/index.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import type { Mode } from '#ground/db/tables.ts'

/*
 * What is counted of a market, for every page, file and line that shows a figure of it. Nobody counts by themselves.
 *
 * asked         a request to report went to it in this situation and was not withdrawn as a whole; who got it for information
 *               only was not asked.
 * reported      it was asked and has said something in the situation, whenever, by whatever way; it stays so, unless
 *               the only thing it said was taken back.
 * not reported  it was asked and has said nothing: asked = reported + not reported.
 * not asked     nobody asked it, as one that joined after the asking, and it has said nothing: in no denominator.
 * unasked       nobody asked it, and it reported by itself: beside the others, in no denominator either.
 * answered      of a round: it has answered at least one of its askings. What came before the round is no answer to it.
 * missing       of a round: asked by it and never answered.
 * wanted        of a round: something is open for it now; the missing, and those asked again that have not answered again.
 *
 * All of them are of the market on the day that is looked at, for what is closed that of its closing: who has left it by then is
 * counted only with what it has said.
 */

/** Which situation of which mode; null: the standing board, where an open situation is what one is asked in. */
type Of = {
  situation_id: string | null
  mode: Mode
  /** Of the standing board: as members may know it, to whom a gathering that does not ask them is nothing. */
  is_given?: boolean
}

export type Tally = { asked: number; reported: number; not_reported: number; not_asked: number; unasked: number }
export type Standing = { is_asked: boolean; has_reported: boolean }

/** One row for each institution that is counted in a situation: whether it was asked, and whether it has reported. */
export const standings = ({ situation_id, mode, is_given = false }: Of, now: Date) => {
  const open = is_given
    ? sql`situation.closed_at is null and situation.centre_set_up_at is not null`
    : sql`situation.closed_at is null`
  const isHere = (column: RawBuilder<unknown>) =>
    situation_id === null ? sql`true` : sql`${column} = ${situation_id}::uuid`
  return sql<Standing & { institution_id: string }>`(
  with asking as materialized (
    select notice.id from notice join situation on situation.id = notice.situation_id
    where notice.answer_wanted = 'report' and notice.state = 'released' and notice.mode = ${mode}
      and ${situation_id === null ? open : isHere(sql`situation.id`)}
      and not exists (select from notice withdrawn join notice withdrawal on withdrawal.id = withdrawn.replaced_by_id
        where withdrawal.kind = 'withdrawal' and (withdrawn.id = notice.id or withdrawn.round_id = notice.round_id)))
  select institution.id as institution_id, said.has_reported,
    exists (select from receipt where receipt.institution_id = institution.id and receipt.closed_how is distinct from 'informed'
      and receipt.notice_id in (select id from asking)) as is_asked
  from institution cross join lateral (select exists (select from report_now report
    where report.institution_id = institution.id and report.mode = ${mode} and ${isHere(sql`report.situation_id`)}) as has_reported) said
  where ${isActive(now)} or ${situation_id === null ? sql`false` : sql`said.has_reported`})`
}

/** Adds up standings. Pure. */
export function tallyOf(rows: readonly Standing[]): Tally {
  const count = (is_asked: boolean, has_reported: boolean) =>
    rows.filter((row) => row.is_asked === is_asked && row.has_reported === has_reported).length
  const [reported, not_reported] = [count(true, true), count(true, false)]
  return {
    asked: reported + not_reported,
    reported,
    not_reported,
    not_asked: count(false, false),
    unasked: count(false, true),
  }
}

/** The same in the database. On the whole of it: what row-level security narrows is a reader's own, never the market. */
export async function readTally(whole: Database | Tx, of: Of, now: Date): Promise<Tally> {
  const { rows } = await sql<Standing>`select is_asked, has_reported from ${standings(of, now)} standing`.execute(whole)
  return tallyOf(rows)
}

/** How one institution stands in a situation: all that its own people are told who do not see the market. */
export async function readStanding(
  whole: Database,
  of: Of,
  institution_id: string,
  now: Date,
): Promise<Standing | null> {
  const { rows } = await sql<Standing>`
    select is_asked, has_reported from ${standings(of, now)} standing where institution_id = ${institution_id}::uuid`.execute(
    whole,
  )
  return rows[0] ?? null
}

/** One row for each institution that a round asked; who has left the market without a word is not counted, but named. */
export const partsIn = (round_id: string, now: Date) => sql<{
  institution_id: string
  is_answered: boolean
  is_wanted: boolean
  is_behind: boolean
  has_left: boolean
}>`(
  select part.*, not part.is_answered and not ${isActive(sql<Date>`(select coalesce(closed_at, ${now}) from round where id = ${round_id}::uuid)`)} as has_left
  from (
    select receipt.institution_id, bool_or(receipt.closed_how = 'answered') is true as is_answered,
      bool_or(receipt.closed_at is null) as is_wanted,
      (array_agg(coalesce(receipt.closed_how, 'open') order by notice.asking desc))[1] <> 'answered' as is_behind
    from receipt join notice on notice.id = receipt.notice_id
    where notice.round_id = ${round_id}::uuid and receipt.closed_how is distinct from 'informed'
    group by receipt.institution_id) part
  join institution on institution.id = part.institution_id)`

export type RoundTally = {
  asked: number
  answered: number
  missing: number
  wanted: number
  again: number
  left: { name_ja: string; name_en: string }[]
}

/**
 * How far a round has come; `again`: of those that have answered, who has not answered the last asking that went to them; `left`: who
 * has left the market without a word, in none of the figures.
 */
export async function readRoundTally(db: Database | Tx, round_id: string, now: Date): Promise<RoundTally> {
  const { rows } = await sql<RoundTally>`
    select count(*) filter (where not has_left)::int as asked, count(*) filter (where is_answered)::int as answered,
      count(*) filter (where not is_answered and not has_left)::int as missing,
      count(*) filter (where is_wanted and not has_left)::int as wanted,
      count(*) filter (where is_answered and is_behind)::int as again,
      coalesce(jsonb_agg(jsonb_build_object('name_ja', name_ja, 'name_en', name_en) order by code) filter (where has_left), '[]') as left
    from ${partsIn(round_id, now)} part join institution on institution.id = part.institution_id`.execute(db)
  return rows[0] ?? { asked: 0, answered: 0, missing: 0, wanted: 0, again: 0, left: [] }
}

/** Whether an institution counts among those asked by one notice: for a query that has `receipt` and `institution`. */
export const isCounted = (now: Date): RawBuilder<boolean> =>
  sql<boolean>`(receipt.closed_how is distinct from 'informed' and (receipt.closed_how = 'answered' or ${isActive(sql<Date>`coalesce(receipt.closed_at, ${now})`)}))`
