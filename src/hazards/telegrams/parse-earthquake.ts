import { areaByCode } from '#ground/market/areas.ts'
import { noSource, readSource } from './parse-source.ts'
import { childOf, childrenOf, codeAt, type Note, needChild, plain, textAt } from './reading.ts'
import { quoted } from './rejection.ts'
import {
  type EarthquakeBody,
  intensities,
  intensityRank,
  type ReportedIntensity,
  type ShakenArea,
  type ShakenCity,
  strongest,
  type TelegramCode,
} from './telegram.ts'
import type { Element } from './xml.ts'

/** VXSE51 (areas), 52 (source), 53 (both, with cities), 61 (source, revised). */
export function readEarthquake(body: Element, code: TelegramCode, is_cancelled: boolean, note: Note): EarthquakeBody {
  const nothing: EarthquakeBody = { kind: 'earthquake', ...noSource, max_intensity: null, areas: [], cities: [] }
  if (is_cancelled) return nothing
  const earthquake = code === 'VXSE51' ? childOf(body, 'Earthquake') : needChild(body, 'Earthquake', 'Body/Earthquake')
  const source = earthquake ? readSource(earthquake, note) : noSource
  // An earthquake abroad is reported as VXSE53 without intensities.
  const intensity = code === 'VXSE51' ? needChild(body, 'Intensity', 'Body/Intensity') : childOf(body, 'Intensity')
  if (!intensity) return { ...nothing, ...source }
  const observation = needChild(intensity, 'Observation', 'Body/Intensity/Observation')
  const { areas, cities } = readAreas(observation, note)
  const stated = textAt(observation, 'MaxInt')
  const max = stated === '' ? null : readIntensity(stated)
  if (stated !== '' && max === null)
    note(`最大震度「${quoted(stated)}」を読めません。`, `Cannot read the maximum intensity "${quoted(stated)}".`)
  return { ...nothing, ...source, max_intensity: max ?? strongest(areas.map((area) => area.intensity)), areas, cities }
}

function readAreas(observation: Element, note: Note) {
  const areas = new Map<string, ShakenArea>()
  const cities: ShakenCity[] = []
  for (const prefecture of childrenOf(observation, 'Pref'))
    for (const element of childrenOf(prefecture, 'Area')) {
      const code = codeAt(element, 'Code')
      const name = textAt(element, 'Name')
      if (!/^\d{3}$/.test(code)) {
        note(
          `区域「${quoted(name)}」のコード「${quoted(code)}」は 3 桁の数字ではないため、この区域を除きました。`,
          `Left out the area "${quoted(name)}": its code "${quoted(code)}" is not three digits.`,
        )
        continue
      }
      const found = childrenOf(element, 'City').map((city) => readCity(city, code, note))
      cities.push(...found.filter((city) => city !== null))
      const area = readArea(
        element,
        prefecture,
        code,
        name,
        found.filter((city) => city !== null),
        note,
      )
      const before = areas.get(code)
      if (area && (!before || intensityRank(area.intensity) > intensityRank(before.intensity))) areas.set(code, area)
      if (area && before)
        note(
          `区域コード ${code} が重複しています。大きい震度を採りました。`,
          `Area ${code} is given twice; the higher intensity was taken.`,
        )
    }
  return { areas: [...areas.values()], cities }
}

function readArea(
  element: Element,
  prefecture: Element,
  code: string,
  name: string,
  cities: ShakenCity[],
  note: Note,
): ShakenArea | null {
  const missing_in = cities.filter((city) => city.is_missing).map((city) => city.name)
  const stated = textAt(element, 'MaxInt')
  const observed = stated === '' ? null : readIntensity(stated)
  if (missing_in.length === 0 && (observed === 'missing' || isMissing(element))) missing_in.push(name)
  const intensity = observed ?? (missing_in.length > 0 ? 'missing' : strongest(cities.map((city) => city.intensity)))
  if (observed === null && (stated !== '' || intensity === null))
    note(
      `区域「${quoted(name)}」（${code}）の震度「${quoted(stated)}」を読めません${intensity === null ? '。この区域を除きました' : ''}。`,
      `Cannot read the intensity "${quoted(stated)}" of the area "${quoted(name)}" (${code})${intensity === null ? '; left it out' : ''}.`,
    )
  if (intensity === null) return null
  const known = areaByCode.get(code)
  if (!known)
    note(`区域コード ${code}（${quoted(name)}）は知らないコードです。`, `Unknown area code ${code} (${quoted(name)}).`)
  const prefecture_code = codeAt(prefecture, 'Code')
  return {
    code,
    name: name || (known?.name ?? code),
    prefecture_code: /^\d{2}$/.test(prefecture_code) ? prefecture_code : (known?.prefecture_code ?? ''),
    prefecture_name: textAt(prefecture, 'Name'),
    intensity,
    missing_in,
  }
}

function readCity(element: Element, area_code: string, note: Note): ShakenCity | null {
  const name = textAt(element, 'Name')
  const stated = textAt(element, 'MaxInt')
  const observed = stated === '' ? null : readIntensity(stated)
  if (stated !== '' && observed === null)
    note(
      `「${quoted(name)}」の震度「${quoted(stated)}」を読めません。`,
      `Cannot read the intensity "${quoted(stated)}" of "${quoted(name)}".`,
    )
  const is_missing = observed === 'missing' || isMissing(element)
  const intensity = observed ?? (is_missing ? 'missing' : null)
  return intensity && { code: codeAt(element, 'Code'), name, area_code, intensity, is_missing }
}

const isMissing = (element: Element) => readIntensity(textAt(element, 'Condition')) === 'missing'

const words: Record<string, ReportedIntensity> = {
  '5弱': '5-',
  '5強': '5+',
  '6弱': '6-',
  '6強': '6+',
  震度5弱以上未入電: 'missing',
  '5弱以上未入電': 'missing',
  '!5-': 'missing',
}

/** A value of the scale however it is written ("5-", "５弱", 震度５弱以上未入電); null where it is none. */
export function readIntensity(text: string): ReportedIntensity | null {
  const value = plain(text).replace(/[−‐–ー]/g, '-')
  return intensities.find((known) => known === value) ?? (Object.hasOwn(words, value) ? words[value]! : null)
}
