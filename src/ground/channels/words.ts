import type { LadderStep, NoticeSeverity } from '#ground/db/tables.ts'
import { inBoth } from '#ground/html/language.ts'

/** What each channel is called wherever it is named, and the call list, which people work through. */
export const channelWords = inBoth<Record<LadderStep['channels'][number], string>>({
  ja: {
    mail: 'メール',
    web_push: 'プッシュ通知',
    sms: 'SMS',
    voice: '自動音声電話',
    webhook: 'Webhook',
    file_drop: 'ファイル連携',
    call: '電話連絡リスト',
  },
  en: {
    mail: 'Mail',
    web_push: 'Push message',
    sms: 'SMS',
    voice: 'Automatic call',
    webhook: 'Webhook',
    file_drop: 'File drop',
    call: 'Call list',
  },
})

/** What each severity is called wherever it is named. */
export const severityWords = inBoth<Record<NoticeSeverity, string>>({
  ja: { urgent: '緊急', important: '重要', routine: '通常' },
  en: { urgent: 'Urgent', important: 'Important', routine: 'Routine' },
})
