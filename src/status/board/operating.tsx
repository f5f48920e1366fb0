import { Chip, Chips } from '#ground/html/chip.tsx'
import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { alternativeWords, statusWords } from '#ground/market/words.ts'
import { Since, useStateWords } from './board-tables.tsx'
import type { Line } from './line.ts'

const texts = inBoth({
  ja: {
    later: '詳しくは後で',
    no_details: '正常でない（詳しくは後で）',
    resumption: '再開見込み',
  },
  en: {
    later: 'Details to follow',
    no_details: 'Not normal (details to follow)',
    resumption: 'Expected to resume',
  },
})

/** How each function of an institution stands, or that nobody knows and since when. */
export function Operating({ line }: { line: Line }) {
  const t = useTexts(texts)
  const { words, states } = useStateWords()
  if (!line.reported_at)
    return (
      <Chip look={line.is_asked ? 'not_reported' : 'not_asked'}>
        {line.is_asked ? states.not_reported : states.not_asked}
      </Chip>
    )
  // What was said before the newest asking is no answer to it.
  const awaited = line.awaited && <Chip look="expired">{words.awaited(line.awaited.asking)}</Chip>
  if (line.unknown_since)
    return (
      <Chips>
        <Chip look="expired">
          <Since at={line.unknown_since} last={line.last} />
        </Chip>
        {awaited}
      </Chips>
    )
  return (
    <>
      <Chips>
        {awaited}
        {line.bcp === 'unknown' && line.command_centre === 'unknown' && (
          <Chip look={line.overall === 'alternative' ? 'alternative' : 'partial'}>
            {line.overall === 'alternative' ? t.later : t.no_details}
          </Chip>
        )}
        {line.functions.map(({ code, state }) => (
          <Chip key={code} look={state}>{`${words.functions[code]} ${states[state]}`}</Chip>
        ))}
        {line.functions.length === 0 && <Chip look="no_functions">{states.no_functions}</Chip>}
      </Chips>
      {line.resumption_at && (
        <p className="dads-note">
          {t.resumption} <Time at={line.resumption_at} />
        </p>
      )}
      {line.alternative && <OnAlternative {...line.alternative} />}
    </>
  )
}

function OnAlternative(said: NonNullable<Line['alternative']>) {
  const { language } = useReading()
  const words = useTexts(statusWords)
  const from = alternativeWords(language, said)
  if (!from && !said.normal_at) return null
  return (
    <p className="dads-note">
      {from && `${words.alternative_from} ${from}`}
      {from && said.normal_at && <br />}
      {said.normal_at && (
        <>
          {words.normal_at} <Time at={said.normal_at} />
        </>
      )}
    </p>
  )
}
