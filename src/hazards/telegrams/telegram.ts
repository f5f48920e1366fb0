import type { Mode } from '#ground/db/tables.ts'
import type { Texts } from '#ground/html/language.ts'

export const telegramCodes = [
  'VXSE51',
  'VXSE52',
  'VXSE53',
  'VXSE61',
  'VTSE41',
  'VTSE51',
  'VYSE50',
  'VPWW53',
  'VPWW54',
  'VFVO56',
] as const
export type TelegramCode = (typeof telegramCodes)[number]

/** One telegram of the Japan Meteorological Agency, as far as the portal has a use for it. */
export type Telegram = {
  code: TelegramCode
  mode: Mode
  info_kind: 'issued' | 'corrected' | 'cancelled'
  /** 遅延: issued later than it should have been. */
  is_late: boolean
  /** Empty for weather; several where a tsunami warning belongs to several earthquakes. */
  event_ids: string[]
  /** The same for every telegram of one happening; says nothing about the mode. */
  event_key: string
  serial: number | null
  control_at: Date
  report_at: Date
  target_at: Date | null
  title: string
  headline: string
  editorial_office: string
  publishing_office: string
  body: Body
  /** What could not be read although the telegram as a whole could. */
  oddities: Texts<string>[]
}

export type Body = EarthquakeBody | TsunamiBody | NankaiBody | WeatherBody | VolcanoBody

export const intensities = ['1', '2', '3', '4', '5-', '5+', '6-', '6+', '7'] as const
/** A value on the scale of the Japan Meteorological Agency (震度階級). */
export type Intensity = (typeof intensities)[number]
/** `missing` is 震度５弱以上未入電: 5- or more is feared, but no value has arrived. */
export type ReportedIntensity = Intensity | 'missing'

/** Where, when and how strong an earthquake was. */
export type Source = { origin_at: Date | null; hypocentre: Hypocentre | null; magnitude: Magnitude | null }
/** Degrees, kilometres; depth 0 is ごく浅い, null is unknown. */
export type Hypocentre = {
  name: string
  code: string
  latitude: number | null
  longitude: number | null
  depth_km: number | null
  words: string
}
/** The value is null where only words are given, such as Ｍ８を超える巨大地震. */
export type Magnitude = { value: number | null; words: string }

export type EarthquakeBody = Source & {
  kind: 'earthquake'
  max_intensity: ReportedIntensity | null
  areas: ShakenArea[]
  cities: ShakenCity[]
}
/** missing_in: places in the area from which 5- or more is feared and nothing has arrived. */
export type ShakenArea = {
  code: string
  name: string
  prefecture_code: string
  prefecture_name: string
  intensity: ReportedIntensity
  missing_in: string[]
}
/** is_missing can go with an intensity: some station of the city has reported, a graver one has not. */
export type ShakenCity = {
  code: string
  name: string
  area_code: string
  intensity: ReportedIntensity
  is_missing: boolean
}

export const tsunamiGrades = ['none', 'lifted', 'forecast', 'advisory', 'warning', 'major_warning'] as const
export type TsunamiGrade = (typeof tsunamiGrades)[number]
export type TsunamiBody = { kind: 'tsunami'; areas: TsunamiArea[]; sources: Source[] }
/** Heights and times are kept in the agency's words. */
export type TsunamiArea = {
  code: string
  name: string
  grade: TsunamiGrade
  first_height: string | null
  max_height: string | null
}

/** The code is empty only on a cancellation. */
export type NankaiBody = { kind: 'nankai'; info_code: string; info_name: string; text: string }

export type WeatherBody = { kind: 'weather'; in_force: SpecialWarning[]; lifted: SpecialWarning[] }
/** The same warning is given for areas of four sizes. */
export type SpecialWarning = {
  area_code: string
  area_name: string
  level: 'prefecture' | 'primary' | 'group' | 'municipality'
  kind_code: string
  kind_name: string
}

export type VolcanoBody = {
  kind: 'volcano'
  volcano_name: string
  volcano_code: string
  kind_name: string
  erupted_at: Date | null
  areas: { code: string; name: string }[]
  text: string
}

/** Higher is stronger; a missing value ranks as 5-, the least it can be. */
export const intensityRank = (intensity: ReportedIntensity): number =>
  intensities.indexOf(intensity === 'missing' ? '5-' : intensity)

/** Whether an area was shaken at least so; possibly: not by what has arrived, but a value still missing may be that high. */
export function reaches(
  area: Pick<ShakenArea, 'intensity' | 'missing_in'>,
  at_least: Intensity,
): 'yes' | 'possibly' | 'no' {
  if (area.intensity !== 'missing' && intensityRank(area.intensity) >= intensityRank(at_least)) return 'yes'
  return area.intensity === 'missing' || area.missing_in.length > 0 ? 'possibly' : 'no'
}

export const strongest = (found: ReportedIntensity[]): ReportedIntensity | null =>
  found.reduce<ReportedIntensity | null>(
    (top, next) => (top === null || intensityRank(next) > intensityRank(top) ? next : top),
    null,
  )

const dateFields = new Set(['control_at', 'report_at', 'target_at', 'origin_at', 'erupted_at'])

/** A telegram as it was stored in JSON, with its times as Dates again. */
export const fromStored = (parsed: unknown): Telegram =>
  JSON.parse(JSON.stringify(parsed), (key, value) =>
    dateFields.has(key) && typeof value === 'string' ? new Date(value) : value,
  )
