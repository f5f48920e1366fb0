import assert from 'node:assert/strict'
import { test } from 'node:test'
import { XMLParser } from 'fast-xml-parser'
import { ratingOf, renderCap } from './cap.ts'
import { nextSnapshot } from './next-snapshot.ts'
import { minutesLater, origin, published, told, told_at } from './sample.ts'
import { problemsBy, readSchema, schemaBeside } from './schemas.ts'
import { type CapMessage, emptySnapshot, type FunctionState, modes } from './snapshot.ts'

/** The order that CAP 1.2 fixes, of the elements used here. */
const alertOrder = 'identifier sender sent status msgType scope note references incidents info'.split(' ')
const infoOrder =
  'language category event responseType urgency severity certainty effective onset expires senderName headline description web parameter area'.split(
    ' ',
  )
const all = modes.flatMap((mode) => published(3, mode).messages.map((message) => renderCap(message, mode, origin)))

/** Names of an element's children, in order, wherever the element occurs. */
function childrenOf(text: string, element: 'alert' | 'info'): string[][] {
  type Node = Record<string, unknown>
  const find = (nodes: unknown): string[][] =>
    !Array.isArray(nodes)
      ? []
      : (nodes as Node[]).flatMap((node) => {
          const [name = '', inner] = Object.entries(node)[0] ?? []
          const here = name === element ? [(inner as Node[]).map((child) => Object.keys(child)[0] ?? '')] : []
          return [...here, ...find(inner)]
        })
  return find(new XMLParser({ preserveOrder: true }).parse(text))
}
const once = (names: string[]) => names.filter((name, index) => names.indexOf(name) === index)
const value = (text: string, name: string) => text.match(new RegExp(`<${name}>([^<]*)</${name}>`))?.[1]

test('S0-11 CAP: elements come in the order that the standard fixes, in every mode and of every kind', () => {
  assert.equal(all.length, 9)
  for (const text of all) {
    const [alert = []] = childrenOf(text, 'alert')
    assert.deepEqual(
      once(alert),
      alertOrder.filter((name) => alert.includes(name)),
    )
    const infos = childrenOf(text, 'info')
    assert.equal(infos.length, 2)
    for (const info of infos) {
      assert.deepEqual(
        once(info),
        infoOrder.filter((name) => info.includes(name)),
      )
      for (const needed of ['language', 'category', 'event', 'urgency', 'severity', 'certainty', 'area'])
        assert.ok(info.includes(needed), needed)
    }
    assert.deepEqual(text.match(/<language>[^<]+/g), ['<language>ja-JP', '<language>en-US'])
  }
})

test('S0-11 CAP: every time carries the offset of the market, never Z', () => {
  for (const text of all)
    for (const name of ['sent', 'effective', 'onset', 'expires'])
      assert.match(value(text, name) ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00$/)
  assert.equal(value(renderCap(published(1).messages[0]!, 'actual', origin), 'sent'), '2026-11-21T10:30:00+09:00')
})

test('S0-11 CAP: Update and Cancel refer to all that came before, an Alert to nothing', () => {
  const [cancel, update, alert] = published(3).messages.map((message) => renderCap(message, 'actual', origin))
  const first = 'noroshi@market.example,noroshi-actual-20261121-1,2026-11-21T10:30:00+09:00'
  const second = 'noroshi@market.example,noroshi-actual-20261121-2,2026-11-21T11:00:00+09:00'
  assert.deepEqual(
    [alert, update, cancel].map((text) => [value(text!, 'msgType'), value(text!, 'references')]),
    [
      ['Alert', undefined],
      ['Update', first],
      ['Cancel', `${first} ${second}`],
    ],
  )
})

test('S0-11 CAP: a correction says that it is one and of what, in note and headline; it is an Update of it', () => {
  const [, update = '', alert = ''] = published(3).messages.map((message) => renderCap(message, 'actual', origin))
  assert.equal(value(update, 'msgType'), 'Update')
  assert.match(
    value(update, 'note') ?? '',
    /noroshi-actual-20261121-1の内容を訂正.* \/ This corrects what was said in noroshi-actual-20261121-1\./,
  )
  assert.deepEqual(
    [...update.matchAll(/<headline>([^<]*)/g)].map((match) => match[1]?.split(/[：:]/)[0]),
    ['訂正', 'Correction'],
  )
  assert.equal(value(alert, 'note'), undefined)
  const drill = renderCap(published(2, 'exercise').messages[0]!, 'exercise', origin)
  assert.match(value(drill, 'note') ?? '', /【訓練】首都直下地震.*\n.*の内容を訂正/)
})

test('S0-28 CAP: an exercise is one in status, note, event, headline, description, sender and path', () => {
  const text = renderCap(published(1, 'exercise').messages[0]!, 'exercise', origin)
  assert.equal(value(text, 'status'), 'Exercise')
  assert.match(value(text, 'note')!, /【訓練】首都直下地震.*\[EXERCISE\] Earthquake/)
  assert.equal(value(text, 'sender'), 'noroshi-exercise@market.example')
  assert.match(text, /<headline>【訓練】.*<headline>\[EXERCISE\] /s)
  assert.match(text, /<description>これは訓練です。.*<description>This is an exercise\./s)
  assert.equal(value(text, 'web'), 'https://market.example/exercise/')
  assert.equal(value(renderCap(published(1).messages[0]!, 'actual', origin), 'note'), undefined)
})

test('CAP: identifier and sender hold nothing that would separate references', () => {
  for (const host of [
    'http://localhost:3000',
    'http://[::1]:3000',
    'http://127.0.0.1',
    'https://bcp.market.example:8443',
  ]) {
    const { messages } = nextSnapshot(emptySnapshot('actual'), told(), {
      number: 1,
      published_at: told_at,
      origin: host,
      is_correction: false,
    })
    for (const name of ['identifier', 'sender'] as const) assert.match(messages[0]![name], /^[a-z0-9.@-]+$/)
  }
})

test('N-4 CAP: a condition that had expired when it was published is sent as unknown with its last word, and the message says until when it holds', () => {
  const published_at = minutesLater(60)
  const { messages } = nextSnapshot(emptySnapshot('actual'), told({ next_update_at: null }), {
    number: 1,
    published_at,
    origin,
    is_correction: false,
  })
  const text = renderCap(messages[0]!, 'actual', origin)
  assert.match(text, /<valueName>exchange\.order_trading<\/valueName>\s*<value>unknown</)
  assert.match(text, /<valueName>exchange\.order_trading\.last_condition<\/valueName>\s*<value>stopped</)
  assert.match(text, /: 不明（最後の報告：停止 [^）]*JST）/)
  assert.match(text, /: Unknown \(last report: stopped [^)]*JST\)/)
  assert.equal(value(text, 'expires'), '2026-11-21T12:00:00+09:00')
})

const { file, skip } = schemaBeside('cap12.xsd')
test(`S0-11 CAP: every message is valid by the schema of the standard${skip ? ` (${skip})` : ''}`, {
  skip,
}, async () => {
  assert.deepEqual(await problemsBy('schema', readSchema(file), all), [])
  const broken = all[0]!.replace('+09:00</sent>', 'Z</sent>')
  assert.notDeepEqual(await problemsBy('schema', readSchema(file), [broken]), [])
})

const rows = (...conditions: FunctionState['condition'][]): CapMessage['functions'] =>
  conditions.map((condition) => ({ ...told().functions[0]!, condition, last_condition: null, concerned: 3 }))
test('CAP: what has stopped at one of three institutions is not Extreme', () => {
  const functions = rows('stopped', 'stopped').map((row) => ({ ...row, concerned: 1 }))
  assert.equal(ratingOf({ cap_kind: 'Alert', hazard: 'earthquake', functions }).severity, 'Severe')
})
for (const { kind = 'Alert', conditions, urgency, severity, certainty } of [
  { conditions: ['stopped', 'normal'], urgency: 'Immediate', severity: 'Severe', certainty: 'Observed' },
  { conditions: ['stopped', 'stopped'], urgency: 'Immediate', severity: 'Extreme', certainty: 'Observed' },
  { conditions: ['stopped'], urgency: 'Immediate', severity: 'Severe', certainty: 'Observed' },
  { conditions: ['partial', 'unknown'], urgency: 'Immediate', severity: 'Moderate', certainty: 'Observed' },
  { conditions: ['unknown', 'normal'], urgency: 'Unknown', severity: 'Unknown', certainty: 'Unknown' },
  { conditions: [], urgency: 'Unknown', severity: 'Unknown', certainty: 'Unknown' },
  { conditions: ['resumed', 'normal'], urgency: 'Past', severity: 'Minor', certainty: 'Observed' },
  { kind: 'Cancel', conditions: [], urgency: 'Past', severity: 'Minor', certainty: 'Observed' },
] as {
  kind?: CapMessage['cap_kind']
  conditions: FunctionState['condition'][]
  urgency: string
  severity: string
  certainty: string
}[])
  test(`CAP: ${kind} with functions [${conditions}] is ${urgency}, ${severity}, ${certainty}`, () => {
    const rating = ratingOf({ cap_kind: kind, hazard: 'earthquake', functions: rows(...conditions) })
    assert.deepEqual([rating.urgency, rating.severity, rating.certainty], [urgency, severity, certainty])
  })

for (const [hazard, category] of [
  ['earthquake', 'Infra'],
  ['system_failure', 'Infra'],
  ['terror', 'Security'],
  ['cyber', 'Security'],
  ['epidemic', 'Health'],
] as const)
  test(`CAP: ${hazard} is of category ${category}`, () =>
    assert.equal(ratingOf({ cap_kind: 'Alert', hazard, functions: [] }).category, category))
