import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Counted, type Purpose, refusedUntil, type Try } from './attempt-limits.ts'

const now = new Date('2027-01-15T09:00:00Z')
const at = (seconds_ago: number) => new Date(now.getTime() - seconds_ago * 1000)
/** `count` failures, the newest `newest` seconds ago, each `apart` seconds before the one after. */
const failures = (
  count: number,
  { newest = 60, apart = 20, account = 'ours', address = 'here', has_failed = true } = {},
) =>
  Array.from(
    { length: count },
    (_, index): Try => ({ account, address, has_failed, tried_at: at(newest + index * apart) }),
  )
const others = (count: number, address: string) =>
  Array.from(
    { length: count },
    (_, index): Try => ({ account: `o${index}`, address, has_failed: true, tried_at: at(60) }),
  )

type Case = {
  tries: Try[]
  purpose?: Purpose
  account?: string | null
  is_known?: boolean
  refused: [Counted, number] | null
}

for (const [what, { tries, purpose = 'password', account = 'ours', is_known = false, refused }] of Object.entries({
  'no failures': { tries: [], refused: null },
  'four failures in a quarter of an hour': { tries: failures(4), refused: null },
  'five failures: until the first of them is a quarter of an hour old': { tries: failures(5), refused: ['pair', 760] },
  'six failures: until the second of them is': { tries: failures(6), refused: ['pair', 760] },
  'five failures of which one is older': { tries: [...failures(4), ...failures(1, { newest: 900 })], refused: null },
  'two failures at once': { tries: failures(2, { newest: 1, apart: 1 }), refused: null },
  'three failures within seconds: slowed down': { tries: failures(3, { newest: 1, apart: 2 }), refused: ['pair', 10] },
  'five failures of another account here': { tries: failures(5, { account: 'theirs' }), refused: null },
  'five failures of this account elsewhere': { tries: failures(5, { address: 'there' }), refused: null },
  '29 failures of this account elsewhere': { tries: failures(29, { address: 'there' }), refused: null },
  '30 failures of this account elsewhere': {
    tries: failures(30, { address: 'there', apart: 1 }),
    refused: ['account', 811],
  },
  '30 failures elsewhere, of an account that is known here': {
    tries: failures(30, { address: 'there', apart: 1 }),
    is_known: true,
    refused: null,
  },
  '99 failures of others here': { tries: others(99, 'here'), refused: null },
  '100 failures of others here': { tries: others(100, 'here'), refused: ['address', 840] },
  '100 failures of others here, of an account that is known here': {
    tries: others(100, 'here'),
    is_known: true,
    refused: null,
  },
  'five failures of one’s own here, though known': { tries: failures(5), is_known: true, refused: ['pair', 760] },
  '100 failures of others elsewhere': { tries: others(100, 'there'), refused: null },
  'a passkey after 30 failures of the account': {
    tries: failures(30, { apart: 1 }),
    purpose: 'passkey',
    refused: null,
  },
  'a passkey after 100 failures of the address': {
    tries: others(100, 'here'),
    purpose: 'passkey',
    refused: ['address', 840],
  },
  'an unknown account after 100 failures of the address': {
    tries: others(100, 'here'),
    account: null,
    refused: ['address', 840],
  },
  'nine tries whose answer is out': { tries: failures(9, { has_failed: false }), refused: null },
  'ten tries whose answer is out': { tries: failures(10, { has_failed: false }), refused: ['pair', 660] },
} satisfies Record<string, Case> as Record<string, Case>))
  test(`${what}: ${refused ? `${refused[0]} waits ${refused[1]} s` : 'may be tried'}`, () => {
    const found = refusedUntil(tries, { purpose, account, address: 'here', is_known }, now)
    assert.deepEqual(found && [found.of, (found.until.getTime() - now.getTime()) / 1000], refused)
  })
