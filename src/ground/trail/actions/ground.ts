import type { Words } from './words.ts'

export const groundActions = {
  'setting.changed': ['設定を変更', 'Setting changed'],
  'trail.exported': ['監査証跡を書き出し', 'Audit trail exported'],
  'access.denied': ['権限のない操作を拒否', 'Refused: no right'],
  'channel.lost': ['配信経路が使えない', 'Channel cannot be used'],
  'channel.suspected': ['メールサーバーの拒否を疑い、連絡手段を止めない', 'Mail server’s refusals not believed'],
  'channel.believed': ['メールサーバーの拒否を認め、連絡手段を停止', 'Mail server’s refusals believed'],
  'channel.back': ['配信経路が復旧', 'Channel works again'],
  'register.commented': ['記録にコメント', 'Comment on a record'],
  'register.linked': ['記録に関連を付加', 'Records linked'],
  'register.unlinked': ['記録の関連を解除', 'Link between records taken away'],
  'register.file-added': ['記録にファイルを添付', 'File attached to a record'],
  'register.file-removed': ['記録のファイルを取り下げ', 'File of a record taken away'],
  'register.reviewed': ['記録の点検・点検日の決定', 'Record inspected, or its inspection planned'],
  'secret.renewed': ['プログラムの秘密鍵を更新', 'Secret of the program renewed'],
  'sending.held': ['送信を保留（再開は事務局の判断）', 'Sending held until the desk says go'],
  'sending.resumed': ['保留していた送信を再開', 'Held sending resumed'],
  'letter.failed': ['通知メールの送信に失敗', 'Letter failed'],
} as const satisfies Words
