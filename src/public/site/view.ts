import type { Language } from '#ground/html/language.ts'
import type { Masthead } from './masthead.ts'

/** From where and when a snapshot is looked at. */
export type View = {
  /** Scheme and host that people type, without a path. */
  origin: string
  now: Date
  /** Since when the system that updates the public page has not answered; null while it does. */
  silent_since: Date | null
  /** Who runs it and where else to look; null while nobody has said. */
  masthead: Masthead | null
  /** True where people and firms are invented. */
  demo: boolean
}
export type ViewIn = View & { language: Language }
