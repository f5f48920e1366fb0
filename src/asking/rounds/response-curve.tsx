import { dateWords } from '#ground/html/civil.ts'
import { type Mark, type Series, StepCurve } from '#ground/html/curve.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { AnswerOf, AskingView, Comparison } from './queries.ts'
import { roundTexts } from './round-texts.ts'

const minute_ms = 60_000
const told_at = [0.25, 0.5, 0.75, 1]
/** Round steps of the time below the picture, of which at most four are shown beside the start. */
const tick_minutes = [5, 10, 15, 20, 30, 60, 120, 180, 360, 720]

/** The share of answers over time since asking, against an earlier round; what it shows is said in words, too. */
export function ResponseCurve({
  asking,
  answers,
  comparison,
  until,
}: {
  asking: AskingView
  answers: readonly AnswerOf[]
  comparison: Comparison | null
  /** How far the line is known: now, or the end of the asking. */
  until: Date
}) {
  const t = useTexts(roundTexts)
  const { language, now } = useReading()
  const since = (at: Date) => Math.max(0, at.getTime() - asking.released_at.getTime())
  const line: Series = {
    came: answers.map(({ answered_at }) => since(answered_at)),
    all: asking.asked,
    until: since(until),
  }
  const deadline = since(asking.answer_by)
  const end = Math.max(line.until, Math.round(deadline * 1.25))
  const others = comparison && {
    came: comparison.answers.map(({ answered_at }) => answered_at.getTime() - comparison.released_at.getTime()),
    all: comparison.asked,
    until: end,
    dashed: true,
  }
  const step = tick_minutes.find((minutes) => end / minute_ms / minutes <= 4) ?? 1440
  const ticks: Mark[] = Array.from({ length: Math.floor(end / minute_ms / step) + 1 }, (_, place) => ({
    at: place * step * minute_ms,
    text: t.minutes(place * step),
  }))
  const steps = told_at
    .map((part) => Math.round((line.until * part) / minute_ms))
    .filter((minutes, index, all) => all.indexOf(minutes) === index)
    .map((minutes) => t.after(minutes, percentAt(line, minutes * minute_ms)))
  return (
    <StepCurve
      label={t.curve(answers.length, asking.asked, steps.join(language === 'en' ? ', ' : '、'))}
      top="100%"
      end={end}
      series={[...(others ? [others] : []), line]}
      deadline={{ at: deadline, text: t.answer_by }}
      ticks={ticks}
    >
      {t.this_round}
      {comparison && (
        <>
          <br />
          {t.compared(t.modes[comparison.mode], dateWords(language, comparison.released_at, now))}
        </>
      )}
    </StepCurve>
  )
}

const percentAt = ({ came, all }: Series, at: number) => percent(came.filter((one) => one <= at).length, all)

/** Never 100 before the last has answered. */
export const percent = (answered: number, asked: number) => (asked === 0 ? 0 : Math.floor((answered * 100) / asked))
