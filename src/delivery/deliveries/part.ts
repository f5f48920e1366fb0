import type { Language } from '#ground/html/language.ts'

/** One language's part of a mail, line by line: the plain text and the HTML say the same. */
export type Part = {
  language: Language
  /** Says that this is a drill or a test, first and last; null when it is real. */
  mark: string | null
  label: string
  to: string[]
  about: string
  /** Whose document is passed on, its number and its day. */
  official: string
  text: string
  choices: string[]
  deadline: string | null
  link_label: string | null
  how: string | null
  page: { label: string; url: string }
  help: { title: string; text: string }
  sender: string
}
