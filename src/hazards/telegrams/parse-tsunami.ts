import { readSource } from './parse-source.ts'
import { childOf, childrenOf, codeAt, instant, type Note, namespaces, needChild, plain, textAt } from './reading.ts'
import { quoted } from './rejection.ts'
import type { TelegramCode, TsunamiArea, TsunamiBody, TsunamiGrade } from './telegram.ts'
import type { Element } from './xml.ts'

/** Category/Kind/Code (警報等情報要素／津波警報・注意報・予報). */
const grades: Record<string, TsunamiGrade> = {
  '00': 'none',
  '50': 'lifted',
  '51': 'warning',
  '52': 'major_warning',
  '53': 'major_warning',
  '60': 'lifted',
  '62': 'advisory',
  '71': 'forecast',
  '72': 'forecast',
  '73': 'forecast',
}

/** VTSE41 (what is in force) and VTSE51 (times, heights, observations). */
export function readTsunami(body: Element, code: TelegramCode, is_cancelled: boolean, note: Note): TsunamiBody {
  if (is_cancelled) return { kind: 'tsunami', areas: [], sources: [] }
  const tsunami = needChild(body, 'Tsunami', 'Body/Tsunami')
  // VTSE51 may hold observations only.
  const forecast =
    code === 'VTSE41' ? needChild(tsunami, 'Forecast', 'Body/Tsunami/Forecast') : childOf(tsunami, 'Forecast')
  return {
    kind: 'tsunami',
    areas: forecast ? childrenOf(forecast, 'Item').flatMap((item) => readArea(item, note) ?? []) : [],
    sources: childrenOf(body, 'Earthquake').map((earthquake) => readSource(earthquake, note)),
  }
}

function readArea(item: Element, note: Note): TsunamiArea | null {
  const area = childOf(item, 'Area')
  const name = textAt(area, 'Name')
  const code = codeAt(area, 'Code')
  const kind = childOf(childOf(item, 'Category'), 'Kind')
  const grade_code = codeAt(kind, 'Code')
  if (!/^\d{3}$/.test(code) || !Object.hasOwn(grades, grade_code)) {
    note(
      `津波予報区「${quoted(name)}」（コード「${quoted(code)}」、種別「${quoted(grade_code)}」）を読めないため除きました。`,
      `Left out the coast "${quoted(name)}" (code "${quoted(code)}", grade "${quoted(grade_code)}"): cannot be read.`,
    )
    return null
  }
  return { code, name, grade: grades[grade_code]!, first_height: firstHeight(item), max_height: maxHeight(item) }
}

function firstHeight(item: Element): string | null {
  const first = childOf(item, 'FirstHeight')
  const arrival = textAt(first, 'ArrivalTime')
  const condition = textAt(first, 'Condition')
  return (instant(arrival) ? arrival : '') || condition || null
}

function maxHeight(item: Element): string | null {
  const max = childOf(item, 'MaxHeight')
  const height = childOf(max, 'TsunamiHeight', namespaces.element)
  const words = height?.attributes.get('description')?.trim() ?? ''
  const metres = plain(height?.text ?? '')
  return words || (/^\d+(\.\d+)?$/.test(metres) ? `${metres}m` : textAt(max, 'Condition')) || null
}
