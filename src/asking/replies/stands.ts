import { isAllNormal, isOnAlternative, remarkedWords, type StandingWord, saidWords } from '#delivery/answers/index.ts'
import type { Database, Tx } from '#ground/db/database.ts'
import type { Language } from '#ground/html/language.ts'
import { readStandingReport, type StandingReport, wordOf } from '#status/reports/index.ts'
import { type Answerable, type AnswerSaid, answersTo } from './answerable.ts'
import type { Understood } from './understand.ts'

/** What stands of an institution where a notice asks it, with who said it: its report of the situation, or its last answer. */
export type Stands = {
  word: StandingWord
  who_ja: string
  who_en: string | null
  report: StandingReport | null
  answer: AnswerSaid | null
}

export async function readStands(db: Database | Tx, notice: Answerable): Promise<Stands | null> {
  if (notice.answer_wanted === 'report' && notice.situation_id) {
    const { situation_id, mode } = notice
    const report = await readStandingReport(db, notice.institution_id, { situation_id, mode })
    return report && { word: wordOf(report), who_ja: report.who_ja ?? '', who_en: report.who_en, report, answer: null }
  }
  const [answer] = await answersTo(db, notice.receipt_id)
  if (!answer) return null
  const word = {
    ...{ id: answer.id, said_at: answer.answered_at, via: answer.via, is_on_behalf: answer.is_on_behalf },
    ...{ contact_id: answer.contact_id, is_least: answer.given === 'acknowledged' },
    is_bare: answer.given === 'acknowledged',
  }
  return { word, who_ja: answer.who_ja ?? '', who_en: answer.who_en, report: null, answer }
}

/** What stands, in words. */
export const standsWords = (language: Language, { report, answer }: Stands, choices: Answerable['choices']): string =>
  report ? remarkedWords(language, report) : answer ? saidWords(language, answer, choices) : ''

/** Whether a few words say what stands; what is remarked beside it is not theirs (`judgeWord`). */
export function isSame({ report, answer }: Stands, said: Understood): boolean {
  if (said.given === 'report') return report !== null && saysSo[said.how](report)
  return answer?.given === said.given && (said.given !== 'choice' || answer.choice === said.choice)
}

/** That not all is normal says each time something of its own. */
const saysSo = { normal: isAllNormal, alternative: isOnAlternative, not_normal: () => false }
