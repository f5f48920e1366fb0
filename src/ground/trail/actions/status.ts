import type { Words } from './words.ts'

export const statusActions = {
  'situation.opened': ['対策本部を設置', 'Command centre opened'],
  'situation.event-changed': ['事案のもとになった事象の変化', 'The event of a situation changed'],
  'situation.joined': ['提案を事案に加えた', 'Proposal joined to a situation'],
  'situation.reviewed': ['名称と公表内容を見直した', 'Name and public text reviewed'],
  'situation.phase-changed': ['局面を変更', 'Phase changed'],
  'situation.returned': ['関係機関への還元を開始', 'Board shared with institutions'],
  'situation.closed': ['対策本部を終結', 'Command centre closed'],
  'report.filed-for': ['機関に代わって状況を報告', 'Report filed for an institution'],
  'report.filed': ['状況を報告', 'Report filed'],
  'report.taken-back': ['直前の報告を取り消し', 'Report taken back'],
} as const satisfies Words
