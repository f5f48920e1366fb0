import type { Words } from './words.ts'

export const forumActions = {
  'improvement.raised': ['改善事項を登録', 'Improvement recorded'],
  'improvement.edited': ['改善事項の内容を変更', 'Improvement edited'],
  'improvement.moved': ['改善事項の状態を変更', 'State of an improvement changed'],
} as const satisfies Words
