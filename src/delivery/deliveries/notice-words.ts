import type { AnswerWanted, NoticeKind } from '#ground/db/tables.ts'
import { inBoth } from '#ground/html/language.ts'

/** The kinds that people write; a correction or a withdrawal is made from the notice that it replaces. */
export const writtenKinds = [
  'command_centre',
  'information',
  'report_request',
  'official',
  'practice',
  'test',
] as const satisfies NoticeKind[]
export const answersWanted = ['none', 'acknowledge', 'choice', 'report'] as const satisfies AnswerWanted[]

/** What each kind of notice is called, on pages as in what is sent. */
export const noticeKindWords = inBoth<Record<NoticeKind, string>>({
  ja: {
    command_centre: '対策本部通知',
    information: '事務局からのお知らせ',
    official: '通達等の転送',
    report_request: '状況報告の依頼',
    practice: '市場慣行の推奨',
    test: '疎通テスト',
    correction: '訂正',
    withdrawal: '取消',
  },
  en: {
    command_centre: 'Command centre notice',
    information: 'Information of the secretariat',
    official: 'Official notice, passed on',
    report_request: 'Request to report',
    practice: 'Recommended market practice',
    test: 'Delivery test',
    correction: 'Correction',
    withdrawal: 'Withdrawal',
  },
})

/** Which answer a notice wants, as its writers choose it. */
export const wantedWords = inBoth<Record<AnswerWanted, string>>({
  ja: {
    none: '回答は求めない',
    acknowledge: '確認したと伝えてもらう',
    choice: '選択肢から1つ選んでもらう',
    report: '状況を報告してもらう',
  },
  en: {
    none: 'No answer',
    acknowledge: 'Say that they have read it',
    choice: 'Choose one of several',
    report: 'Report their status',
  },
})

/** What an institution does to answer: the same words in the mail, behind its link and in the portal. */
export const answerActs = inBoth<Record<Exclude<AnswerWanted, 'none'>, string>>({
  ja: { acknowledge: 'この通知を確認したと伝える', choice: '回答を選ぶ', report: '状況を報告する' },
  en: { acknowledge: 'Say that you have read this notice', choice: 'Choose an answer', report: 'Report your status' },
})
