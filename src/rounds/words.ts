import { inBoth } from '#html/language.ts'

/** The ways on which answers come, and the channels on which they are asked for. */
export const wayWords = inBoth({
  ja: {
    portal: 'ポータル',
    link: 'リンク（サインインなし）',
    mail: 'メール',
    sms: 'SMS',
    call: '電話（事務局が代理）',
    web_push: 'プッシュ通知',
    voice: '自動音声',
    webhook: 'Webhook',
    file_drop: '協会ネットワーク',
  },
  en: {
    portal: 'Portal',
    link: 'Link (no sign-in)',
    mail: 'Mail',
    sms: 'SMS',
    call: 'Phone, by the secretariat',
    web_push: 'Push message',
    voice: 'Voice call',
    webhook: 'Webhook',
    file_drop: 'Association network',
  },
})

export const whyWords = inBoth({
  ja: {
    all_answered: '全機関が回答したため、自動で終了',
    by_hand: '手動で終了',
    situation_closed: '事案の終結により終了',
    withdrawn: '通知の取り下げにより終了',
  },
  en: {
    all_answered: 'Closed by itself: all have answered',
    by_hand: 'Closed by hand',
    situation_closed: 'Closed with its situation',
    withdrawn: 'Closed: the notice was withdrawn',
  },
})
