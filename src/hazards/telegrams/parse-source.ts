import { childOf, childrenOf, codeAt, type Note, namespaces, plain, textAt, timeAt } from './reading.ts'
import type { Hypocentre, Magnitude, Source } from './telegram.ts'
import type { Element } from './xml.ts'

export const noSource: Source = { origin_at: null, hypocentre: null, magnitude: null }

/** What one Earthquake element says. */
export function readSource(earthquake: Element, note: Note): Source {
  return {
    origin_at: timeAt(earthquake, 'OriginTime', note) ?? timeAt(earthquake, 'ArrivalTime', note),
    hypocentre: readHypocentre(childOf(childOf(earthquake, 'Hypocenter'), 'Area'), note),
    magnitude: readMagnitude(childrenOf(earthquake, 'Magnitude', namespaces.element)[0], note),
  }
}

function readHypocentre(area: Element | undefined, note: Note): Hypocentre | null {
  if (!area) return null
  const given = childrenOf(area, 'Coordinate', namespaces.element)
  // VXSE61 gives the position twice, in degrees and again in degrees and minutes.
  const coordinate = given.find((each) => !each.attributes.has('type')) ?? given[0]
  const text = plain(coordinate?.text ?? '')
  const place = readCoordinate(text)
  if (place === null && text !== '' && text !== '/')
    note(`震源の位置「${text.slice(0, 40)}」を読めません。`, `Cannot read the position "${text.slice(0, 40)}".`)
  return {
    name: textAt(area, 'Name'),
    code: codeAt(area, 'Code'),
    ...(place ?? { latitude: null, longitude: null, depth_km: null }),
    words: coordinate?.attributes.get('description')?.trim() ?? '',
  }
}

/** A position after ISO 6709, height in metres: "+34.8+138.5-10000/", "+3624.38+13831.38/"; null where it is none. */
export function readCoordinate(text: string): Pick<Hypocentre, 'latitude' | 'longitude' | 'depth_km'> | null {
  const parts = /^([+-])(\d{2,6}(?:\.\d+)?)([+-])(\d{3,7}(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?\/?$/.exec(text)
  if (!parts) return null
  const latitude = degrees(parts[1]!, parts[2]!, 2)
  const longitude = degrees(parts[3]!, parts[4]!, 3)
  if (latitude === null || longitude === null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null
  return { latitude, longitude, depth_km: parts[5] === undefined ? null : Math.max(0, -Number(parts[5]) / 1000) }
}

// Two digits more than the degrees need are minutes, four more are minutes and seconds.
function degrees(sign: string, digits: string, width: number): number | null {
  const whole = digits.split('.')[0]!.length
  const factor = sign === '-' ? -1 : 1
  if (whole === width) return factor * Number(digits)
  if (whole !== width + 2 && whole !== width + 4) return null
  const minutes = Number(digits.slice(width, whole === width + 2 ? undefined : width + 2))
  const seconds = whole === width + 4 ? Number(digits.slice(width + 2)) : 0
  if (minutes >= 60 || seconds >= 60) return null
  return (factor * Math.round((Number(digits.slice(0, width)) + minutes / 60 + seconds / 3600) * 1e4)) / 1e4
}

function readMagnitude(element: Element | undefined, note: Note): Magnitude | null {
  if (!element) return null
  const text = plain(element.text)
  const words = element.attributes.get('description')?.trim() ?? ''
  const value = /^-?\d{1,2}(\.\d+)?$/.test(text) ? Number(text) : null
  if (value === null && text !== '' && text !== 'NaN')
    note(`マグニチュード「${text.slice(0, 20)}」を読めません。`, `Cannot read the magnitude "${text.slice(0, 20)}".`)
  return { value, words: words || (value === null ? 'Ｍ不明' : `Ｍ${value.toFixed(1)}`) }
}
