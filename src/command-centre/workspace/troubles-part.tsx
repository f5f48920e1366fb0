import type { ReactNode } from 'react'
import { Brackets } from '#ground/html/brackets.tsx'
import { Chip } from '#ground/html/chip.tsx'
import { inBoth, named } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Age, Time } from '#ground/html/time.tsx'
import { alternativeWords, functionCodes, statusWords } from '#ground/market/words.ts'
import type { Trouble } from './troubles.ts'

const texts = inBoth({
  ja: {
    title: 'いま止まっている・支障のある・代替運用中の関係機関',
    resumption: '再開見込み',
    no_time: '再開見込みの報告なし',
    expired: (time: ReactNode) => <>{time}から更新なし</>,
  },
  en: {
    title: 'Infrastructure that is stopped, disrupted or on the alternative now',
    resumption: 'Expected to resume',
    no_time: 'no time of resumption reported',
    expired: (time: ReactNode) => <>no update since {time}</>,
  },
})

/** What does not go on as it should; who runs on the alternative has nothing to resume. */
const isTrouble = (trouble: Trouble) =>
  functionCodes.some((name) => ['stopped', 'partial'].includes(trouble[name] ?? ''))

function Alternative({ of }: { of: Trouble }) {
  const words = useTexts(statusWords)
  const { language } = useReading()
  const from = alternativeWords(language, of)
  if (!from && !of.normal_at) return null
  return (
    <>
      {from && ` ${words.alternative_from} ${from}`}
      {of.normal_at && (
        <>
          {' '}
          {words.normal_at} <Time at={of.normal_at} />
        </>
      )}
    </>
  )
}

/** What is wrong now, by name: what is stopped, until when, and how old the word is. */
export function TroublesPart({ troubles }: { troubles: readonly Trouble[] }) {
  const t = useTexts(texts)
  const words = useTexts(statusWords)
  const { language, now } = useReading()
  if (troubles.length === 0) return null
  return (
    <>
      <p>
        <b>{t.title}</b>
      </p>
      <ul>
        {troubles.map((trouble) => (
          <li key={trouble.id}>
            <b>{named(language, trouble)}</b>{' '}
            {(['stopped', 'partial', 'alternative'] as const).map((state) => {
              const functions = functionCodes.filter((name) => trouble[name] === state)
              return (
                functions.length > 0 && (
                  <Chip key={state} look={state}>
                    {functions.map((name) => words.functions[name]).join('・')} {words.conditions[state]}
                  </Chip>
                )
              )
            })}{' '}
            {trouble.resumption_at ? (
              <>
                {t.resumption} <Time at={trouble.resumption_at} />
              </>
            ) : (
              isTrouble(trouble) && t.no_time
            )}
            <Alternative of={trouble} />
            <Brackets>
              <a href={`/reports/${trouble.id}`}>
                <Time at={trouble.written_at ?? trouble.reported_at} />
              </a>{' '}
              <Age at={trouble.written_at ?? trouble.reported_at} beside />
              {trouble.next_update_at <= now && <> ・ {t.expired(<Time at={trouble.next_update_at} />)}</>}
            </Brackets>
          </li>
        ))}
      </ul>
    </>
  )
}
