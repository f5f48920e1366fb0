import type { Words } from './words.ts'

export const groundActions = {
  'setting.changed': ['設定を変更', 'Setting changed'],
  'access.denied': ['権限のない操作を拒否', 'Refused: no right'],
  'channel.lost': ['配信経路が使えない', 'Channel cannot be used'],
  'channel.back': ['配信経路が復旧', 'Channel works again'],
  'letter.failed': ['通知メールの送信に失敗', 'Letter failed'],
} as const satisfies Words
