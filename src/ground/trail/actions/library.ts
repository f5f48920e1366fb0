import type { Words } from './words.ts'

export const libraryActions = {
  'official-notice.registered': ['通達等を登録', 'Official notice registered'],
} as const satisfies Words
