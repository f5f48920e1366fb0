import type { Role } from '#ground/db/tables.ts'
import type { Act } from '#ground/rights/may.ts'
import { may } from '#ground/rights/may.ts'
import type { Person } from '#ground/rights/person.ts'
import { inBoth, type Texts } from './language.ts'

export type NavigationItem = { href: string; text: Texts<string> }

type Entry = NavigationItem & { act: Act | readonly Act[] | null }

/** What the night needs, then the contents of the portal, by the names that its source gives them (S0-70). */
const pages: Entry[] = [
  { href: '/home', act: null, text: inBoth({ ja: 'ホームページ', en: 'Home' }) },
  { href: '/board', act: 'situation.see', text: inBoth({ ja: '状況ボード', en: 'Status board' }) },
  { href: '/situations', act: 'situation.see', text: inBoth({ ja: '事案', en: 'Situations' }) },
  { href: '/inbox', act: 'notice.answer-own', text: inBoth({ ja: '届いた通知', en: 'Notices to us' }) },
  { href: '/notices', act: 'notice.see', text: inBoth({ ja: '通知', en: 'Notices' }) },
  { href: '/calls', act: 'call.record', text: inBoth({ ja: '電話連絡リスト', en: 'Call list' }) },
  { href: '/replies', act: 'notice.answer', text: inBoth({ ja: '返信', en: 'Replies' }) },
  {
    href: '/operating-status',
    act: 'operating-status.see',
    text: inBoth({ ja: '業務状況情報', en: 'Operating status' }),
  },
  { href: '/bcp-status', act: 'operating-status.see', text: inBoth({ ja: 'BCP発動状況情報', en: 'BCP activation' }) },
  { href: '/contact-points', act: 'situation.see', text: inBoth({ ja: '連絡先情報', en: 'Contact points' }) },
  { href: '/directory', act: 'situation.see', text: inBoth({ ja: '名簿', en: 'Directory' }) },
  { href: '/official-notices', act: 'official-notice.see', text: inBoth({ ja: '通達等', en: 'Official notices' }) },
  { href: '/contacts', act: 'contact.edit-own', text: inBoth({ ja: '自機関の連絡先', en: 'Our contacts' }) },
  { href: '/pack', act: 'pack.take', text: inBoth({ ja: '持ち出し資料', en: 'Offline pack' }) },
  { href: '/', act: null, text: inBoth({ ja: 'トップページ', en: 'Top page' }) },
]

/** What is prepared and looked after in peace. */
const preparations: Entry[] = [
  { href: '/criteria', act: 'criteria.see', text: inBoth({ ja: '設置基準', en: 'Criteria' }) },
  { href: '/improvements', act: 'improvement.see', text: inBoth({ ja: '改善事項', en: 'Improvements' }) },
  {
    href: '/invitations',
    act: ['person.invite', 'person.invite-own'],
    text: inBoth({ ja: '招待', en: 'Invitations' }),
  },
  // The secretariat finds it beside the invitations.
  { href: '/break-glass', act: 'break-glass.seal', text: inBoth({ ja: '非常用コード', en: 'Break-glass codes' }) },
  { href: '/people', act: ['role.grant', 'role.grant-own'], text: inBoth({ ja: '利用者', en: 'People' }) },
  { href: '/rights', act: 'rights.see', text: inBoth({ ja: '権限', en: 'Rights' }) },
  { href: '/settings', act: 'setting.change', text: inBoth({ ja: '設定', en: 'Settings' }) },
  { href: '/sso', act: 'sso.edit', text: inBoth({ ja: '勤務先サインイン', en: 'Workplace sign-in' }) },
  { href: '/drop', act: 'delivery.see', text: inBoth({ ja: 'ファイル連携', en: 'File drop' }) },
  { href: '/trail', act: 'trail.read', text: inBoth({ ja: '監査証跡', en: 'Audit trail' }) },
]

/** So many stand in one line of a desk's screen. */
const entries_max = 11

/** The pages this reader may open, in the order of the menu; what is for peacetime folds where one line would not hold all. */
export function navigation(reader: Person): { pages: NavigationItem[]; folded: NavigationItem[] } {
  const opened = (entries: Entry[]) =>
    entries.filter(({ act }) => act === null || [act].flat().some((each) => may(reader, each)))
  const all = [...opened(pages), ...opened(preparations)]
  if (all.length <= entries_max) return { pages: all, folded: [] }
  // Whatever is for peacetime folds, and what of the first does not fit into the line.
  const shown = Math.min(opened(pages).length, entries_max)
  return { pages: all.slice(0, shown), folded: all.slice(shown) }
}

export const roleWords = inBoth<Record<Role, string>>({
  ja: {
    secretariat: '事務局',
    secretariat_approver: '承認者（事務局責任者）',
    bcp_contact: 'BCP連絡担当者',
    institution_administrator: '機関管理者',
    council_member: '協議会委員',
    command_centre_member: '対策本部員',
    authority: '金融庁・財務局／日本銀行',
    local_authority: '財務局（所管機関のみ）',
    observer: 'オブザーバー',
    auditor: '監査担当者',
  },
  en: {
    secretariat: 'Secretariat',
    secretariat_approver: 'Secretariat approver',
    bcp_contact: 'BCP contact',
    institution_administrator: 'Institution administrator',
    council_member: 'Council member',
    command_centre_member: 'Command-centre member',
    authority: 'Authority',
    local_authority: 'Local finance bureau (what it supervises)',
    observer: 'Observer',
    auditor: 'Auditor',
  },
})
