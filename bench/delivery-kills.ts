import { unwritten_max } from '#delivery/deliveries/index.ts'
import { killWorkers } from './kill-workers.ts'
import { count, type Figure } from './ratio.ts'

const kills = 20
const size = { institutions: 200, contacts_each: 10 }

/** A random worker is killed 20 times while 2,000 mails go out. */
export async function deliveryKills(): Promise<Figure[]> {
  const { wanted, lost, twice, most, states, taken_over } = await killWorkers({ kills, workers: 3, ...size })
  console.error(`  ${taken_over} taken over, ${(twice / kills).toFixed(1)} twice a kill, none more than ${most} times`)
  const name = `${wanted.toLocaleString('en')} mails, ${kills} kills`
  return [
    count(`${name}: lost`, lost, 0),
    count(`${name}: not known to be sent in the end`, wanted - (states.sent ?? 0), 0),
    count(`${name}: twice, under the same Message-ID`, twice, kills * unwritten_max),
  ]
}
