import type { Label } from '#ground/db/tables.ts'
import { may } from './may.ts'
import { type Person, type Role, roles } from './person.ts'

export type { Label } from '#ground/db/tables.ts'

/** Strictest first. */
export const labels = ['red', 'amber_strict', 'amber', 'green', 'clear'] as const satisfies readonly Label[]

/** As it is written beside a text (TLP 2.0). */
export const labelNames: Record<Label, string> = {
  red: 'TLP:RED',
  amber_strict: 'TLP:AMBER+STRICT',
  amber: 'TLP:AMBER',
  green: 'TLP:GREEN',
  clear: 'TLP:CLEAR',
}

/**
 * Whether the label lets this person read a text of that institution.
 * clear, green: everyone who is signed in. amber: the institution, and who may see the whole directory or board.
 * amber_strict: the institution, and who may see every report. red: the institution and the desk, which writes and releases.
 */
export function mayRead(person: Person, label: Label, institution_id: string | null): boolean {
  if (label === 'clear' || label === 'green') return may(person, 'situation.see')
  if (person.institution_id === institution_id) return true
  if (label === 'amber') return may(person, 'directory.see')
  if (label === 'amber_strict') return may(person, 'report.see-all')
  return may(person, 'notice.release')
}

/** The roles that a label lets read another institution's text, as `mayRead` itself answers; the words beside a label say these. */
export const readersOf = (label: Label): Role[] => roles.filter((role) => mayRead(someone(role), label, 'another'))

const someone = (role: Role): Person => ({ id: '', name_ja: '', name_en: null, institution_id: '', roles: [role] })

/**
 * The label of every kind of text and field, with the words for that kind. A report, a situation, a round and an official notice carry their own, which
 * their author may set; for these it is what the form proposes.
 */
const kinds = {
  'institution.name': ['clear', '機関の名称', 'Names of institutions'],
  'institution.entry': ['amber', '機関の登録内容', 'Institutions’ entries'],
  'institution.site': ['amber_strict', '拠点', 'Sites'],
  contact: ['amber', '担当者', 'Contacts'],
  call_tree: ['amber', '緊急連絡網', 'Call trees'],
  situation: ['green', '事案', 'Situations'],
  round: ['green', '状況照会', 'Rounds'],
  notice: ['green', '通知', 'Notice'],
  delivery: ['amber_strict', '通知の送信結果', 'Result of a delivery'],
  report: ['amber_strict', '状況の報告', 'Reports'],
  board: ['amber_strict', '状況ボード', 'Status board'],
  'board.returned': ['amber', '還元された状況ボード', 'Status board as shared with institutions'],
  contact_point: ['green', '連絡窓口', 'Contact points'],
  member_view: ['green', '会員に見える範囲', 'What members see'],
  proposal: ['green', '提案', 'Proposals'],
  criterion: ['green', '設置基準', 'Criteria'],
  activation: ['green', 'BCPの発動状況と発動基準', 'Activation of BCPs and its criteria'],
  telegram: ['clear', '電文', 'Telegrams'],
  official_notice: ['green', '通達等', 'Official notices'],
  publication: ['clear', '公表', 'Publications'],
  trail: ['amber_strict', '監査証跡・閲覧記録', 'Audit trail and readings'],
  rights: ['amber_strict', '権限の一覧', 'Rights'],
  pack: ['amber_strict', '持ち出し資料', 'Offline pack'],
  audience: ['amber', '宛先グループ', 'Saved audiences'],
  improvement: ['green', '改善事項', 'Improvements'],
  account: ['red', '利用者のアカウント', 'Accounts'],
} as const satisfies Record<string, readonly [label: Label, ja: string, en: string]>

/** A kind of text or field. */
export type Kind = keyof typeof kinds
export const kindNames = Object.keys(kinds) as Kind[]
export const labelOf = Object.fromEntries(kindNames.map((kind) => [kind, kinds[kind][0]])) as {
  [K in Kind]: (typeof kinds)[K][0]
}
/** Every kind in words. */
export const kindWords = {
  ja: Object.fromEntries(kindNames.map((kind) => [kind, kinds[kind][1]])) as Record<Kind, string>,
  en: Object.fromEntries(kindNames.map((kind) => [kind, kinds[kind][2]])) as Record<Kind, string>,
}
