import { dateWords, timeWords } from '#ground/html/civil.ts'
import { inBoth } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { Gaps } from './gaps.ts'
import { nationalHolidays } from './market-day.ts'
import { contactWords } from './words.ts'

const texts = inBoth({
  ja: {
    first: { night: '夜間の初動要員がいません', holiday: '休業日の初動要員がいません' },
    beyond: (to: string) => `${to}より後は祝日の表がないため、土日と年末年始だけを休業日としています。`,
  },
  en: {
    first: { night: 'No first responder at night', holiday: 'No first responder on holidays' },
    beyond: (to: string) =>
      `After ${to} the national holidays are not known: only weekends and the turn of the year count as holidays.`,
  },
})

/** Where the roster has holes, in words: each stretch of the coming days in which nobody can be reached. */
export function GapList({ gaps }: { gaps: Gaps }) {
  const t = useTexts(texts)
  const words = useTexts(contactWords)
  const { language, now } = useReading()
  return (
    <ul>
      {gaps.spans.map(({ from, to, hours }) => (
        <li key={from.toISOString()}>
          {words.hours[hours]}: {dateWords(language, from, now)} {timeWords(language, from, from)} –{' '}
          {timeWords(language, to, from)}
        </li>
      ))}
      {gaps.without_first_responder.map((hours) => (
        <li key={hours}>{t.first[hours]}</li>
      ))}
      {gaps.beyond_table && <li>{t.beyond(nationalHolidays.to)}</li>}
    </ul>
  )
}
