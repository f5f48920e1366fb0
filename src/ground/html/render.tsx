import { createContext, type ReactElement, type ReactNode, useContext } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { mark_field } from '#ground/auth/form-mark.ts'
import type { Mode } from '#ground/db/tables.ts'
import type { Person } from '#ground/rights/person.ts'
import type { Language, Texts } from './language.ts'

/** What every page may know about the one who reads it. */
export type Reading = {
  language: Language
  /** The moment the page was asked for; ages are counted from here. */
  now: Date
  /** Path and query of this page, to come back to it. */
  path: string
  reader: Person | null
  /** Open situations this reader may see, for the banner on every page; a gathering has no command centre, and is no emergency. */
  open: { id: string; mode: Mode; title_ja: string; title_en: string; event_at: Date; is_gathering?: boolean }[]
  /** How many things wait for this reader to act on. */
  waiting?: number
  /** True in a demo, where every page says that the people and firms are invented. */
  demo: boolean
  /** Stands in every form, so that it is still known whose it is when the session is over. */
  form_mark?: string
}

const ReadingContext = createContext<Reading | null>(null)

export function useReading(): Reading {
  const reading = useContext(ReadingContext)
  if (!reading) throw new Error('A page is rendered through render()')
  return reading
}

/** The texts of a page in its reader's language. */
export const useTexts = <T,>(texts: Texts<T>): T => texts[useReading().language]

/** A part of a page as it read at another moment: ages and expiries are counted from there. */
export const ReadAt = ({ now, children }: { now: Date; children: ReactNode }) => (
  <ReadingContext.Provider value={{ ...useReading(), now }}>{children}</ReadingContext.Provider>
)

/** The only place a page becomes a string. Nothing is hydrated. */
export const render = (page: ReactElement, reading: Reading) => `<!DOCTYPE html>${renderPart(page, reading)}`

/** A part of a page, to be put into one that has been drawn. */
export function renderPart(part: ReactElement, reading: Reading): string {
  const html = renderToStaticMarkup(<ReadingContext.Provider value={reading}>{part}</ReadingContext.Provider>)
  if (!reading.form_mark) return html
  const mark = `<input type="hidden" name="${mark_field}" value="${reading.form_mark}"/>`
  return html.replace(/<form\b[^>]* ?method="post"[^>]*>/g, (form) => form + mark)
}
