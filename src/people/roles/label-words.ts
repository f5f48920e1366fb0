import type { Label, Role } from '#ground/db/tables-access.ts'
import { inBoth } from '#ground/html/language.ts'
import { labelOf, mayRead } from '#ground/rights/labels.ts'
import { type Person, roles } from '#ground/rights/person.ts'

export type Kind = keyof typeof labelOf

/** Every kind of text that carries a label, in words. */
export const kindWords = inBoth<Record<Kind, string>>({
  ja: {
    'institution.name': '機関の名称',
    'institution.entry': '機関の登録内容',
    'institution.site': '拠点',
    contact: '担当者',
    call_tree: '緊急連絡網',
    situation: '事案',
    round: '状況照会',
    notice: '通知',
    delivery: '通知の送信結果',
    report: '状況の報告',
    board: '状況ボード',
    'board.returned': '還元された状況ボード',
    proposal: '提案',
    criterion: '設置基準',
    telegram: '電文',
    official_notice: '通達',
    publication: '公表',
    trail: '監査証跡・閲覧記録',
    rights: '権限の一覧',
    pack: '持ち出し資料',
    audience: '宛先グループ',
    account: '利用者のアカウント',
  },
  en: {
    'institution.name': 'Names of institutions',
    'institution.entry': 'Institutions’ entries',
    'institution.site': 'Sites',
    contact: 'Contacts',
    call_tree: 'Call trees',
    situation: 'Situations',
    round: 'Rounds',
    notice: 'Notice',
    delivery: 'Result of a delivery',
    report: 'Reports',
    board: 'Status board',
    'board.returned': 'Returned status board',
    proposal: 'Proposals',
    criterion: 'Criteria',
    telegram: 'Telegrams',
    official_notice: 'Official notices',
    publication: 'Publications',
    trail: 'Audit trail and readings',
    rights: 'Rights',
    pack: 'Offline pack',
    audience: 'Saved audiences',
    account: 'Accounts',
  },
})

export const kindsUnder = (label: Label): Kind[] =>
  (Object.keys(labelOf) as Kind[]).filter((kind) => labelOf[kind] === label)

/** Each label with the roles that it lets read another institution's text, as `mayRead` itself answers. */
export const readersOf = (label: Label): Role[] =>
  roles.filter((role) => mayRead(someone(role), label, 'another institution'))

const someone = (role: Role): Person => ({
  id: '',
  name_ja: '',
  name_en: null,
  institution_id: 'own institution',
  roles: [role],
})
