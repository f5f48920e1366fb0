import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingsOf } from '#ground/settings/settings.ts'
import { type Ended, endedBy, isConfirmed } from './session-limits.ts'

const usual = settingsOf('session', {})
const now = new Date('2027-01-15T09:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const hours = 60

for (const [what, { started, seen, open, ended }] of Object.entries({
  'just begun': { started: 0, seen: 0, ended: null },
  'used 59 minutes ago': { started: 120, seen: 59, ended: null },
  'used an hour ago': { started: 120, seen: 60, ended: 'idle' },
  'begun a minute less than a day ago': { started: 24 * hours - 1, seen: 1, ended: null },
  'begun a day ago, in use': { started: 24 * hours, seen: 0, ended: 'absolute' },
  'over both limits': { started: 48 * hours, seen: 48 * hours, ended: 'absolute' },
  'used an hour ago, while a situation is open': { started: 120, seen: 60, open: 14 * hours, ended: null },
  'used 12 hours ago, while a situation is open': {
    started: 13 * hours,
    seen: 12 * hours,
    open: 14 * hours,
    ended: 'idle',
  },
  'begun a day ago, while a situation is open': { started: 24 * hours, seen: 0, open: 14 * hours, ended: 'absolute' },
  'that ran out before a situation was opened': { started: 3 * hours, seen: 2 * hours, open: 60, ended: 'idle' },
  'that was alive when a situation was opened': { started: 3 * hours, seen: 2 * hours, open: 61, ended: null },
  'of a clock that was put back': { started: -5, seen: -5, ended: null },
} satisfies Record<string, { started: number; seen: number; open?: number; ended: Ended | null }>))
  test(`a session ${what} is ${ended ? `over: ${ended}` : 'open'}`, () => {
    assert.equal(
      endedBy({ started_at: ago(started), seen_at: ago(seen) }, usual, {
        open_since: open === undefined ? null : ago(open),
        now,
      }),
      ended,
    )
  })

for (const [minutes, is_confirmed] of [
  [0, true],
  [14.9, true],
  [15, false],
  [null, false],
] as const)
  test(`a proof ${minutes} minutes ago ${is_confirmed ? 'holds' : 'is asked for again'}`, () => {
    const confirmed_at = minutes === null ? null : ago(minutes)
    assert.equal(isConfirmed({ confirmed_at, set: usual }, now), is_confirmed)
  })
