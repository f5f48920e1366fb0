import type { Words } from './words.ts'

export const peopleActions = {
  'role.granted': ['役割を付与', 'Role granted'],
  'role.ended': ['役割を解除', 'Role ended'],
  'role.confirmed': ['役割を見直して確認', 'Roles reviewed and confirmed'],
  'desk-entry.asked': ['事務局の役割を求めて同意を依頼', 'Role of the desk asked for'],
  'desk-entry.agreed': ['事務局の役割に同意', 'Role of the desk agreed to'],
  'desk-entry.refused': ['事務局の役割に不同意', 'Role of the desk not agreed to'],
  'person.left': ['利用を終了', 'Account ended'],
  'person.first-opened': ['最初のアカウントを開設', 'First account opened'],
  'person.invited': ['利用者を招待', 'Person invited'],
  'invitation.renewed': ['招待のコードを再発行', 'New code for an invitation'],
  'invitation.withdrawn': ['招待を取り消し', 'Invitation withdrawn'],
  'invitation.code-refused': ['招待の誤ったコードを拒否', 'Wrong code of an invitation refused'],
  'invitation.accepted': ['招待のコードで入場', 'Came in by an invitation'],
  'recovery.requested': ['認証の復旧を申請', 'Recovery asked for'],
  'recovery.withdrawn': ['復旧の申請を取り下げ', 'Recovery request withdrawn'],
  'recovery.approved': ['認証の復旧を承認', 'Recovery approved'],
  'recovery.used': ['復旧のコードで入場', 'Came in by a recovery'],
  'break-glass.sealed': ['非常用コードを封緘', 'Break-glass codes sealed'],
  'break-glass.used': ['非常用コードを使用', 'Break-glass code used'],
  'break-glass.refused': ['非常用コードを拒否', 'Break-glass code refused'],
} as const satisfies Words
