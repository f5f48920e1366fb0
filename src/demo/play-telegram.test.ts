import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { parseTelegram } from '#hazards/telegrams/index.ts'
import { testApp } from '#tests/kit/app.tsx'
import { type House, openHouse, start } from '#tests/kit/house.ts'
import { ownTelegram } from '#tests/telegrams/read.ts'
import { moved, type Playable, playable, playTelegram } from './play-telegram.ts'
import { demoRoutes } from './routes.tsx'

let house: House
beforeEach(async () => {
  house = await openHouse()
  // Seventeen years on, at ten to midnight of the last day of a month: every part of a date moves.
  house.pass((Date.UTC(2024, 1, 29, 14, 50) - start.getTime()) / 60_000)
})
afterEach(() => house.close())

const text = (name: string) => new TextDecoder().decode(ownTelegram(name))
const play = (name: Playable) => playTelegram(house.tools, house.desk, name)
const proposals = () => house.db.selectFrom('proposal').selectAll().orderBy('mode').execute()

test('every moment of a telegram moves by the same time: fields, event numbers, sentences', () => {
  const shift_ms = Date.UTC(2024, 1, 29, 15, 0) - Date.UTC(2006, 9, 16, 1, 12)
  for (const name of playable) {
    const [before, after] = [text(name), moved(text(name), shift_ms)].map((xml) => {
      const telegram = parseTelegram(new TextEncoder().encode(xml))
      if ('failed' in telegram) assert.fail(telegram.failed.message.en)
      return telegram
    })
    assert.equal((after?.control_at.getTime() ?? 0) - (before?.control_at.getTime() ?? 0), shift_ms, name)
    assert.equal((after?.report_at.getTime() ?? 0) - (before?.report_at.getTime() ?? 0), shift_ms, name)
    assert.deepEqual(after?.oddities, before?.oddities, name)
    assert.doesNotMatch(moved(text(name), shift_ms), /2006/, name)
  }
  const quake = moved(text('vxse53-tokyo.xml'), shift_ms)
  assert.match(quake, /<EventID>20240301000030<\/EventID>/)
  assert.match(quake, /<OriginTime>2024-03-01T00:00:00\+09:00<\/OriginTime>/)
  assert.match(quake, /１日００時００分|１日０時００分/)
  assert.doesNotMatch(quake, /１６日|１０時１/)
})

test('a telegram is played as of now, its correction finds it, and playing it twice changes nothing', async () => {
  await play('vxse51-tokyo.xml')
  const [made] = await proposals()
  const minutes = (house.now().getTime() - (made?.event_at.getTime() ?? 0)) / 60_000
  assert.ok(minutes > 0 && minutes < 15, `${minutes} minutes ago`)
  assert.equal((await play('vxse51-tokyo.xml')).is_new, false)
  house.pass(7)
  await play('vtse41-tokyo.xml')
  house.pass(40)
  await play('vxse53-tokyo-corrected.xml')
  await play('vtse41-tokyo-lifted.xml')
  const [withdrawn, ...more] = await proposals()
  assert.equal(more.length, 0)
  assert.ok(withdrawn?.withdrawn_at)

  house.pass(6 * 60)
  await play('vxse51-tokyo.xml')
  assert.equal((await proposals()).length, 2)
})

test('the drill and the actual quake of the same number stay apart', async () => {
  await play('vxse51-tokyo-exercise.xml')
  await play('vxse51-tokyo.xml')
  const [actual, exercise] = await proposals()
  assert.deepEqual([actual?.mode, exercise?.mode], ['actual', 'exercise'])
  assert.equal(actual?.event_key, exercise?.event_key)
})

test('every telegram that can be played is taken in, and its page tells what it is in both languages', async () => {
  for (const name of playable) assert.ok('telegram' in (await play(name)), name)
  const app = testApp(house.tools, demoRoutes)
  assert.match(await (await app(house.desk).get('/demo/telegrams')).text(), /【訓練】震度速報/)
  assert.match(await (await app(house.desk, 'en').get('/demo/telegrams')).text(), /Megaquake alert/)
})

test('only the secretariat plays telegrams, and only those that there are', async () => {
  const app = testApp(house.tools, demoRoutes)
  const name = (value: string) => new URLSearchParams({ name: value })
  assert.equal((await app(house.of('EXCH')).get('/demo/telegrams')).status, 403)
  assert.equal((await app(house.of('EXCH')).post('/demo/telegrams', name('vxse51-tokyo.xml'))).status, 403)
  for (const value of ['nothing.xml', '../../package.json', ''])
    assert.equal((await app(house.desk).post('/demo/telegrams', name(value))).status, 404)
  const played = await app(house.desk).post('/demo/telegrams', name('vxse51-tokyo.xml'))
  assert.deepEqual([played.status, played.headers.get('location')], [303, '/home'])
})
