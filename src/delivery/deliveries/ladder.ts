import type { Tx } from '#ground/db/database.ts'
import type { AnswerWanted, LadderStep, NoticeSeverity } from '#ground/db/tables.ts'

/** The newest ladders for this severity: what an institution's own group has goes before what all have. */
export async function currentLadders(tx: Pick<Tx, 'selectFrom'>, severity: NoticeSeverity) {
  const rows = await tx
    .selectFrom('ladder_now')
    .where('severity', '=', severity)
    .select(['id', 'scope', 'steps'])
    .execute()
  const of = (scope: 'infrastructure' | 'participants') =>
    rows.find((row) => row.scope === scope && row.steps.length > 0) ?? rows.find((row) => row.scope === 'all')
  const [infrastructure, participants] = [of('infrastructure'), of('participants')]
  if (!infrastructure || !participants) throw new Error(`no ladder for ${severity}`)
  return { infrastructure, participants }
}

/** A step that became due longer ago than this was missed: the program did not run, or a clock jumped. */
const missed_minutes = 15
/** Longer ago than this, it is not made up for: what was to be said yesterday is not said today as if it were new. */
export const forgotten_minutes = 24 * 60

/** When it was asked, and since when it has been silent: before that, when an earlier asking of the round went unanswered. */
export type Silence = { opened_at: Date; silent_since?: Date | null }

/** When a step is due: so long after the institution fell silent, and not before it was asked. */
export const stepAt = ({ after_minutes }: Pick<LadderStep, 'after_minutes'>, { opened_at, silent_since }: Silence) =>
  new Date(Math.max(opened_at.getTime(), (silent_since ?? opened_at).getTime() + after_minutes * 60_000))

/** Whether a step was due before this asking came. */
const isBefore = ({ after_minutes }: Pick<LadderStep, 'after_minutes'>, { opened_at, silent_since }: Silence) =>
  (silent_since ?? opened_at).getTime() + after_minutes * 60_000 < opened_at.getTime()

/**
 * The steps of a ladder that are to be taken now, from `next` on, and when the one after them is due (null: none).
 * Of those that were missed, each channel's last is taken and the earlier ones are passed over: nobody gets in one minute
 * what was meant for an hour. What was missed by a day is not taken at all.
 * Steps are counted from when the institution fell silent: an asking that came later says at once what its ladder had come to by
 * then, each channel once, and goes on from there. Pure.
 */
export function dueSteps(
  steps: readonly LadderStep[],
  { next, now, ...since }: { next: number; now: Date } & Silence,
): { take: { step: number; to: LadderStep['to']; channels: LadderStep['channels'] }[]; next: number; at: Date | null } {
  const dueAt = (step: Pick<LadderStep, 'after_minutes'>) => stepAt(step, since)
  const due = steps.flatMap((step, index) => (index >= next && dueAt(step) <= now ? [{ ...step, index }] : []))
  const after = steps.findIndex((step, index) => index >= next && dueAt(step) > now)
  const take = due.flatMap(({ index, to, channels, after_minutes }, place) => {
    const due_at = dueAt({ after_minutes })
    const late_ms = now.getTime() - due_at.getTime()
    if (late_ms > forgotten_minutes * 60_000) return []
    const is_missed = late_ms > missed_minutes * 60_000 || isBefore({ after_minutes }, since)
    const later = due.slice(place + 1).filter((other) => other.to === to || other.to === 'all')
    const left = is_missed
      ? channels.filter((channel) => !later.some((other) => other.channels.includes(channel)))
      : channels
    return left.length > 0 ? [{ step: index, to, channels: left }] : []
  })
  const following = after < 0 ? undefined : steps[after]
  return { take, next: after < 0 ? steps.length : after, at: following ? dueAt(following) : null }
}

/** What nobody has to answer goes to all at once, on every channel of the first minute, and is not followed up. */
export const stepsOf = (steps: readonly LadderStep[], answer_wanted: AnswerWanted): LadderStep[] =>
  answer_wanted === 'none'
    ? [
        {
          after_minutes: 0,
          to: 'all',
          channels: [
            ...new Set(steps.filter(({ after_minutes }) => after_minutes === 0).flatMap((step) => step.channels)),
          ],
        },
      ]
    : [...steps].sort((a, b) => a.after_minutes - b.after_minutes)
