import type { Mode } from '#ground/db/tables.ts'
import { inBoth, type Language } from './language.ts'

/** How a drill and a test are named wherever they appear: page, title, mail subject, export. */
export const modeWords = inBoth({
  ja: {
    actual: '実災害',
    actual_mark: '実災害',
    exercise: '訓練',
    test: '試験',
    exercise_notice: 'これは訓練です。実際の災害ではありません。',
    test_notice: 'これは試験です。実際の災害ではありません。',
  },
  en: {
    actual: 'Actual',
    actual_mark: 'REAL EMERGENCY',
    exercise: 'EXERCISE',
    test: 'TEST',
    exercise_notice: 'This is an exercise. It is not a real event.',
    test_notice: 'This is a test. It is not a real event.',
  },
})

/** The mode of a thing that is made in peacetime, too: only a drill or a test says what it is. */
export const drillOnly = (mode: Mode): Mode | undefined => (mode === 'actual' ? undefined : mode)

/** The same where real and drill stand beside each other to be chosen from: what is real is marked, too. */
export const besideOthers = (language: Language, mode: Mode, title: string): string =>
  mode !== 'actual'
    ? markedTitle(language, mode, title)
    : language === 'ja'
      ? `【${modeWords.ja.actual_mark}】${title}`
      : `[${modeWords.en.actual_mark}] ${title}`

/** Puts 【訓練】 or [EXERCISE] before a title or subject; what is real carries no mark. */
export function markedTitle(language: Language, mode: Mode, title: string): string {
  if (mode === 'actual') return title
  const word = modeWords[language][mode]
  return language === 'ja' ? `【${word}】${title}` : `[${word}] ${title}`
}
