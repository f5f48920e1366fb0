import type { NoticeKind } from '#ground/db/tables.ts'
import { inBoth } from '#ground/html/language.ts'
import type { Listed } from './queries.ts'

/** How notices are named on every page of the desk. */
export const noticeWords = inBoth({
  ja: {
    notices: '通知',
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
    institutions: (count: number) => `${count.toLocaleString('ja')}機関`,
  },
  en: {
    notices: 'Notices',
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
    institutions: (count: number) => (count === 1 ? '1 institution' : `${count.toLocaleString('en')} institutions`),
  },
})
