import { z } from 'zod'
import { intensities, type ReportedIntensity, type TelegramCode, type TsunamiGrade } from '#hazards/telegrams/index.ts'

const at_least = z.enum(intensities)
const institutions = z.enum(['infrastructure', 'any'])
const threeDigits = z.string().regex(/^\d{3}$/)

/** One activation criterion (設置基準) as the secretariat words it; the last two are never met by a telegram. */
export const Rule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('intensity_at_sites'), at_least, institutions }),
  z.strictObject({ kind: z.literal('intensity_in_area'), at_least, area_code: threeDigits }),
  z.strictObject({ kind: z.literal('tsunami'), at_least: z.enum(['major_warning', 'warning', 'advisory']) }),
  z.strictObject({ kind: z.literal('nankai'), codes: z.array(threeDigits).min(1) }),
  z.strictObject({ kind: z.literal('weather_special'), institutions }),
  z.strictObject({ kind: z.literal('eruption') }),
  z.strictObject({ kind: z.literal('command_centre_set_up') }),
  z.strictObject({ kind: z.literal('judgement') }),
])
export type Rule = z.infer<typeof Rule>

/** As much of a site as a criterion asks. */
export type SiteOfInstitution = { site_id: string; is_infrastructure: boolean; area_code: string }

/** What one criterion found. is_possible: only by values that have not arrived yet (震度５弱以上未入電). Plain JSON. */
export type Match = {
  kind: Rule['kind']
  telegram: { code: TelegramCode; serial: number | null; control_at: string; title: string }
  is_possible: boolean
  areas: FoundArea[]
  sites: FoundSite[]
}
/** Of an intensity, a grade and words, those that the kind of hazard has. */
export type Found = {
  intensity: ReportedIntensity | null
  grade: TsunamiGrade | null
  words: string | null
  is_possible: boolean
}
export type FoundArea = Found & { code: string; name: string; missing_in: string[] }
/** What is kept names a site, or a report that met the criterion, by its id alone: whose it is, the reader's rights say. */
export type FoundSite = Found & { site_id: string | null; report_id: string | null; area_code: string }
