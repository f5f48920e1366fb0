import type { Words } from './words.ts'

export const tellingActions = {
  'notice.drafted': ['通知を下書き', 'Notice drafted'],
  'notice.changed': ['通知の下書きを変更', 'Draft of a notice changed'],
  'notice.submitted': ['通知の承認を依頼', 'Notice put forward for release'],
  'notice.returned': ['通知を差し戻し', 'Notice sent back to its author'],
  'notice.dropped': ['通知の下書きを破棄', 'Draft of a notice dropped'],
  'notice.released': ['通知を承認して配信', 'Notice released'],
  'notice.released-by-one': ['承認を待たずに1人で通知を送信', 'Notice released by one person alone'],
  'template.edited': ['通知のひな形を変更', 'Notice template changed'],
  'template.removed': ['通知のひな形を廃止', 'Notice template removed'],
  'ladder.edited': ['連絡の段階を変更', 'Escalation ladder changed'],
  'audience-group.added': ['宛先グループを追加', 'Saved audience added'],
  'audience-group.changed': ['宛先グループを変更', 'Saved audience changed'],
  'audience-group.removed': ['宛先グループを削除', 'Saved audience removed'],
} as const satisfies Words
