import type { Label } from '#ground/db/tables.ts'
import { labelNames } from '#ground/rights/labels.ts'
import { inBoth } from './language.ts'
import { useTexts } from './render.tsx'

/** Whom a label lets read a text, in a few words; `mayRead` is the rule itself. */
export const labelWords = inBoth<Record<Label, string>>({
  ja: {
    clear: '公開できます',
    green: '市場関係者だけが読めます',
    amber: '当該機関と、市場全体を見る立場の人だけが読めます',
    amber_strict: '当該機関と、事務局・対策本部・当局・監査だけが読めます',
    red: '当該機関と事務局だけが読めます',
  },
  en: {
    clear: 'May be made public',
    green: 'For people of the market only',
    amber: 'For the institution, and for those who look after the whole market',
    amber_strict: 'For the institution, the secretariat, the command centre, the authorities and the auditors only',
    red: 'For the institution and the secretariat only',
  },
})

/** A label as it stands beside a text (TLP 2.0). */
export const LabelMark = ({ label }: { label: Label }) => <b className="dads-tlp">{labelNames[label]}</b>

/** A label with whom it lets read. */
export function LabelLine({ label }: { label: Label }) {
  const words = useTexts(labelWords)
  return (
    <p className="dads-note">
      <LabelMark label={label} /> {words[label]}
    </p>
  )
}
