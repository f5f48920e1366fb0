import type { Words } from './words.ts'

export const askingActions = {
  'call.wanted': ['機関が電話を希望', 'Institution asked to be rung'],
  'call.listed': ['電話連絡リストに追加', 'Put on the call list'],
  'call.claimed': ['電話をかけ始めた', 'Call begun'],
  'call.recorded': ['電話の結果を記録', 'Call recorded'],
  'drop.taken': ['機関からのファイルを受け付け', 'File of an institution taken in'],
  'drop.refused': ['機関からのファイルを受け付けず保管', 'File of an institution kept, not taken in'],
  'drop.key-set': ['機関からのファイルの鍵を作成', 'Key for files of an institution made'],
  'drop.key-ended': ['機関からのファイルの受け付けを停止', 'Files of an institution taken in no more'],
  'reply.taken': ['返信を受け付け', 'Reply taken in'],
  'reply.refused': ['返信を受け付けず保管', 'Reply kept, not taken in'],
  'round.asked': ['状況報告を依頼', 'Reports asked for'],
  'round.repeated': ['状況報告を繰り返し依頼', 'Reports asked for again'],
  'round.closed': ['状況照会を終了', 'Round closed'],
  'round.chased': ['未回答の機関に次の段階の連絡を指示', 'Next escalation step asked for at once'],
  'round.retimed': ['時計の変更に合わせて照会の時刻を修正', 'Time of the next asking mended after a clock change'],
} as const satisfies Words
