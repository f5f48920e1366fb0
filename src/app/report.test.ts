import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openReport } from './report.ts'

test('of errors that say the same one a second is written; of an outage a line, not a stack', () => {
  const written: string[] = []
  let now = Date.parse('2027-01-15T00:00:00Z')
  const report = openReport(
    (text) => written.push(text),
    () => now,
  )
  const away = (path: string) =>
    Object.assign(new Error(`connect ECONNREFUSED 127.0.0.1:5432`), { code: 'ECONNREFUSED', stack: `stack of ${path}` })
  for (let n = 0; n < 40; n++) report(away(`/page/${n}`))
  report(new Error('Connection terminated unexpectedly'))
  now += 1000
  report(away('/'))
  assert.deepEqual(written, [
    '2027-01-15T00:00:00.000Z The database does not answer: connect ECONNREFUSED 127.0.0.1:5432',
    '2027-01-15T00:00:01.000Z The database does not answer: connect ECONNREFUSED 127.0.0.1:5432 (and 40 more like it)',
  ])

  written.length = 0
  const ours = new Error('nobody expected this')
  for (let n = 0; n < 3; n++) report(ours)
  report(new Error('nor this'))
  assert.equal(written.length, 2)
  assert.match(written[0] ?? '', /^2027-01-15T00:00:01\.000Z Error: nobody expected this\n {4}at /)
})

test('a browser that closes its connection is no error of ours', () => {
  const written: string[] = []
  const report = openReport((text) => written.push(text))
  report(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
  report(new DOMException('This operation was aborted', 'AbortError'))
  assert.deepEqual(written, [])
})
