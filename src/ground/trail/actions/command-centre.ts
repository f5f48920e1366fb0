import type { Words } from './words.ts'

export const commandCentreActions = {
  'pack.asked': ['持ち出し資料の作成を依頼', 'Offline pack asked for'],
  'pack.made': ['持ち出し資料を作成', 'Offline pack made'],
  'pack.taken': ['持ち出し資料を取得', 'Offline pack taken'],
} as const satisfies Words
