import type { Shown } from '#status/member-view/index.ts'
import type { Answerable, AnswerSaid, Standing } from './answerable.ts'
import type { Stands } from './stands.ts'

/** What the press that led here came to, as the address of the page says it. */
export const tolds = [
  'taken',
  'again',
  'late',
  'replaced',
  'removed',
  'called',
  'taken_back',
  'newer',
  'too_late',
] as const
export type Told = (typeof tolds)[number]

export type LinkProps = {
  token: string
  notice: Answerable
  standing: Exclude<Standing, 'over'>
  /** Whether whose link it is still answers for the institution. */
  speaks: boolean
  /** What was answered to this notice, newest first. */
  answers: AnswerSaid[]
  stands: Stands | null
  /** What members see of each other by name, as it is in force. */
  shown: Shown
  /** The link that answers what took this one's place. */
  next: string | null
  phones: string[]
  told: Told | 'no_text' | null
}
