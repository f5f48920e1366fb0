import type { Role } from '#ground/db/tables-access.ts'
import { inBoth } from '#ground/html/language.ts'
import { type Act, acts, rights } from '#ground/rights/may.ts'

/** What an act is: reading (taking a copy along included), changing something of the market, or of the own institution. */
export const groups = ['see', 'do', 'own'] as const
export type Group = (typeof groups)[number]

/** Acts whose name does not say which they are. */
const exceptions: Partial<Record<Act, Group>> = { 'directory.export': 'see', 'pack.take': 'see', 'report.file': 'own' }
export const groupOf = (act: Act): Group =>
  exceptions[act] ?? (act.endsWith('-own') ? 'own' : /\.(see(-[a-z]+)?|read)$/.test(act) ? 'see' : 'do')

/** What a role may do, by group. */
export const actsOf = (role: Role, group: Group): Act[] =>
  acts.filter((act) => groupOf(act) === group && (rights[act] as readonly Role[]).includes(role))

/** True for a role that may do more than read. */
export const changesThings = (role: Role): boolean => actsOf(role, 'do').length + actsOf(role, 'own').length > 0

/** Every act in words that an auditor reads; those under `own` are about the person's own institution only. */
export const actWords = inBoth<Record<Act, string>>({
  ja: {
    'criteria.edit': '設置基準を変更する',
    'proposal.decide': '提案を判断する（設置・見送り）',
    'situation.open': '対策本部を設置する',
    'situation.change': '事案の局面の変更と状況の還元を行う',
    'situation.close': '対策本部を終結する',
    'round.ask': '状況報告を依頼する',
    'report.file': '自機関の状況を報告する',
    'report.file-for': '電話などで聞いた状況を機関に代わって報告する',
    'notice.draft': '通知を作成して承認を依頼する',
    'notice.release': '通知を承認して配信する',
    'notice.answer': '機関に代わって通知に回答する',
    'notice.answer-own': '自機関あての通知に回答する',
    'template.edit': '通知のひな形を変更する',
    'ladder.edit': '連絡の段階を変更する',
    'call.record': '電話連絡の結果を記録する',
    'publication.publish': '一般に公表する',
    'roster.import': '名簿を取り込む',
    'official-notice.register': '通達を登録する',
    'telegram.ingest': '電文を取り込む',
    'audience.edit': '宛先グループを変更する',
    'institution.edit': 'すべての機関の登録内容を変更する',
    'institution.edit-own': '自機関の登録内容を変更する',
    'contact.edit': 'すべての機関の連絡先を変更する',
    'contact.edit-own': '自機関の連絡先を変更する',
    'address.test': '連絡先の疎通テストを行う',
    'attestation.run': '全機関に登録内容の確認を依頼する',
    'attestation.answer-own': '自機関の登録内容を確認する',
    'exchange.agree-own': '自機関として連絡先の交換に同意する',
    'directory.export': '名簿を書き出す',
    'pack.take': '持ち出し資料を受け取る',
    'person.invite': '利用者を招待する',
    'person.invite-own': '自機関の利用者を招待する',
    'person.end': 'すべての利用者の利用を終了する',
    'person.end-own': '自機関の利用者の利用を終了する',
    'role.grant': 'すべての利用者の役割を付与・解除する',
    'role.grant-own': '自機関の利用者に機関の役割を付与・解除する',
    'role.review': '役割を定期的に見直す',
    'recovery.request': '認証の復旧を申請する',
    'recovery.approve': '認証の復旧を承認する',
    'break-glass.seal': '非常用コードを封緘する',
    'setting.change': '設定を変更する',
    'sso.edit': '勤務先サインインの設定を変更する',
    'home.see-proposals': '提案と電文の受信状況を見る',
    'situation.see': '事案を見る',
    'board.see-all': '全機関の状況ボードを見る（還元の前も）',
    'report.see-all': '全機関の報告を見る',
    'notice.see': '配信された通知と回答の状況を見る',
    'delivery.see': '通知の送信結果を見る',
    'directory.see': '全機関の名簿を見る',
    'official-notice.see': '通達を見る',
    'criteria.see': '設置基準を見る',
    'publication.see': '公表の履歴を見る',
    'telegram.see': '電文を見る',
    'audience.see': '宛先グループを見る',
    'rights.see': '権限の一覧を見る',
    'trail.read': '監査証跡と閲覧記録を見る',
  },
  en: {
    'criteria.edit': 'Edit the criteria',
    'proposal.decide': 'Decide on proposals (open or set aside)',
    'situation.open': 'Set up the command centre',
    'situation.change': 'Change the phase of a situation, return its board',
    'situation.close': 'Close the command centre',
    'round.ask': 'Ask for reports',
    'report.file': 'Report for the own institution',
    'report.file-for': 'Report for an institution what it said by phone',
    'notice.draft': 'Draft notices and put them forward',
    'notice.release': 'Release notices',
    'notice.answer': 'Answer notices for an institution',
    'notice.answer-own': 'Answer notices to their own institution',
    'template.edit': 'Edit notice templates',
    'ladder.edit': 'Edit escalation ladders',
    'call.record': 'Record calls',
    'publication.publish': 'Publish to everyone',
    'roster.import': 'Import a roster',
    'official-notice.register': 'Register official notices',
    'telegram.ingest': 'Take in telegrams',
    'audience.edit': 'Change saved audiences',
    'institution.edit': 'Edit every institution’s entry',
    'institution.edit-own': 'Edit the own institution’s entry',
    'contact.edit': 'Edit every institution’s contacts',
    'contact.edit-own': 'Edit the own institution’s contacts',
    'address.test': 'Start silent tests of addresses',
    'attestation.run': 'Ask all institutions to confirm their entries',
    'attestation.answer-own': 'Confirm the own institution’s entry',
    'exchange.agree-own': 'Agree, for the own institution, to exchange contacts',
    'directory.export': 'Export the directory',
    'pack.take': 'Take the offline pack',
    'person.invite': 'Invite people',
    'person.invite-own': 'Invite people of the own institution',
    'person.end': 'End anybody’s account',
    'person.end-own': 'End accounts of the own institution',
    'role.grant': 'Grant and end anybody’s roles',
    'role.grant-own': 'Grant and end institution roles of the own institution’s people',
    'role.review': 'Review the roles periodically',
    'recovery.request': 'Ask for a recovery',
    'recovery.approve': 'Approve a recovery',
    'break-glass.seal': 'Seal break-glass codes',
    'setting.change': 'Change settings',
    'sso.edit': 'Set up workplace sign-in',
    'home.see-proposals': 'See proposals and what comes in from the agency',
    'situation.see': 'See situations',
    'board.see-all': 'See every institution on the board, before its return, too',
    'report.see-all': 'See every institution’s reports',
    'notice.see': 'See notices and their answers',
    'delivery.see': 'See what became of each delivery',
    'directory.see': 'See the whole directory',
    'official-notice.see': 'See official notices',
    'criteria.see': 'See the criteria',
    'publication.see': 'See what was published',
    'telegram.see': 'See telegrams',
    'audience.see': 'See saved audiences',
    'rights.see': 'See the rights',
    'trail.read': 'Read the audit trail and who read what',
  },
})

export const groupWords = inBoth<Record<Group, string>>({
  ja: { see: '見る', do: '行う', own: '自機関について行う' },
  en: { see: 'May see', do: 'May do', own: 'For the own institution' },
})
