import { inBoth } from '#ground/html/language.ts'

export const outcomes = ['reached', 'left_message', 'no_answer', 'busy', 'wrong_number'] as const
export type CallOutcome = (typeof outcomes)[number]

/** What came of ringing somebody, in words. */
export const outcomeWords = inBoth<Record<CallOutcome, string>>({
  ja: {
    reached: '話せた',
    left_message: '伝言を残した',
    no_answer: '出なかった',
    busy: '話し中',
    wrong_number: '番号違い',
  },
  en: {
    reached: 'Reached',
    left_message: 'Left a message',
    no_answer: 'No answer',
    busy: 'Busy',
    wrong_number: 'Wrong number',
  },
})
