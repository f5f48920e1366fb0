import type { Words } from './words.ts'

export const demoActions = {
  'market.loaded': ['デモ市場を作成', 'Demo market loaded'],
} as const satisfies Words
