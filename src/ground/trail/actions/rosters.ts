import type { Words } from './words.ts'

export const rostersActions = {
  'roster.imported': ['名簿を取り込み', 'Roster imported'],
} as const satisfies Words
