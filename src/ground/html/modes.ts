import type { Mode } from '#ground/db/tables.ts'
import { inBoth, type Language } from './language.ts'

/** How a drill and a test are named wherever they appear: page, title, mail subject, export. */
export const modeWords = inBoth({
  ja: {
    actual: '実災害',
    exercise: '訓練',
    test: '試験',
    exercise_notice: 'これは訓練です。実際の災害ではありません。',
    test_notice: 'これは試験です。実際の災害ではありません。',
  },
  en: {
    actual: 'Actual',
    exercise: 'EXERCISE',
    test: 'TEST',
    exercise_notice: 'This is an exercise. It is not a real event.',
    test_notice: 'This is a test. It is not a real event.',
  },
})

/** Puts 【訓練】 or [EXERCISE] before a title or subject; what is real carries no mark. */
export function markedTitle(language: Language, mode: Mode, title: string): string {
  if (mode === 'actual') return title
  const word = modeWords[language][mode]
  return language === 'ja' ? `【${word}】${title}` : `[${word}] ${title}`
}
