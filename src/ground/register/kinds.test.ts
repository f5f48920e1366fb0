import assert from 'node:assert/strict'
import { test } from 'node:test'
import { numberOf, readNumber } from './kinds.ts'

for (const [language, number, mode, said] of [
  ['ja', 12, 'actual', '改善-012'],
  ['en', 12, 'actual', 'I-012'],
  ['ja', 1234, 'actual', '改善-1234'],
  ['ja', 3, 'exercise', '【訓練】改善-003'],
  ['en', 3, 'test', '[TEST] I-003'],
] as const)
  test(`number ${number} of a thing that is ${mode} is spoken of as ${said}`, () => {
    assert.equal(numberOf(language, { kind: 'improvement', number, mode }), said)
    assert.deepEqual(readNumber(said), { kind: 'improvement', number })
  })

for (const written of ['i12', 'I - 012', '改善012', '改善ー０１２', '改善−12', ' 改善‐12 ', 'Ｉ－１２'])
  test(`“${written}” is improvement 12`, () =>
    assert.deepEqual(readNumber(written), { kind: 'improvement', number: 12 }))
for (const written of ['', '12', 'I-', 'I-0', 'X-12', 'I-12a', 'I-99999999999', '改善', "I-1' or 1=1"])
  test(`“${written}” is the number of nothing`, () => assert.equal(readNumber(written), null))
