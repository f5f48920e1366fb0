import type { Instant, JsonOf } from '../columns.ts'

export type TopPageLink = {
  kind: 'body' | 'authority' | 'central_bank' | 'other_market' | 'other'
  name_ja: string
  name_en: string
  url: string
}

declare module '../tables.ts' {
  interface Tables {
    /** What the public top page says besides situations: who runs the portal, where to ask, links. A row per version. */
    top_page: {
      version: number
      operator_ja: string
      operator_en: string
      contact_ja: string
      contact_en: string
      links: JsonOf<TopPageLink[]>
      made_by: string
      made_at: Instant
    }
    /** The newest version. */
    top_page_now: Tables['top_page']
  }
}
