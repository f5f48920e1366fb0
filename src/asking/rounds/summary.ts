import { sql } from 'kysely'
import { z } from 'zod'
import { partsIn } from '#delivery/answers/index.ts'
import type { Tx } from '#ground/db/database.ts'
import { minutesUntil } from './rules.ts'

export const whyClosed = ['all_answered', 'by_hand', 'situation_closed', 'withdrawn'] as const
export type WhyClosed = (typeof whyClosed)[number]
const ways = ['portal', 'link', 'mail', 'sms', 'call', 'file'] as const

const figures = {
  why: z.enum(whyClosed),
  askings: z.number(),
  asked: z.number(),
  /** Of those asked, who answered at least one asking: as on every page while it was open. */
  answered: z.number(),
  /** Of those, who left the last asking that went to them without an answer. */
  again: z.number().default(0),
  on_behalf: z.number(),
  /** Minutes from the first asking until so much of all had answered for the first time; null: never. */
  minutes_to_50: z.number().nullable(),
  minutes_to_80: z.number().nullable(),
  minutes_to_100: z.number().nullable(),
  /** First answers by the way on which they came. */
  by_way: z.partialRecord(z.enum(ways), z.number()),
  failed_deliveries: z.number(),
}
const name = z.object({ name_ja: z.string(), name_en: z.string() })

/** What a round came to, as it is kept with it when it closes. */
export const RoundSummary = z.object({ ...figures, missing: z.array(name), left: z.array(name).default([]) })
export type RoundSummary = z.output<typeof RoundSummary>

/** The same without names, as the trail and the log of its situation have it. */
export const ClosedLine = z.object({
  ...figures,
  round_id: z.string(),
  missing: z.number(),
  left: z.number().default(0),
})

/** One institution's part in one asking. */
export type Part = {
  institution_id: string
  name_ja: string
  name_en: string
  asking: number
  /** It left the market without a word. */
  has_left: boolean
  answered_at: Date | null
  via: (typeof ways)[number] | null
  is_on_behalf: boolean | null
}

/** Counts up a round, whose receipts are all closed by now. Pure. */
export function summarize(
  parts: readonly Part[],
  { why, asked_at, failed_deliveries }: { why: WhyClosed; asked_at: Date; failed_deliveries: number },
): RoundSummary {
  const { gone = [], here = [] } = Object.groupBy(parts, ({ has_left }) => (has_left ? 'gone' : 'here'))
  const institutions = [...Map.groupBy(here, (part) => part.institution_id).values()].map((own) => {
    const inOrder = own.toSorted((a, b) => a.asking - b.asking)
    return {
      last: inOrder.at(-1) as Part,
      first: inOrder.find(({ answered_at }) => answered_at !== null),
      word: inOrder.findLast(({ answered_at }) => answered_at !== null),
    }
  })
  const minutes = institutions.flatMap(({ first }) =>
    first?.answered_at ? Math.max(0, Math.round((first.answered_at.getTime() - asked_at.getTime()) / 60_000)) : [],
  )
  const answered = institutions.filter(({ word }) => word !== undefined)
  const by_way: RoundSummary['by_way'] = {}
  for (const { word } of answered) if (word?.via) by_way[word.via] = (by_way[word.via] ?? 0) + 1
  const asked = institutions.length
  return {
    why,
    askings: Math.max(0, ...parts.map(({ asking }) => asking)),
    asked,
    answered: answered.length,
    again: answered.filter(({ last }) => last.answered_at === null).length,
    on_behalf: answered.filter(({ word }) => word?.is_on_behalf).length,
    minutes_to_50: minutesUntil(0.5, minutes, asked),
    minutes_to_80: minutesUntil(0.8, minutes, asked),
    minutes_to_100: minutesUntil(1, minutes, asked),
    by_way,
    failed_deliveries,
    missing: institutions
      .filter(({ word }) => word === undefined)
      .map(({ last: { name_ja, name_en } }) => ({ name_ja, name_en })),
    left: [
      ...new Map(gone.map(({ institution_id, name_ja, name_en }) => [institution_id, { name_ja, name_en }])).values(),
    ],
  }
}

/** The part of every institution in every asking of a round, and how many deliveries of it failed. */
export async function partsOf(
  tx: Tx,
  round_id: string,
  now: Date,
): Promise<{ parts: Part[]; failed_deliveries: number }> {
  const parts = await tx
    .selectFrom('notice')
    .innerJoin('receipt', 'receipt.notice_id', 'notice.id')
    .innerJoin('institution', 'institution.id', 'receipt.institution_id')
    .leftJoin('answer', (join) => join.onRef('answer.receipt_id', '=', 'receipt.id').on('answer.is_first', '=', true))
    .innerJoin(partsIn(round_id, now).as('part'), 'part.institution_id', 'receipt.institution_id')
    .where('notice.round_id', '=', round_id)
    .select(['receipt.institution_id', 'institution.name_ja', 'institution.name_en', 'notice.asking', 'part.has_left'])
    .select(['answer.answered_at', 'answer.via', 'answer.is_on_behalf'])
    .orderBy('institution.is_infrastructure', 'desc')
    .orderBy('institution.code')
    .$narrowType<{ asking: number }>()
    .execute()
  const { failed } = await tx
    .selectFrom('delivery')
    .innerJoin('notice', 'notice.id', 'delivery.notice_id')
    .where('notice.round_id', '=', round_id)
    .where('delivery.state', '=', 'failed')
    .select(sql<number>`count(*)::int`.as('failed'))
    .executeTakeFirstOrThrow()
  return { parts, failed_deliveries: failed }
}
