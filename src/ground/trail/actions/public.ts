import type { Words } from './words.ts'

export const publicActions = {
  'publication.published': ['一般に公表', 'Published'],
  'top-page.edited': ['トップページの案内を変更', 'Words of the top page changed'],
} as const satisfies Words
