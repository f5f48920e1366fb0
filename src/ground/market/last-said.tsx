import { timeWords } from '#ground/html/civil.ts'
import { inBoth, type Language } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import { Time } from '#ground/html/time.tsx'
import { type conditions, statusWords } from './words.ts'

/** What was last said of something that is unknown by now, and for which moment. */
export type Last = { condition: (typeof conditions)[number]; at: Date }

const texts = inBoth({
  ja: { open: '（最後の報告：', close: '）' },
  en: { open: ' (last report: ', close: ')' },
})

const wordOf = (language: Language, { condition }: Last) => {
  const word = statusWords[language].conditions[condition]
  return language === 'en' ? word.toLowerCase() : word
}

/** 「（最後の報告：停止 09:28）」: behind whatever is unknown because nobody has spoken since. */
export function LastSaid({ last }: { last: Last }) {
  const { language } = useReading()
  const { open, close } = useTexts(texts)
  return (
    <>
      {open}
      {wordOf(language, last)} <Time at={last.at} />
      {close}
    </>
  )
}

/** The same for what is no page: 「不明（最後の報告：停止 09:28 JST）」, "Unknown (last report: stopped 09:28 JST)". */
export function unknownLast(language: Language, last: Last, now: Date): string {
  const { open, close } = texts[language]
  const { unknown } = statusWords[language].conditions
  return `${unknown}${open}${wordOf(language, last)} ${timeWords(language, last.at, now)}${close}`
}
