import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTelegram } from '#hazards/telegrams/parse-jma.ts'
import { realTelegram, realTelegramNames } from '#tests/telegrams/read.ts'
import { areaByCode, areas, prefectureByCode, prefectures } from './areas.ts'

test('188 areas, each once, in 47 prefectures, each with a square of its own', () => {
  assert.equal(areas.length, 188)
  assert.equal(areaByCode.size, 188)
  assert.equal(prefectureByCode.size, 47)
  assert.equal(new Set(prefectures.map(({ column, row }) => `${column},${row}`)).size, 47)
  assert.deepEqual(
    prefectures.filter(({ code }) => !areas.some((area) => area.prefecture_code === code)),
    [],
  )
})

test('an area that carries the name of a prefecture lies in it', () => {
  for (const area of areas)
    for (const prefecture of prefectures)
      if (area.name.startsWith(prefecture.name_ja)) assert.equal(area.prefecture_code, prefecture.code, area.name)
})

const real = realTelegramNames()
const skip = real.length === 0 && 'no real telegrams beside the checkout (../shared/data/jma)'
test('names and prefectures are those of real telegrams', { skip }, () => {
  let compared = 0
  for (const name of real) {
    const telegram = parseTelegram(realTelegram(name))
    if ('failed' in telegram || telegram.body.kind !== 'earthquake') continue
    for (const area of telegram.body.areas) {
      const known = areaByCode.get(area.code)
      // Until 2010 the areas of Hokkaido were named after 支庁.
      assert.equal(known?.name, area.name.replace('支庁', '地方'), area.code)
      assert.equal(known?.prefecture_code, area.prefecture_code)
      assert.equal(prefectureByCode.get(area.prefecture_code)?.name_ja, area.prefecture_name)
      compared++
    }
  }
  assert.ok(compared > 500)
})
