import { timeWords } from '#ground/html/civil.ts'
import { StepCurve } from '#ground/html/curve.tsx'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { AttestationView } from './queries.ts'
import { attestationTexts } from './texts.ts'

/** How many had answered when, with the number asked as the upper edge and the date as a broken line. */
export function AnswerCurve({ attestation }: { attestation: AttestationView }) {
  const t = useTexts(attestationTexts)
  const { language, now } = useReading()
  const { started_at, answer_by, closed_at, asked } = attestation
  const until = closed_at ?? now
  const since = (at: Date) => at.getTime() - started_at.getTime()
  const came = asked.flatMap(({ answered_at }) => (answered_at ? since(answered_at) : []))
  const say = (at: Date) => timeWords(language, at, now, { with_date: true })
  return (
    <StepCurve
      label={t.curve(came.length, asked.length, say(started_at), say(until))}
      top={String(asked.length)}
      end={Math.max(since(until), since(answer_by))}
      series={[{ came, all: asked.length, until: since(until) }]}
      deadline={{ at: since(answer_by), text: t.answer_by }}
    >
      {t.over_time}
    </StepCurve>
  )
}
