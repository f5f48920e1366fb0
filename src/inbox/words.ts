import type { Via } from '#db/tables.ts'
import { inBoth } from '#html/language.ts'

/** Which way an answer came in, wherever one is shown. */
export const viaWords = inBoth<Record<Via, string>>({
  ja: { portal: 'ポータル', link: 'メールのリンク', mail: 'メールの返信', sms: 'SMSの返信', call: '電話' },
  en: { portal: 'portal', link: 'link in a mail', mail: 'mail reply', sms: 'SMS reply', call: 'phone' },
})
