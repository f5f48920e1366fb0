import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timesIn } from './doubts.ts'

for (const [text, times] of [
  ['15時に再開する見込みです。', ['15:00']],
  ['午後3時半ごろ', ['15:30']],
  ['１５：０５から', ['15:05']],
  ['9時5分、復旧には3時間かかります', ['09:05']],
  ['午前12時', ['00:00']],
  ['Trading resumes at 3 p.m.', ['15:00']],
  ['Trading resumes at 3:30 PM JST', ['15:30']],
  ['It is expected to resume at 15:00 (15時).', ['15:00']],
  ['12 am', ['00:00']],
  ['3 exchanges, 49 firms, 2026-11-30', []],
  ['25:00, 10:75', []],
  ['', []],
] as [string, string[]][])
  test(`times of day in 「${text}」: ${times.join(' ') || 'none'}`, () => assert.deepEqual(timesIn(text), times))
