import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownTelegram, ownTelegramNames, realTelegram, realTelegramNames } from '#tests/telegrams/read.ts'
import { parseTelegram } from './parse-jma.ts'

/** mulberry32: the same numbers on every run. */
function generator(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const pieces = [
  '<',
  '>',
  '/',
  '&',
  '"',
  '</',
  '<!',
  '<![CDATA[',
  ']]>',
  '<!--',
  '<?',
  '&#x0;',
  '&#99999999;',
  'xmlns=""',
  '\0',
  '　',
  'NaN',
  '<Area>',
  '</Area>',
  '震度５弱以上未入電',
]
const telegrams = [
  ...ownTelegramNames().map((name) => ({ name, bytes: ownTelegram(name) })),
  ...realTelegramNames().map((name) => ({ name, bytes: realTelegram(name) })),
].filter(({ bytes }) => bytes.length < 150_000)

function mutate(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const at = random(bytes.length)
  switch (random(5)) {
    case 0:
      return bytes.slice(0, at)
    case 1: {
      const changed = bytes.slice()
      for (let times = 1 + random(8); times > 0; times--) changed[random(bytes.length)] = random(256)
      return changed
    }
    case 2:
      return Buffer.concat([bytes.slice(0, at), Buffer.from(pieces[random(pieces.length)]!), bytes.slice(at)])
    case 3:
      return Buffer.concat([bytes.slice(0, at), bytes.slice(Math.min(bytes.length, at + random(400)))])
    default: {
      // One element's text replaced: stays well formed and reaches the deeper readers.
      const xml = new TextDecoder().decode(bytes)
      const texts = [...xml.matchAll(/>([^<>]+)</g)]
      const target = texts[random(texts.length)]
      if (!target) return bytes
      const put = ['', '-1', '９９９', 'x'.repeat(5000), '通常', 'NaN', '2006-13-45T99:99:99Z'][random(7)]!
      return new TextEncoder().encode(
        xml.slice(0, target.index + 1) + put + xml.slice(target.index + target[0].length - 1),
      )
    }
  }
}

test('500 truncated and mutated telegrams: always an answer, never an exception, and none hangs', {
  timeout: 120_000,
}, () => {
  const random = generator(20061016)
  const answers = { read: 0, refused: 0 }
  for (let run = 0; run < 500; run++) {
    const { name, bytes } = telegrams[random(telegrams.length)]!
    const input = mutate(bytes, random)
    const read = parseTelegram(input)
    if ('failed' in read) {
      assert.ok(read.failed.message.ja.length < 400 && read.failed.message.en.length < 400, `run ${run} on ${name}`)
      assert.notEqual(read.failed.reason, 'unreadable', `run ${run} on ${name}: ${read.failed.message.en}`)
    } else assert.ok(!Number.isNaN(read.control_at.getTime()), `run ${run} on ${name}`)
    answers['failed' in read ? 'refused' : 'read']++
  }
  assert.ok(answers.read > 50 && answers.refused > 50, JSON.stringify(answers))
})
