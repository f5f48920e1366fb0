import type { RoundTally } from '#delivery/answers/index.ts'
import { Chip, Chips } from '#ground/html/chip.tsx'
import { named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { roundTexts } from './round-texts.ts'

/** The whole round, whichever asking is looked at: as the situation, the board and the closing count it. */
export function RoundFigures({ tally: { asked, answered, missing, wanted, again, left } }: { tally: RoundTally }) {
  const t = useTexts(roundTexts)
  const { language } = useReading()
  return (
    <>
      <p>
        <b>{t.progress(answered, asked)}</b>
      </p>
      <Chips>
        <Chip look="sent" count={answered}>
          {t.answered}
        </Chip>
        <Chip look="not_reported" count={missing}>
          {t.never_answered}
        </Chip>
        {again > 0 && (
          <Chip look="expired" count={again}>
            {t.again_asked}
          </Chip>
        )}
        {wanted > 0 && (
          <Chip look="waiting" count={wanted}>
            {t.wanted}
          </Chip>
        )}
      </Chips>
      {left.length > 0 && (
        <p>
          {t.left}: {left.map((one) => named(language, one)).join(t.and)}
        </p>
      )}
    </>
  )
}
