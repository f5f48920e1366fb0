import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seal, unseal } from '#ground/tools/seal.ts'
import { plainMail } from './decide.ts'
import { judgeAddress } from './discover.ts'
import { isSamlAnswer } from './way-routes.tsx'

test('what is sealed opens with its secret, in its place, unchanged, and never twice looks the same', () => {
  const sealed = seal('secret', 'one', '秘密')
  assert.equal(unseal('secret', 'one', sealed), '秘密')
  assert.notDeepEqual(seal('secret', 'one', '秘密'), sealed)
  assert.throws(() => unseal('other', 'one', sealed))
  assert.throws(() => unseal('secret', 'two', sealed))
  for (const at of [0, 5, 20, sealed.length - 1]) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.throws(() => unseal('secret', 'one', changed))
  }
})

for (const [address, demo, production] of [
  ['http://127.0.0.1:4000', undefined, 'address'],
  ['http://localhost:4000', undefined, 'address'],
  ['http://login.example.com', 'address', 'address'],
  ['https://127.0.0.1', 'private', 'private'],
  ['https://[::1]/', 'private', 'private'],
  ['https://[::ffff:10.0.0.1]/', 'private', 'private'],
  ['https://10.1.2.3/', 'private', 'private'],
  ['https://0x7f000001/', 'private', 'private'],
  ['https://2130706433/', 'private', 'private'],
  ['https://172.16.0.1/', 'private', 'private'],
  ['https://169.254.169.254/', 'private', 'private'],
  ['https://metadata.google.internal/', 'private', 'private'],
  ['https://localhost/', 'private', 'private'],
  ['https://name:word@8.8.8.8/', 'address', 'address'],
  ['https://8.8.8.8/', undefined, undefined],
  ['ftp://8.8.8.8/', 'address', 'address'],
  ['file:///etc/passwd', 'address', 'address'],
  ['', 'address', 'address'],
] as const)
  test(`the address ${JSON.stringify(address)} is ${production ?? 'fine'}`, async () => {
    assert.equal(await judgeAddress({ mode: 'demo' }, address), demo)
    assert.equal(await judgeAddress({ mode: 'production' }, address), production)
  })

for (const [mail, expected] of [
  ['Worker@Firm.example', 'worker@firm.example'],
  ["o'neil+bcp@firm.example", "o'neil+bcp@firm.example"],
  ['wor\u212Aer@firm.example', undefined],
  ['worker@firm\u3002example', undefined],
  ['worker@evil.example@firm.example', undefined],
  ['"a b"@firm.example', undefined],
  ['worker@firm.example ', undefined],
  ['worker@firm.example\n', undefined],
  ['worker', undefined],
] as const)
  test(`the address ${JSON.stringify(mail)} is compared as ${expected ?? 'nothing'}`, () => {
    assert.equal(plainMail(mail), expected)
  })

test('only the one form of a SAML provider may come from another site', () => {
  const id = crypto.randomUUID()
  assert.ok(isSamlAnswer('POST', `/sign-in/sso/saml2/sp/acs/${id}`))
  for (const [method, at] of [
    ['PUT', `/sign-in/sso/saml2/sp/acs/${id}`],
    ['POST', `/sign-in/sso/saml2/sp/acs/${id}/x`],
    ['POST', `/sign-in/sso/saml2/sp/acs/../../../../sso/${id}`],
    ['POST', '/sign-in/sso/saml2/sp/acs/'],
    ['POST', `/sso/${id}/removal`],
    ['POST', '/sign-in/sso'],
  ] as const)
    assert.ok(!isSamlAnswer(method, at), at)
})
