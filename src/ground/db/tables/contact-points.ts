import type { Instant } from '../columns.ts'

/** From where an institution works. */
export type Place = 'main_office' | 'alternate_office' | 'home' | 'other'

declare module '../tables.ts' {
  /** How an institution is reached whoever is on duty, in versions: no person stands here. */
  interface Tables {
    contact_point: {
      institution_id: string
      version: number
      section_ja: string
      section_en: string
      /** Phones as `writePhone` writes them; '': none. */
      phone: string
      mail: string
      office_name: string
      office_address: string
      office_phone: string
      /** Entered by the secretariat. */
      is_on_behalf: boolean
      /** Null: it came with the demo. */
      made_by: string | null
      made_at: Instant
    }
    /** The newest version of each; a view. */
    contact_point_now: Tables['contact_point']
    work_place: {
      institution_id: string
      version: number
      place: Place
      note: string
      since: Instant
      is_on_behalf: boolean
      made_by: string | null
      made_at: Instant
    }
    /** The newest version of each; a view. */
    work_place_now: Tables['work_place']
  }
}
