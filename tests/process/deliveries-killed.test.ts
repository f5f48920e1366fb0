import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { unwritten_max } from '#delivery/deliveries/index.ts'
import { killWorkers } from '../../bench/kill-workers.ts'
import { endAll } from './program.ts'

/** How often a worker is killed; more by hand, e.g. KILLS=100. */
const kills = Number(process.env.KILLS ?? 6)
after(endAll)

test(`fault 12: kill -9 of a random worker, ${kills} times on the way: no mail is lost, few come twice, under one Message-ID`, {
  timeout: 300_000 + kills * 20_000,
}, async () => {
  const { wanted, lost, twice, states } = await killWorkers({ kills, workers: 2, institutions: 150, contacts_each: 4 })
  assert.equal(lost, 0)
  assert.deepEqual(states, { sent: wanted })
  assert.ok(twice <= kills * unwritten_max, `${twice} came twice`)
})

test('fault 12: what a killed worker left is handed over by another within 15 s', { timeout: 300_000 }, async () => {
  const { lost, taken_over, taken_over_ms } = await killWorkers({
    kills: 1,
    workers: 2,
    institutions: 150,
    contacts_each: 4,
  })
  assert.equal(lost, 0)
  assert.ok(taken_over > 0, 'the dead one had some in hand')
  assert.ok(taken_over_ms <= 15_000, `${taken_over_ms} ms`)
})
