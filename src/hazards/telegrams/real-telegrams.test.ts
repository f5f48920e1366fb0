import assert from 'node:assert/strict'
import { test } from 'node:test'
import { realTelegram, realTelegramNames } from '#tests/telegrams/read.ts'
import { parseTelegram } from './parse-jma.ts'
import type { Telegram } from './telegram.ts'

/** code, mode, what ties it to its event, and the figures of its body, as counted in the files themselves. */
const facts: Record<string, string> = {
  '15_08_01_130412_VPWW53.xml': 'VPWW53 actual issued weather:奈良地方気象台 35 in force: 大雨特別警報 33',
  '15_12_01_161130_VPWW54.xml': 'VPWW54 actual issued weather:松江地方気象台 7 in force: 大雨特別警報 33',
  '15_16_02_250630_VPWW57.xml': 'not used VPWW57',
  '32-35_01_03_100806_VXSE53.xml': 'VXSE53 exercise issued quake:20091001134500 max 5-, 17 areas, M5.9, missing: none',
  '32-35_04_04_100831_VXSE53.xml': 'VXSE53 actual issued quake:20100125161517 max 4, 19 areas, M5.3, missing: none',
  '32-35_06_01_100915_VXSE52.xml': 'VXSE52 actual issued quake:20080614084350 max -, 0 areas, M7, missing: none',
  '32-35_06_03_100915_VXSE53.xml':
    'VXSE53 actual issued quake:20080614084350 max 6+, 69 areas, M7, missing: 金ケ崎町 羽後町 大蔵村',
  '32-35_06_04_100915_VXSE53.xml':
    'VXSE53 actual issued quake:20080614084350 max 6+, 73 areas, M7, missing: 金ケ崎町 大蔵村',
  '32-35_06_05_100915_VXSE53.xml': 'VXSE53 actual issued quake:20080614084350 max 6+, 72 areas, M7, missing: 大蔵村',
  '32-35_06_06_100915_VXSE53.xml': 'VXSE53 actual cancelled quake:20080614084350 max -, 0 areas, -, missing: none',
  '32-35_07_06_240613_VXSE53.xml':
    'VXSE53 actual issued quake:20090811050711 max 6-, 80 areas, M6.6, missing: 藤枝市 富士市',
  '32-35_08_01_100915_VXSE51.xml': 'VXSE51 actual issued quake:20100705065511 max 3, 2 areas, -, missing: none',
  '32-35_08_02_100915_VXSE51.xml': 'VXSE51 actual issued quake:20100705065610 max 4, 9 areas, -, missing: none',
  '32-35_08_03_100915_VXSE51.xml': 'VXSE51 actual issued quake:20100705065511 max 4, 11 areas, -, missing: none',
  '32-35_08_04_100915_VXSE51.xml': 'VXSE51 actual issued quake:20100705065610 max 4, 15 areas, -, missing: none',
  '32-35_08_05_100915_VXSE51.xml': 'VXSE51 actual issued quake:20100705065511 max 4, 16 areas, -, missing: none',
  '32-35_08_07_100915_VXSE53.xml': 'VXSE53 actual issued quake:20100705065610 max 4, 67 areas, M6.3, missing: none',
  '32-39_11_01_120615_VXSE51.xml': 'VXSE51 actual issued quake:20110311144640 max 6+, 17 areas, -, missing: none',
  '32-39_11_02_120615_VTSE41.xml':
    'VTSE41 actual issued quake:20110311144640 3 major, 5 warnings, 15 advisories, 0 lifted of 43',
  '32-39_11_05_120615_VXSE53.xml':
    'VXSE53 actual issued quake:20110311144640 max 7, 138 areas, Ｍ８を超える巨大地震, missing: none',
  '38-39_02_04_191025_VTSE41.xml':
    'VTSE41 actual issued quake:20151114055157 and 20151114061750 0 major, 0 warnings, 0 advisories, 3 lifted of 3',
  '43_02_01_200522_VFVO52.xml': 'not used VFVO52',
  '54_01_01_100514_VXSE42.xml': 'not used VXSE42',
  '67_01_01_140927_VFVO56.xml': 'VFVO56 actual issued volcano:20140927120000_312 御嶽山 312 噴火, 4 municipalities',
  '74_01_01_200512_VYSE50.xml': 'VYSE50 actual issued nankai:20200512162000 111 調査中',
}

const names = realTelegramNames()
if (names.length === 0)
  test('real telegrams', { skip: 'the folder ../shared/data/jma is not beside the checkout' }, () => {})

for (const name of names)
  test(`N-5 the real telegram ${name}`, () => {
    const read = parseTelegram(realTelegram(name))
    if ('failed' in read) {
      assert.ok(read.failed.reason === 'not_used', read.failed.message.en)
      assert.equal(`not used ${read.failed.code}`, facts[name] ?? `not used ${read.failed.code}`)
      return
    }
    assert.deepEqual(read.oddities, [])
    if (facts[name]) assert.equal(summary(read), facts[name])
  })

function summary({ code, mode, info_kind, event_key, event_ids, body }: Telegram): string {
  const more = event_ids.slice(1).map((id) => ` and ${id}`)
  return `${code} ${mode} ${info_kind} ${event_key}${more.join('')} ${inWords(body)}`
}

function inWords(body: Telegram['body']): string {
  switch (body.kind) {
    case 'earthquake': {
      const missing = body.cities.filter((city) => city.is_missing).map((city) => city.name)
      const magnitude = body.magnitude
        ? body.magnitude.value === null
          ? body.magnitude.words
          : `M${body.magnitude.value}`
        : '-'
      return `max ${body.max_intensity ?? '-'}, ${body.areas.length} areas, ${magnitude}, missing: ${missing.join(' ') || 'none'}`
    }
    case 'tsunami': {
      const count = (grade: string) => body.areas.filter((area) => area.grade === grade).length
      return `${count('major_warning')} major, ${count('warning')} warnings, ${count('advisory')} advisories, ${count('lifted')} lifted of ${body.areas.length}`
    }
    case 'nankai':
      return `${body.info_code} ${body.info_name}`
    case 'weather': {
      const kinds = new Set(body.in_force.map((warning) => `${warning.kind_name} ${warning.kind_code}`))
      return `${body.in_force.length} in force: ${[...kinds].join(', ')}`
    }
    case 'volcano':
      return `${body.volcano_name} ${body.volcano_code} ${body.kind_name}, ${body.areas.length} municipalities`
  }
}
