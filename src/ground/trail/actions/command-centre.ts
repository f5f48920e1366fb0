import type { Words } from './words.ts'

export const commandCentreActions = {
  'situation.reopening-asked': ['終結した事案の再開を要求', 'Asked to open a closed situation again'],
  'situation.reopened': ['終結した事案を再開', 'Closed situation opened again'],
  'situation.reopening-dropped': ['再開の要求を取り下げ', 'Request to open again dropped'],
  'pack.asked': ['持ち出し資料の作成を依頼', 'Offline pack asked for'],
  'pack.made': ['持ち出し資料を作成', 'Offline pack made'],
  'pack.taken': ['持ち出し資料を取得', 'Offline pack taken'],
} as const satisfies Words
