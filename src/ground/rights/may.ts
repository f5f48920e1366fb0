import type { Person, Role } from './person.ts'

const secretariat = ['secretariat'] as const
const desk = ['secretariat', 'secretariat_approver'] as const
/** Those who answer for their own institution. */
const contacts = ['bcp_contact', 'institution_administrator'] as const
const administrator = ['institution_administrator'] as const
/** Those who look at the whole market: the desk, the command centre while one is open, the authorities, the auditors. */
const overview = [...desk, 'command_centre_member', 'authority', 'auditor'] as const
/** Whoever may know of every institution what was shared; a local bureau reads those that it supervises, and no others. */
const market = [...overview, 'bcp_contact', 'institution_administrator', 'council_member', 'observer'] as const
const everyone = [...market, 'local_authority'] as const

/**
 * Who may do what, in one table, with the words that an auditor reads; `…-own` is about the person's own institution only.
 * An action names its line, the pages for auditors print it, and the database's own rules (row-level security) are told what
 * it says: nothing else decides about a role.
 */
const table = {
  'criteria.edit': [secretariat, '設置基準を変更する', 'Edit the criteria'],
  'proposal.decide': [
    secretariat,
    '提案を判断する（設置・情報収集・見送り）',
    'Decide on proposals (set up, gather information, set aside)',
  ],
  'situation.open': [
    secretariat,
    '状況の照会を始める（情報収集）',
    'Start to gather information, without a command centre',
  ],
  'command-centre.set-up': [secretariat, '対策本部を設置する', 'Set up the command centre'],
  'command-centre.dissolve': [secretariat, '対策本部を廃止する', 'Dissolve the command centre'],
  'situation.change': [
    secretariat,
    '事案の局面の変更と状況の還元を行う',
    'Change the phase of a situation, share its board with institutions',
  ],
  'situation.close': [secretariat, '事案を終結する', 'Close a situation'],
  'situation.reopen': [
    desk,
    '誤って終結した事案を2人で再開する',
    'Open a situation again that was closed by mistake, by two',
  ],
  'activation.enter': [
    desk,
    'BCPの発動・解除を決定主体に代わって入力・確認する',
    'Record and confirm, for the deciding bodies, that a market’s BCP is activated or lifted',
  ],
  'activation.enter-own': [
    ['bcp_contact', 'command_centre_member'],
    '自機関の会議体が決めたBCPの発動・解除を入力・確認する',
    'Enter and confirm what the own institution’s body decided on a market’s BCP',
  ],
  'deciding-body.edit': [
    desk,
    'BCPの発動を決める会議体（決定主体）を2人で変更する',
    'Change, by two, who decides on a market’s BCP',
  ],
  'activation-criterion.edit': [secretariat, '発動基準を変更する', 'Edit the criteria for activating a BCP'],
  'round.ask': [secretariat, '状況報告を依頼する', 'Ask for reports'],
  'report.file': [['bcp_contact'], '自機関の状況を報告する', 'Report for the own institution'],
  'report.file-for': [
    secretariat,
    '電話などで聞いた状況を機関に代わって報告する',
    'Report for an institution what it said by phone',
  ],
  'notice.draft': [secretariat, '通知を作成して承認を依頼する', 'Draft notices and put them forward'],
  'notice.release': [desk, '通知を承認して配信する', 'Release notices'],
  'notice.answer': [secretariat, '機関に代わって通知に回答する', 'Answer notices for an institution'],
  'notice.answer-own': [contacts, '自機関あての通知に回答する', 'Answer notices to their own institution'],
  'template.edit': [secretariat, '通知のひな形を変更する', 'Edit notice templates'],
  'ladder.edit': [secretariat, '連絡の段階を変更する', 'Edit escalation ladders'],
  'drop.set-key': [secretariat, '機関からのファイルの鍵を作る・止める', 'Make and end keys for files of institutions'],
  'sending.resume': [desk, '止めていた送信を再開する', 'Let sending go on that was stopped'],
  'call.record': [desk, '電話連絡の結果を記録する', 'Record calls'],
  'top-page.edit': [secretariat, 'トップページの案内を変更する', 'Change what the top page says'],
  'publication.publish': [secretariat, '一般に公表する', 'Publish to everyone'],
  'roster.import': [secretariat, '名簿を取り込む', 'Import a roster'],
  'official-notice.register': [secretariat, '通達等を登録する', 'Register official notices'],
  'telegram.ingest': [secretariat, '電文を取り込む', 'Take in telegrams'],
  'audience.edit': [secretariat, '宛先グループを変更する', 'Change saved audiences'],

  'member-view.propose': [
    ['secretariat', 'council_member'],
    '会員に見える範囲の変更を提案する',
    'Propose a change of what members see',
  ],
  'member-view.decide': [
    desk,
    '会員に見える範囲の変更をもう1人として実施する',
    'Put a change of what members see in force, as the second person',
  ],

  'improvement.edit': [desk, '改善事項を登録・変更し先へ進める', 'Record and edit improvements, and move them on'],
  'improvement.comment': [
    [...desk, ...contacts, 'council_member', 'command_centre_member'],
    '改善事項にコメントする',
    'Comment on improvements',
  ],

  'institution.edit': [secretariat, 'すべての機関の登録内容を変更する', 'Edit every institution’s entry'],
  'institution.edit-own': [administrator, '自機関の登録内容を変更する', 'Edit the own institution’s entry'],
  'contact.edit': [secretariat, 'すべての機関の連絡先を変更する', 'Edit every institution’s contacts'],
  'contact.edit-own': [contacts, '自機関の連絡先を変更する', 'Edit the own institution’s contacts'],
  'contact-point.edit': [secretariat, 'すべての機関の連絡窓口を変更する', 'Edit every institution’s contact point'],
  'contact-point.edit-own': [
    contacts,
    '自機関の連絡窓口といまの勤務場所を変更する',
    'Edit the own institution’s contact point and where it works now',
  ],
  'address.test': [secretariat, '連絡先の疎通テストを行う', 'Start silent tests of addresses'],
  'address.lift': [desk, '届かないとされた連絡手段の利用を再開・停止する', 'Use refused addresses again, or stop them'],
  'attestation.run': [secretariat, '全機関に登録内容の確認を依頼する', 'Ask all institutions to confirm their entries'],
  'attestation.answer-own': [contacts, '自機関の登録内容を確認する', 'Confirm the own institution’s entry'],
  'exchange.agree-own': [
    contacts,
    '自機関として連絡先の交換に同意する',
    'Agree, for the own institution, to exchange contacts',
  ],
  'directory.export': [['secretariat', 'command_centre_member'], '名簿を書き出す', 'Export the directory'],
  'pack.take': [
    ['secretariat', 'secretariat_approver', 'command_centre_member'],
    '持ち出し資料を受け取る',
    'Take the offline pack',
  ],

  'person.invite': [secretariat, '利用者を招待する', 'Invite people'],
  'person.invite-own': [administrator, '自機関の利用者を招待する', 'Invite people of the own institution'],
  'person.end': [secretariat, 'すべての利用者の利用を終了する', 'End anybody’s account'],
  'person.end-own': [administrator, '自機関の利用者の利用を終了する', 'End accounts of the own institution'],
  'role.grant': [secretariat, 'すべての利用者の役割を付与・解除する', 'Grant and end anybody’s roles'],
  'role.grant-own': [
    administrator,
    '自機関の利用者に機関の役割を付与・解除する',
    'Grant and end institution roles of the own institution’s people',
  ],
  'role.review': [secretariat, '役割を定期的に見直す', 'Review the roles periodically'],
  'recovery.request': [desk, '認証の復旧を申請する', 'Ask for a recovery'],
  'recovery.approve': [desk, '認証の復旧を承認する', 'Approve a recovery'],
  'desk-entry.agree': [
    desk,
    '事務局の役割の付与にもう1人として同意する',
    'Agree as the second person to a role of the desk',
  ],
  'break-glass.seal': [['secretariat_approver'], '非常用コードを封緘する', 'Seal break-glass codes'],
  'setting.change': [secretariat, '設定を変更する', 'Change settings'],
  'sso.edit': [secretariat, '勤務先サインインの設定を変更する', 'Set up workplace sign-in'],
  'sso.agree': [
    desk,
    '勤務先サインインを事務局の人にも使うことにもう1人として同意する',
    'Agree as the second person to workplace sign-in of the desk',
  ],

  'home.see-proposals': [
    [...overview, 'observer'],
    '提案と電文の受信状況を見る',
    'See proposals and what comes in from the agency',
  ],
  'operating-status.see': [
    market,
    '業務状況情報とBCP発動状況情報を見る（還元の後）',
    'See operating status and BCP activation of all, once shared',
  ],
  'situation.see': [everyone, '事案を見る', 'See situations'],
  'board.see-all': [
    overview,
    '全機関の状況ボードを見る（還元の前も）',
    'See every institution on the board, before it is shared, too',
  ],
  'report.see-all': [overview, '全機関の報告を見る', 'See every institution’s reports'],
  'notice.see': [overview, '配信された通知と回答の状況を見る', 'See notices and their answers'],
  'delivery.see': [[...desk, 'auditor'], '通知の送信結果を見る', 'See what became of each delivery'],
  'directory.see': [overview, '全機関の名簿を見る', 'See the whole directory'],
  'directory.see-supervised': [
    ['local_authority'],
    '自らが所管する機関の名簿を見る',
    'See the directory of the institutions that their own supervises',
  ],
  'report.see-supervised': [
    ['local_authority'],
    '自らが所管する機関の報告と状況ボードを見る（還元の前も）',
    'See reports and the board of the institutions that their own supervises (before a return, too)',
  ],
  'official-notice.see': [everyone, '通達等を見る', 'See official notices'],
  'criteria.see': [[...overview, 'observer', 'council_member'], '設置基準を見る', 'See the criteria'],
  'activation.see-all': [
    [...desk, 'auditor'],
    '確認待ち・取り下げ済みのBCP発動の入力を見る',
    'See what was put forward about a BCP and not confirmed',
  ],
  'publication.see': [overview, '公表の履歴を見る', 'See what was published'],
  'telegram.see': [[...overview, 'observer'], '電文を見る', 'See telegrams'],
  'improvement.see': [everyone, '改善事項を見る', 'See improvements'],
  'rights.see': [[...desk, 'auditor'], '権限の一覧を見る', 'See the rights'],
  'audience.see': [[...desk, 'auditor'], '宛先グループを見る', 'See saved audiences'],
  'trail.read': [[...desk, 'auditor'], '監査証跡と閲覧記録を見る', 'Read the audit trail and who read what'],
  'trail.export': [[...desk, 'auditor'], '監査証跡を書き出す', 'Export the audit trail'],
} as const satisfies Record<string, readonly [roles: readonly Role[], ja: string, en: string]>

export type Act = keyof typeof table
export const acts = Object.keys(table) as Act[]

/** The roles that may do this. */
export const rolesOf = (act: Act): readonly Role[] => table[act][0]

/** The act in words, in this language; those of `…-own` are about the person's own institution only. */
export const actWords = {
  ja: Object.fromEntries(acts.map((act) => [act, table[act][1]])) as Record<Act, string>,
  en: Object.fromEntries(acts.map((act) => [act, table[act][2]])) as Record<Act, string>,
}

/** The message never reaches a reader; the page says it in their language. */
export class NotAllowed extends Error {}
export class NotFound extends Error {}

export const may = (person: Person, act: Act): boolean => person.roles.some((role) => rolesOf(act).includes(role))

/** Whether somebody reads for a local bureau, and so nothing beyond what it supervises, whatever other roles they hold. */
export const isOfBureau = (person: Person): boolean =>
  may(person, 'directory.see-supervised') && !may(person, 'directory.see')

/** Everything that the person may do, as the database is told before each of their queries. */
export const mayAll = (person: Person): Act[] => acts.filter((act) => may(person, act))

/** Throws unless one of the person's roles may do this. First line of every action. */
export function must(person: Person, act: Act) {
  if (!may(person, act)) throw new NotAllowed(`${person.id} may not ${act}`)
}

/** Throws unless the person may do this everywhere, or may do it in their own institution and this is it. */
export function mustIn<Name extends string>(
  person: Person,
  act: `${Name}-own` extends Act ? (Name extends Act ? Name : never) : never,
  institution_id: string,
) {
  if (!mayIn(person, act, institution_id)) throw new NotAllowed(`${person.id} may not ${act} of ${institution_id}`)
}
export const mayIn = <Name extends string>(
  person: Person,
  act: `${Name}-own` extends Act ? (Name extends Act ? Name : never) : never,
  institution_id: string,
): boolean => may(person, act) || (person.institution_id === institution_id && may(person, `${act}-own` as Act))

/** The roles that count now: the command centre's people see the market only while one is set up (S0-30). */
export const heldNow = (person: Person, { is_open }: { is_open: boolean }): Person =>
  is_open ? person : { ...person, roles: person.roles.filter((role) => role !== 'command_centre_member') }
