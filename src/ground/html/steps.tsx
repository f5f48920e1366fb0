import type { ReactNode } from 'react'
import { inBoth } from './language.ts'
import { useTexts } from './render.tsx'

export type Step = { text: string; state: 'done' | 'current' | 'to_do'; href?: string | undefined; note?: ReactNode }

const texts = inBoth({
  ja: { done: '済み', current: '現在', to_do: '未着手' },
  en: { done: 'Done', current: 'Now', to_do: 'To do' },
})

/** Phases, or the pages of a long form: which are behind, where one is, what is left. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  const words = useTexts(texts)
  return (
    <nav className="dads-step-navigation" aria-label={label}>
      <ol className="dads-step-navigation__list">
        {steps.map(({ text, state, href, note }, index) => (
          <li
            key={text}
            className="dads-step-navigation__step"
            data-state={state}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <span className="dads-step-navigation__number">{index + 1}</span>
            <span className="dads-step-navigation__text">{href ? <a href={href}>{text}</a> : text}</span>
            <span className="dads-step-navigation__state">
              {words[state]}
              {note && <> {note}</>}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  )
}
