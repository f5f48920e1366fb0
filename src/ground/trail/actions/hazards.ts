import type { Words } from './words.ts'

export const hazardsActions = {
  'telegram.received': ['電文を受信', 'Telegram received'],
  'telegram.rejected': ['読めない電文を保管', 'Unreadable telegram kept'],
  'criterion.edited': ['設置基準を変更', 'Criterion edited'],
  'proposal.made': ['設置を提案', 'Command centre proposed'],
  'proposal.changed': ['提案を更新', 'Proposal updated'],
  'proposal.withdrawn': ['提案を取り下げ', 'Proposal withdrawn'],
  'proposal.set-aside': ['提案を見送り', 'Proposal set aside'],
} as const satisfies Words
