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

test('of one failure a line a second is written and its stack once a minute, whatever it names', () => {
  const written: string[] = []
  let now = Date.parse('2027-01-15T00:00:00Z')
  const report = openReport(
    (text) => written.push(text),
    () => now,
  )
  const failed = (id: number) => new Error(`report ${id} was not kept`)
  for (let n = 0; n < 90_000; n += 10, now += 10) report(failed(n))
  const [first, ...more] = written
  assert.match(first ?? '', /Error: report 0 was not kept\n {4}at /)
  assert.equal(more.length, 89)
  assert.equal(more.filter((text) => text.includes('\n')).length, 1)
  assert.match(more[0] ?? '', /Z Error: report 1000 was not kept \(and 99 more like it\)$/)
})

test('a database that answers and cannot work is a line and no stack', () => {
  const written: string[] = []
  const report = openReport((text) => written.push(text))
  for (const code of ['57014', '55P03', '58030', '25006'])
    for (let n = 0; n < 20; n++) report(Object.assign(new Error(`page ${n}`), { code }))
  assert.equal(written.length, 4)
  for (const text of written) assert.match(text, /Z The database is in trouble: page 0 \(.....\)$/)
})

test('a browser that closes its connection is no error of ours', () => {
  const written: string[] = []
  const report = openReport((text) => written.push(text))
  report(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
  report(new DOMException('This operation was aborted', 'AbortError'))
  assert.deepEqual(written, [])
})
