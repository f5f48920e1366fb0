import type { AnswerWanted, Mode, NoticeKind, NoticeSeverity } from '#db/tables.ts'
import { kindMarks } from '#deliveries/index.ts'
import { inBoth } from '#html/language.ts'
import type { Listed } from './queries.ts'

/** How notices are named on every page of the desk. */
export const noticeWords = inBoth({
  ja: {
    notices: '通知',
    kinds: kindMarks.ja,
    severities: { urgent: '緊急', important: '重要', routine: '通常' } as Record<NoticeSeverity, string>,
    answers: {
      none: '回答は求めない',
      acknowledge: '確認したことを知らせてもらう',
      choice: '選択肢から1つ選んでもらう',
      report: '状況を報告してもらう',
    } as Record<AnswerWanted, string>,
    modes: { actual: '実災害', exercise: '訓練', test: '試験' } as Record<Mode, string>,
    states: {
      draft: '下書き',
      submitted: '承認待ち',
      released: '配信済み',
      replaced: '訂正・取消済み',
      dropped: '破棄',
    } as Record<Listed, string>,
    /** A withdrawal bears the subject of what it takes back, and must not be read as that. */
    titled: (kind: NoticeKind, subject: string) => (kind === 'withdrawal' ? `取消：${subject}` : subject),
    corrected: '訂正済み',
    withdrawn: '取消済み',
    official: (issuer: string, reference: string, issued_on: string) =>
      [issuer, reference, issued_on].filter(Boolean).join('　'),
    institutions: (count: number) => `${count.toLocaleString('ja')}機関`,
    size: (kilobytes: number) => `${kilobytes.toLocaleString('ja')} KB`,
  },
  en: {
    notices: 'Notices',
    kinds: kindMarks.en,
    severities: { urgent: 'Urgent', important: 'Important', routine: 'Routine' },
    answers: {
      none: 'No answer',
      acknowledge: 'Say that it was read',
      choice: 'Choose one of several',
      report: 'Report their status',
    },
    modes: { actual: 'Actual', exercise: 'EXERCISE', test: 'TEST' },
    states: {
      draft: 'Draft',
      submitted: 'Waits for release',
      released: 'Released',
      replaced: 'Replaced',
      dropped: 'Dropped',
    },
    titled: (kind: NoticeKind, subject: string) => (kind === 'withdrawal' ? `Withdrawal: ${subject}` : subject),
    corrected: 'Corrected',
    withdrawn: 'Withdrawn',
    official: (issuer: string, reference: string, issued_on: string) =>
      [issuer, reference, issued_on].filter(Boolean).join(', '),
    institutions: (count: number) => (count === 1 ? '1 institution' : `${count.toLocaleString('en')} institutions`),
    size: (kilobytes: number) => `${kilobytes.toLocaleString('en')} KB`,
  },
})
