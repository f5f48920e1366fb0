import type { ReactNode } from 'react'
import { Chip } from '#ground/html/chip.tsx'
import { timeWords } from '#ground/html/civil.ts'
import type { Language } from '#ground/html/language.ts'
import { useReading, useTexts } from '#ground/html/render.tsx'
import type { SummaryItem } from '#ground/html/summary-list.tsx'
import { showWritten } from '#ground/market/phone.ts'
import type { PointView } from './queries.ts'
import { pointWords } from './words.ts'

/** What a contact point says; of an institution without one nothing. */
export type Said = Pick<
  PointView,
  'section_ja' | 'section_en' | 'phone' | 'mail' | 'office_name' | 'office_address' | 'office_phone'
>
type Placed = Pick<PointView, 'place' | 'note' | 'since'>

export const sectionOf = (language: Language, { section_ja, section_en }: Said) =>
  (language === 'en' && section_en) || section_ja || ''

/** A number to press. */
export const PhoneLink = ({ written }: { written: string }) => <a href={`tel:${written}`}>{showWritten(written)}</a>

/** The contact point, one thing a line, each ready to be pressed. */
export function usePointItems(said: Said): SummaryItem[] {
  const words = useTexts(pointWords)
  const { language } = useReading()
  const item = (term: string, value: ReactNode) => (value ? [{ term, value }] : [])
  return [
    ...item(words.section, sectionOf(language, said)),
    ...item(words.phone, said.phone && <PhoneLink written={said.phone} />),
    ...item(words.mail, said.mail && <a href={`mailto:${said.mail}`}>{said.mail}</a>),
    ...item(words.office, said.office_name),
    ...item(words.office_address, said.office_address),
    ...item(words.office_phone, said.office_phone && <PhoneLink written={said.office_phone} />),
  ]
}

/** 「代替オフィス」 and since when. Away from the main office looks so. */
export function PlaceNow({ placed }: { placed: Placed }) {
  const words = useTexts(pointWords)
  const { language, now } = useReading()
  const { place, note, since } = placed
  if (!place || !since) return words.not_said
  return (
    <>
      <Chip look={place === 'main_office' ? 'none' : 'sending'}>{words.place_of(words.places[place], note ?? '')}</Chip>{' '}
      <span className="dads-time">{words.since(timeWords(language, since, now))}</span>
    </>
  )
}

/** The same as a text, for files and paper. */
export function placeText(language: Language, { place, note, since }: Placed, now: Date): string {
  const words = pointWords[language]
  if (!place || !since) return ''
  return `${words.place_of(words.places[place], note ?? '')} ${words.since(timeWords(language, since, now, { with_date: true }))}`
}
