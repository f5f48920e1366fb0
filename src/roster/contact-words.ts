import type { Duty, Hours } from '#db/tables.ts'
import { inBoth } from '#html/language.ts'

export const duties = [
  'bcp',
  'executive',
  'system_risk',
  'communications',
  'funding',
  'settlement',
] as const satisfies readonly Duty[]
export const hours = ['business', 'night', 'holiday'] as const satisfies readonly Hours[]

/** What a roster may write for duties and hours instead of their codes. */
export const contactWords = inBoth<{ duties: Record<Duty, string>; hours: Record<Hours, string> }>({
  ja: {
    duties: {
      bcp: 'BCP',
      executive: '役員',
      system_risk: 'システムリスク',
      communications: '広報',
      funding: '資金',
      settlement: '決済',
    },
    hours: { business: '営業時間', night: '夜間', holiday: '休日' },
  },
  en: {
    duties: {
      bcp: 'BCP',
      executive: 'Executive',
      system_risk: 'System risk',
      communications: 'Communications',
      funding: 'Funding',
      settlement: 'Settlement',
    },
    hours: { business: 'Business hours', night: 'Night', holiday: 'Holiday' },
  },
})
