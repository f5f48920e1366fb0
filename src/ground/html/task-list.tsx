import type { ReactNode } from 'react'
import { Chip, type Look } from './chip.tsx'

export type Task = { text: string; href?: string | undefined; hint?: ReactNode; look: Look; state: string }

/** What is to be done, each with its state in a word. */
export const TaskList = ({ tasks }: { tasks: readonly Task[] }) => (
  <ul className="dads-task-list">
    {tasks.map(({ text, href, hint, look, state }) => (
      <li key={`${text} ${href}`} className="dads-task-list__task">
        <div className="dads-task-list__name">
          {href ? <a href={href}>{text}</a> : text}
          {hint && <div className="dads-task-list__hint">{hint}</div>}
        </div>
        <Chip look={look}>{state}</Chip>
      </li>
    ))}
  </ul>
)
