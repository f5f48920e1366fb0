import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTelegram } from '#hazards/telegrams/parse-jma.ts'
import { realTelegram, realTelegramNames } from '#tests/telegrams/read.ts'
import { areaByCode } from './areas.ts'
import { areasAtCoast } from './coasts.ts'

for (const { coast, is } of [
  { coast: '東京湾内湾', is: '341 342 350 360' },
  { coast: '小笠原諸島', is: '359' },
  { coast: '三重県南部', is: '462' },
  { coast: '静岡県', is: '440 441 442 443' },
  { coast: '愛媛県宇和海沿岸', is: '620 621 622' },
  { coast: '知らない海岸', is: '' },
  { coast: 'constructor', is: '' },
])
  test(`on the coast ${coast} lie the areas [${is}]`, () => assert.equal(areasAtCoast(coast).join(' '), is))

const skip = realTelegramNames().length === 0 && 'no real telegrams beside the checkout (../shared/data/jma)'
test('every coast of real telegrams has areas, and all of them exist', { skip }, () => {
  const coasts = realTelegramNames().flatMap((name) => {
    const telegram = parseTelegram(realTelegram(name))
    return 'body' in telegram && telegram.body.kind === 'tsunami' ? telegram.body.areas.map((area) => area.name) : []
  })
  assert.ok(coasts.length > 40)
  for (const coast of coasts) {
    assert.notDeepEqual(areasAtCoast(coast), [], coast)
    for (const code of areasAtCoast(coast)) assert.ok(areaByCode.has(code), `${coast}: ${code}`)
  }
})
