import { readEarthquake } from './parse-earthquake.ts'
import { readTsunami } from './parse-tsunami.ts'
import { readVolcano } from './parse-volcano.ts'
import { readWeather } from './parse-weather.ts'
import { childOf, codeAt, type Note, namespaces, needChild, textAt } from './reading.ts'
import type { Body, NankaiBody, TelegramCode } from './telegram.ts'
import type { Element } from './xml.ts'

/** The body of a telegram; that of a cancellation has nothing in it. */
export function readBody(report: Element, code: TelegramCode, is_cancelled: boolean, note: Note): Body {
  switch (code) {
    case 'VXSE51':
    case 'VXSE52':
    case 'VXSE53':
    case 'VXSE61':
      return readEarthquake(needChild(report, 'Body', 'Body', namespaces.seismology), code, is_cancelled, note)
    case 'VTSE41':
    case 'VTSE51':
      return readTsunami(needChild(report, 'Body', 'Body', namespaces.seismology), code, is_cancelled, note)
    case 'VYSE50':
      return readNankai(needChild(report, 'Body', 'Body', namespaces.seismology), is_cancelled, note)
    case 'VPWW53':
    case 'VPWW54':
      return readWeather(needChild(report, 'Body', 'Body', namespaces.meteorology), is_cancelled, note)
    case 'VFVO56':
      return readVolcano(needChild(report, 'Body', 'Body', namespaces.volcanology), is_cancelled, note)
  }
}

const nankaiCodes = new Set(['111', '112', '113', '120', '130', '190'])

function readNankai(body: Element, is_cancelled: boolean, note: Note): NankaiBody {
  if (is_cancelled) return { kind: 'nankai', info_code: '', info_name: '', text: textAt(body, 'Text') }
  const info = needChild(body, 'EarthquakeInfo', 'Body/EarthquakeInfo')
  const serial = needChild(info, 'InfoSerial', 'Body/EarthquakeInfo/InfoSerial')
  needChild(serial, 'Code', 'Body/EarthquakeInfo/InfoSerial/Code')
  const info_code = codeAt(serial, 'Code')
  if (!nankaiCodes.has(info_code))
    note(
      `南海トラフ地震臨時情報の種類「${info_code}」は知らない番号です。`,
      `Unknown code "${info_code}" of the Nankai Trough information.`,
    )
  return {
    kind: 'nankai',
    info_code,
    info_name: textAt(serial, 'Name'),
    text: textAt(childOf(body, 'EarthquakeInfo'), 'Text'),
  }
}
