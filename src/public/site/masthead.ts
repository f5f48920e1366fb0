import { z } from 'zod'

/** What else the top page leads to, in this order. */
export const linkKinds = ['body', 'authority', 'central_bank', 'other_market', 'other'] as const

const said = z.string().min(1)

/** What the top page says besides situations (S0-32, S0-71): who runs it, where to ask, where else to look. */
export const Masthead = z.object({
  operator_ja: said,
  operator_en: said,
  contact_ja: said,
  contact_en: said,
  links: z.array(
    z.object({ kind: z.enum(linkKinds), name_ja: said, name_en: said, url: z.url({ protocol: /^https?$/ }) }),
  ),
})
export type Masthead = z.output<typeof Masthead>
