import type { Words } from './words.ts'

export const publicActions = {
  'publication.published': ['一般に公表', 'Published'],
} as const satisfies Words
