import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasLeiForm, hasMicForm } from './codes.ts'

// Identifiers in the published register (GLEIF), and the examples of ISO 17442.
const real = [
  '5493001KJTIIGC8Y1R12', // Bloomberg Finance
  '7LTWFZYICNSX8D621K86', // Deutsche Bank
  '549300MLUDYVRQOOXS22', // J.P. Morgan Securities
  'HWUPKR0MPOU8FGXBT394', // Apple
  '506700GE1G29325QX363', // GLEIF
]
const digits = (body: string) => {
  const numeral = [...`${body}00`].map((character) => Number.parseInt(character, 36)).join('')
  return String(98n - (BigInt(numeral) % 97n)).padStart(2, '0')
}

for (const lei of real)
  test(`the identifier ${lei} is one`, () => {
    assert.equal(hasLeiForm(lei), true)
    assert.equal(digits(lei.slice(0, 18)), lei.slice(18))
  })

test('every body has exactly one pair of check digits that is right', () => {
  for (let n = 0; n < 50; n++) {
    const body = [...String(n * 7919).padStart(6, 'Z')].join('').padEnd(18, 'Q1W').toUpperCase()
    const right = Array.from({ length: 97 }, (_, pair) => String(pair + 2).padStart(2, '0')).filter((pair) =>
      hasLeiForm(body + pair),
    )
    assert.deepEqual(right, [digits(body)])
  }
})

test('one wrong character, or two that changed places, is noticed', () => {
  const [lei] = real as [string]
  for (let at = 0; at < 18; at++) {
    for (const other of '0A9Z')
      if (other !== lei[at]) assert.equal(hasLeiForm(lei.slice(0, at) + other + lei.slice(at + 1)), false)
    const swapped = lei.slice(0, at) + lei[at + 1] + lei[at] + lei.slice(at + 2)
    if (swapped !== lei) assert.equal(hasLeiForm(swapped), false)
  }
})

for (const written of [
  '',
  '5493001KJTIIGC8Y1R1',
  '5493001KJTIIGC8Y1R123',
  '5493001kjtiigc8y1r12',
  '5493001KJTIIGC8Y1RAB',
  ' 493001KJTIIGC8Y1R12',
  '５493001KJTIIGC8Y1R12',
])
  test(`${JSON.stringify(written)} is no identifier`, () => assert.equal(hasLeiForm(written), false))

test('a market identifier code has four letters or digits', () => {
  for (const mic of ['XTKS', 'XJPX', '360T']) assert.equal(hasMicForm(mic), true)
  for (const mic of ['', 'XTK', 'XTKSS', 'xtks', 'XT-S']) assert.equal(hasMicForm(mic), false)
})
