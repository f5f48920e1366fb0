import type { ReactNode } from 'react'
import { inBoth } from './language.ts'
import { useTexts } from './render.tsx'

export type Difference =
  | { kind: 'added'; what: string; after: ReactNode }
  | { kind: 'removed'; what: string; before: ReactNode }
  | { kind: 'changed'; what: string; before: ReactNode; after: ReactNode }

const texts = inBoth({
  ja: { added: '追加', removed: '削除', changed: '変更', to: '→' },
  en: { added: 'Added', removed: 'Removed', changed: 'Changed', to: '→' },
})

/** Exactly what changes: what comes, what goes, in words and marks as well as in colour. */
export function Diff({ differences }: { differences: readonly Difference[] }) {
  const words = useTexts(texts)
  return (
    <ul className="dads-diff">
      {differences.map((line) => (
        <li key={`${line.kind} ${line.what}`} className="dads-diff__line" data-kind={line.kind}>
          <b className="dads-diff__kind">{words[line.kind]}</b>
          <span className="dads-diff__what">{line.what}</span>
          <span className="dads-diff__text">
            {line.kind !== 'added' && <del>{line.before}</del>}
            {line.kind === 'changed' && ` ${words.to} `}
            {line.kind !== 'removed' && <ins>{line.after}</ins>}
          </span>
        </li>
      ))}
    </ul>
  )
}
