import type { Words } from './words.ts'

export const statusActions = {
  'situation.opened': ['対策本部を設置', 'Command centre opened'],
  'situation.event-changed': ['事案のもとになった事象の変化', 'The event of a situation changed'],
  'situation.joined': ['提案を事案に加えた', 'Proposal joined to a situation'],
  'situation.reviewed': ['名称と公表内容を見直した', 'Name and public text reviewed'],
  'situation.phase-changed': ['局面を変更', 'Phase changed'],
  'situation.returned': ['関係機関への還元を開始', 'Board shared with institutions'],
  'situation.closed': ['対策本部を終結', 'Command centre closed'],
  'activation.put-forward': ['BCPの発動・解除を入力（確認待ち）', 'Activation or lifting of a BCP put forward'],
  'activation.activated': ['市場のBCPの発動を確認', 'Activation of a market’s BCP confirmed'],
  'activation.lifted': ['市場のBCPの解除を確認', 'Lifting of a market’s BCP confirmed'],
  'activation.corrected': ['BCPの発動・解除の誤入力を訂正', 'Entry about a BCP corrected'],
  'activation.withdrawn': ['BCPの発動・解除の入力を取り下げ', 'What was put forward about a BCP withdrawn'],
  'activation-criterion.edited': ['発動基準を変更', 'Criteria for activating a BCP edited'],
  'deciding-body.put-forward': ['BCPの決定主体の変更を入力（同意待ち）', 'Change of a deciding body put forward'],
  'deciding-body.agreed': ['BCPの決定主体の変更に同意', 'Change of a deciding body agreed'],
  'deciding-body.dropped': ['BCPの決定主体の変更を取りやめ', 'Change of a deciding body dropped'],
  'report.filed-for': ['機関に代わって状況を報告', 'Report filed for an institution'],
  'report.filed': ['状況を報告', 'Report filed'],
  'report.taken-back': ['直前の報告を取り消し', 'Report taken back'],
} as const satisfies Words
