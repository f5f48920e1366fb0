import type { Words } from './words.ts'

export const deliveryActions = {
  'notice.answered': ['通知に回答', 'Notice answered'],
  'notice.answered-for': ['機関に代わって通知に回答', 'Notice answered for an institution'],
  'answer.taken-back': ['直前の回答を取り消し', 'Answer taken back'],
  'step.taken': ['段階的な連絡を開始', 'Escalation step taken'],
  'delivery.stopped': ['配信を停止', 'Deliveries stopped'],
  'delivery.resent': ['届かなかった宛先に再送', 'Sent again to those not reached'],
  'delivery.sent': ['通知を送信', 'Notices sent'],
  'delivery.sent-twice': ['同じ通知が2度届いたおそれ（同じMessage-ID）', 'Perhaps sent twice (one Message-ID)'],
  'delivery.followed': ['届かなかった宛先を次の手段へ', 'Failures moved on to the next way'],
  'delivery.bundled': ['定例の通知を1通にまとめた', 'Routine notices bundled into one mail'],
  'delivery.failed': ['通知の送信に失敗', 'Notices not sent'],
  'push.subscribed': ['プッシュ通知を開始', 'Push messages started'],
  'push.ended': ['プッシュ通知を終了', 'Push messages ended'],
  'webhook.secret-rotated': ['Webhookの署名の鍵を更新', 'Signing secret of a webhook replaced'],
  'webhook.disabled': ['Webhookへの送信を停止', 'Webhook stopped'],
  'webhook.enabled': ['Webhookへの送信を再開', 'Webhook used again'],
} as const satisfies Words
