import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword, isPassword } from '#ground/auth/password.ts'
import { effortOf } from '#tests/kit/effort.ts'
import { type PasswordProblem, passwordProblem, passwordWords } from './password-quality.ts'

const known = {
  name: '架空 太郎',
  email: 'taro.kaku@sokyu-securities.example',
  institution: '蒼穹証券 Sokyu Securities',
}

const cases: [string, PasswordProblem | null][] = [
  ['', 'short'],
  ['x7Kq!m2Zp9Lw4v', 'short'],
  ['狼煙狼煙狼煙狼煙狼煙狼煙狼煙', 'short'],
  ['x7Kq!m2Zp9Lw4vR', null],
  ['correct horse battery staple', null],
  ['しろいねこがまどからみている', 'short'],
  ['しろいねこがまどからみている朝', null],
  ['kyouhaiitenkidesu ne', null],
  [`${'x7Kq!m2Zp9Lw4vR'.repeat(9)}`, 'long'],
  ['x'.repeat(100_000), 'long'],
  ['ﷺ'.repeat(500), 'long'],
  ['😀'.repeat(129), 'long'],
  ['aaaaaaaaaaaaaaaaaaaa', 'pattern'],
  ['passwordpassword', 'pattern'],
  ['abcdefghijklmnopqrstuvwxyz', 'pattern'],
  ['1'.repeat(128), 'pattern'],
  ['P@ssw0rdP@ssw0rd', 'pattern'],
  ['qwertyuiopasdfgh', 'common'],
  ['tanakatarou19800101', 'pattern'],
  ['tanakatarousuzuki', 'guessable'],
  ['taro.kaku@sokyu-securities.example', 'own'],
  ['SokyuSecurities1', 'own'],
  ['蒼穹証券蒼穹証券蒼穹証券蒼穹証券', 'own'],
  ['架空太郎架空太郎架空太郎架空太郎', 'own'],
  ['noroshinoroshi2027', 'own'],
  // Weak at the beginning, strong at the end: the better half stands for the whole.
  [`${'a'.repeat(64)}x7Kq!m2Zp9Lw4vR`, null],
]

for (const [typed, problem] of cases)
  test(`${JSON.stringify(typed.slice(0, 40))} (${[...typed].length}) is ${problem ?? 'taken'}`, () => {
    assert.equal(passwordProblem(typed, known), problem)
  })

test('the same words are fine for someone else', () => {
  const typed = 'SokyuSecurities27'
  assert.equal(passwordProblem(typed, known), 'own')
  assert.equal(passwordProblem(typed, { name: '別人 花子', email: 'hanako@firm.example' }), null)
})

test('every problem has its words in both languages', () => {
  for (const [, problem] of cases)
    if (problem) for (const words of Object.values(passwordWords)) assert.ok(words[problem].length > 10)
})

test('128 characters made to be slow are little more work than others of their length', () => {
  const plain =
    'many plain words of a sentence that nobody has made to be slow, one behind the other up to the same length '
  const usual = effortOf(() => passwordProblem(plain.repeat(2).slice(0, 128), known))
  for (const base of ['p@ssw0rd1', '4@8({[<369&#!1/|0$5+7%2', '2026-11-21 ', 'aho@t', '0123456789', 'l33t!4$s', '𝕏𝔸'])
    for (const length of [128, 127, 65]) {
      const typed = base.repeat(128).slice(0, length)
      const times = effortOf(() => passwordProblem(typed, known)) / usual
      assert.ok(times < 30, `${base}: ${Math.round(times)} times the usual`)
    }
})

test('a password typed in full width, or composed in another way, is the same password', async () => {
  const hash = await hashPassword('ｘ７Ｋｑ！ｍ２Ｚｐ９Ｌｗ４ｖＲ が')
  for (const password of ['x7Kq!m2Zp9Lw4vR が', 'x7Kq!m2Zp9Lw4vR か\u3099', 'ｘ７Kq!m2Zp9Lw4vR が'])
    assert.equal(await isPassword({ hash, password }), true)
  assert.equal(await isPassword({ hash, password: 'X7Kq!m2Zp9Lw4vR が' }), false)
})
