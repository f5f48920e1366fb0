import { childOf, childrenOf, codeAt, type Note, needChild, textAt } from './reading.ts'
import { quoted } from './rejection.ts'
import type { SpecialWarning, WeatherBody } from './telegram.ts'
import type { Element } from './xml.ts'

const levels: [RegExp, SpecialWarning['level']][] = [
  [/（府県予報区等）/, 'prefecture'],
  [/（一次細分区域等）/, 'primary'],
  [/（市町村等をまとめた地域等）/, 'group'],
  [/（市町村等）/, 'municipality'],
]
const inForce = new Set(['発表', '継続'])

/** The emergency warnings (特別警報) of VPWW53 and VPWW54, which always give the whole state. */
export function readWeather(body: Element, is_cancelled: boolean, note: Note): WeatherBody {
  const found: WeatherBody = { kind: 'weather', in_force: [], lifted: [] }
  if (is_cancelled) return found
  needChild(body, 'Warning', 'Body/Warning')
  for (const warning of childrenOf(body, 'Warning')) {
    const type = warning.attributes.get('type') ?? ''
    const level = levels.find(([pattern]) => pattern.test(type))?.[1]
    if (!level) {
      note(`警報の区分「${quoted(type)}」を読めません。`, `Cannot read the division "${quoted(type)}" of a warning.`)
      continue
    }
    for (const item of childrenOf(warning, 'Item')) readItem(item, level, found, note)
  }
  return found
}

function readItem(item: Element, level: SpecialWarning['level'], found: WeatherBody, note: Note) {
  const area = childOf(item, 'Area')
  const area_name = textAt(area, 'Name')
  const area_code = codeAt(area, 'Code')
  for (const kind of childrenOf(item, 'Kind')) {
    const kind_name = textAt(kind, 'Name')
    if (!kind_name.includes('特別警報')) continue
    if (!/^\d{6,7}$/.test(area_code)) {
      note(
        `区域「${quoted(area_name)}」のコード「${quoted(area_code)}」を読めないため除きました（${quoted(kind_name)}）。`,
        `Left out the area "${quoted(area_name)}" (${quoted(kind_name)}): cannot read its code "${quoted(area_code)}".`,
      )
      return
    }
    const warning = { area_code, area_name, level, kind_code: codeAt(kind, 'Code'), kind_name }
    const state = textAt(kind, 'Status')
    if (state === '解除') found.lifted.push(warning)
    else found.in_force.push(warning)
    // An unknown state of a special warning counts as in force: better one proposal too many.
    if (state !== '解除' && !inForce.has(state))
      note(
        `「${quoted(area_name)}」の${quoted(kind_name)}の状態「${quoted(state)}」は知らない値です。継続中とみなします。`,
        `Unknown state "${quoted(state)}" of ${quoted(kind_name)} in "${quoted(area_name)}"; taken as in force.`,
      )
  }
}
