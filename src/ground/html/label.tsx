import type { Label } from '#ground/db/tables.ts'
import { labelNames, readersOf } from '#ground/rights/labels.ts'
import { type Act, rolesOf } from '#ground/rights/may.ts'
import { type Role, roles } from '#ground/rights/person.ts'
import { inBoth } from './language.ts'
import { useTexts } from './render.tsx'

/** Who reads, by role, as it stands within a sentence. The secretariat and its approvers together are the secretariat. */
export const readerNames = inBoth<Record<Role, string>>({
  ja: {
    secretariat: '事務局',
    secretariat_approver: '承認者（事務局責任者）',
    bcp_contact: 'BCP連絡担当者',
    institution_administrator: '機関管理者',
    council_member: '協議会委員',
    command_centre_member: '対策本部',
    authority: '金融庁・財務局・日本銀行',
    local_authority: '財務局（所管機関のみ）',
    observer: 'オブザーバー',
    auditor: '監査',
  },
  en: {
    secretariat: 'the secretariat',
    secretariat_approver: 'its approvers',
    bcp_contact: 'BCP contacts',
    institution_administrator: 'administrators',
    council_member: 'council members',
    command_centre_member: 'the command centre',
    authority: 'the authorities',
    local_authority: 'local finance bureaus',
    observer: 'observers',
    auditor: 'the auditors',
  },
})

const named = (language: 'ja' | 'en', readers: readonly Role[]): string[] =>
  readers
    .filter((role) => role !== 'secretariat_approver' || !readers.includes('secretariat'))
    .map((role) => readerNames[language][role])

/** Those who may do this, within a sentence: “the secretariat, the command centre and the auditors”. */
export const whoMay = inBoth<(act: Act) => string>({
  ja: (act) => named('ja', rolesOf(act)).join('・'),
  en: (act) => listed(named('en', rolesOf(act))),
})

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** Whom a label lets read a text, said from the rule that lets them (`readersOf`), never by hand. */
const saidOf = {
  ja: (label: Label) => {
    const readers = readersOf(label)
    if (readers.length === roles.length) return '市場関係者だけが読めます'
    const [first = '', ...more] = named('ja', readers)
    return more.length > 0
      ? `当該機関と、${[first, ...more].join('・')}だけが読めます`
      : `当該機関と${first}だけが読めます`
  },
  en: (label: Label) => {
    const readers = readersOf(label)
    if (readers.length === roles.length) return 'For people of the market only'
    return `For ${listed(['the institution', ...named('en', readers)])} only`
  },
}

/** Whom a label lets read a text, in a few words. */
export const labelWords = inBoth<Record<Label, string>>({
  ja: {
    clear: '公開できます',
    green: saidOf.ja('green'),
    amber: saidOf.ja('amber'),
    amber_strict: saidOf.ja('amber_strict'),
    red: saidOf.ja('red'),
  },
  en: {
    clear: 'May be made public',
    green: saidOf.en('green'),
    amber: saidOf.en('amber'),
    amber_strict: saidOf.en('amber_strict'),
    red: saidOf.en('red'),
  },
})

/** A label as it stands beside a text (TLP 2.0). */
export const LabelMark = ({ label }: { label: Label }) => <b className="dads-tlp">{labelNames[label]}</b>

/** A label with whom it lets read; `is_for_all`: what was given back to everyone of the market under it. */
export function LabelLine({ label, is_for_all = false }: { label: Label; is_for_all?: boolean | undefined }) {
  const words = useTexts(labelWords)
  return (
    <p className="dads-note">
      <LabelMark label={label} /> {words[is_for_all ? 'green' : label]}
    </p>
  )
}
