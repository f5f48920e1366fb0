import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAboutAddress } from './refusal.ts'

for (const [answer, is] of [
  ['550 5.1.1 <a@firm.example>: Recipient address rejected: User unknown', true],
  ['550 5.1.2 Host or domain name not found', true],
  ['550 5.2.1 The account is disabled', true],
  ['552 5.2.2 Mailbox full', true],
  ['550 5.4.4 Unable to route', true],
  ['550 No such user here', true],
  ['550 5.0.0 no such user', true],
  ['551 User not local', true],
  ['553 mailbox name not allowed', true],
  ['not a mail address', true],
  ['550 5.7.1 Relaying denied', false],
  ['550 relay not permitted', false],
  ['554 5.7.1 Service unavailable; Client host blocked', false],
  ['554 5.6.0 Message content rejected', false],
  ['552 5.3.4 Message size exceeds limit', false],
  ['552 message too large', false],
  ['550 5.0.0 relay not permitted', false],
  ['501 5.5.4 Syntax error', false],
  ['530 5.7.0 Authentication required', false],
  ['554 Transaction failed', false],
  ['550 rejected as spam', false],
] as const)
  test(`S2-19 “${answer}” is ${is ? '' : 'not '}about the address`, () => {
    assert.equal(isAboutAddress(answer), is)
  })
