import type { Duty, Hours, Means } from '#ground/db/tables.ts'
import { inBoth } from '#ground/html/language.ts'

export const duties = [
  'bcp',
  'executive',
  'system_risk',
  'communications',
  'funding',
  'settlement',
] as const satisfies readonly Duty[]
export const hours = ['business', 'night', 'holiday'] as const satisfies readonly Hours[]
/** Ways that a person types in; a browser signs up for web push by itself. */
export const typedMeans = [
  'mail',
  'mobile',
  'phone',
  'priority_phone',
  'satellite',
  'fax',
  'webhook',
] as const satisfies readonly Means[]
export type TypedMeans = (typeof typedMeans)[number]
/** Means whose address is a number to dial. */
export const isNumber = (means: Means) => means !== 'mail' && means !== 'webhook' && means !== 'web_push'
/** Means with which a person is called. */
export const isCalled = (means: Means) => isNumber(means) && means !== 'fax'

export const contactWords = inBoth<{
  means: Record<Means, string>
  duties: Record<Duty, string>
  hours: Record<Hours, string>
  first: Record<'night' | 'holiday', string>
}>({
  ja: {
    means: {
      mail: 'メール',
      mobile: '携帯電話（SMS可）',
      phone: '固定電話',
      priority_phone: '災害時優先電話',
      satellite: '衛星電話',
      fax: 'FAX',
      web_push: 'ブラウザ通知',
      webhook: 'Webhook',
    },
    duties: {
      bcp: 'BCP',
      executive: '役員',
      system_risk: 'システムリスク',
      communications: '広報',
      funding: '資金',
      settlement: '決済',
    },
    hours: { business: '営業時間内', night: '平日夜間', holiday: '休業日' },
    first: { night: '夜間の初動要員', holiday: '休業日の初動要員' },
  },
  en: {
    means: {
      mail: 'Mail',
      mobile: 'Mobile (SMS)',
      phone: 'Phone',
      priority_phone: 'Emergency priority phone',
      satellite: 'Satellite phone',
      fax: 'Fax',
      web_push: 'Browser notification',
      webhook: 'Webhook',
    },
    duties: {
      bcp: 'BCP',
      executive: 'Executive',
      system_risk: 'System risk',
      communications: 'Communications',
      funding: 'Funding',
      settlement: 'Settlement',
    },
    hours: { business: 'Business hours', night: 'Nights', holiday: 'Holidays' },
    first: { night: 'First responder at night', holiday: 'First responder on holidays' },
  },
})
